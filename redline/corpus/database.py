"""The DuckDB database: made from the tables, and asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redline.corpus.folder import CorpusError, DiskError, Folder, NewerCorpus, NoCorpus
from redline.corpus.tables import SCHEMA, TABLES

if TYPE_CHECKING:
    import duckdb

__all__ = ["connect", "made", "publish", "refuse_newer", "running"]

#: What DuckDB may take while it makes the database, and keep elsewhere.
_MEMORY = "256MB"

#: Views, by name: what they hold and their query.
VIEWS = {
    "texts": (
        "a paper's draft and final text whole, as its readings are",
        """
SELECT doc, string_agg(draft, chr(10) || chr(10) ORDER BY n) FILTER (draft <> '') AS draft,
       string_agg(final, chr(10) || chr(10) ORDER BY n) FILTER (final <> '') AS final
FROM readings GROUP BY doc
""",
    ),
}


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise CorpusError("collections need DuckDB: pip install 'redline[corpus]'") from None
    return duckdb


def made(folder: Folder, about: Mapping[str, str]) -> Path:
    """Make the database of the tables in a temporary file."""
    duckdb = _duckdb()
    draft = folder.temporary("corpus.duckdb")
    draft.unlink(missing_ok=True)
    try:
        with duckdb.connect(
            str(draft),
            config={
                "memory_limit": _MEMORY,
                "threads": 2,
                "temp_directory": str(folder.tmp / "duckdb"),
                "autoinstall_known_extensions": False,
            },
        ) as db:
            for name, table in TABLES.items():
                file = str(folder.tables / f"{name}.parquet").replace("'", "''")
                db.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{file}')")
                db.execute(f"COMMENT ON TABLE {name} IS {_quoted(table.about)}")
                for column in table.columns:
                    db.execute(
                        f"COMMENT ON COLUMN {name}.{column.name} IS {_quoted(column.about)}"
                    )
            for name, (what, query) in VIEWS.items():
                db.execute(f"CREATE VIEW {name} AS {query}")
                db.execute(f"COMMENT ON VIEW {name} IS {_quoted(what)}")
            db.execute("CREATE TABLE meta (name TEXT, value TEXT)")
            rows = {"schema": str(SCHEMA), **about}
            db.executemany("INSERT INTO meta VALUES (?, ?)", [list(row) for row in rows.items()])
            db.execute("CHECKPOINT")
    except duckdb.Error as fault:
        for each in (draft, draft.with_name(draft.name + ".wal")):
            each.unlink(missing_ok=True)
        raise DiskError(
            f"cannot make {folder.database}: {_first_line(fault)}; make room and run the same "
            "command again: what is done is kept"
        ) from None
    return draft


def publish(draft: Path, folder: Folder) -> None:
    """Put the database in its place."""
    from redline.corpus.folder import unwritable

    try:
        os.replace(draft, folder.database)
    except OSError as fault:
        raise unwritable(folder.database, fault) from None


def refuse_newer(folder: Folder) -> None:
    """See that the database is none of a newer redline, whatever ``corpus.json`` says: it would
    be written over. Raises `NoCorpus`; what is no database at all is made again."""
    if folder.database.exists():
        try:
            connect(folder).close()
        except NewerCorpus:
            raise
        except NoCorpus:
            pass


def connect(folder: Folder) -> duckdb.DuckDBPyConnection:
    """The database of a collection, to be read. Raises `NoCorpus`, `CorpusError`."""
    folder.check()
    lib = _duckdb()
    if not folder.database.exists():
        raise NoCorpus(
            f"{folder.path} is not finished; run redline corpus build with it once more"
        )
    try:
        db: duckdb.DuckDBPyConnection = lib.connect(
            str(folder.database),
            read_only=True,
            config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
        )
        with running():
            rows = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchall()
        version = int(rows[0][0]) if rows else 0
    except (lib.Error, ValueError) as fault:
        raise NoCorpus(
            f"cannot open {folder.database}: {_first_line(fault)}; if it is damaged, remove it "
            "and build again"
        ) from None
    if version > SCHEMA:
        db.close()
        raise NewerCorpus(
            f"{folder.database} was made by a newer redline (tables {version}; this one knows "
            f"{SCHEMA}); update redline"
        )
    return db


@contextmanager
def running() -> Iterator[None]:
    """Errors of DuckDB as one line."""
    duckdb = _duckdb()
    try:
        yield
    except duckdb.Error as fault:
        raise CorpusError(_first_line(fault)) from None


def _first_line(fault: BaseException) -> str:
    """What DuckDB says, without its drawing of the place."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("LINE ", "^"))]
    return "; ".join(kept[:2]) if kept else type(fault).__name__


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
