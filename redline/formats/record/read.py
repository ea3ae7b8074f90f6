"""JSON record → Document. What a record must say is checked before anything is built of it."""

from __future__ import annotations

import base64
import binascii
import json
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Any, NoReturn

from redline.diagnostics import Diagnostic, RecordError
from redline.formats.record.form import COLUMNS, FORM, RECORD
from redline.formats.record.shape import Fault, spans
from redline.formats.record.write import derived, version
from redline.model import (
    Act,
    Block,
    Classification,
    Document,
    Furniture,
    Hand,
    Marking,
    Note,
    Page,
    Stage,
    Step,
)
from redline.origin import Origin
from redline.source import Source
from redline.spans import ADDITION, DELETION, Span

__all__ = ["from_json"]

Json = dict[str, Any]
_AGAIN = "write the record again from its source: redline convert FILE --to json"
#: Tables of the contract, and of `model` the rows that go on theirs.
_PAIRED = ("pages", "blocks", "revisions", "markings", "notes")


def from_json(text: str, name: str = "record") -> Document:
    """The document a record was written from.

    `name` is what the record is called in messages. Raises `RecordError`, which says what is
    wrong, where, and what to do.
    """
    try:
        return _document(_checked(_loaded(text)))
    except _Wrong as wrong:
        path, what, remedy = wrong.args
        where = f"{path}: " if path else ""
        raise RecordError(f"{name}: {where}{what}; {remedy}") from None


class _Wrong(Exception):
    """Path, what is wrong, what to do."""


def _wrong(path: str, what: str, remedy: str = _AGAIN) -> NoReturn:
    raise _Wrong(path, what, remedy)


# -- from text to a checked record ----------------------------------------------------------


def _loaded(text: str) -> Any:
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text, parse_constant=lambda word: _wrong("", f"{word} is no JSON"))
    except json.JSONDecodeError as fault:
        if not text.strip():
            _wrong("", "it is empty")
        if fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated"):
            _wrong("", f"it ends in the middle, at line {fault.lineno}", "get the whole of it")
        _wrong("", f"no JSON at line {fault.lineno}, column {fault.colno}: {fault.msg}")
    except (ValueError, RecursionError):
        _wrong("", "no JSON that can be read: too deep, or a number too long")


def _checked(record: Any) -> Json:
    head = record.get("redline") if isinstance(record, dict) else None
    form = head.get("record") if isinstance(head, dict) else None
    if form is None:
        _wrong("", "no redline record: redline.record is missing")
    if type(form) is int and form > FORM:
        program = head.get("version") if isinstance(head, dict) else None
        _wrong(
            "redline.record",
            f"record {form} was written by a newer redline ({program}); this one reads {FORM}",
            "update redline",
        )
    if not RECORD.fits(record):
        _wrong(*RECORD.fault(record, ""))
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
            _wrong(path, "it leads to no string")
        pieces, at = [], 0
        for number, offset in enumerate(offsets):
            place = offset - number
            if not at <= place < len(found) or found[place] < "\U00010000":
                _wrong(path, f"no such character at {offset}")
            code = ord(found[place]) - 0x10000
            pieces += [found[at:place], chr(0xD800 + (code >> 10)), chr(0xDC00 + (code & 0x3FF))]
            at = place + 1
        holder[way[-1]] = "".join(pieces) + found[at:]


