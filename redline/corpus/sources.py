"""Where papers come from: a folder, a pattern, a list, a ZIP, a URL, or one file of many.

Listing is lazy: no more is held than the names of one folder. What is listed is a `Place`,
which any worker on any machine that sees the same files can `fetch`.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from glob import has_magic
from hashlib import sha256
from typing import IO, Any, NamedTuple

from redline.corpus.folder import CorpusError
from redline.corpus.names import identifier
from redline.diagnostics import InputError
from redline.formats import FORMATS, by_suffix

__all__ = ["Listing", "Paper", "Place", "digest", "fetch", "format_of", "is_url"]

#: What ends the name of a list of papers.
LISTS = (".list", ".lst")
_CHUNK = 1 << 20


class Place(NamedTuple):
    """Where the bytes of a paper are: a file or URL; in a ZIP the member `at`; of a file of
    many papers the `length` bytes from `at`."""

    kind: str
    where: str
    at: int = 0
    length: int = 0

    def told(self) -> str:
        """As text, to be kept."""
        return json.dumps(self)

    def shown(self) -> str:
        """As the tables have it."""
        ending = {"zip": f"#{self.at + 1}", "part": f"@{self.at}+{self.length}"}
        return identifier(self.where) + ending.get(self.kind, "")


class Paper(NamedTuple):
    """A paper that was listed: its id, where it is, how many bytes it has."""

    id: str
    place: Place
    size: int


class Listing:
    """The papers of a source, in any order. Raises `InputError` for one that is not there.

    `split` cuts a single file into papers: ``ff`` at form feeds, else a regular expression for
    the line between two. `skipped` counts, by suffix, files that are no transcriptions.
    """

    def __init__(self, source: str, *, split: str | None = None, leave_out: str = "") -> None:
        self.source = source
        self.split = split
        self.leave_out = os.path.abspath(leave_out) if leave_out else ""
        self.skipped: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Paper]:
        source = self.source
        if self.split is not None:
            return self._parts()
        if source == "-":
            return self._list(sys.stdin, "")
        if source.startswith("@"):
            return self._listed(source[1:])
        if is_url(source):
            return self._url()
        if os.path.isdir(source):
            return self._folder(source, source)
        if source.lower().endswith(".zip") and os.path.exists(source):
            return self._zip(source)
        if source.lower().endswith(LISTS) and os.path.exists(source):
            return self._listed(source)
        if os.path.exists(source):
            return iter([_file(source, os.path.basename(source))])
        if has_magic(source):
            return self._glob()
        raise InputError(
            f"no folder, file or pattern {source}; name a folder, 'folder/*.txt', a ZIP, "
            "@LIST or a URL"
        )

    # -- files ------------------------------------------------------------------------

    def _folder(self, root: str, folder: str) -> Iterator[Paper]:
        """Depth first; a link to a folder is not followed, it may lead round."""
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as fault:
            raise InputError(f"cannot list {folder}: {fault.strerror}") from None
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if os.path.abspath(entry.path) != self.leave_out and not _is_corpus(entry.path):
                    yield from self._folder(root, entry.path)
            elif self._wanted(entry.name):
                yield _file(entry.path, os.path.relpath(entry.path, root))

    def _wanted(self, name: str) -> bool:
        known = by_suffix(name)
        if known is not None and FORMATS[known].reads:
            return True
        self.skipped[os.path.splitext(name)[1].lower()] += 1
        return False

    def _glob(self) -> Iterator[Paper]:
        from glob import iglob

        base = self.source
        while has_magic(base):
            base = os.path.dirname(base)
        found = False
        for path in iglob(self.source, recursive=True):
            if os.path.isfile(path) and not os.path.abspath(path).startswith(
                (self.leave_out or "\0") + os.sep
            ):
                found = True
                yield _file(path, os.path.relpath(path, base or "."))
        if not found:
            raise InputError(f"no file goes with the pattern {self.source}")

    def _listed(self, path: str) -> Iterator[Paper]:
        try:
            file = open(path, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        except OSError as fault:
            raise InputError(f"cannot read the list {path}: {fault.strerror}") from None
        with file:
            yield from self._list(file, os.path.dirname(path))

    def _list(self, lines: IO[str], folder: str) -> Iterator[Paper]:
        """A path or URL a line, relative to the list; empty lines and ``# …`` say nothing."""
        for line in lines:
            path = line.rstrip("\r\n")
            if not path.strip() or path.startswith("# "):
                continue
            if is_url(path):
                yield Paper(identifier(path), Place("url", path), 0)
            else:
                yield _file(os.path.join(folder, path), path.replace(os.sep, "/"))

    # -- elsewhere --------------------------------------------------------------------

    def _url(self) -> Iterator[Paper]:
        url = self.source
        if url.lower().endswith(".zip"):
            yield from self._zip(url)
            return
        fs, root = _file_system(url)
        protocol = url.partition("://")[0]
        try:
            if has_magic(root):
                found = fs.glob(root, detail=True).items()
                base = root
                while has_magic(base):
                    base = base.rpartition("/")[0]
            elif fs.isfile(root):
                found, base = [(root, fs.info(root))], root.rpartition("/")[0]
            else:
                base = root.rstrip("/")
                found = (
                    (f"{folder.rstrip('/')}/{name}", info)
                    for folder, _, files in fs.walk(root, detail=True, on_error="raise")
                    for name, info in sorted(files.items())
                    if name and not name.startswith(".")
                )
            for path, info in found:
                if info.get("type") == "file" and self._wanted(path):
                    id_ = path.removeprefix(base).lstrip("/")
                    there = path if is_url(path) else f"{protocol}://{path.lstrip('/')}"
                    if protocol == "file":
                        there = f"file://{path}"
                    yield Paper(identifier(id_), Place("url", there), info.get("size") or 0)
        except OSError as fault:
            raise InputError(f"cannot list {url}: {_reason(fault)}") from None

    def _zip(self, where: str) -> Iterator[Paper]:
        archive = _archive(where)
        for n, member in enumerate(archive.infolist()):
            name = member.filename.rpartition("/")[2]
            if not member.is_dir() and not name.startswith(".") and self._wanted(name):
                yield Paper(identifier(member.filename), Place("zip", where, n), member.file_size)

    def _parts(self) -> Iterator[Paper]:
        from redline.corpus.split import parts

        name = os.path.basename(self.source)
        for n, (start, length) in enumerate(parts(self.source, self.split or "ff"), 1):
            yield Paper(
                f"{identifier(name)}#{n:07}", Place("part", self.source, start, length), length
            )


