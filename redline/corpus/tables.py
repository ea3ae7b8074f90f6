"""The tables of a collection: every column with its type and what it holds.

The names are stable: `SCHEMA` counts the changes. The same rows are in ``tables/*.parquet`` and
in ``corpus.duckdb``, in the same order: papers by the code points of their id, and the rows of a
paper in the order of the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow

__all__ = ["COUNTED", "SCHEMA", "TABLES", "Column", "Table", "arrow_schema"]

#: Version of the tables. A reader refuses a greater one.
SCHEMA = 1


class Column(NamedTuple):
    """A column: its name, its type (``text``, ``int``, ``texts``, ``ints``), its use."""

    name: str
    type: str
    about: str


class Table(NamedTuple):
    """A table: what a row is, and its columns. `counted` is the column of `documents` that has
    the number of its rows for a paper."""

    about: str
    columns: tuple[Column, ...]
    counted: str | None = None


def _columns(text: str) -> tuple[Column, ...]:
    rows = [line.split(None, 2) for line in text.strip().splitlines()]
    return tuple(Column(*row) for row in rows)


TABLES = {
    "documents": Table(
        "a paper, also one that could not be read",
        _columns("""
doc         text  id of the paper: its path below the folder that was built from, with /
place       text  where it was read from
output      text  its name among the outputs: tei/OUTPUT.xml, html/OUTPUT.html, json/OUTPUT.json
status      text  done or failed
reason      text  of a failed one: unreadable, encoding, format, fault, timeout, memory, crash
message     text  of a failed one: what happened, in a sentence
sha256      text  hexadecimal digest of its bytes
bytes       int   its bytes
format      text  native, json, tei …
encoding    text  the encoding of its bytes
length      int   characters of the source
title       text  its title, where it has one
date        text  its date, ISO 8601: a day or a month
year        int   the year of its date
agency      text  the office it came from
level_draft text  its level when it was written
level_final text  its level now
words_draft int   words of the draft, by white space
words_final int   words of the final text
pages       int   rows in pages
revisions   int   rows in revisions
markings    int   rows in markings
acts        int   rows in history
findings    int   rows in diagnostics
paragraphs  int   rows in readings
key         text  digest of what it was made from: content, name, options, versions
"""),
    ),
    "pages": Table(
        "a page of a paper",
        _columns("""
doc       text  the paper
page      int   number in the paper, from 1
label     text  the number the paper gives it
cert      text  how certain it begins here: high, medium, low
evidence  texts why it begins here
line      int   line of the source it begins on
words     int   words of the draft on it
revisions int   revisions that begin on it
was       text  level of its banner when written
now       text  level of its banner now
"""),
        "pages",
    ),
    "revisions": Table(
        "a revision: a deletion, addition, substitution or transposition",
        _columns("""
doc           text  the paper
n             int   number in the paper, from 1
id            text  its id: xml:id in TEI, id in the record
kind          text  deletion, addition, substitution, transposition
deleted       text  the words struck; of several places with / between
added         text  the words put in; of several places with / between
deleted_words int   how many were struck
added_words   int   how many were put in
stage         text  the campaign
hand          text  who did it, where the notation says so
page          int   the page it begins on
line          int   the line of the source it begins on
cert          text  high, medium, low
rule          text  the rule of the notation that decided
within        text  id of the revision it stands in
"""),
        "revisions",
    ),
    "markings": Table(
        "a security marking or review mark",
        _columns("""
doc       text  the paper
n         int   number in the paper, from 1
id        text  its id
kind      text  banner, line, portion, control, stamp, release, exemption, schedule
page      int   the page it stands on
line      int   the line of the source
place     text  top, bottom, margin, inline
was       text  its level when written
now       text  its level now (is in the record)
action    text  unchanged, downgrade, upgrade, cancelled, added
through   texts levels in between
controls  texts control markings
date      text  the date it gives, ISO 8601
reviewer  text  who reviewed
authority text  by which authority
codes     texts exemption codes
fields    text  all its fields, as JSON
text      text  as it stands
cert      text  high, medium, low
rule      text  the rule that decided
"""),
        "markings",
    ),
    "history": Table(
        "an act in the security history of a paper",
        _columns("""
doc        text  the paper
n          int   number in the history, from 1
action     text  classified, downgrade, upgrade, cancelled, reviewed, declassified, released …
from_level text  level before
to_level   text  level after
date       text  ISO 8601, where the paper says when
year       int   the year of date
cert       text  high, medium, low
pages      ints  the pages that show it
"""),
        "acts",
    ),
    "diagnostics": Table(
        "a finding about the transcription",
        _columns("""
doc      text  the paper
n        int   number in the paper, from 1
code     text  stable code
severity text  error, warning, info
message  text  what was found
line     int   line of the source, from 1
col      int   column, from 1
"""),
        "findings",
    ),
    "readings": Table(
        "a paragraph (heading, cell …), as drafted and as it reads now",
        _columns("""
doc   text  the paper
n     int   number in the paper, from 1
page  int   the page it begins on
draft text  its draft; empty where it was all added
final text  its final text; empty where it was all struck
"""),
        "paragraphs",
    ),
}

#: The tables that have rows of their own for a paper, with the column that counts them.
COUNTED = {name: table.counted for name, table in TABLES.items() if table.counted}


def arrow_schema(name: str) -> pyarrow.Schema:
    """The columns of a table as Arrow has them."""
    import pyarrow as pa

    types: dict[str, Any] = {
        "text": pa.string(),
        "int": pa.int64(),
        "texts": pa.list_(pa.string()),
        "ints": pa.list_(pa.int64()),
    }
    table = TABLES[name]
    return pa.schema(
        [
            pa.field(column.name, types[column.type], metadata={"about": column.about})
            for column in table.columns
        ],
        metadata={"about": table.about, "schema": str(SCHEMA)},
    )
