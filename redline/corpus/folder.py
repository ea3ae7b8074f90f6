"""The folder of a collection: what is in it, its lock, and how files get there whole.

    OUT/
    ├── corpus.json       what this folder is: versions, options
    ├── corpus.duckdb     the database
    ├── tables/           the same tables as Parquet
    ├── tei/ html/ …      the papers
    └── state/            what a later run builds on: pieces/, and lock, plan, tmp/ of a run

A file is written in ``state/tmp`` and renamed to its place: whoever looks sees it whole or not
at all, whenever the program is killed.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from pathlib import Path
from typing import Any

from redline.corpus.tables import SCHEMA
from redline.diagnostics import FormatError, InputError

__all__ = ["CorpusError", "DiskError", "Folder", "NewerCorpus", "NoCorpus", "unwritable", "whole"]

#: Workers on several machines write to the same folder.
_HOST = socket.gethostname().replace("/", "_")
#: What an operating system says when a file system takes no more.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class CorpusError(FormatError):
    """A collection that cannot be built, or a question that cannot be answered."""


class NoCorpus(InputError):
    """A folder that holds no collection, or one that cannot be read."""


class NewerCorpus(NoCorpus):
    """A collection of a newer redline."""


class DiskError(CorpusError):
    """The output takes no more. What was written before is whole."""


class Folder:
    """The places in a collection's folder."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.about = self.path / "corpus.json"
        self.database = self.path / "corpus.duckdb"
        self.tables = self.path / "tables"
        self.state = self.path / "state"
        self.pieces = self.state / "pieces"
        self.tmp = self.state / "tmp"
        self.plan = self.state / "plan.sqlite"
        self.begun = self.state / "begun"

    # -- what it is -------------------------------------------------------------------

    def check(self) -> dict[str, Any]:
        """What ``corpus.json`` says. Raises `NoCorpus`."""
        try:
            told = json.loads(self.about.read_bytes())
        except FileNotFoundError:
            raise NoCorpus(
                f"{self.path} holds no collection; name the folder of one: redline corpus build "
                "makes it"
            ) from None
        except NotADirectoryError:
            raise NoCorpus(f"{self.path} is a file; name the folder of a collection") from None
        except OSError as fault:
            raise NoCorpus(f"cannot read {self.about}: {fault.strerror}") from None
        except ValueError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("schema"), int):
            raise NoCorpus(f"{self.about} is damaged; build into another folder")
        if told["schema"] > SCHEMA:
            raise NewerCorpus(
                f"{self.path} was made by a newer redline ({told.get('redline')}, tables "
                f"{told['schema']}; this one knows {SCHEMA}); update redline, or build elsewhere"
            )
        return told

    def prepare(self) -> None:
        """Make the folder, or see that it is one of ours. Raises `CorpusError`, `NoCorpus`."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if self.about.exists():
                self.check()
            elif any(entry.name != self.state.name for entry in os.scandir(self.path)):
                raise CorpusError(
                    f"{self.path} has files and holds no collection; name an empty folder"
                )
        except OSError as fault:
            raise unwritable(self.path, fault) from None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else builds here meanwhile. The system lifts the lock of whoever dies."""
        path = self.state / "lock"
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            file = open(path, "a+b", buffering=0)  # noqa: SIM115
        except OSError as fault:
            raise unwritable(path, fault) from None
        with file:
            try:
                _lock(file)
            except OSError as fault:
                if fault.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                    file.seek(0)
                    who = (file.read() or b"").decode("utf-8", "replace").strip() or "another run"
                    raise CorpusError(
                        f"{self.path} is being built by {who}; wait for it, or end it"
                    ) from None
                raise CorpusError(
                    f"{self.path}: its file system has no locks ({fault.strerror}); "
                    "choose another"
                ) from None
            with suppress(OSError):  # it only says who holds the lock
                file.truncate(0)
                file.write(f"process {os.getpid()} on {socket.gethostname()}\n".encode())
            try:
                yield
            finally:
                with suppress(OSError):
                    file.truncate(0)

    def begin(self, version: str) -> None:
        """Throw away what a run that was killed had not finished; say what this is, first of
        all: a folder that says nothing is not built into."""
        try:
            shutil.rmtree(self.tmp, ignore_errors=True)
            self.tmp.mkdir(parents=True, exist_ok=True)
            told = self.check() if self.about.exists() else {}
            kept = {k: told[k] for k in ("content", "sizes", "formats") if k in told}
            self.say(redline=version, complete=False, **kept)
            for each in (self.tables, self.pieces):
                each.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise unwritable(self.path, fault) from None

    # -- files ------------------------------------------------------------------------

    def temporary(self, name: str) -> Path:
        """A place to write before a file is renamed."""
        return self.tmp / f"{_HOST}-{os.getpid()}-{name}"

    def put(self, data: bytes, place: Path) -> None:
        """A file of these bytes, whole. Raises `DiskError` or `CorpusError`."""
        draft = self.temporary("file")
        try:
            with open(draft, "wb") as file:
                file.write(data)
            try:
                os.replace(draft, place)
            except FileNotFoundError:
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(draft, place)
        except OSError as fault:
            draft.unlink(missing_ok=True)
            raise unwritable(place, fault) from None

    def note_begun(self, id_: str, key: str) -> None:
        """Remember that outputs of a paper are about to be written over, for this key: when the
        run is killed, those of another key are not to be trusted. Raises `CorpusError`."""
        place = self.begun / f"{_HOST}-{os.getpid()}"
        try:
            self.begun.mkdir(parents=True, exist_ok=True)
            with open(place, "ab", buffering=0) as file:
                file.write(json.dumps([id_, key]).encode() + b"\n")
        except OSError as fault:
            raise unwritable(place, fault) from None

    def were_begun(self) -> Iterator[tuple[str, str]]:
        """The papers and keys that runs which did not come to their end have begun."""
        for place in sorted(self.begun.glob("*")):
            for line in place.read_bytes().splitlines():
                with suppress(ValueError):  # a line that was cut: nothing was begun after it
                    id_, key = json.loads(line)
                    yield id_, key

    def say(self, **about: Any) -> None:
        """Write ``corpus.json``."""
        text = json.dumps({"schema": SCHEMA, **about}, indent=1, sort_keys=True) + "\n"
        self.put(text.encode(), self.about)


def unwritable(path: Path, fault: OSError) -> CorpusError:
    """The error for a place that cannot be written."""
    if fault.errno in FULL:
        return DiskError(
            f"cannot write {path}: {fault.strerror}; make room and run the same command again: "
            "what is done is kept"
        )
    return CorpusError(f"cannot write {path}: {fault.strerror}; choose another folder")


@contextmanager
def whole(place: Path) -> Iterator[Path]:
    """A file ``PLACE.part`` to write, which is put in its place when it is whole, and is gone when
    something failed. Raises `OutputError`."""
    from redline.formats.files import OutputError

    special = place.exists() and not place.is_file()  # a pipe, say: there is nothing to replace
    draft = place if special else place.with_name(f"{place.name}.part")
    try:
        yield draft
        if not special:
            os.replace(draft, place)
    except OSError as fault:
        raise OutputError(
            f"cannot write {place}: {fault.strerror}; make room or choose another place"
        ) from None
    finally:
        if not special:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


if sys.platform == "win32":

    def _lock(file: RawIOBase) -> None:
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:

    def _lock(file: RawIOBase) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
