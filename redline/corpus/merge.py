"""The tables of the collection, from the pieces that the batches made.

Papers stand in order of id whatever piece they are in, and a row group ends with a paper by a
rule that looks at papers alone: so the files are the same, byte for byte, however many workers
there were and however often they were stopped.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from redline.corpus.folder import CorpusError, Folder, unwritable
from redline.corpus.plan import Row
from redline.corpus.tables import COUNTED, TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow

__all__ = ["merge", "publish"]

#: A row group ends with the paper that fills one of these: rows, characters of its papers.
_ROWS = 100_000
_LENGTH = 8_000_000
#: Bytes of pieces that are kept at hand.
_AT_HAND = 96 << 20


class _Piece:
    """A piece: its tables, and where the rows of each paper begin."""

    def __init__(self, place: Path) -> None:
        import pyarrow.parquet as pq

        self.tables = {
            name: pq.ParquetFile(place / f"{name}.parquet").read(use_threads=False)
            for name in TABLES
        }
        documents = self.tables["documents"]
        self.index = {key: n for n, key in enumerate(documents["key"].to_pylist())}
        self.lengths = [n or 0 for n in documents["length"].to_pylist()]
        self.begins = {
            name: [0, *accumulate(documents[counted].to_pylist())]
            for name, counted in COUNTED.items()
        }
        self.begins["documents"] = list(range(documents.num_rows + 1))
        self.size = sum(table.nbytes for table in self.tables.values())


class _Pieces:
    """Pieces by name; the ones used last are kept."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._kept: OrderedDict[str, _Piece] = OrderedDict()
        self._size = 0

    def __getitem__(self, name: str) -> _Piece:
        piece = self._kept.get(name)
        if piece is None:
            piece = self._kept[name] = _Piece(self._folder.pieces / name)
            self._size += piece.size
            while self._size > _AT_HAND and len(self._kept) > 2:
                self._size -= self._kept.popitem(last=False)[1].size
        self._kept.move_to_end(name)
        return piece


class _Writer:
    """A table that is being written; rows wait until a row group is full."""

    def __init__(self, name: str, place: Path) -> None:
        import pyarrow.parquet as pq

        self.name = name
        self.schema = arrow_schema(name)
        self.file = pq.ParquetWriter(
            place, self.schema, compression="zstd", compression_level=3, store_schema=True
        )
        self.waiting: list[pyarrow.Table] = []
        self.rows = self.length = 0

    def counts(self, rows: int, length: int) -> bool:
        """Count a paper; whether the row group is full."""
        self.rows += rows
        self.length += length
        return self.rows >= _ROWS or self.length >= _LENGTH

    def take(self, piece: _Piece, first: int, last: int) -> None:
        """The rows of these papers of a piece."""
        begins = piece.begins[self.name]
        start, end = begins[first], begins[last]
        if end > start:
            self.waiting.append(piece.tables[self.name].slice(start, end - start))

    def cut(self) -> None:
        """End the row group."""
        import pyarrow as pa

        if self.waiting:
            table = pa.concat_tables(self.waiting).combine_chunks()
            self.file.write_table(table, row_group_size=table.num_rows)
        self.waiting = []
        self.rows = self.length = 0


def merge(folder: Folder, rows: Iterable[Row]) -> dict[str, Path]:
    """Write every table to a temporary file; gives the files by table. Raises `CorpusError`."""
    files = {name: folder.temporary(f"{name}.parquet") for name in TABLES}
    try:
        writers = [_Writer(name, file) for name, file in files.items()]
        try:
            _fill(writers, _Pieces(folder), rows)
        except ValueError as fault:  # Arrow's for a file that is none
            raise CorpusError(
                f"a file in {folder.pieces} is damaged ({fault}); remove that folder and run the "
                "same command again"
            ) from None
        finally:
            for writer in writers:
                writer.file.close()
    except OSError as fault:
        for file in files.values():
            file.unlink(missing_ok=True)
        raise unwritable(folder.tables, fault) from None
    return files


def _fill(writers: list[_Writer], pieces: _Pieces, rows: Iterable[Row]) -> None:
    piece: _Piece | None = None
    first = last = 0  # papers of the piece that follow one another and wait to be taken

    def take() -> None:
        if piece is not None and last > first:
            for writer in writers:
                writer.take(piece, first, last)

    for row in rows:
        now = pieces[row.piece]
        n = now.index[row.key]
        if now is not piece or n != last:
            take()
            piece, first, last = now, n, n
        last = n + 1
        length = now.lengths[n]
        full = [
            writer
            for writer in writers
            if writer.counts(now.begins[writer.name][n + 1] - now.begins[writer.name][n], length)
        ]
        if full:
            take()
            first = last
            for writer in full:
                writer.cut()
    take()
    for writer in writers:
        writer.cut()


def publish(files: dict[str, Path], folder: Folder) -> None:
    """Put the tables in their places."""
    try:
        for name, file in files.items():
            os.replace(file, folder.tables / f"{name}.parquet")
    except OSError as fault:
        raise unwritable(folder.tables, fault) from None
