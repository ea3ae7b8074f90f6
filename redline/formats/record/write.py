"""Document → JSON record. A table row is one line, so that two records can be compared."""

from __future__ import annotations

import base64
import json
import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from redline.diagnostics import RecordError
from redline.formats.record.form import FORM
from redline.model import Block, Classification, Document, Marking, Page, Part, Revision, Stage
from redline.source import Source

__all__ = ["UNPAIRED", "derived", "marking", "markings_json", "strings", "to_json", "version"]

Json = dict[str, Any]

#: Two code points that JSON reads back as one character.
UNPAIRED = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")


def to_json(
    document: Document, indent: int | None = None, *, more: Mapping[str, Json] | None = None
) -> str:
    """The document as a JSON record, in ASCII (characters beyond it are escaped).

    Without `indent` each row of a table is a line; with it every value is one. `more` are
    members of a record of a special kind. Raises `RecordError` for a document that holds what
    JSON cannot.
    """
    name = document.source.name
    try:
        record = {**_record(document), **(more or {})}
    except (LookupError, UnicodeError) as fault:
        raise RecordError(f"{name}: its encoding does not give its bytes: {fault}") from None
    if UNPAIRED.search(document.source.text) or UNPAIRED.search(name):
        record["model"]["unpaired"] = [
            [way, [match.start() for match in UNPAIRED.finditer(text)]]
            for way, text in strings(record)
            if UNPAIRED.search(text)
        ]
    try:
        if indent is not None:
            return json.dumps(record, indent=indent, allow_nan=False) + "\n"
        return "".join(_lines(record))
    except (TypeError, ValueError) as fault:
        raise RecordError(f"{name}: a marking's fields are no JSON: {fault}") from None


def markings_json(document: Document) -> str:
    """The members of the record that are about security markings, as a JSON object.

    `name` is the source's. Raises `RecordError` for fields that JSON cannot hold.
    """
    try:
        return "".join(
            _lines(
                {
                    "name": document.source.name,
                    "pages": [_page(row) for row in document.pages],
                    "markings": [marking(row) for row in document.markings],
                    "classification": _classification(document.classification),
                }
            )
        )
    except (TypeError, ValueError) as fault:
        raise RecordError(
            f"{document.source.name}: a marking's fields are no JSON: {fault}"
        ) from None


def version() -> str:
    """The version of the program."""
    package: Any = sys.modules["redline"]
    return str(package.__version__)


def derived(document: Document) -> Json:
    """The members that follow from the others."""
    return {
        "revisions": [_revision(row) for row in document.revisions],
        "readings": {stage: document.reading(stage).text for stage in ("draft", "final")},
    }


def strings(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[list[str | int], str]]:
    """Every string of a JSON value, with the way to it."""
    if isinstance(value, str):
        yield list(way), value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(inner, (*way, key))
    elif isinstance(value, (list, tuple)):
        for k, inner in enumerate(value):
            yield from strings(inner, (*way, k))


def _record(document: Document) -> Json:
    found = derived(document)
    return {
        "redline": {"version": version(), "record": FORM},
        "source": _source(document.source, document.format),
        "pages": [_page(row) for row in document.pages],
        "blocks": [_block(row) for row in document.blocks],
        "revisions": found["revisions"],
        "markings": [marking(row) for row in document.markings],
        "classification": _classification(document.classification),
        "notes": [
            {"n": row.n, "kind": row.kind, "reference": row.reference, "body": row.body}
            for row in document.notes
        ],
        "readings": found["readings"],
        "diagnostics": [row._asdict() for row in document.diagnostics],
        "model": _model(document),
    }


def _source(source: Source, format: str) -> Json:
    return {
        "name": source.name,
        "length": len(source.text),
        "sha256": source.sha256,
        "encoding": source.encoding,
        "format": format,
        "text": source.text,
    }


def _page(page: Page) -> Json:
    n, label, span, cert, evidence, _, _ = page
    return {"n": n, "label": label, "span": span, "cert": cert, "evidence": evidence}


def _block(block: Block) -> Json:
    row: Json = {"id": block.id, "kind": block.kind, "n": block.n}
    if block.level is not None:
        row["level"] = block.level
    return {**row, "page": block.page, "span": block.span}


