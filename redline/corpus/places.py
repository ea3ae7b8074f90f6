"""Places where papers are, and their bytes: files, members of ZIPs, parts of files, URLs."""

from __future__ import annotations

import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from typing import IO, Any, NamedTuple

from redline.corpus.folder import CorpusError
from redline.corpus.names import identifier
from redline.diagnostics import InputError, RedlineError

__all__ = ["Place", "at_once", "digest", "fetch", "file_system", "is_url", "opened_archive",
           "reason", "stored", "told"]

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


def is_url(source: str) -> bool:
    """Whether it is a URL for fsspec: with ``://``."""
    return re.match(r"[A-Za-z][\w+.-]*://", source) is not None


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


@contextmanager
def _opened(place: Place) -> Iterator[tuple[IO[bytes], int]]:
    """The file of a paper, and how many bytes of it are the paper's (-1: all that follow)."""
    kind, where, at, length = place
    with told(place.shown()):
        if kind == "zip":
            archive = opened_archive(where)
            with archive.open(archive.infolist()[at]) as member:
                yield member, -1
        else:
            with stored(where) as file:
                file.seek(at)
                yield file, length if kind == "part" else -1


@lru_cache(2)
def opened_archive(where: str) -> zipfile.ZipFile:
    """An open ZIP; workers keep it open from paper to paper."""
    with told(where):
        return zipfile.ZipFile(stored(where) if is_url(where) else where)


def stored(where: str) -> IO[bytes]:
    """A file or URL, open to be read."""
    if is_url(where):
        fs, root = file_system(where)
        there: IO[bytes] = fs.open(root, "rb")
        return there
    file = open(where, "rb", opener=at_once)  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # a pipe or a device never ends
        file.close()
        raise InputError(f"cannot read {identifier(where)}: no regular file")
    return file


def file_system(url: str) -> tuple[Any, str]:
    """The file system of a URL, as fsspec has it, and the path there."""
    try:
        import fsspec
    except ImportError:
        raise CorpusError("URLs need fsspec: pip install 'redline[corpus]'") from None
    try:
        fs, root = fsspec.url_to_fs(url)
    except Exception as fault:
        raise InputError(f"cannot open {url}: {reason(fault)}") from None
    return fs, root


@contextmanager
def told(where: str) -> Iterator[None]:
    """Whatever goes wrong in reading this is an `InputError`: each protocol of URLs, and each
    way in which a ZIP may be damaged, has errors of its own."""
    try:
        yield
    except (RedlineError, MemoryError):
        raise
    except Exception as fault:
        raise InputError(f"cannot read {where}: {reason(fault)}") from None


def reason(fault: BaseException) -> str:
    """What an error says, in a line."""
    if isinstance(fault, FileNotFoundError):
        return "No such file or directory"
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    lines = str(fault).strip().splitlines()
    return lines[0] if lines else type(fault).__name__


def at_once(path: str, flags: int) -> int:
    """Open a file without waiting: a pipe waits for somebody to write."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
