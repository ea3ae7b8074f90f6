"""A batch of papers: each to its outputs, all to one piece of the tables.

A piece is a folder ``state/pieces/NAME`` with a Parquet file for each table, made aside and
renamed when it is whole. It is named after the keys of its papers: whoever makes it twice
makes the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redline.corpus.folder import CorpusError, Folder, unwritable
from redline.corpus.names import SUFFIXES
from redline.corpus.places import digest, fetch
from redline.corpus.plan import Unit
from redline.corpus.rows import document_rows, plain
from redline.corpus.sources import format_of
from redline.corpus.tables import COUNTED, SCHEMA, TABLES, arrow_schema
from redline.diagnostics import DecodingError, InputError, RedlineError

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Batch", "Done", "Options", "do", "version"]

Rows = dict[str, list[tuple[Any, ...]]]
#: A paper that was worked on: its row of `documents`, its other rows.
Made = tuple[dict[str, Any], Rows]
Blame = tuple[str, str, bool]

#: A paper of more bytes is looked at piece by piece first: it may be too large to be read.
_LARGE = 16 << 20


def version() -> str:
    """The version of the program."""
    package: Any = sys.modules["redline"]
    return str(package.__version__)


@dataclass(frozen=True)
class Options:
    """What makes a difference to the outputs. `registers` are paths, for all workers."""

    formats: tuple[str, ...] = ("tei",)
    encoding: str | None = None
    registers: tuple[str, ...] = ()
    register_digest: str = ""

    def digest(self) -> str:
        """Of everything but the paper that its outputs depend on."""
        told = [SCHEMA, version(), self.formats, self.encoding, self.register_digest]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True)
class Batch:
    """Papers to be worked on together. `blamed` are those that are known to end a worker: the
    number of the paper, the reason and message to be recorded, and whether it ended one while
    it was only read, and so is not to be touched again."""

    folder: str
    units: tuple[Unit, ...]
    options: Options
    version: str
    blamed: Mapping[int, Blame] = field(default_factory=dict)

    def only(self, first: int, last: int) -> Batch:
        """The papers from `first` up to `last`."""
        blamed = {n - first: why for n, why in self.blamed.items() if first <= n < last}
        return replace(self, units=self.units[first:last], blamed=blamed)


@dataclass
class Done:
    """What became of a batch: for each paper its id and key, and the piece its rows are in
    (None where they were there before)."""

    papers: list[tuple[str, str, str | None]] = field(default_factory=list)
    made: int = 0
    pages: int = 0
    failed: int = 0
    bytes: int = 0

    def add(self, other: Done) -> None:
        """The same of more papers."""
        self.papers += other.papers
        self.made += other.made
        self.pages += other.pages
        self.failed += other.failed
        self.bytes += other.bytes


def do(batch: Batch, starting: Callable[[int], object] = lambda _: None) -> Done:
    """Work on a batch; `starting` is called with the number of each paper before it is begun, and
    with -1 before their rows are written.

    Raises `DiskError` or `CorpusError` where the output cannot be written, `MemoryError`;
    nothing that a paper says.
    """
    folder = Folder(batch.folder)
    made_of = batch.options.digest()
    out = Done()
    made: list[Made] = []
    with _registered(batch.options):
        for n, unit in enumerate(batch.units):
            starting(n)
            row, rows = _paper(unit, batch, made_of, folder, batch.blamed.get(n))
            out.bytes += row["bytes"] or 0
            if rows is None:
                out.papers.append((unit.id, row["key"], None))
                continue
            out.papers.append((unit.id, row["key"], ""))
            made.append((row, rows))
    if made:
        starting(-1)
        piece, changed = _save(made, batch.options, folder)
        out.papers = [(id_, changed.get(key, key), at) for id_, key, at in out.papers]
        out.made = len(made)
        out.failed = sum(row["status"] == "failed" for row, _ in made)
        out.pages = sum(row["pages"] for row, _ in made)
        out.papers = [(id_, key, piece if at == "" else None) for id_, key, at in out.papers]
    return out


def _registered(options: Options) -> AbstractContextManager[object]:
    if not options.registers:
        return nullcontext()
    from redline.markings.register.loading import registered

    return registered(options.registers)


def _paper(
    unit: Unit, batch: Batch, made_of: str, folder: Folder, blamed: Blame | None
) -> tuple[dict[str, Any], Rows | None]:
    """Its row of `documents`, and its other rows: None where they are there already."""
    row: dict[str, Any] = dict.fromkeys(column.name for column in TABLES["documents"].columns)
    row |= {
        "doc": unit.id,
        "place": unit.place.shown(),
        "output": unit.output,
        "bytes": unit.size,
        "status": "done",
        **dict.fromkeys(COUNTED.values(), 0),
    }
    fault: tuple[str, str] | None = blamed[:2] if blamed else None
    data: bytes | None = None
    sha256: str | None = None
    try:
        if blamed is not None and blamed[2]:
            pass
        elif blamed is not None or unit.size > _LARGE:
            sha256, row["bytes"] = digest(unit.place)
        else:
            data = fetch(unit.place)
            sha256, row["bytes"] = hashlib.sha256(data).hexdigest(), len(data)
    except InputError as error:
        fault = fault or ("unreadable", str(error))
    row["sha256"] = sha256
    what = sha256 or json.dumps(fault)
    key = hashlib.sha256(f"{made_of} {unit.id} {unit.output} {what}".encode()).hexdigest()
    if blamed is None:
        if key in unit.known and _there(unit, batch.options, folder):
            return {**row, "key": key}, None
        for known in unit.known:
            if known.startswith(f"{key}-"):
                return {**row, "key": known}, None
    row["key"] = key
    if fault is None:
        try:
            data = fetch(unit.place) if data is None else data
            if unit.past:
                folder.note_begun(unit.id, key)
            about, rows = _outputs(unit, data, batch.options, folder)
            row |= about
            for name, counted in COUNTED.items():
                row[counted] = len(rows[name])
            return row, rows
        except DecodingError as error:
            fault = ("encoding", str(error))
        except (MemoryError, CorpusError):
            raise
        except InputError as error:
            fault = ("unreadable", str(error))
        except RedlineError as error:
            fault = ("format", str(error))
        except RecursionError:
            fault = ("fault", "nested too deep for redline; please report it with the paper")
        except Exception as error:
            fault = ("fault", f"a fault of redline itself: {type(error).__name__}: {error}")
    return _failed(row, fault, batch.options, folder)


def _failed(
    row: dict[str, Any], fault: tuple[str, str], options: Options, folder: Folder
) -> Made:
    """The rows of a paper that failed; it has no outputs."""
    row["key"] = f"{row['key']}-{fault[0]}"  # tried again it may be done
    row |= {"status": "failed", "reason": fault[0], "message": plain(fault[1])}
    for format in options.formats:
        _place(folder, format, row["output"]).unlink(missing_ok=True)
    return row, {name: [] for name in COUNTED}


def _place(folder: Folder, format: str, output: str) -> Path:
    return folder.path / format / f"{output}{SUFFIXES[format]}"


def _there(unit: Unit, options: Options, folder: Folder) -> bool:
    """Whether the outputs of a paper stand where they should: none is empty."""
    for format in options.formats:
        try:
            if not os.stat(_place(folder, format, unit.output)).st_size:
                return False
        except FileNotFoundError:
            return False
    return True


def _outputs(
    unit: Unit, data: bytes, options: Options, folder: Folder
) -> tuple[dict[str, Any], Rows]:
    from redline.formats.files import encode_document, read_data

    document = read_data(data, unit.id, format_of(unit.id), options.encoding)
    written = [(format, encode_document(document, format)) for format in options.formats]
    found = document_rows(document)
    for format, output in written:
        folder.put(output, _place(folder, format, unit.output))
    return found


# -- the tables of a batch ------------------------------------------------------------------


def _save(made: list[Made], options: Options, folder: Folder) -> tuple[str, dict[str, str]]:
    """Write the piece; gives its name, and the new keys of papers that failed here, by their
    old ones."""
    import pyarrow.parquet as pq

    tables, changed = _tables(made, options, folder)
    keys = "\n".join(row["key"] for row, _ in made)
    name = hashlib.sha256(keys.encode()).hexdigest()[:32]
    draft, place = folder.temporary(name), folder.pieces / name
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for table, columns in tables.items():
            pq.write_table(
                columns, draft / f"{table}.parquet", compression="zstd", write_statistics=False
            )
        try:
            os.rename(draft, place)
        except OSError:
            if not place.is_dir():  # otherwise somebody has made the same
                raise
    except OSError as fault:
        raise unwritable(place, fault) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return name, changed


def _tables(
    made: list[Made], options: Options, folder: Folder
) -> tuple[dict[str, pyarrow.Table], dict[str, str]]:
    """The rows as Arrow has them. A paper with a value that no table holds (a number beyond 64
    bits in a record, say) is put among the failed; what that did to keys is the second value."""
    changed: dict[str, str] = {}
    try:
        return {table: _table(table, made) for table in TABLES}, changed
    except (ValueError, TypeError, OverflowError):  # Arrow's errors are among these
        pass
    for n, (row, rows) in enumerate(made):
        try:
            for table in TABLES:
                _table(table, [(row, rows)])
        except (ValueError, TypeError, OverflowError) as error:
            key = row["key"]
            keep = {"doc", "place", "output", "sha256", "bytes", "key"}
            row |= dict.fromkeys(row.keys() - keep) | dict.fromkeys(COUNTED.values(), 0)
            made[n] = _failed(row, ("format", f"has a value no table holds: {error}"), options,
                              folder)  # fmt: skip
            changed[key] = row["key"]
    return {table: _table(table, made) for table in TABLES}, changed


def _table(name: str, made: list[Made]) -> pyarrow.Table:
    import pyarrow as pa

    schema = arrow_schema(name)
    columns: list[list[Any]]
    if name == "documents":
        columns = [[row[field.name] for row, _ in made] for field in schema]
    else:
        columns = [[] for _ in schema]
        for row, rows in made:
            if rows[name]:
                columns[0] += [row["doc"]] * len(rows[name])
                for column, values in zip(columns[1:], zip(*rows[name], strict=True), strict=True):
                    column += values
    arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
