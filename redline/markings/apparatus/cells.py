"""Printed forms that a transcription took for tables: words broken over the bars of cells."""

from __future__ import annotations

import re

from redline.markings.apparatus.forms import box_words
from redline.markings.apparatus.lines import Kind, identify, is_stamp
from redline.markings.apparatus.spread import spread
from redline.markings.register import Register, active

__all__ = ["mended", "table_kind"]

_EDGE = re.compile(r"[^\S\r\n]*\|[^\S\r\n|]*")
_RULE = re.compile(r"^[ \t|:=-]+$", re.MULTILINE)
_TAIL = re.compile(r"[A-Za-z]+\Z")
_HEAD = re.compile(r"[A-Za-z]+")
# The words of forms: what two halves beside a bar may be halves of; and those of the levels.
_OF_FORMS = frozenset(
    "APPROVED AUTHORITY CASE CHANGE CHANGED CITATIONS CLASS CLASSIFY DATE DECLASSIFIED"
    " DECLASSIFY DENIED DENY DEPARTMENT DOCUMENT DOWNGRADE EXCISE EXEMPTIONS FULL NARA NEXT PART"
    " RELEASE RELEASED REVIEW REVIEWER SANITIZED STATE SYSTEMATIC".split()
)
#: Kinds that a table of few other words may be.
_WHOLE = frozenset({"release", "released-in", "schedule", "authority-line"})
_LONGEST = 4000
_BOX_WORDS = 3


def mended(text: str) -> tuple[str, list[int]]:
    """`text` with the bars of its cells gone, broken words put together, and where each character
    of it stands in `text`.

    >>> mended("| RELEASE IN PA | RT B1 |")[0]
    'RELEASE IN PART B1'
    """
    out: list[str] = []
    places: list[int] = []
    at = 0
    known = active().derived(_words)
    blank = [rule.span() for rule in _RULE.finditer(text) if "|" in rule[0]]
    for edge in _EDGE.finditer(text):
        start, end = edge.span()
        if any(first <= start < last for first, last in blank):
            continue
        out.append(text[at:start])
        places.extend(range(at, start))
        tail = _TAIL.search(out[-1])
        head = _HEAD.match(text, end)
        broken = (
            tail is not None
            and head is not None
            and (tail[0] + head[0]).upper() in known
            and not (tail[0].upper() in known and head[0].upper() in known)
        )
        if not broken and out and any(out):
            out.append(" ")
            places.append(start)
        at = end
    out.append(text[at:])
    places.extend(range(at, len(text)))
    whole = "".join(out)
    kept = whole.rstrip(" ")
    first = len(kept) - len(kept.lstrip(" "))
    return kept[first:], places[first : len(kept)]


def _words(register: Register) -> frozenset[str]:
    return _OF_FORMS.union(*register.grade_forms)


def table_kind(text: str) -> Kind | None:
    """What the rows of a table are, when they are a printed form: a release header, a stamp, a box.

    >>> table_kind("| RELEASE IN PA | RT B1, B6 |").kind
    'released-in'
    """
    if len(text) > _LONGEST:
        return None
    if len(box_words(text)) >= _BOX_WORDS:
        return Kind("cdr-box", "options", {"words": tuple(sorted(box_words(text)))})
    whole = mended(text)[0]
    lines = [line.strip() for line in whole.splitlines() if line.strip(" |:=-")]
    kinds = [identify(line) for line in lines]
    if is_stamp(kinds):
        return Kind("stamp-line", "several")
    form = spread(lines)
    if form is not None and form[0] == len(lines):
        return form[1]
    if len(lines) > 1:
        kinds.append(identify(" ".join(lines)))
    for kind in kinds:
        if kind is not None and kind.kind in _WHOLE:
            # A table of other things may have such a line; a form has little else.
            if sum(len(line) for line, each in zip(lines, kinds, strict=False) if not each) <= 80:
                return kind
            return None
    return None