def _check_tables(record: Json) -> None:
    """Lengths, ranges and references: what no shape can say."""
    source, model = record["source"], record["model"]
    length, size = len(source["text"]), len(model["text"])
    if source["length"] != length:
        _wrong("source.length", f"{source['length']}, but source.text has {length} characters")
    for name, columns in COLUMNS.items():
        counts = {key: len(model[name][key]) for key in columns}
        if len(set(counts.values())) > 1:
            _wrong(f"model.{name}", f"columns of different lengths: {counts}")
    for name in _PAIRED:
        if len(model[name]) != len(record[name]):
            _wrong(
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
            _wrong(f"model.notes[{k}][1]", f"{row[1]} is beyond the end of model.text, {size}")


def _note_range(row: list[Any]) -> list[int] | None:
    if (row[2] is None) != (row[3] is None):
        return [0, -1]
    return None if row[2] is None else row[2:]


def _refuse(fault: Fault | None) -> None:
    if fault is not None:
        _wrong(*fault)


# -- from a checked record to a document ------------------------------------------------------


def _document(record: Json) -> Document:
    model = record["model"]
    classification = record["classification"]
    source = _source(record)
    table, extents = _spans(model, len(source.text))
    document = Document(
        source=source,
        text=model["text"],
        origin=_origin(model, len(source.text)),
        spans=table,
        extents=extents,
        acts=_acts(record, table),
        blocks=tuple(map(_block, record["blocks"], model["blocks"])),
        pages=tuple(map(_page, record["pages"], model["pages"])),
        notes=tuple(map(_note, record["notes"], model["notes"])),
        markings=tuple(map(_marking, record["markings"], model["markings"])),
        furniture=tuple(map(_furniture, model["furniture"])),
        stages=tuple(Stage(*row) for row in model["stages"]),
        hands=tuple(Hand(*row) for row in model["hands"]),
        classification=Classification(
            classification["draft"],
            classification["final"],
            tuple(map(_step, classification["history"])),
        ),
        diagnostics=tuple(map(_diagnostic, record["diagnostics"])),
        decisions=MappingProxyType(model["decisions"]),
        format=record["source"]["format"],
    )
    if record["redline"]["version"] == version():
        _compare(record, document)
    return document


def _source(record: Json) -> Source:
    row, model = record["source"], record["model"]
    try:
        bom = bytes.fromhex(model["bom"])
    except ValueError:
        _wrong("model.bom", f"{model['bom']!r} is not hexadecimal")
    source = Source(row["text"], row["name"], row["encoding"], bom)
    try:
        if model["bytes"] is not None:
            source.__dict__["data"] = base64.b64decode(model["bytes"], validate=True)
        digest = source.sha256
    except binascii.Error:
        _wrong("model.bytes", "it is not base64")
    except LookupError:
        _wrong("source.encoding", f"Python has no encoding {row['encoding']!r}")
    except (UnicodeError, ValueError):
        _wrong("source.encoding", f"source.text cannot be written in {row['encoding']}")
    if digest != row["sha256"]:
        _wrong("source.sha256", "it is not that of source.text: the text was changed")
    return source


def _origin(model: Json, length: int) -> Origin:
    columns = model["origin"]
    ends = array("q")
    starts = array("q")
    at = 0
    for skip, take in zip(columns["skip"], columns["take"], strict=True):
        if skip < 0 or take < 0 or at + skip + take > length:
            path = f"model.origin.skip[{len(ends)}]"
            _wrong(path, f"{skip} and take {take}, from {at} on: not within source.text")
        starts.append(at + skip)
        at += skip + take
        ends.append(at)
    sizes = columns["size"]
    if any(size < 0 for size in sizes) or sum(sizes) != len(model["text"]):
        _wrong("model.origin.size", "the sizes do not add up to the length of model.text")
    places = list(accumulate(sizes, initial=0))
    return Origin(array("q", places[:-1]), starts, ends, places[-1])


def _spans(model: Json, length: int) -> tuple[tuple[Span, ...], array[int]]:
    columns = model["spans"]
    kinds, size = columns["kinds"], len(model["text"])
    starts = list(accumulate(columns["start"]))
    table = []
    ends = map(int.__add__, starts, columns["size"])
    for k, (start, end, kind, id_) in enumerate(
        zip(starts, ends, columns["kind"], columns["id"], strict=True)
    ):
        if not 0 <= kind < len(kinds):
            _wrong(f"model.spans.kind[{k}]", f"{kind} is no index into kinds")
        if not 0 <= start <= end <= size or columns["start"][k] < 0:
            _wrong(f"model.spans.start[{k}]", f"[{start}, {end}] is no range of model.text")
        table.append(Span(start, end, kinds[kind], id_))
    firsts = list(accumulate(columns["extent_start"]))
    extents = array("q")
    for k, (first, extent) in enumerate(zip(firsts, columns["extent_size"], strict=True)):
        if not 0 <= first <= first + extent <= length:
            what = f"[{first}, {first + extent}] is no range of source.text"
            _wrong(f"model.spans.extent_start[{k}]", what)
        extents.append(first)
        extents.append(first + extent)
    return tuple(table), extents


def _acts(record: Json, table: Sequence[Span]) -> tuple[Act, ...]:
    acts: dict[str, Act] = {}
    for k, (row, parts) in enumerate(
        zip(record["revisions"], record["model"]["revisions"], strict=True)
    ):
        id_ = row["id"]
        if id_ in acts:
            _wrong(f"revisions[{k}].id", f"{id_!r} is the id of an earlier one")
        for j, part in enumerate(parts):
            if part >= len(table) or table[part].kind not in (DELETION, ADDITION):
                _wrong(f"model.revisions[{k}][{j}]", f"{part} is no deleted or added span")
            if table[part].id != id_:
                _wrong(f"model.revisions[{k}][{j}]", f"span {part} belongs to {table[part].id!r}")
        acts[id_] = Act(
            id_,
            row["kind"],
            tuple(parts),
            row["rule"],
            row["cert"],
            row["stage"],
            row["hand"],
            row["within"],
            tuple(row["joined"]),
        )
    for k, row in enumerate(record["revisions"]):
        if row["within"] is not None and row["within"] not in acts:
            _wrong(f"revisions[{k}].within", f"there is no revision {row['within']!r}")
        for j, other in enumerate(row["joined"]):
            if other not in acts:
                _wrong(f"revisions[{k}].joined[{j}]", f"there is no revision {other!r}")
    for k, span in enumerate(table):
        if span.kind in (DELETION, ADDITION) and span.id not in acts:
            _wrong(f"model.spans.id[{k}]", f"there is no revision {span.id!r}")
    return tuple(acts.values())


def _block(row: Json, more: list[Any]) -> Block:
    cells = tuple(tuple((a, b) for a, b in cells) for cells in more[3])
    start, end, role, _ = more
    return Block(
        row["id"],
        row["kind"],
        row["n"],
        row.get("level"),
        row["page"],
        tuple(row["span"]),
        start,
        end,
        role,
        cells,
    )


def _furniture(row: list[Any]) -> Furniture:
    return Furniture(*row)._replace(span=tuple(row[5]))


def _page(row: Json, more: list[int]) -> Page:
    evidence = tuple(row["evidence"])
    return Page(row["n"], row["label"], tuple(row["span"]), row["cert"], evidence, *more)


def _note(row: Json, more: list[Any]) -> Note:
    reference, body = row["reference"], row["body"]
    return Note(
        more[0],
        row["n"],
        row["kind"],
        reference and tuple(reference),
        body and tuple(body),
        *more[1:],
    )


def _marking(row: Json, more: list[Any]) -> Marking:
    return Marking(
        row["id"],
        row["kind"],
        row["page"],
        row["place"],
        row["was"],
        tuple(row["through"]),
        row["is"],
        row["action"],
        tuple(row["controls"]),
        MappingProxyType(row["fields"]),
        row["text"],
        tuple(row["span"]),
        row["cert"],
        *more,
    )


def _step(row: Json) -> Step:
    return Step(row["action"], row["from"], row["to"], tuple(row["evidence"]), row["cert"])


def _diagnostic(row: Json) -> Diagnostic:
    return Diagnostic(
        row["code"],
        row["severity"],
        row["message"],
        row["line"],
        row["column"],
        tuple(row["span"]),
    )


# -- what follows from the rest ---------------------------------------------------------------


def _compare(record: Json, document: Document) -> None:
    """Refuse a record whose derived members were changed: the change would be lost."""
    for name, wanted in derived(document).items():
        if record[name] != wanted:
            path = _first_difference(record[name], wanted, name)
            _wrong(path, "it does not follow from the rest of the record: it was changed by hand")


def _first_difference(found: Any, wanted: Any, path: str) -> str:
    if isinstance(found, dict) and isinstance(wanted, dict):
        for key, value in wanted.items():
            if key not in found or found[key] != value:
                return _first_difference(found.get(key), value, f"{path}.{key}")
    elif isinstance(found, list) and isinstance(wanted, list):
        for k, (one, other) in enumerate(zip(found, wanted, strict=False)):
            if one != other:
                return _first_difference(one, other, f"{path}[{k}]")
    return path
