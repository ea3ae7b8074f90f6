"""What a diagnostic code means, as a page for a terminal."""

from __future__ import annotations

from difflib import get_close_matches
from shutil import get_terminal_size
from textwrap import fill

from redline.diagnostics import CODES, RedlineError

__all__ = ["explain"]

_WIDEST = 84


def explain(code: str) -> str:
    """The page of a code. Raises `RedlineError` for one that does not exist."""
    row = CODES.get(code)
    if row is None:
        close = get_close_matches(code, CODES, 3, 0.5)
        known = f"did you mean {' or '.join(close)}?" if close else f"known are {', '.join(CODES)}"
        raise RedlineError(f"no code {code!r}; {known}")
    width = min(_WIDEST, get_terminal_size().columns)
    words = fill(row.explanation, width, break_on_hyphens=False)
    return f"{code} ({row.severity}): {row.title}\n\n{words}"
