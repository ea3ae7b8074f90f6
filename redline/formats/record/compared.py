"""The form of `comparison`, which the record of a comparison has beside the usual members."""

from __future__ import annotations

from redline.formats.record.shape import (
    Array,
    Fixed,
    Flag,
    Integer,
    Keyed,
    Number,
    Shape,
    Text,
    maybe,
)

__all__ = ["compared"]

_TEXT = Text()
_NAME = maybe(_TEXT)
_COUNT = Integer(0)
_TWO = Fixed((_COUNT, _COUNT), "of a, of b")
_KINDS = ("addition", "omission", "substitution", "transposition", "split", "join")
_ACCIDENTALS = (
    *("spelling", "capitals", "punctuation", "spacing"),
    *("word-division", "hyphenation", "numeral", "ocr"),
)
_SIDE = Keyed({"name": _TEXT, "stage": _NAME, "encoding": _TEXT, "sha256": _TEXT})
_STATISTICS = Keyed(
    {
        "words": _TWO,
        "characters": _TWO,
        "similarity": Number(1),
        "word_edits": _COUNT,
        "character_edits": _COUNT,
        "word_rate": Number(),
        "character_rate": Number(),
        "substantive": _COUNT,
        "accidental": _COUNT,
        "kinds": Keyed(dict.fromkeys(_KINDS, _COUNT)),
        "accidentals": Keyed(dict.fromkeys(_ACCIDENTALS, _COUNT)),
    }
)


def compared(range_: Shape, marking: Shape) -> Shape:
    """The shape, from those of a range in a source and of a marking."""
    place = Keyed({"span": range_, "page": maybe(Integer(1)), "line": Integer(1)})
    side = Keyed({"text": _TEXT, "range": range_, "place": place})
    what: dict[str, Shape] = {
        "kind": Text(_KINDS),
        "class": Text(("substantive", "accidental")),
        "accidental": maybe(Text(_ACCIDENTALS)),
        "a": side,
        "b": side,
        "similarity": Number(1),
    }
    variant = Keyed({"id": _TEXT, **what, "partner": maybe(_COUNT), "changes": Array(Keyed(what))})
    return Keyed(
        {
            "unit": _TEXT,
            "exact": Flag(),
            "sides": Array(_SIDE, 2),
            "statistics": _STATISTICS,
            "variants": Array(variant),
            "markings": Array(
                Keyed(
                    {
                        "kind": Text(("addition", "omission", "substitution")),
                        "a": maybe(marking),
                        "b": maybe(marking),
                    }
                )
            ),
        },
        says="What two texts have in common: `redline compare --to json`. The `range` of a "
        "variant is in readings.draft (a) and readings.final (b), the `span` of its place in the "
        "source of that side; `id` is the revision it is, or is half of; `changes` are what was "
        "changed in a passage that was moved.",
    )
