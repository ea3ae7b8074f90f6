"""The form of the JSON record: every member, its shape, and the JSON Schema made of them.

The members of the contract come first, in its order; `model` holds what else a document is.
"""

from __future__ import annotations

import json
from typing import Any

from redline.formats.record.compared import compared
from redline.formats.record.shape import (
    ANYTHING,
    Array,
    Constant,
    Fixed,
    Flag,
    Integer,
    Keyed,
    Named,
    Shape,
    Text,
    Whole,
    either,
    maybe,
)

__all__ = ["COLUMNS", "FORM", "RECORD", "REVISED", "schema"]

#: The version of the form. It goes up when a reader of the old form would fail on the new one.
FORM = 1

_TEXT = Text()
_NAME = maybe(_TEXT)
_COUNT = Integer(1)
_OFFSET = Integer(0)

_RANGE = Named("range", Fixed((_OFFSET, _OFFSET), "Code points of source.text, half-open."))
_PLACE = Named("place", Fixed((_OFFSET, _OFFSET), "Code points of model.text, half-open."))
_CERT = Named("cert", Text(("high", "medium", "low")))

_EVIDENCE = Text(
    (
        *("page-mark", "cable-page", "form-feed", "banner-pair", "banner-in-sentence"),
        *("page-number", "start"),
    )
)
_PAGE = Keyed(
    {"n": _COUNT, "label": _NAME, "span": _RANGE, "cert": _CERT, "evidence": Array(_EVIDENCE)}
)

_BLOCK_KINDS = (
    *("heading", "paragraph", "list-item", "table", "note", "letterhead", "header", "code"),
)
_LEVELLED = {
    "if": {"properties": {"kind": {"enum": ["heading", "list-item"]}}},
    "else": {"properties": {"level": False}},
}
_BLOCK = Keyed(
    {"id": _TEXT, "kind": Text(_BLOCK_KINDS), "n": _NAME, "page": _COUNT, "span": _RANGE},
    {"level": _COUNT},
    more=_LEVELLED,
)

_PART = Named("part", Keyed({"text": _TEXT, "span": _RANGE}))
_REVISION = Keyed(
    {
        "id": _TEXT,
        "kind": Text(("deletion", "addition", "substitution", "transposition")),
        "deleted": Array(_PART),
        "added": Array(_PART),
        "stage": _TEXT,
        "hand": _NAME,
        "page": _COUNT,
        "line": _COUNT,
        "cert": _CERT,
        "rule": _TEXT,
        "within": _NAME,
        "joined": Array(_TEXT),
    }
)

