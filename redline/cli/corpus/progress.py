"""How far a run is: a bar on a terminal, a line a minute in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redline.cli.running import complain
from redline.corpus.run import Watcher

__all__ = ["watcher"]

_MINUTE = 60.0
_LISTING = "listing papers"
_TOLD = {"listing": _LISTING, "papers": "papers", "tables": "tables", "database": "database"}


@contextmanager
def watcher() -> Iterator[Watcher]:
    """Somebody who tells standard error how far a run is."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns: list[Any] = [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    ]
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


def pages_per_second(pages: int, since: float) -> str:
    """The rate so far."""
    seconds = time.monotonic() - since
    return f"{pages / seconds:,.0f} pages/s" if pages and seconds > 0 else ""


class Lines:
    """A line a minute, by `clock`."""

    def __init__(self, every: float = _MINUTE) -> None:
        self._every = every
        self._papers = self._of = self._pages = self._bytes = self._size = self._failed = 0
        self._began = self._told = time.monotonic()

    def begin(self, what: str, papers: int = 0, bytes: int = 0) -> None:
        """A part of the work begins."""
        if papers:
            self._of, self._size = papers, bytes
            self._began = time.monotonic()

    def step(self, papers: int, pages: int, bytes: int, failed: int) -> None:
        """So much more was done."""
        self._papers += papers
        self._pages += pages
        self._bytes += bytes
        self._failed += failed
        now = time.monotonic()
        if now - self._told < self._every:
            return
        self._told = now
        share = self._bytes / self._size if self._size else self._papers / max(1, self._of)
        left = (now - self._began) * (1 - share) / share if share else 0.0
        failed_ = f", {self._failed:,} failed" if self._failed else ""
        complain(
            f"{self._papers:,} of {self._of:,} papers{failed_}, "
            f"{pages_per_second(self._pages, self._began)}, {_time(left)} left"
        )


def _time(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"


class _Bar:
    """A bar with rate and time left."""

    def __init__(self, progress: Any) -> None:
        self._progress = progress
        self._task: Any = None
        self._pages = 0
        self._began = time.monotonic()

    def begin(self, what: str, papers: int = 0, bytes: int = 0) -> None:
        """A part of the work begins."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._began, self._pages = time.monotonic(), 0
        self._task = self._progress.add_task(_TOLD[what], total=papers or None, rate="")

    def step(self, papers: int, pages: int, bytes: int, failed: int) -> None:
        """So much more was done."""
        self._pages += pages
        rate = pages_per_second(self._pages, self._began)
        self._progress.update(self._task, advance=papers, rate=rate)
