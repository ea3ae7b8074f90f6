"""How far a run is: a bar on a terminal, a line a minute in a pipe."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redline.cli.running import complain
from redline.corpus.run import Watcher

__all__ = ["watcher"]

_MINUTE = 60.0
_TOLD = {
    "listing": "listing papers",
    "papers": "papers",
    "tables": "making the tables",
    "database": "making the database",
}


@contextmanager
def watcher() -> Iterator[Watcher]:
    """Somebody who tells standard error how far a run is."""
    if sys.stderr is None or not sys.stderr.isatty():
        with Lines() as lines:
            yield lines
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
    """A line every minute, whatever the run is at: a thread of its own looks at the clock."""

    def __init__(self, every: float = _MINUTE) -> None:
        self._every = every
        self._what = "listing"
        self._papers = self._of = self._pages = self._bytes = self._size = self._failed = 0
        self._began = time.monotonic()
        self._over = threading.Event()
        self._clock = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Lines:
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._clock.join()

    def begin(self, what: str, papers: int = 0, bytes: int = 0) -> None:
        """A part of the work begins."""
        self._what = what
        if papers:
            self._of, self._size = papers, bytes
            self._began = time.monotonic()

    def step(self, papers: int, pages: int, bytes: int, failed: int) -> None:
        """So much more was done."""
        self._papers += papers
        self._pages += pages
        self._bytes += bytes
        self._failed += failed

    def say(self, message: str) -> None:
        """Something out of turn."""
        complain(message)

    def _tick(self) -> None:
        while not self._over.wait(self._every):
            complain(self.line())

    def line(self) -> str:
        """How far the run is."""
        if self._what != "papers":
            return _TOLD[self._what]
        share = self._bytes / self._size if self._size else self._papers / max(1, self._of)
        left = (time.monotonic() - self._began) * (1 - share) / share if share else None
        parts = [f"{self._papers:,} of {self._of:,} papers"]
        if self._failed:
            parts.append(f"{self._failed:,} failed")
        if self._pages:
            parts.append(pages_per_second(self._pages, self._began))
        if left is not None:
            parts.append(f"{_time(left)} left")
        return ", ".join(parts)


def _time(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"


class _Bar:
    """A bar with rate and time left."""

    def __init__(self, progress: Any) -> None:
        self._progress = progress
        self._task: Any = None
        self._pages = self._failed = 0
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
        self._failed += failed
        rate = pages_per_second(self._pages, self._began)
        if self._failed:
            rate += f" {self._failed:,} failed"
        self._progress.update(self._task, advance=papers, rate=rate)

    def say(self, message: str) -> None:
        """Something out of turn, above the bar."""
        self._progress.console.print(f"redline: {message}", markup=False, highlight=False)
