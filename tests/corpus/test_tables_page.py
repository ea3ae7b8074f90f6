"""docs/reference/tables.md is the table in the code; `python -m tests.corpus.test_tables_page`
writes it."""

from __future__ import annotations

from pathlib import Path

from redline import corpus
from redline.corpus.database import VIEWS
from redline.corpus.strength import DEGREES
from redline.corpus.tables import SCHEMA, TABLES
from tests.corpus.conftest import Built

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "tables.md"

_HEAD = f"""# Tables of a collection

`redline corpus build` writes each table as `tables/NAME.parquet` and into `corpus.duckdb`, with the
same rows in the same order: papers by the code points of their id, the rows of a paper as they
stand in it. This page is written from `redline/corpus/tables.py`; the columns are commented in the
database and in the Parquet files, too.

This is version {SCHEMA} of the tables. Names and meanings are stable; a change that is not an
addition is a new version, and a redline that does not know it refuses the collection. In the
database the table `meta` has the version (`schema`), the redline it was made by (`redline`) and a
digest of all it was made from (`content`).

`text` is a string or null, `int` 64 bits, `texts` and `ints` are lists. Lines are counted from 1.
"""


def page() -> str:
    rows = [_HEAD]
    for name, table in TABLES.items():
        rows += [f"## {name}", "", f"A row is {table.about}.", "", "| column | type | |"]
        rows.append("|---|---|---|")
        rows += [f"| `{c.name}` | {c.type} | {c.about} |" for c in table.columns]
        rows.append("")
    rows += ["## Views", "", "In the database alone:", ""]
    rows += [f"- `{name}`: {about}" for name, (about, _) in VIEWS.items()]
    rows += [
        "",
        "## Words by strength",
        "",
        "The question `strength` of `redline corpus stats` calls a substitution *softened* when",
        "the words put in commit the writer less than those struck, *hardened* when more. The",
        "degree of a group of words is that of its modal or verb of belief; a form of *to be* or",
        "*to have* counts only where there is none: `may have been` is possible, `were` certain.",
        "",
        "| degree | words |",
        "|---|---|",
    ]
    named = {1: "1, possible", 2: "2, probable", 3: "3, certain"}
    rows += [f"| {named[degree]} | {', '.join(words)} |" for degree, words in DEGREES.items()]
    return "\n".join(rows) + "\n"


def test_the_page_is_the_table_in_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_database_has_these_columns(built: Built) -> None:
    import pyarrow.parquet as pq

    types = {"BIGINT": "int", "VARCHAR": "text", "VARCHAR[]": "texts", "BIGINT[]": "ints"}
    with corpus.open(built.out) as edition:
        found = edition.query(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() "
            "WHERE database_name = current_database() AND NOT internal "
            "ORDER BY table_oid, column_index"
        ).fetchall()
    for name, table in TABLES.items():
        columns = [(c.name, c.type, c.about) for c in table.columns]
        assert [(c, types[t], about) for n, c, t, about in found if n == name] == columns
        schema = pq.read_schema(built.out / "tables" / f"{name}.parquet")
        told = [(field.name, field.metadata[b"about"].decode()) for field in schema]
        assert told == [(c, about) for c, _, about in columns]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
