"""Papers one after another, without a collection: read and written in constant memory."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from redline.corpus.folder import whole
from redline.corpus.names import SUFFIXES, alike, safe, told_apart
from redline.corpus.places import fetch
from redline.corpus.sources import Listing, Source, format_of
from redline.diagnostics import FormatError, RedlineError
from redline.model import Document

__all__ = ["STREAMS", "papers", "write"]

#: What `write` writes, by suffix.
STREAMS = (".jsonl", ".zip", ".txt")
#: A fixed time for members of a ZIP: the same papers, the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def papers(
    source: Source,
    *,
    split: str | None = None,
    encoding: str | None = None,
    failed: Callable[[str, RedlineError], object] | None = None,
) -> Iterator[Document]:
    """The papers of a source (as `build` takes it), one after another: no more than one is held.

    Raises `InputError` for a source that is not there. A paper that cannot be read is told to
    `failed`, with its id and the error, and left out; without `failed` the error is raised.
    """
    from redline.formats.files import read_data

    for paper in Listing(source, split=split):
        try:
            document = read_data(fetch(paper.place), paper.id, format_of(paper.id), encoding)
        except RedlineError as fault:
            if failed is None:
                raise
            failed(paper.id, fault)
        else:
            yield document


def write(
    documents: Iterable[Document], path: str | os.PathLike[str], *, format: str = "tei"
) -> int:
    """Write papers as they come, to one file; gives how many there were.

    By its suffix: ``.jsonl`` (the JSON record of a paper a line), ``.zip`` (a file a paper, in
    `format`), ``.txt`` (the notation, a form feed between two papers). Until it is whole the file
    is called ``PATH.part``. Raises `OutputError` where it cannot be written.
    """
    place = Path(path)
    suffix = place.suffix.lower()
    if suffix not in STREAMS:
        raise FormatError(f"no stream is called {place.name}; name one {', '.join(STREAMS)}")
    if format not in SUFFIXES:
        raise FormatError(f"no format {format!r} here; there are {', '.join(SUFFIXES)}")
    with whole(place) as draft:
        return _written(documents, draft, suffix, format)


def _written(documents: Iterable[Document], draft: Path, suffix: str, format: str) -> int:
    from redline.formats.files import encode_document

    count = 0
    if suffix == ".zip":
        used: set[str] = set()
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for count, document in enumerate(documents, 1):
                name = safe(document.source.name)
                if alike(name) in used:
                    name = told_apart(name, f"{document.source.name}#{count}")
                used.add(alike(name))
                member = zipfile.ZipInfo(f"{name}{SUFFIXES[format]}", _TIME)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, encode_document(document, format))
        return count
    with open(draft, "wb") as file:
        for count, document in enumerate(documents, 1):
            if suffix == ".jsonl":
                # Line ends within strings are escaped: those between rows are but layout.
                file.write(encode_document(document, "json").replace(b"\n", b"") + b"\n")
            else:
                from redline.formats import dumps

                lead = "\f" if count > 1 else ""
                file.write((lead + dumps(document, "native")).encode("utf-8", "surrogatepass"))
    return count
