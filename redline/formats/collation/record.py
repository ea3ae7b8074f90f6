"""A collation as JSON: witnesses with their texts, and rows of places in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from redline.collation.witnesses import Collation, Row, Transposition
from redline.formats.record.write import UNPAIRED, version

__all__ = ["to_json"]

#: Raised when a member changes its meaning or goes.
_FORM = 1


def to_json(table: Collation) -> str:
    """The table as a JSON object in ASCII, a line for each row.

    `cells` are ranges of code points in the text of each witness; all cells of a witness, one
    after another, are its text. `readings` are the wordings, with the index of their witnesses.
    schemas/redline.collation.schema.json describes it.
    """
    return "".join(_lines(table))


def _lines(table: Collation) -> Iterator[str]:
    yield f'{{\n "redline": {_dump({"version": version(), "collation": _FORM})},\n'
    yield f' "unit": {_dump(table.unit)},\n "exact": {_dump(table.exact)},\n'
    witnesses = map(_witness, table.sigla, table.names, table.texts)
    yield from _list("witnesses", map(_dump, witnesses))
    yield ",\n"
    yield from _list("rows", (_dump(_row(table, row)) for row in table.rows))
    yield ",\n"
    yield from _list("transpositions", (_dump(_moved(table, e)) for e in table.transpositions))
    yield "\n}\n"


def _list(name: str, items: Iterator[str]) -> Iterator[str]:
    yield f' "{name}": ['
    apart = "\n  "
    for item in items:
        yield apart + item
        apart = ",\n  "
    yield "\n ]" if apart != "\n  " else "]"


def _dump(value: object) -> str:
    return json.dumps(value, allow_nan=False)


def _witness(siglum: str, name: str, text: str) -> dict[str, Any]:
    witness = {"siglum": siglum, "name": name, "length": len(text), "text": text}
    if UNPAIRED.search(text):
        witness["unpaired"] = [match.start() for match in UNPAIRED.finditer(text)]
    return witness


def _row(table: Collation, row: Row) -> dict[str, Any]:
    of = {siglum: k for k, siglum in enumerate(table.sigla)}
    return {
        "agrees": row.agrees,
        "cells": [list(cell) for cell in row.cells],
        "readings": [
            {"witnesses": [of[siglum] for siglum in reading.sigla], "text": reading.text}
            for reading in table.readings(row)
        ],
    }


def _moved(table: Collation, each: Transposition) -> dict[str, Any]:
    of = {siglum: k for k, siglum in enumerate(table.sigla)}
    return {
        "text": each.text,
        "here": {"rows": list(each.here), "witnesses": [of[s] for s in each.here_sigla]},
        "there": {"rows": list(each.there), "witnesses": [of[s] for s in each.there_sigla]},
    }
