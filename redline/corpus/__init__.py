"""A whole collection: papers in, TEI and tables out, and questions asked of them.

>>> from redline import corpus
>>> corpus.build("papers", "edition")                                       # doctest: +SKIP
>>> with corpus.open("edition") as edition:                                 # doctest: +SKIP
...     edition.query("SELECT kind, count(*) FROM revisions GROUP BY kind").fetchall()
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from redline.corpus.edition import Edition
from redline.corpus.folder import CorpusError, DiskError, NoCorpus
from redline.corpus.questions import Answer
from redline.corpus.run import Summary, build
from redline.corpus.stream import papers, write

__all__ = [
    "Answer",
    "CorpusError",
    "DiskError",
    "Edition",
    "NoCorpus",
    "Summary",
    "build",
    "open",
    "papers",
    "query",
    "write",
]


def open(path: str | os.PathLike[str]) -> Edition:
    """Open a collection to ask it. Raises `NoCorpus` where there is none."""
    return Edition(path)


def query(path: str | os.PathLike[str], sql: str, values: Sequence[Any] = ()) -> Answer:
    """Ask a collection in SQL, once. Raises `NoCorpus`, `CorpusError`."""
    with Edition(path) as edition:
        return edition.ask(sql, values)
