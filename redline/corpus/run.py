"""A run: from a source to the papers, the tables and the database."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from redline.corpus import database, merge
from redline.corpus.child import Limits
from redline.corpus.folder import CorpusError, DiskError, Folder
from redline.corpus.names import SUFFIXES
from redline.corpus.places import is_url
from redline.corpus.plan import Plan
from redline.corpus.pool import local
from redline.corpus.sources import Listing, Paper, Source
from redline.corpus.tables import TABLES
from redline.corpus.work import Batch, Done, Options, version
from redline.diagnostics import FormatError, InputError

__all__ = ["Quiet", "Summary", "Watcher", "build"]

#: Papers of one batch at most: what is lost when a worker is killed.
_MOST, _FEWEST = 500, 40
#: Seconds in which a file of another machine is seen on this one; file systems tell it late.
_PATIENCE = 60.0
_LARGEST, _SMALLEST = 4 << 20, 64 << 10


@dataclass
class Summary:
    """What a run did: papers there are, made in this run, failed (of all), skipped files."""

    papers: int = 0
    made: int = 0
    failed: int = 0
    pages: int = 0
    skipped: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0


class Watcher(Protocol):
    """Who is told how far a run is."""

    def begin(self, what: str, papers: int = 0, bytes: int = 0) -> None:
        """A part of the work begins, with so many papers."""

    def step(self, papers: int, pages: int, bytes: int, failed: int) -> None:
        """So much more was done."""

    def say(self, message: str) -> None:
        """Something that whoever waits should know."""


class Quiet:
    """Tells nobody."""

    def begin(self, what: str, papers: int = 0, bytes: int = 0) -> None:
        """Nothing."""

    def step(self, papers: int, pages: int, bytes: int, failed: int) -> None:
        """Nothing."""

    def say(self, message: str) -> None:
        """Nothing."""


def build(
    source: Source,
    out: str | os.PathLike[str],
    *,
    formats: Iterable[str] = (),
    encoding: str | None = None,
    register: Iterable[str | os.PathLike[str]] = (),
    split: str | None = None,
    workers: int | None = None,
    timeout: float = 60.0,
    memory: int = 512 << 20,
    retry_failed: bool = False,
    scheduler: str | None = None,
    watcher: Watcher | None = None,
) -> Summary:
    """Build a collection, or bring one up to date.

    `source` is a folder, a pattern, a ZIP, a list (``@FILE``, a path a line), a URL that fsspec
    opens, or a file of many papers with `split` (``ff``, or a regular expression for the line
    between two), or several of these. `out` gets the papers as TEI and in each of `formats`
    (html, json, native), the tables and the database.

    `timeout` (seconds, 0: none) and `memory` (bytes beyond an idle worker's, 0: unbounded) bound
    what one paper may take. Papers that failed are not tried again while they are the same,
    unless `retry_failed`. `scheduler` is ``local``, or the address or file of a Dask
    scheduler.

    Raises `InputError` for a source that is not there, `CorpusError` (or its kind `DiskError`)
    for an output that cannot be written, or is being built by another run.
    """
    began = time.monotonic()
    watcher = watcher or Quiet()
    options = _options(formats, encoding, register)
    _needed()
    if is_url(os.fspath(out)):
        raise CorpusError(f"cannot write {os.fspath(out)}: name a folder, not a URL")
    folder = Folder(out)
    listing = Listing(source, split=split, leave_out=folder.path)
    papers = _some(listing)
    folder.prepare()
    database.refuse_newer(folder)
    with folder.locked():
        folder.begin(version())
        plan = None
        try:
            plan = Plan(folder.plan)
            summary = _run(
                listing, papers, folder, plan, options, watcher, retry_failed,
                workers or _processors(), Limits(timeout, memory), scheduler,
            )  # fmt: skip
        except sqlite3.Error as fault:
            raise DiskError(
                f"cannot write {folder.plan}: {fault}; make room and run the same command again: "
                "what is done is kept"
            ) from None
        finally:
            if plan is not None:
                plan.close()
            folder.plan.unlink(missing_ok=True)
            shutil.rmtree(folder.tmp, ignore_errors=True)
    summary.seconds = time.monotonic() - began
    return summary


def _run(
    listing: Listing,
    listed: Iterator[Paper],
    folder: Folder,
    plan: Plan,
    options: Options,
    watcher: Watcher,
    retry_failed: bool,
    workers: int,
    limits: Limits,
    scheduler: str | None,
) -> Summary:
    watcher.begin("listing")
    plan.add(listed)
    papers, size = plan.count()
    summary = Summary(papers=papers, skipped=tuple(sorted(listing.skipped.items())))
    for piece in sorted(path.name for path in folder.pieces.iterdir()):
        try:
            plan.know(piece, list(_rows_of(folder.pieces / piece)))
        except (OSError, ValueError):  # a disk that failed, say; it is made again
            shutil.rmtree(folder.pieces / piece)
    plan.distrust(folder.were_begun())
    watcher.begin("papers", papers, size)
    several = max(1, workers if scheduler is None else 8)

    def room(papers: int, size: int) -> tuple[int, int]:
        """Ever less, so that no worker is busy for long when the others are done."""
        share = several * 3
        return (
            min(_MOST, max(_FEWEST, papers // share)),
            min(_LARGEST, max(_SMALLEST, size // share)),
        )

    folder_path = str(folder.path.absolute())
    batches = (
        Batch(folder_path, tuple(units), options, version())
        for units in plan.batches(room, retry_failed)
    )
    for done in _doing(batches, limits, workers, scheduler, watcher):
        if scheduler is not None:
            _seen(folder, done)
        for id_, key, made_in in done.papers:
            plan.done(id_, key, made_in)
        summary.made += done.made
        watcher.step(len(done.papers), done.pages, done.bytes, done.failed)
    _finish(folder, plan, options, watcher, summary)
    return summary


def _doing(
    batches: Iterator[Batch],
    limits: Limits,
    workers: int,
    scheduler: str | None,
    watcher: Watcher,
) -> Iterator[Done]:
    if scheduler is None:
        return local(batches, limits, workers)
    from redline.corpus.cluster import on_cluster

    return on_cluster(batches, limits, scheduler, workers, watcher.say)


def _seen(folder: Folder, done: Done) -> None:
    """See that what workers elsewhere wrote is here. Raises `CorpusError`."""
    for piece in {made_in for _, _, made_in in done.papers if made_in}:
        deadline = time.monotonic() + _PATIENCE
        while not (folder.pieces / piece).is_dir():
            if time.monotonic() > deadline:
                raise CorpusError(
                    f"a worker wrote to {folder.path.absolute()}, and nothing came here; all "
                    "machines must see the papers and the output under the same paths"
                )
            time.sleep(0.2)


# -- before ---------------------------------------------------------------------------------


def _options(
    formats: Iterable[str], encoding: str | None, register: Iterable[str | os.PathLike[str]]
) -> Options:
    formats = tuple(dict.fromkeys(("tei", *formats)))
    for format in formats:
        if format not in SUFFIXES:
            raise FormatError(f"no format {format!r} here; there are {', '.join(SUFFIXES)}")
    if encoding is not None:
        from redline.formats.files import decode_bytes

        decode_bytes(b"", "", encoding)  # so that a name that is none is told at once
    paths = tuple(os.path.abspath(os.fspath(path)) for path in register)
    digest = hashlib.sha256()
    for path in paths:
        try:
            digest.update(Path(path).read_bytes() + b"\0")
        except OSError as fault:
            raise InputError(f"cannot read the register {path}: {fault.strerror}") from None
    if paths:
        from redline.markings.register.loading import registered

        with registered(paths):  # so that its faults are told at once
            pass
    return Options(formats, encoding, paths, digest.hexdigest() if paths else "")


def _needed() -> None:
    """See that what a collection needs is installed."""
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as fault:
        raise CorpusError(
            f"a collection needs {fault.name}: pip install 'redline[corpus]'"
        ) from None


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _some(listing: Listing) -> Iterator[Paper]:
    """The papers, of which there are some. Raises `InputError` before anything is written."""
    papers = iter(listing)
    first = next(papers, None)
    if first is None:
        raise InputError(f"no transcription in {listing.source}{_skipped(listing)}")
    return chain((first,), papers)


def _skipped(listing: Listing) -> str:
    if not listing.skipped:
        return ""
    told = ", ".join(f"{count} {suffix or 'without suffix'}"
                     for suffix, count in sorted(listing.skipped.items()))
    return f"; there are other files ({told}): name them in a list (@LIST), or by a pattern"


def _rows_of(piece: Path) -> Iterator[tuple[str, str, bool]]:
    import pyarrow.parquet as pq

    columns = ["key", "doc", "status"]
    table = pq.read_table(piece / "documents.parquet", columns=columns, use_threads=False)
    for key, doc, status in zip(*(table[name].to_pylist() for name in columns), strict=True):
        yield key, doc, status == "failed"


# -- after ----------------------------------------------------------------------------------


def _finish(
    folder: Folder, plan: Plan, options: Options, watcher: Watcher, summary: Summary
) -> None:
    """The tables, the database, and nothing of papers that are gone."""
    if plan.undone():
        raise CorpusError(f"{plan.undone()} papers were not done; run the same command again")
    digest = hashlib.sha256(f"{version()}".encode())
    for row in plan.result():
        digest.update(row.key.encode())
    content = digest.hexdigest()
    before = folder.check()
    if before.get("content") != content or before.get("sizes") != _sizes(folder):
        folder.say(redline=version(), complete=False)  # the tables are no longer those
        watcher.begin("tables")
        merge.publish(merge.merge(folder, plan.result()), folder)
        watcher.begin("database")
        told = {"redline": version(), "content": content}
        database.publish(database.made(folder, told), folder)
    _remove_strays(folder, plan, options)
    summary.failed, summary.pages = _counted(folder)
    folder.say(
        redline=version(), complete=True, content=content, sizes=_sizes(folder),
        formats=list(options.formats),
    )  # fmt: skip
    shutil.rmtree(folder.begun, ignore_errors=True)
    needed = plan.pieces()
    for piece in folder.pieces.iterdir():
        if piece.name not in needed:
            shutil.rmtree(piece, ignore_errors=True)


def _sizes(folder: Folder) -> dict[str, int]:
    files = [folder.database, *(folder.tables / f"{name}.parquet" for name in TABLES)]
    return {file.name: file.stat().st_size for file in files if file.exists()}


def _counted(folder: Folder) -> tuple[int, int]:
    with database.connect(folder) as db:
        row = db.execute(
            "SELECT count(*) FILTER (status = 'failed'), sum(pages) FROM documents"
        ).fetchall()[0]
    return (int(row[0]), int(row[1] or 0))


def _remove_strays(folder: Folder, plan: Plan, options: Options) -> None:
    """Take away outputs of papers that are no longer there, as pieces remember them."""
    import pyarrow.parquet as pq

    dropped = [each for each in SUFFIXES if each not in options.formats]
    dropped = [each for each in dropped if (folder.path / each).is_dir()]
    for piece in folder.pieces.iterdir():
        file = piece / "documents.parquet"
        outputs = pq.read_table(file, columns=["output"], use_threads=False)["output"]
        for output in outputs.to_pylist():
            gone = dropped if plan.has_output(output) else list(SUFFIXES)
            for format in gone:
                place = folder.path / format / f"{output}{SUFFIXES[format]}"
                place.unlink(missing_ok=True)
                _prune(place.parent, folder.path)


def _prune(place: Path, root: Path) -> None:
    """Remove folders that have become empty."""
    while place != root and root in place.parents:
        try:
            place.rmdir()
        except OSError:
            return
        place = place.parent


