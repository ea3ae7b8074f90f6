"""A comparison as JSON: the record of its document, and what was found out, in `comparison`."""

from __future__ import annotations

import json
from typing import Any

from redline.collation.comparison import Comparison, Place, Side
from redline.collation.stages import StageReport, Verdict
from redline.collation.variants import Variant
from redline.formats.record.write import marking
from redline.formats.record.write import to_json as record_json

__all__ = ["report_json", "statistics_json", "to_json"]

Json = dict[str, Any]


def to_json(comparison: Comparison) -> str:
    """The record of the document, with the member `comparison`."""
    return record_json(comparison.document, more={"comparison": _comparison(comparison)})


def statistics_json(comparison: Comparison) -> str:
    """The figures alone."""
    return json.dumps({**_head(comparison), "statistics": _statistics(comparison)}, indent=1) + "\n"


def report_json(report: StageReport, comparison: Comparison) -> str:
    """A print checked against the stages of a draft."""
    document = comparison.sides[0].document
    assert document is not None
    revisions = {row.id: row for row in document.revisions}
    return (
        json.dumps(
            {
                **_head(comparison),
                "nearest": report.nearest,
                "similarity": dict(report.similarity),
                "counts": dict(report.counts),
                "verdicts": [
                    _verdict(row, revisions[row.revision], comparison.b) for row in report.verdicts
                ],
                "unmarked": _variants(report.unmarked),
            },
            indent=1,
        )
        + "\n"
    )


def _comparison(found: Comparison) -> Json:
    return {
        "unit": found.unit,
        "exact": found.alignment_exact,
        "sides": [_side(side) for side in found.sides],
        "statistics": _statistics(found),
        "variants": _variants(found),
        "markings": [
            {
                "kind": row.kind,
                "a": None if row.a is None else marking(row.a),
                "b": None if row.b is None else marking(row.b),
            }
            for row in found.markings
        ],
    }


def _head(found: Comparison) -> Json:
    return {"sides": [_side(side) for side in found.sides]}


def _side(side: Side) -> Json:
    return {
        "name": side.name,
        "stage": side.stage,
        "encoding": side.source.encoding,
        "sha256": side.source.sha256,
    }


def _statistics(found: Comparison) -> Json:
    row = found.statistics._asdict()
    return {**row, "kinds": dict(row["kinds"]), "accidentals": dict(row["accidentals"])}


def _variants(found: Comparison) -> list[Json]:
    return [
        {
            "id": id_,
            "kind": variant.kind,
            "class": variant.class_,
            "accidental": variant.accidental,
            "a": _words(found.a, variant.a, places[0]),
            "b": _words(found.b, variant.b, places[1]),
            "similarity": round(variant.similarity, 4),
            "partner": variant.partner,
            "changes": [_change(found, row) for row in found.changes.get(n, ())],
        }
        for n, (id_, variant, places) in enumerate(
            zip(found.act_ids, found.variants, found.places, strict=True)
        )
    ]


def _change(found: Comparison, row: Variant) -> Json:
    """What was changed in a passage that was moved."""
    one, other = found.sides
    return {
        "kind": row.kind,
        "class": row.class_,
        "accidental": row.accidental,
        "a": _words(found.a, row.a, one.place(*row.a)),
        "b": _words(found.b, row.b, other.place(*row.b)),
        "similarity": round(row.similarity, 4),
    }


def _words(text: str, span: tuple[int, int], place: Place) -> Json:
    return {"text": text[slice(*span)], "range": list(span), "place": _place(place)}


def _place(place: Place) -> Json:
    return {"span": list(place.span), "page": place.page, "line": place.line}


def _verdict(row: Verdict, revision: Any, text: str) -> Json:
    return {
        "revision": row.revision,
        "kind": revision.kind,
        "page": revision.page,
        "line": revision.line,
        "deleted": [part.text for part in revision.deleted],
        "added": [part.text for part in revision.added],
        "has": row.has,
        "text": text[slice(*row.b)],
        "place": _place(row.place),
    }
