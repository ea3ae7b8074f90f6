"""Clocks and scales: CPU seconds in this process and in others, peak memory, start-up time."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Timed = Callable[[], object]


def cpu(run: Timed) -> float:
    """CPU seconds of one run, here and in the processes it waits for."""
    gc.collect()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.process_time()
    result = run()
    seconds = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    del result  # what it takes to free the result is nobody's time
    return (
        seconds + after.ru_utime - children.ru_utime + after.ru_stime - children.ru_stime
    )


def contest(subjects: Mapping[str, Timed], *, budget: float, rounds: int = 7) -> dict[str, float]:
    """The least CPU seconds of each subject, in rounds so that noise meets all alike.

    At least two rounds; after that, until `rounds` are done or `budget` seconds are over.
    """
    best = dict.fromkeys(subjects, float("inf"))
    began = time.perf_counter()
    for done in range(1, rounds + 1):
        for name, run in subjects.items():
            best[name] = min(best[name], cpu(run))
        if done >= 2 and time.perf_counter() - began > budget:
            break
    return best


def least(prepare: Callable[[], Any], run: Callable[[Any], object], rounds: int = 5) -> float:
    """The least CPU seconds of `run` on something `prepare` makes anew for every round."""
    seconds = []
    for _ in range(rounds):
        fresh = prepare()
        seconds.append(cpu(lambda given=fresh: run(given)))  # type: ignore[misc]
    return min(seconds)


#: Source of a function that says how much memory a program had at most.
PEAK = """
import resource, sys

def peak():  # bytes
    # VmHWM belongs to this program alone; ru_maxrss also remembers the parent it was forked from.
    try:
        with open("/proc/self/status") as status:
            return next(int(row.split()[1]) << 10 for row in status if row.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << (sys.platform != "darwin") * 10
"""

_MEMORY = f"""
import json
import redline
{PEAK}
redline.dumps(redline.parse("a ~~b~~ ^{{c}} d"), "tei")  # so that all of it is imported
before = peak()
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
document = redline.parse(text)
parsed = peak() - before
tei = redline.dumps(document, "tei")
print(json.dumps({{"parse": parsed, "tei": peak() - before, "written": len(tei)}}))
"""


def memory(text: str) -> dict[str, int]:
    """Peak bytes above the imported program, text included: to parse it; to TEI as well."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = [sys.executable, "-c", _MEMORY, file.name]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def startups(commands: Mapping[str, list[str]], rounds: int = 9) -> dict[str, float]:
    """The least wall seconds that each Python command takes from start to exit."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
            )
            best[name] = min(best[name], time.perf_counter() - start)
    return best
