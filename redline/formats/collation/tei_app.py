"""A collation as TEI parallel segmentation: the text once, and an `app` wherever it parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import permutations

from redline.collation.witnesses import Collation
from redline.formats.collation.white_space import BREAK, Place, places
from redline.formats.record.write import version
from redline.formats.tei.escape import Ids, attribute, escape, storable
from redline.formats.tei.write import _HEAD as HEAD

__all__ = ["to_tei_app", "witness_ids"]

_MILESTONE = '<milestone unit="paragraph"/>'
_DECLARED = {
    'normalization method="markup"': (
        "White space is regular: a run of it is one space or, if it holds an empty line, a "
        "paragraph break; at the beginning and the end of a text there is none. A break that all "
        "witnesses have parts two paragraphs here, one that only some have is a milestone in "
        "their readings. Letters, capitals and punctuation are those of the witnesses."
    ),
    "segmentation": (
        "Words that stand beside each other and part the witnesses alike are one place. The lem "
        "is the reading of the first witness, and no judgement; varSeq counts the readings in the "
        "order of the witnesses. Places that differ by white space alone are of the type spacing, "
        "those whose words some witnesses have elsewhere of the type transposition."
    ),
}


def witness_ids(sigla: Sequence[str]) -> list[str]:
    """An `xml:id` for each siglum, none of them a part of another.

    Some viewers look for an id anywhere in `wit`, and would find ``w1`` in ``#w10``.
    """
    taken = Ids()
    ids = [taken.take(siglum.strip() or "w") for siglum in sigla]
    if any(a.lower() in b.lower() for a, b in permutations(ids, 2)):
        size = len(str(len(sigla)))
        return [f"w{number:0{size}}" for number in range(1, len(sigla) + 1)]
    return ids


def to_tei_app(table: Collation) -> str:
    """The table (rows as `collate` gives them) as TEI P5, valid by tei_all 4.3.0 and later.

    The text of a witness, by the rule of `white_space`, is what is left when in each `app`
    only the `lem` or `rdg` that names it is read. Never raises: what XML cannot hold is written
    as U+FFFD.
    """
    ids = witness_ids(table.sigla)
    body = ("  <text>\n    <body>\n", *_body(table, ids), "    </body>\n  </text>\n</TEI>\n")
    return "".join([HEAD, *_header(table, ids), *body])


# -- the header --------------------------------------------------------------------------------


def _header(table: Collation, ids: Sequence[str]) -> Iterator[str]:
    title = f"A collation of {len(ids)} witnesses"
    yield "  <teiHeader>\n    <fileDesc>\n"
    yield f"      <titleStmt>\n        <title>{title}</title>\n      </titleStmt>\n"
    yield "      <publicationStmt>\n        <p>Not published.</p>\n      </publicationStmt>\n"
    yield "      <sourceDesc>\n        <listWit>\n"
    for siglum, name, id_ in zip(table.sigla, table.names, ids, strict=True):
        siglum, name = attribute(siglum) or id_, _escaped(" ".join(name.split())) or id_
        yield f'          <witness xml:id="{id_}" n="{siglum}">{name}</witness>\n'
    yield "        </listWit>\n      </sourceDesc>\n    </fileDesc>\n    <encodingDesc>\n"
    yield f'      <appInfo>\n        <application ident="redline" version="{attribute(version())}">'
    yield "\n          <label>redline</label>\n        </application>\n      </appInfo>\n"
    yield "      <editorialDecl>\n"
    for element, words in _DECLARED.items():
        name = element.split()[0]
        yield f"        <{element}>\n          <p>{words}</p>\n        </{name}>\n"
    yield "      </editorialDecl>\n"
    yield '      <variantEncoding method="parallel-segmentation" location="internal"/>\n'
    yield "    </encodingDesc>\n    <revisionDesc>\n"
    yield f"      <change>collated by redline {escape(version())}, by {table.unit}</change>\n"
    yield "    </revisionDesc>\n  </teiHeader>\n"


# -- the text ------------------------------------------------------------------------------------


def _body(table: Collation, ids: Sequence[str]) -> Iterator[str]:
    """Paragraphs: a break that all witnesses have ends one. Never indented inside."""
    found = places(table)
    marks = _marks(table, found, ids)
    yield "      <p>"
    for number, place in enumerate(found):
        yield _flowing(place.before)
        if place.texts.count(place.texts[0]) == len(place.texts):
            yield _flowing(place.texts[0])
        else:
            yield _app(place, ids, marks.get(number, ""))
    yield "</p>\n"


def _flowing(text: str) -> str:
    return _escaped(text).replace(BREAK, "</p>\n      <p>")


def _escaped(text: str) -> str:
    return escape(storable(text))


def _app(place: Place, ids: Sequence[str], marks: str) -> str:
    readings: dict[str, list[str]] = {}
    for text, id_ in zip(place.texts, ids, strict=True):
        readings.setdefault(text, []).append(f"#{id_}")
    parts = "".join(
        _reading("lem" if sequence == 1 else "rdg", text, " ".join(wit), sequence)
        for sequence, (text, wit) in enumerate(readings.items(), 1)
    )
    return f"<app{marks}>{parts}</app>"


def _reading(name: str, text: str, wit: str, sequence: int) -> str:
    words = _escaped(text).replace(BREAK, _MILESTONE)
    content = f">{words}</{name}>" if words else "/>"
    return f'<{name} wit="{wit}" varSeq="{sequence}"{content}'


def _marks(table: Collation, found: Sequence[Place], ids: Sequence[str]) -> dict[int, str]:
    """The attributes of places: what differs by space alone, and what stands elsewhere."""
    marks = {number: ' type="spacing"' for number, place in enumerate(found) if place.agrees}
    starts = [place.rows[0] for place in found]
    moved: dict[int, set[int]] = {}
    for each in table.transpositions:
        here, there = (bisect_right(starts, rows[0]) - 1 for rows in (each.here, each.there))
        if here != there:
            moved.setdefault(here, set()).add(there)
            moved.setdefault(there, set()).add(here)
    free = Ids()
    free.take_all(list(ids))
    size = len(str(len(moved)))  # none a part of another
    names = {number: free.take(f"moved-{k:0{size}}") for k, number in enumerate(sorted(moved), 1)}
    for number, others in moved.items():
        there_ = " ".join(f"#{names[other]}" for other in sorted(others))
        marks[number] = f' type="transposition" xml:id="{names[number]}" corresp="{there_}"'
    return marks
