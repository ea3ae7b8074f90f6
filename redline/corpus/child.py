"""The other end of a worker process: gives it batches, and survives it.

A paper that ends its worker is found out and recorded, the rest is done by the next worker. One
that was killed from outside is tried once more, alone: it may have been innocent.
"""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from typing import IO

from redline.corpus.folder import CorpusError
from redline.corpus.work import Batch, Done
from redline.corpus.worker import NO_MEMORY, receive, send

__all__ = ["Child", "Limits"]

#: Seconds after a paper's time in which its worker should have ended by itself.
_GRACE = 2.0
#: Seconds in which a worker has to be there.
_START = 120.0
#: So many seconds are no limit; a system's clock takes no more for an alarm.
_EVER = 1e8


@dataclass(frozen=True)
class Limits:
    """What a paper may take: seconds, and bytes of memory beyond what an idle worker has; 0 is
    no limit."""

    timeout: float = 60.0
    memory: int = 512 << 20

    def __post_init__(self) -> None:
        if not 0 < self.timeout < _EVER:
            object.__setattr__(self, "timeout", 0.0)


class _Died(Exception):
    """The worker ended at this paper (None: at none), for this reason."""

    def __init__(self, at: int | None, reason: str, message: str, surely: bool) -> None:
        super().__init__(message)
        self.at = at
        self.reason = reason
        self.message = message
        self.surely = surely


class Child:
    """A worker process, started when it is needed and again when it is gone."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = threading.Event()

    @property
    def closed(self) -> bool:
        """Whether it was ended for good."""
        return self._closed.is_set()

    # -- work -------------------------------------------------------------------------

    def run(self, batch: Batch) -> Done:
        """Do a batch, whatever its papers do to the worker.

        Raises `CorpusError` where it is not a paper's fault.
        """
        out = Done()
        left = [batch]
        tried: set[str] = set()
        stillborn = 0
        while left:
            now = left.pop()
            try:
                out.add(self._ask(now))
                stillborn = 0
            except _Died as end:
                self.stop()
                if self.closed:
                    raise CorpusError("the run was ended") from None
                if end.at is None:
                    stillborn += 1
                    if stillborn > 2:
                        raise CorpusError(
                            f"workers end before they have begun: {end.message}"
                        ) from None
                    left.append(now)
                    continue
                left += reversed(_around(now, end, tried))
        out.papers.sort()
        return out

    def _ask(self, batch: Batch) -> Done:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        at: int | None = None
        with contextlib.suppress(BrokenPipeError):
            send(process.stdin, batch)
        deadline = time.monotonic() + _START
        while True:
            if not _readable(process.stdout, deadline):
                raise _Died(at, "timeout", self._too_long(), surely=True)
            try:
                kind, value = receive(process.stdout)
            except (EOFError, OSError):
                raise self._why(process, at) from None
            if kind == "at":
                at = value
                deadline = time.monotonic() + self._patience(value)
            elif kind == "error":
                raise value
            elif kind == "fault":
                raise CorpusError(value)
            else:
                done: Done = value
                return done

    def _patience(self, at: int) -> float:
        """Seconds that a paper may take; -1 is the writing of their rows."""
        if not self.limits.timeout:
            return math.inf
        return self.limits.timeout + _GRACE if at >= 0 else _START

    def _too_long(self) -> str:
        return f"took longer than {self.limits.timeout:g} s; see --timeout"

    def _too_much(self) -> str:
        return f"took more memory than {self.limits.memory >> 20} MB; see --memory"

    def _why(self, process: subprocess.Popen[bytes], at: int | None) -> _Died:
        status = process.wait()
        if status == NO_MEMORY:
            return _Died(at, "memory", self._too_much(), surely=True)
        if os.name == "posix" and status == -signal.SIGALRM:
            return _Died(at, "timeout", self._too_long(), surely=True)
        if status < 0:
            try:
                name = signal.Signals(-status).name
            except ValueError:
                name = f"signal {-status}"
            return _Died(at, "crash", f"its worker was ended by {name}", surely=False)
        return _Died(at, "crash", f"its worker ended with status {status}", surely=False)

    # -- life -------------------------------------------------------------------------

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        environment = {
            **os.environ,
            # One thread and no reserves: memory is counted.
            "ARROW_DEFAULT_MEMORY_POOL": "system",
            "OMP_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", "from redline.corpus.worker import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert process.stdin is not None
        self._process = process
        with contextlib.suppress(BrokenPipeError):
            send(
                process.stdin,
                {
                    "path": sys.path,
                    "memory": self.limits.memory,
                    "timeout": self.limits.timeout,
                },
            )
        return process

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def close(self) -> None:
        """End it for good, also while another thread waits for an answer."""
        self._closed.set()
        process = self._process
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()


def _readable(pipe: IO[bytes], deadline: float) -> bool:
    """Whether there is something to read before the deadline."""
    if sys.platform == "win32":  # no select on pipes: the answer is waited for
        return True
    left = deadline - time.monotonic()
    return bool(select.select([pipe], [], [], max(0.0, min(left, 1e6)))[0])


def _around(batch: Batch, end: _Died, tried: set[str]) -> list[Batch]:
    """What to do after a worker ended at a paper: the ones before it, itself, the rest.

    Raises `CorpusError` where the paper was not even touched: it is not to blame.
    """
    at, count = end.at, len(batch.units)
    assert at is not None
    if at < 0:  # while it wrote the piece
        if count > 1:
            return [batch.only(0, count // 2), batch.only(count // 2, count)]
        at = 0
    unit = batch.units[at]
    alone = batch.only(at, at + 1)
    if at in batch.blamed and batch.blamed[at][2]:
        raise CorpusError(
            f"{unit.id}: {end.message}, though it was only to be recorded; what is done is kept"
        )
    if end.surely or unit.id in tried:
        alone = replace(alone, blamed={0: (end.reason, end.message, at in batch.blamed)})
    else:
        tried.add(unit.id)
    parts = [batch.only(0, at), alone, batch.only(at + 1, count)]
    return [part for part in parts if part.units]
