"""The plan of a run: every paper with its place and its name, on disk, in the order of ids.

A throw-away SQLite file: a million papers take no memory. It also knows what earlier runs did.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from redline.corpus.names import alike, safe, told_apart
from redline.corpus.places import Place
from redline.corpus.sources import Paper

__all__ = ["Plan", "Row", "Unit"]

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -16000;
PRAGMA temp_store = FILE;
CREATE TABLE unit (
    id TEXT, place TEXT, size INTEGER, output TEXT, alike TEXT, key TEXT, piece TEXT
);
CREATE TABLE known (
    key TEXT PRIMARY KEY, id TEXT, failed INTEGER, piece TEXT
) WITHOUT ROWID;
CREATE TABLE begun (
    id TEXT, key TEXT, PRIMARY KEY (id, key)
) WITHOUT ROWID;
"""


class Unit(NamedTuple):
    """A paper to be worked on; `known` are keys whose rows and outputs are there already, `past`
    says whether there may be outputs of another key."""

    id: str
    place: Place
    size: int
    output: str
    known: tuple[str, ...] = ()
    past: bool = False


class Row(NamedTuple):
    """Where the rows of a paper are: in the piece of this name, under this key."""

    key: str
    piece: str


#: How many papers, and bytes, a batch may have where so many papers and bytes are left.
Room = Callable[[int, int], tuple[int, int]]


class Plan:
    """What is to be done, and what was done."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            self._db.executescript(_TABLES)
        except sqlite3.Error:
            self._db.close()
            raise

    def close(self) -> None:
        """Done with it."""
        self._db.close()

    # -- papers -----------------------------------------------------------------------

    def add(self, papers: Iterable[Paper]) -> None:
        """List papers; a file that is listed twice is one paper. Gives each its own id and the
        name of its outputs."""
        rows = ((paper.id, paper.place.told(), paper.size) for paper in papers)
        db = self._db
        db.execute("BEGIN")
        db.executemany("INSERT INTO unit (id, place, size) VALUES (?, ?, ?)", rows)
        db.execute("CREATE INDEX by_id ON unit (id, place)")
        db.execute(
            "DELETE FROM unit WHERE rowid IN (SELECT u.rowid FROM unit u JOIN unit v "
            "ON v.id = u.id AND v.place = u.place AND v.rowid < u.rowid)"
        )
        self._own_ids()
        named = db.execute("SELECT rowid, id FROM unit")
        writing = db.cursor()
        for rowid, id_ in named:
            name = safe(id_)
            writing.execute(
                "UPDATE unit SET output = ?, alike = ? WHERE rowid = ?", (name, alike(name), rowid)
            )
        db.execute("CREATE INDEX by_alike ON unit (alike)")
        twice = db.execute(
            "SELECT rowid, id, output FROM unit WHERE alike IN "
            "(SELECT alike FROM unit GROUP BY alike HAVING count(*) > 1)"
        ).fetchall()
        for rowid, id_, output in twice:
            name = told_apart(output, id_)
            db.execute(
                "UPDATE unit SET output = ?, alike = ? WHERE rowid = ?", (name, alike(name), rowid)
            )
        db.execute("COMMIT")

    def _own_ids(self) -> None:
        """The second paper of an id, by where it is, gets ``#2`` to its id, and so on."""
        db = self._db
        while True:
            again = db.execute(
                "SELECT rid, id, k FROM (SELECT rowid AS rid, id, row_number() OVER "
                "(PARTITION BY id ORDER BY place) AS k FROM unit) WHERE k > 1"
            ).fetchall()
            if not again:
                return
            for rowid, id_, k in again:
                db.execute("UPDATE unit SET id = ? WHERE rowid = ?", (f"{id_}#{k}", rowid))

    def count(self) -> tuple[int, int]:
        """How many papers there are, and bytes."""
        papers, size = self._db.execute("SELECT count(*), sum(size) FROM unit").fetchone()
        return int(papers), int(size or 0)

    # -- what there is ----------------------------------------------------------------

    def know(self, piece: str, rows: Iterable[tuple[str, str, bool]]) -> None:
        """The rows of a piece: key, id, whether the paper failed."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT OR IGNORE INTO known VALUES (?, ?, ?, ?)",
            ((key, id_, failed, piece) for key, id_, failed in rows),
        )
        self._db.execute("COMMIT")

    def distrust(self, begun: Iterable[tuple[str, str]]) -> None:
        """Outputs of these papers were begun to be written, for these keys."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR IGNORE INTO begun VALUES (?, ?)", begun)
        self._db.execute("COMMIT")

    def batches(self, room: Room, retry_failed: bool) -> Iterator[list[Unit]]:
        """The papers in order of id, so many at a time as there is room for."""
        db = self._db
        db.execute("CREATE INDEX IF NOT EXISTS known_id ON known (id)")
        failed = 0 if retry_failed else 1
        batch: list[Unit] = []
        left = self.count()
        papers, size = room(*left)
        filled, last = 0, ""
        # In stretches: nothing is written to the plan while a cursor stands open on it.
        while rows := db.execute(
            "SELECT id, place, size, output, (SELECT json_group_array(key) FROM known "
            "WHERE known.id = unit.id AND failed <= ? AND NOT EXISTS (SELECT 1 FROM begun "
            "WHERE begun.id = known.id AND begun.key <> known.key)), "
            "EXISTS (SELECT 1 FROM known WHERE known.id = unit.id) "
            "OR EXISTS (SELECT 1 FROM begun WHERE begun.id = unit.id) "
            "FROM unit WHERE id > ? ORDER BY id LIMIT 2000",
            (failed, last),
        ).fetchall():
            for id_, place, bytes_, output, known, past in rows:
                if batch and (filled + bytes_ > size or len(batch) >= papers):
                    yield batch
                    left = left[0] - len(batch), left[1] - filled
                    papers, size = room(*left)
                    batch, filled = [], 0
                keys = tuple(json.loads(known))
                there = Place(*json.loads(place))
                batch.append(Unit(id_, there, bytes_, output, keys, bool(past)))
                filled += bytes_
            last = rows[-1][0]
        if batch:
            yield batch

    def done(self, id_: str, key: str, piece: str | None) -> None:
        """A paper's rows are under this key: in this piece, or where they were before."""
        if piece is None:
            found = self._db.execute("SELECT piece FROM known WHERE key = ?", (key,)).fetchone()
            piece = found[0]
        self._db.execute("UPDATE unit SET key = ?, piece = ? WHERE id = ?", (key, piece, id_))

    def undone(self) -> int:
        """How many papers have no rows yet."""
        (count,) = self._db.execute("SELECT count(*) FROM unit WHERE key IS NULL").fetchone()
        return int(count)

    def result(self) -> Iterator[Row]:
        """Every paper's rows, in order of id."""
        for key, piece in self._db.execute("SELECT key, piece FROM unit ORDER BY id"):
            yield Row(key, piece)

    def pieces(self) -> set[str]:
        """The pieces that are needed."""
        return {piece for (piece,) in self._db.execute("SELECT DISTINCT piece FROM unit")}

    def has_output(self, output: str) -> bool:
        """Whether a paper has this name."""
        row = self._db.execute("SELECT 1 FROM unit WHERE alike = ?", (alike(output),)).fetchone()
        return row is not None
