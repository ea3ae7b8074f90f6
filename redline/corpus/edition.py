"""A collection that was built, to be asked: what `redline.corpus.open` gives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from redline.corpus import questions
from redline.corpus.database import connect, running
from redline.corpus.folder import Folder
from redline.corpus.questions import QUESTIONS, Answer

if TYPE_CHECKING:
    import duckdb

__all__ = ["Edition"]


class Edition:
    """A collection, open for reading. Close it, or use it with ``with``."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.folder = Folder(path)
        self.db = connect(self.folder)
        questions.prepared(self.db)

    def query(self, sql: str, values: Sequence[Any] = ()) -> duckdb.DuckDBPyRelation:
        """Ask in SQL; `values` are for its ``?``. The answer is DuckDB's: ``fetchall()``,
        ``df()``, ``pl()``, ``to_arrow_table()`` …. Raises `CorpusError`."""
        with running():
            return self.db.cursor().sql(sql, params=list(values))

    def ask(self, sql: str, values: Sequence[Any] = ()) -> Answer:
        """Ask in SQL; the answer as columns and rows. Raises `CorpusError`."""
        return questions.ask(self.db, "Query", sql, values)

    def stats(self, names: Iterable[str] = ()) -> list[Answer]:
        """The answers to ready questions, of these names or all."""
        rows = [questions.question(name) for name in (list(names) or QUESTIONS)]
        return [questions.ask(self.db, row.title, row.sql) for row in rows]

    def find(
        self,
        deleted: str | None = None,
        added: str | None = None,
        *,
        kind: str | None = None,
        regex: bool = False,
        limit: int = 1000,
    ) -> Answer:
        """Revisions that struck `deleted` and added `added`: whole words in any case."""
        return questions.find(self.db, deleted, added, kind=kind, regex=regex, limit=limit)

    def search(
        self, words: str, *, stage: str = "final", regex: bool = False, limit: int = 100
    ) -> Answer:
        """Paragraphs that have these words one after another."""
        return questions.search(self.db, words, stage=stage, regex=regex, limit=limit)

    def report(self, path: str | os.PathLike[str]) -> None:
        """Write a report: one page of HTML with drawings. Raises `OutputError`."""
        from redline.corpus.report import report

        report(self, path)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Edition:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
