"""JSON record → Document: each table of a checked record becomes one of the model's."""

from __future__ import annotations

import base64
import binascii
from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from redline.diagnostics import Diagnostic, RecordError
from redline.formats.record.check import Json, Wrong, checked, wrong
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


def from_json(text: str, name: str = "record") -> Document:
    """The document a record was written from.

    `name` is what the record is called in messages. Raises `RecordError`, which says what is
    wrong, where, and what to do.
    """
    try:
        return _with_notation(_document(checked(text)))
    except Wrong as fault:
        path, what, remedy = fault.args
        where = f"{path}: " if path else ""
        raise RecordError(f"{name}: {where}{what}; {remedy}") from None


def _with_notation(document: Document) -> Document:
    """The document with the native notation of its source, if it says no more than that.

    A record does not hold what the reader of another notation made of its source: it is read
    again.
    """
    from redline.formats import FORMATS, load_source

    row = FORMATS.get(document.format)
    if row is None or not (row.reads or "").startswith("redline.formats.notations."):
        return document
    again = load_source(document.source, row.name)
    same = (again.text, again.spans, again.acts) == (document.text, document.spans, document.acts)
    return replace(document, native=again.native, edited=False) if same else document


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
        edited=True,  # the record does not say
    )
    if record["redline"]["version"] == version():
        _compare(record, document)
    return document


def _source(record: Json) -> Source:
    row, model = record["source"], record["model"]
    try:
        bom = bytes.fromhex(model["bom"])
    except ValueError:
        wrong("model.bom", f"{model['bom']!r} is not hexadecimal")
    source = Source(row["text"], row["name"], row["encoding"], bom)
    try:
        if model["bytes"] is not None:
            source.__dict__["data"] = base64.b64decode(model["bytes"], validate=True)
        digest = source.sha256
    except binascii.Error:
        wrong("model.bytes", "it is not base64")
    except LookupError:
        wrong("source.encoding", f"Python has no encoding {row['encoding']!r}")
    except (UnicodeError, ValueError):
        wrong("source.encoding", f"source.text cannot be written in {row['encoding']}")
    if digest != row["sha256"]:
        wrong("source.sha256", "it is not that of source.text: the text was changed")
    return source


def _origin(model: Json, length: int) -> Origin:
    columns = model["origin"]
    ends = array("q")
    starts = array("q")
    at = 0
    for skip, take in zip(columns["skip"], columns["take"], strict=True):
        if skip < 0 or take < 0 or at + skip + take > length:
            path = f"model.origin.skip[{len(ends)}]"
            wrong(path, f"{skip} and take {take}, from {at} on: not within source.text")
        starts.append(at + skip)
        at += skip + take
        ends.append(at)
    sizes = columns["size"]
    if any(size < 0 for size in sizes) or sum(sizes) != len(model["text"]):
        wrong("model.origin.size", "the sizes do not add up to the length of model.text")
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
            wrong(f"model.spans.kind[{k}]", f"{kind} is no index into kinds")
        if not 0 <= start <= end <= size or columns["start"][k] < 0:
            wrong(f"model.spans.start[{k}]", f"[{start}, {end}] is no range of model.text")
        table.append(Span(start, end, kinds[kind], id_))
    firsts = list(accumulate(columns["extent_start"]))
    extents = array("q")
    for k, (first, extent) in enumerate(zip(firsts, columns["extent_size"], strict=True)):
        if not 0 <= first <= first + extent <= length:
            what = f"[{first}, {first + extent}] is no range of source.text"
            wrong(f"model.spans.extent_start[{k}]", what)
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
            wrong(f"revisions[{k}].id", f"{id_!r} is the id of an earlier one")
        for j, part in enumerate(parts):
            if part >= len(table) or table[part].kind not in (DELETION, ADDITION):
                wrong(f"model.revisions[{k}][{j}]", f"{part} is no deleted or added span")
            if table[part].id != id_:
                wrong(f"model.revisions[{k}][{j}]", f"span {part} belongs to {table[part].id!r}")
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
            wrong(f"revisions[{k}].within", f"there is no revision {row['within']!r}")
        for j, other in enumerate(row["joined"]):
            if other not in acts:
                wrong(f"revisions[{k}].joined[{j}]", f"there is no revision {other!r}")
    for k, span in enumerate(table):
        if span.kind in (DELETION, ADDITION) and span.id not in acts:
            wrong(f"model.spans.id[{k}]", f"there is no revision {span.id!r}")
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
    return Step(
        row["action"],
        row["from"],
        row["to"],
        tuple(row["evidence"]),
        row["cert"],
        row.get("when"),
        tuple(row.get("pages", ())),
    )


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
            wrong(path, "it does not follow from the rest of the record: it was changed by hand")


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