_ACTION = Text(("unchanged", "downgrade", "upgrade", "cancelled", "added"))
_DATE = Text(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
#: Fields of a marking by its kind; a kind that is not here has none. A paper may say more
#: (a case number, an extent, a station): such a field is a word, a figure, yes or no, several
#: words, or a few values by name.
_FIELDS: dict[str, dict[str, Shape]] = {
    "banner": {
        "rule": either(_TEXT, Array(_TEXT, 2)),
        "date": either(_DATE, Array(_DATE, 2)),
        "precedence": either(_TEXT, Array(_TEXT, 2)),
    },
    "release": {"date": maybe(_DATE), "number": _NAME, "wording": _NAME},
    "stamp": {
        "authority": _NAME,
        "reviewer": _NAME,
        "date": maybe(_DATE),
        "document_no": _NAME,
        "declassified": maybe(Flag()),
        "changed_to": _NAME,
        "next_review": maybe(_DATE),
        "no_change": maybe(Flag()),
    },
    "exemption": {"code": either(_TEXT, Array(_TEXT, 2))},
    "schedule": {"order": _NAME, "rule": _NAME, "date": maybe(_DATE)},
    "line": {"station": _NAME, "number": _NAME, "dtg": _NAME},
    "control": {},
}
_FURTHER = maybe(
    either(
        *(_TEXT, Integer(0), Flag(), Array(either(_TEXT, Integer(0)))),
        Keyed({}, others=ANYTHING),
    )
)
_RAW = {"raw": Keyed({}, others=_TEXT), "cert": Keyed({}, others=_CERT)}
_MARKING_KINDS = (
    *("banner", "line", "portion", "control", "stamp", "release", "exemption", "schedule"),
)


def _by_kind() -> dict[str, Any]:
    """For each kind of marking, the fields it may have."""
    rules = []
    for kind in _MARKING_KINDS:
        own = _FIELDS.get(kind)
        shape = Keyed({}) if own is None else Keyed({}, {**own, **_RAW}, _FURTHER)
        rules.append(
            {
                "if": {"properties": {"kind": {"const": kind}}},
                "then": {"properties": {"fields": shape.schema()}},
            }
        )
    return {"allOf": rules}


_MARKING = Keyed(
    {
        "id": _TEXT,
        "kind": Text(_MARKING_KINDS),
        "page": _COUNT,
        "place": Text(("top", "bottom", "margin", "inline")),
        "was": _NAME,
        "through": Array(_TEXT),
        "is": _NAME,
        "action": maybe(_ACTION),
        "controls": Array(_TEXT),
        "fields": Keyed({}, others=ANYTHING),
        "text": _TEXT,
        "span": _RANGE,
        "cert": _CERT,
    },
    more=_by_kind(),
)

_ACT = Text(
    (
        *("classified", "added", "upgrade", "downgrade", "cancelled"),
        *("reviewed", "declassified", "released"),
    )
)
_STEP = Keyed(
    {"action": _ACT, "from": _NAME, "to": _NAME, "evidence": Array(_TEXT), "cert": _CERT},
    {"when": maybe(_DATE), "pages": Array(_COUNT)},
)
_CLASSIFICATION = Keyed({"draft": _NAME, "final": _NAME, "history": Array(_STEP)})

_NOTE = Keyed(
    {
        "n": _NAME,
        "kind": Text(("footnote", "margin", "editorial")),
        "reference": maybe(_RANGE),
        "body": maybe(_RANGE),
    }
)

_DIAGNOSTIC = Keyed(
    {
        "code": _TEXT,
        "severity": Text(("error", "warning", "info")),
        "message": _TEXT,
        "line": _COUNT,
        "column": _COUNT,
        "span": _RANGE,
    }
)

_SOURCE = Keyed(
    {
        "name": _TEXT,
        "length": _OFFSET,
        "sha256": Text(pattern="^[0-9a-f]{64}$"),
        "encoding": _TEXT,
        "format": _TEXT,
        "text": _TEXT,
    }
)

#: Columns of `model.origin`, a row a segment, and of `model.spans`, a row a span.
COLUMNS = {
    "origin": ("skip", "take", "size"),
    "spans": ("kind", "id", "start", "size", "extent_start", "extent_size"),
}
_ORIGIN = Keyed(
    {name: Whole() for name in COLUMNS["origin"]},
    says="Where model.text comes from, a row a segment: so many characters of source.text are "
    "passed over, so many taken, and so many of model.text they make.",
)
_SPANS = Keyed(
    {
        "kinds": Array(_TEXT),
        **{name: Whole() for name in COLUMNS["spans"]},
        "id": Array(_TEXT),
    },
    says="Spans of model.text in their order: kind (an index into kinds), id, start (counted "
    "from the start of the span before) and size; and the range of source.text each stands in, "
    "marks included: extent_start (counted likewise) and extent_size.",
)
_EDGES = Array(_PLACE)
_CELLS = Array(Array(_PLACE))
_MODEL = Keyed(
    {
        "text": _TEXT,
        "bom": Text(pattern="^[0-9a-f]*$"),
        "bytes": _NAME,
        "origin": _ORIGIN,
        "spans": _SPANS,
        "pages": _EDGES,
        "blocks": Array(Fixed((_OFFSET, _OFFSET, _NAME, _CELLS), "start, end, role, cells")),
        "revisions": Array(Array(_OFFSET, 1)),
        "markings": Array(Fixed((_OFFSET, _OFFSET, _TEXT), "start, end, rule")),
        "notes": Array(
            Fixed(
                (_TEXT, maybe(_OFFSET), maybe(_OFFSET), maybe(_OFFSET)),
                "id, place of the reference, start and end of the body",
            )
        ),
        "furniture": Array(
            Fixed(
                (_TEXT, _TEXT, _COUNT, _TEXT, _NAME, _RANGE, _OFFSET, _OFFSET),
                "id, kind, page, place, n, span, start, end",
            )
        ),
        "stages": Array(
            either(
                Fixed((_TEXT, _TEXT, _NAME), "id, label, when"),
                Fixed((_TEXT, _TEXT, _NAME, _NAME, _NAME), "id, label, when, hand, medium"),
            )
        ),
        "hands": Array(Fixed((_TEXT, _TEXT), "id, label")),
        "decisions": Keyed({}, others=Text(("accepted", "rejected"))),
        "unpaired": Array(
            Fixed(
                (Array(either(_TEXT, _OFFSET)), Array(_OFFSET)),
                "the way to a string of this record, and the offsets in it of characters that "
                "are two lone surrogates",
            )
        ),
    },
    says="What redline needs, beyond the members above, to have the document again exactly: "
    "its union text, every character that ever stood on the page in page order without marks; "
    "the spans over it; and the offsets in it of what the tables above list, row by row. "
    "`revisions` are the spans each consists of, `bom` a byte order mark in hexadecimal, `bytes` "
    "the bytes of the source in base64 where text and encoding do not give them.",
)

#: The members that the rest of a record follows from, or that follow from it: derived ones.
REVISED = ("revisions", "readings")

RECORD = Keyed(
    {
        "redline": Keyed({"version": _TEXT, "record": Constant(FORM)}),
        "source": _SOURCE,
        "pages": Array(_PAGE),
        "blocks": Array(_BLOCK),
        "revisions": Array(_REVISION),
        "markings": Array(_MARKING),
        "classification": _CLASSIFICATION,
        "notes": Array(_NOTE),
        "readings": Keyed({"draft": _TEXT, "final": _TEXT}),
        "diagnostics": Array(_DIAGNOSTIC),
        "model": _MODEL,
    },
    {"comparison": compared(_RANGE, _MARKING)},
    says="A revised text as `redline convert --to json` writes it. Offsets are code points.",
)


def schema() -> str:
    """The JSON Schema of the record: the text of `schemas/redline.schema.json`."""
    named = (_RANGE, _PLACE, _CERT, _PART)
    made: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "redline record",
        **RECORD.schema(),
        "$defs": {each.name: each.shape.schema() for each in named},
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
