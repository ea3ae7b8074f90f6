"""A worker process, spoken to by `redline.corpus.child`.

It takes batches on standard input and answers on standard output, each a pickle with its length
before it. It has limits of its own, so that no paper can take more than itself down: so much
memory, and an alarm that ends it when one paper takes too long, even where nobody watches any
more.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from typing import IO, Any

__all__ = ["NO_MEMORY", "main", "receive", "send"]

#: Status of a worker that ended for want of memory. It has none left to say so otherwise.
NO_MEMORY = 86

_SIZE = struct.Struct("<Q")


def send(pipe: IO[bytes], message: object) -> None:
    """Write a message to a pipe."""
    data = pickle.dumps(message)
    left = memoryview(_SIZE.pack(len(data)) + data)
    while left:
        left = left[pipe.write(left) :]
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message; raises `EOFError` where there is none."""
    head = _exactly(pipe, _SIZE.size)
    return pickle.loads(_exactly(pipe, _SIZE.unpack(head)[0]))


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = pipe.read(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def _limit(memory: int) -> None:
    """So many bytes more than it has now, and no core file."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory and os.path.exists("/proc/self/statm"):
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
        most = pages * resource.getpagesize() + memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _warm(formats: tuple[str, ...]) -> None:
    """Import everything that a paper needs, so that it counts against no paper."""
    import pyarrow as pa
    import pyarrow.parquet

    from redline.corpus.rows import document_rows
    from redline.formats import dumps, loads

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    document = loads("~~SECRET~~\n\nA ~~b~~ ^{c} d.\n", "native")
    document_rows(document)
    for format in formats:
        dumps(document, format)


def main() -> None:
    """Take batches until standard input ends."""
    try:
        _main()
    except MemoryError:
        os._exit(NO_MEMORY)
    except BrokenPipeError:  # who asked is gone
        os._exit(0)


def _main() -> None:
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints does not get into the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    settings = receive(asked)
    sys.path[:] = settings["path"]

    from redline.corpus.work import do, version
    from redline.diagnostics import RedlineError

    seconds = settings["timeout"] if hasattr(signal, "setitimer") else 0

    def alarm(after: float) -> None:
        if seconds:
            signal.setitimer(signal.ITIMER_REAL, after)

    def starting(n: int) -> None:
        send(answers, ("at", n))
        alarm(0 if n < 0 else seconds)

    warm: tuple[str, ...] | None = None
    while True:
        try:
            batch = receive(asked)
        except EOFError:
            return
        if batch.version != version():
            told = f"a worker has redline {version()}, not {batch.version}"
            send(answers, ("fault", f"{told}; install the same redline everywhere"))
            continue
        if warm is None:
            warm = batch.options.formats
            _warm(warm)
            _limit(settings["memory"])
        try:
            answer: tuple[str, object] = ("done", do(batch, starting))
        except RedlineError as fault:
            answer = ("error", fault)
        except MemoryError:
            raise
        except Exception as fault:  # of no paper: `do` minds those
            told = f"{type(fault).__name__}: {fault}"
            answer = ("fault", f"a fault of redline itself ({told}); please report it")
        finally:
            alarm(0)
        send(answers, answer)