def _revision(row: Revision) -> Json:
    return {
        "id": row.id,
        "kind": row.kind,
        "deleted": [_part(part) for part in row.deleted],
        "added": [_part(part) for part in row.added],
        "stage": row.stage,
        "hand": row.hand,
        "page": row.page,
        "line": row.line,
        "cert": row.cert,
        "rule": row.rule,
        "within": row.within,
        "joined": list(row.joined),
    }


def _part(part: Part) -> Json:
    return {"text": part.text, "span": list(part.span)}


def marking(row: Marking) -> Json:
    """A row of `markings`."""
    return {
        "id": row.id,
        "kind": row.kind,
        "page": row.page,
        "place": row.place,
        "was": row.was,
        "through": row.through,
        "is": row.is_,
        "action": row.action,
        "controls": row.controls,
        "fields": dict(row.fields),
        "text": row.text,
        "span": row.span,
        "cert": row.cert,
    }


def _classification(found: Classification) -> Json:
    return {
        "draft": found.draft,
        "final": found.final,
        "history": [
            {
                "action": step.action,
                "from": step.from_,
                "to": step.to,
                "evidence": step.evidence,
                "cert": step.cert,
                "when": step.when,
                "pages": step.pages,
            }
            for step in found.history
        ],
    }


# -- what only redline needs ----------------------------------------------------------------


def _model(document: Document) -> Json:
    source = document.source
    plain = source.bom + source.text.encode(source.encoding, "surrogatepass")
    return {
        "text": document.text,
        "bom": source.bom.hex(),
        "bytes": None if plain == source.data else base64.b64encode(source.data).decode(),
        "origin": _origin(document),
        "spans": _spans(document),
        "pages": [(page.start, page.end) for page in document.pages],
        "blocks": [(row.start, row.end, row.role, row.cells) for row in document.blocks],
        "revisions": [act.parts for act in document.acts],
        "markings": [(row.start, row.end, row.rule) for row in document.markings],
        "notes": [(row.id, row.at, row.start, row.end) for row in document.notes],
        "furniture": document.furniture,
        "stages": [_stage(stage) for stage in document.stages],
        "hands": document.hands,
        "decisions": dict(document.decisions),
        "unpaired": [],
    }


def _stage(stage: Stage) -> tuple[str | None, ...]:
    """A stage; its hand and medium are left out where nothing says them."""
    return stage[:3] if stage.hand is stage.medium is None else tuple(stage)


def _origin(document: Document) -> Json:
    origin = document.origin
    ends = array("q", [0]) + origin.end[:-1]
    return {
        "skip": [start - end for start, end in zip(origin.start, ends, strict=False)],
        "take": [end - start for start, end in zip(origin.start, origin.end, strict=True)],
        "size": [after - at for at, after in pairwise([*origin.at, origin.length])],
    }


def _spans(document: Document) -> Json:
    spans, extents = document.spans, document.extents
    kinds = {kind: k for k, kind in enumerate(dict.fromkeys(span.kind for span in spans))}
    firsts, lasts = extents[::2], extents[1::2]
    return {
        "kinds": list(kinds),
        "kind": [kinds[span.kind] for span in spans],
        "id": [span.id for span in spans],
        "start": _steps(span.start for span in spans),
        "size": [span.end - span.start for span in spans],
        "extent_start": _steps(firsts),
        "extent_size": [last - first for first, last in zip(firsts, lasts, strict=True)],
    }


def _steps(values: Iterable[int]) -> list[int]:
    """Each number less the one before it."""
    return [b - a for a, b in pairwise([0, *values])]


# -- layout of the text -----------------------------------------------------------------------


def _lines(record: Json) -> Iterator[str]:
    encode = json.JSONEncoder(allow_nan=False).encode
    lead = "{\n "
    for key, value in record.items():
        yield f'{lead}"{key}": '
        yield from _table(value, encode) if key != "source" else (encode(value),)
        lead = ",\n "
    yield "\n}\n"


def _table(value: Any, encode: Any) -> Iterator[str]:
    """An array or an object with an item a line; an empty one on its line."""
    if isinstance(value, list) and value:
        yield "[\n  " + ",\n  ".join(map(encode, value)) + "\n ]"
    elif isinstance(value, dict) and value:
        rows = (f'"{key}": {encode(inner)}' for key, inner in value.items())
        yield "{\n  " + ",\n  ".join(rows) + "\n }"
    else:
        yield encode(value)