def is_url(source: str) -> bool:
    """Whether it is a URL for fsspec: with ``://``."""
    return re.match(r"[A-Za-z][\w+.-]*://", source) is not None


def format_of(paper_id: str) -> str | None:
    """The format that a paper's name tells."""
    return by_suffix(paper_id) or by_suffix(paper_id.rpartition("#")[0])


def _file(path: str, name: str) -> Paper:
    try:
        size = os.stat(path).st_size
    except OSError:
        size = 0  # whoever reads it will say why it cannot be read
    return Paper(identifier(name.replace(os.sep, "/")), Place("file", os.path.abspath(path)), size)


def _is_corpus(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, "corpus.json")) and os.path.isdir(
        os.path.join(folder, "state")
    )


def _file_system(url: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError:
        raise CorpusError("URLs need fsspec: pip install 'redline[corpus]'") from None
    try:
        fs, root = fsspec.url_to_fs(url)
    except (ImportError, ValueError) as fault:
        raise InputError(f"cannot open {url}: {_reason(fault)}") from None
    return fs, root


def _reason(fault: BaseException) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    lines = str(fault).strip().splitlines()
    return lines[0] if lines else type(fault).__name__


@lru_cache(2)
def _archive(where: str) -> zipfile.ZipFile:
    """An open ZIP; workers keep it open from paper to paper."""
    try:
        if is_url(where):
            fs, root = _file_system(where)
            return zipfile.ZipFile(fs.open(root, "rb"))
        return zipfile.ZipFile(where)
    except (OSError, zipfile.BadZipFile) as fault:
        raise InputError(f"cannot read {where}: {_reason(fault)}") from None


@contextmanager
def _opened(place: Place) -> Iterator[tuple[IO[bytes], int]]:
    """The file of a paper, and how many bytes of it are the paper's (-1: all that follow)."""
    kind, where, at, length = place
    try:
        if kind == "zip":
            archive = _archive(where)
            with archive.open(archive.infolist()[at]) as member:
                yield member, -1
        elif kind == "url":
            fs, root = _file_system(where)
            with fs.open(root, "rb") as there:
                yield there, -1
        else:
            with open(where, "rb", opener=_at_once) as file:
                _regular(file, where)
                file.seek(at)
                yield file, length if kind == "part" else -1
    except MemoryError:
        raise
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError,
            IndexError, NotImplementedError) as fault:  # fmt: skip
        raise InputError(f"cannot read {place.shown()}: {_reason(fault)}") from None


def fetch(place: Place) -> bytes:
    """The bytes of a paper. Raises `InputError`."""
    with _opened(place) as (file, length):
        return file.read(length)


def digest(place: Place) -> tuple[str, int]:
    """The SHA-256 of a paper and its bytes, read a piece at a time. Raises `InputError`."""
    found, size = sha256(), 0
    with _opened(place) as (file, length):
        while data := file.read(min(_CHUNK, length - size) if length >= 0 else _CHUNK):
            found.update(data)
            size += len(data)
    return found.hexdigest(), size


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting: a pipe waits for somebody to write."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _regular(file: io.BufferedReader, where: str) -> None:
    """A pipe or a device never ends."""
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        raise InputError(f"cannot read {identifier(where)}: no regular file")
