"""Runs that are killed at random moments and resumed: the end must be as if nothing had been.

`killed` starts a build, kills its process (or one of its workers, or all of them) with SIGKILL
after a random time, and builds again to the end; what it gives is where a run differs from the
one that was never disturbed.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from tests.corpus.outputs import environment, files, rows

__all__ = ["Run", "killed"]


class Run(NamedTuple):
    """A run: when it was killed (seconds after its start), who was, whether it was still at
    work, and what differed in the end."""

    after: float
    whom: str
    at_work: bool
    differs: list[str]


WHOM = ("the run", "a worker", "all")


def killed(
    source: Path, reference: Path, out: Path, times: int, seed: int, longest: float
) -> Iterator[Run]:
    """Runs that are killed between their start and `longest` seconds later, and resumed."""
    rng = random.Random(seed)
    files_, rows_ = files(reference), rows(reference)
    for n in range(times):
        shutil.rmtree(out, ignore_errors=True)
        after, whom = rng.random() * longest, WHOM[n % len(WHOM)]
        at_work = _kill(_start(source, out), after, whom, rng)
        done = _start(source, out).wait(600)
        differs = [] if done == 0 else [f"the second run ended with status {done}"]
        now = files(out)
        names = files_.keys() | now.keys()
        differs += [name for name in names if files_.get(name) != now.get(name)]
        differs += [f"rows of {name}" for name, found in rows(out).items() if found != rows_[name]]
        yield Run(after, whom, at_work, differs)


def _start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "redline", "corpus", "build", source, "-o", out, "--workers", "2"],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _kill(process: subprocess.Popen[bytes], after: float, whom: str, rng: random.Random) -> bool:
    time.sleep(after)
    running = process.poll() is None
    if not running:
        return False
    workers = psutil.Process(process.pid).children(recursive=True)
    rng.shuffle(workers)
    if whom != "a worker":
        process.send_signal(signal.SIGKILL)
    if whom != "the run":
        for worker in workers[: 1 if whom == "a worker" else None]:
            try:
                worker.kill()
            except psutil.NoSuchProcess:
                continue
    process.wait(600)
    return True
