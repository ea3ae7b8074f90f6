"""How a verb is run: exit statuses, one line for every fault, no traceback.

A reader that closes the pipe ends the command without a word (141), an interrupt too (130).
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from redline.diagnostics import RedlineError

__all__ = [
    "DONE",
    "FAILED",
    "FOUND",
    "INTERRUPTED",
    "complain",
    "guarded",
    "one_line",
    "verb",
    "write_bytes",
]

DONE, FOUND, FAILED = 0, 1, 2
INTERRUPTED = 128 + 2  # as a shell reports SIGINT
_CLOSED = 128 + 13  # as a shell reports SIGPIPE


def complain(message: object) -> None:
    """One line on standard error, if that is open."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):  # where nobody listens
        print(f"redline: {one_line(str(message))}", file=sys.stderr)


def one_line(text: str) -> str:
    """Text without line ends and control characters, whatever a file is called."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def verb(run: Callable[..., int]) -> Callable[..., None]:
    """A command from a function that gives its exit status: no traceback leaves it."""

    @wraps(run)
    def command(**options: Any) -> None:
        raise typer.Exit(guarded(lambda: run(**options)))

    return command


def guarded(run: Callable[[], int]) -> int:
    """The exit status of `run`, or of the fault it ended with, which is told in one line."""
    if sys.stdout is None:
        complain("standard output is closed; redirect it to a file or to /dev/null")
        return FAILED
    if hasattr(sys.stdout, "reconfigure"):
        # What the terminal's encoding lacks, and half surrogates, come out as "?".
        sys.stdout.reconfigure(errors="replace")
    try:
        status = run()
        sys.stdout.flush()
        return status
    except RedlineError as fault:
        complain(fault)
    except BrokenPipeError:
        _let_go()
        return _CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as fault:
        # Files have errors of their own (`InputError`, `OutputError`): this is a full disk.
        _let_go()
        complain(f"cannot write to standard output: {fault.strerror}")
    except MemoryError:
        complain("not enough memory for a file of this size; split it between two pages")
    except Exception as fault:
        if os.environ.get("REDLINE_TRACEBACK"):
            raise
        complain(
            f"a fault of redline itself ({type(fault).__name__}: {fault}); please report it "
            "with the file; REDLINE_TRACEBACK=1 says where it is"
        )
    return FAILED


def _let_go() -> None:
    """Keep Python from writing what is left to a standard output that takes no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def write_bytes(data: bytes) -> None:
    """Write all of it to standard output, which is unbuffered where PYTHONUNBUFFERED is set."""
    left = memoryview(data)
    while left:
        left = left[sys.stdout.buffer.write(left) :]
