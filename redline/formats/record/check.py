"""Text → a record that says what a record must say, before anything is built of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn

from redline.formats.record.form import COLUMNS, FORM, RECORD
from redline.formats.record.shape import Fault, spans

__all__ = ["Json", "Wrong", "checked", "wrong"]

Json = dict[str, Any]
_AGAIN = "write the record again from its source: redline convert FILE --to json"
#: Tables of the contract, and of `model` the rows that go on theirs.
_PAIRED = ("pages", "blocks", "revisions", "markings", "notes")


class Wrong(Exception):
    """Path, what is wrong, what to do."""


def wrong(path: str, what: str, remedy: str = _AGAIN) -> NoReturn:
    """Refuse the record."""
    raise Wrong(path, what, remedy)


def _loaded(text: str) -> Any:
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text, parse_constant=lambda word: wrong("", f"{word} is no JSON"))
    except json.JSONDecodeError as fault:
        whole = text.strip()
        if not whole:
            wrong("", "it is empty")
        if whole[0] == "{" and (
            whole[-1] != "}" or fault.pos >= len(text.rstrip()) or "Unterminated" in fault.msg
        ):
            wrong("", f"it ends in the middle, at line {fault.lineno}", "get the whole of it")
        wrong("", f"no JSON at line {fault.lineno}, column {fault.colno}: {fault.msg}")
    except (ValueError, RecursionError):
        wrong("", "no JSON that can be read: too deep, or a number too long")


def checked(text: str) -> Json:
    """The record that `text` is. Raises `Wrong`."""
    record = _loaded(text)
    head = record.get("redline") if isinstance(record, dict) else None
    form = head.get("record") if isinstance(head, dict) else None
    if form is None:
        wrong("", "no redline record: redline.record is missing")
    if type(form) is int and form > FORM:
        program = head.get("version") if isinstance(head, dict) else None
        wrong(
            "redline.record",
            f"record {form} was written by a newer redline ({program}); this one reads {FORM}",
            "update redline",
        )
    if not RECORD.fits(record):
        wrong(*RECORD.fault(record, ""))
    _pair_up(record)
    _check_tables(record)
    return record  # type: ignore[no-any-return]


def _pair_up(record: Json) -> None:
    """Part again the lone surrogates that JSON reads as one character."""
    for k, (way, offsets) in enumerate(record["model"]["unpaired"]):
        path = f"model.unpaired[{k}]"
        holder: Any = record
        try:
            for step in way[:-1]:
                holder = holder[step]
            found = holder[way[-1]]
        except (LookupError, TypeError):
            found = None
        if type(found) is not str or not isinstance(holder, (dict, list)):
            wrong(path, "it leads to no string")
        pieces, at = [], 0
        for number, offset in enumerate(offsets):
            place = offset - number
            if not at <= place < len(found) or found[place] < "\U00010000":
                wrong(path, f"no such character at {offset}")
            code = ord(found[place]) - 0x10000
            pieces += [found[at:place], chr(0xD800 + (code >> 10)), chr(0xDC00 + (code & 0x3FF))]
            at = place + 1
        holder[way[-1]] = "".join(pieces) + found[at:]


def _check_tables(record: Json) -> None:
    """Lengths, ranges and references: what no shape can say."""
    source, model = record["source"], record["model"]
    length, size = len(source["text"]), len(model["text"])
    if source["length"] != length:
        wrong("source.length", f"{source['length']}, but source.text has {length} characters")
    for name, columns in COLUMNS.items():
        counts = {key: len(model[name][key]) for key in columns}
        if len(set(counts.values())) > 1:
            wrong(f"model.{name}", f"columns of different lengths: {counts}")
    for name in _PAIRED:
        if len(model[name]) != len(record[name]):
            wrong(
                f"model.{name}",
                f"{len(model[name])} rows beside the {len(record[name])} of {name}",
            )
    in_source: list[tuple[str, Iterable[Any]]] = [
        ("pages[*].span", (row["span"] for row in record["pages"])),
        ("blocks[*].span", (row["span"] for row in record["blocks"])),
        ("markings[*].span", (row["span"] for row in record["markings"])),
        ("notes[*].reference", (row["reference"] for row in record["notes"])),
        ("notes[*].body", (row["body"] for row in record["notes"])),
        ("diagnostics[*].span", (row["span"] for row in record["diagnostics"])),
        ("model.furniture[*][5]", (row[5] for row in model["furniture"])),
    ]
    in_text: list[tuple[str, Iterable[Any]]] = [
        ("model.pages[*]", model["pages"]),
        ("model.blocks[*]", model["blocks"]),
        ("model.markings[*]", model["markings"]),
        ("model.furniture[*]", (row[6:] for row in model["furniture"])),
        ("model.notes[*]", (_note_range(row) for row in model["notes"])),
    ]
    for path, ranges in in_source:
        _refuse(spans(path, list(ranges), length))
    for path, ranges in in_text:
        _refuse(spans(path, list(ranges), size))
    for k, row in enumerate(model["blocks"]):
        for j, cells in enumerate(row[3]):
            _refuse(spans(f"model.blocks[{k}][3][{j}][*]", cells, size))
    for k, row in enumerate(model["notes"]):
        if row[1] is not None and row[1] > size:
            wrong(f"model.notes[{k}][1]", f"{row[1]} is beyond the end of model.text, {size}")


def _note_range(row: list[Any]) -> list[int] | None:
    if (row[2] is None) != (row[3] is None):
        return [0, -1]
    return None if row[2] is None else row[2:]


def _refuse(fault: Fault | None) -> None:
    if fault is not None:
        wrong(*fault)
