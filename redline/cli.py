"""The command line. Thin: every verb is a few lines that call the library.

Results go to standard output, everything else to standard error. Exit status 0: done; 1:
done, and something was found; 2: could not be done, and one line says why and what to do.
A reader who closes the pipe ends the command without a word (141), an interrupt too (130).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Annotated, Any

import typer

from redline.diagnostics import RedlineError
from redline.model import Document

__all__ = ["main"]

DONE, FOUND, FAILED = 0, 1, 2
_INTERRUPTED = 128 + 2  # as a shell reports SIGINT
_PIPE_CLOSED = 128 + 13  # as a shell reports SIGPIPE

app = typer.Typer(
    name="redline",
    help=__import__("redline").__doc__.partition("\n")[0],
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
