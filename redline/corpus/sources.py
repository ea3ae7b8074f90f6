"""Where papers come from: a folder, a pattern, a list, a ZIP, a URL, or one file of many.

Listing is lazy: no more is held than the names of one folder. What is listed is a `Place`,
which any worker on any machine that sees the same files can `fetch`.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from glob import has_magic
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias

from redline.corpus.lists import SUFFIXES, beside, is_list, listed_path, name_in_list
from redline.corpus.names import identifier
from redline.corpus.places import (
    Place,
    file_system,
    is_url,
    opened_archive,
    reason,
    stored,
    told,
)  # fmt: skip
from redline.diagnostics import InputError, RedlineError
from redline.formats import FORMATS, by_suffix

__all__ = ["Listing", "Paper", "Source", "format_of"]

#: What papers are made a collection of.
Source: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]"


class Paper(NamedTuple):
    """A paper that was listed: its id, where it is, how many bytes it has."""

    id: str
    place: Place
    size: int


class Listing:
    """The papers of a source, in any order. Raises `InputError` for one that is not there.

    Of several sources, files are listed as in a list, by their path from here: so a shell may
    write a pattern out. `split` cuts a single file into papers: ``ff`` at form feeds, else a
    regular expression for the line between two. `skipped` counts, by suffix, files that are no
    transcriptions.
    """

    def __init__(
        self, source: Source, *, split: str | None = None, leave_out: str | os.PathLike[str] = ""
    ) -> None:
        several = (source,) if isinstance(source, (str, os.PathLike)) else tuple(source)
        self.sources = tuple(os.fspath(each) for each in several)
        self.source = " ".join(self.sources)
        self.split = split
        self.leave_out = os.path.abspath(leave_out) if leave_out else ""
        self.skipped: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Paper]:
        source = self.source
        if len(self.sources) != 1:
            return self._several()
        if self.split is not None:
            return self._parts()
        if source == "-":
            return self._list(sys.stdin.buffer, "")
        if source.startswith("@"):
            return self._listed(source[1:])
        if is_url(source):
            return self._url()
        if os.path.isdir(source):
            return self._folder(source, source)
        if source.lower().endswith(".zip") and os.path.exists(source):
            return self._zip(source)
        if os.path.isfile(source) and is_list(source):
            return self._listed(source)
        if os.path.exists(source):
            return iter([_file(source, os.path.basename(source))])
        if has_magic(source):
            return self._glob()
        raise InputError(
            f"no folder, file or pattern {source}; name a folder, 'folder/*.txt', a ZIP, "
            "@LIST or a URL"
        )

    def _several(self) -> Iterator[Paper]:
        here = os.getcwd()
        for source in self.sources:
            if self.split is None and os.path.isfile(source) and not _holds_many(source):
                name = name_in_list(source, os.path.abspath(source), here)
                if self._wanted(name):
                    yield _file(source, name)
            else:
                one = Listing(source, split=self.split, leave_out=self.leave_out)
                yield from one
                self.skipped.update(one.skipped)

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
            if entry.is_dir():
                if entry.is_symlink():
                    continue
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
        """Links to folders are not followed by ``**``; hidden files only where the pattern
        names them."""
        base = self.source
        while has_magic(base):
            base = os.path.dirname(base)
        pattern = os.path.relpath(self.source, base or ".").replace(os.sep, "/")
        if pattern.endswith("**"):  # of folders and files, in every Python
            pattern += "/*"
        hidden = re.search(r"(?:^|/)\.", pattern) is not None
        found = False
        try:
            for path in Path(base or ".").glob(pattern):
                name = path.relative_to(base or ".").as_posix()
                if (
                    (hidden or not _is_hidden(name))
                    and path.is_file()
                    and not str(path.absolute()).startswith((self.leave_out or "\0") + os.sep)
                ):
                    found = True
                    yield _file(str(path), name)
        except ValueError as fault:
            raise InputError(f"no pattern: {self.source} ({reason(fault)})") from None
        if not found:
            raise InputError(f"no file goes with the pattern {self.source}")

    def _listed(self, path: str) -> Iterator[Paper]:
        try:
            file = open(path, "rb")  # noqa: SIM115
        except OSError as fault:
            raise InputError(f"cannot read the list {path}: {fault.strerror}") from None
        with file:
            yield from self._list(file, os.path.dirname(path))

    def _list(self, lines: IO[bytes], folder: str) -> Iterator[Paper]:
        """A path or URL a line; empty lines and ``# …`` say nothing."""
        root = os.path.abspath(folder)
        for line in lines:
            path = listed_path(line)
            if path is None:
                continue
            if is_url(path):
                yield Paper(identifier(path.partition("://")[2]), Place("url", path), 0)
            else:
                where = beside(path, folder)
                yield _file(where, name_in_list(path, os.path.abspath(where), root))

    # -- elsewhere --------------------------------------------------------------------

    def _url(self) -> Iterator[Paper]:
        url = self.source
        if url.lower().endswith(".zip"):
            yield from self._zip(url)
            return
        fs, root = file_system(url)
        protocol = url.partition("://")[0]
        every = True  # what is named is taken, whatever its suffix
        try:
            if has_magic(root):
                found = fs.glob(root, detail=True).items()
                base = root
                while has_magic(base):
                    base = base.rpartition("/")[0]
            elif not url.endswith("/") and fs.isfile(root):  # HTTP takes a folder for a file
                found, base = [(root, fs.info(root))], root.rpartition("/")[0]
            else:
                base = root.rstrip("/")
                every = False
                found = (
                    (f"{folder.rstrip('/')}/{name}", info)
                    for folder, _, files in fs.walk(root, detail=True, on_error="raise")
                    for name, info in sorted(files.items())
                    if name
                )
            for path, info in found:
                name = path.removeprefix(base).lstrip("/")
                if (
                    info.get("type") == "file"
                    and name
                    and (every or not _is_hidden(name))
                    and (every or self._wanted(name))
                ):
                    there = path if is_url(path) else f"{protocol}://{path.lstrip('/')}"
                    if protocol == "file":
                        there = f"file://{path}"
                    yield Paper(identifier(name), Place("url", there), info.get("size") or 0)
        except RedlineError:
            raise
        except Exception as fault:  # each protocol has errors of its own
            raise InputError(f"cannot list {url}: {reason(fault)}") from None

    def _zip(self, where: str) -> Iterator[Paper]:
        archive = opened_archive(where)
        for n, member in enumerate(archive.infolist()):
            name = member.filename.rpartition("/")[2]
            if name and not name.startswith(".") and self._wanted(name):
                yield Paper(identifier(member.filename), Place("zip", where, n), member.file_size)

    def _parts(self) -> Iterator[Paper]:
        from redline.corpus.split import parts

        source = self.source
        name = identifier(source.replace(os.sep, "/").rpartition("/")[2])
        with told(source):
            for n, (start, length) in enumerate(
                parts(partial(stored, source), source, self.split or "ff"), 1
            ):
                yield Paper(f"{name}#{n:07}", Place("part", source, start, length), length)


def _is_hidden(name: str) -> bool:
    """Whether a file, or a folder it is in, has a name that begins with a dot."""
    return re.search(r"(?:^|/)\.(?!\.?/)", name) is not None


def _holds_many(source: str) -> bool:
    """Whether a file is a ZIP or a list, by its name."""
    return source.startswith("@") or source.lower().endswith((".zip", *SUFFIXES))


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
