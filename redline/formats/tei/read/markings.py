"""Banners, stamps, release lines and portion marks of a TEI file, as the markings they are.

What redline wrote says in `ana` and `cert` what each is; what others wrote is read by its words.
Their words are put into the notation again, so that the same readers find the same fields.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from redline.formats.tei.read.header import Header
from redline.formats.tei.read.revise import pointers
from redline.formats.tei.read.scan import ATTRIBUTE, REFERENCE, TOKEN, character, decoded
from redline.formats.tei.read.structure import Apparatus, Attributes
from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.lines import identify
from redline.markings.banners.edges import Banner, EdgeLine, read_banner_line, read_edge
from redline.markings.fields import NOTICE, Context, cable_fields, read_fields
from redline.markings.found import GRADE, withheld
from redline.markings.grades import read_grade
from redline.markings.majority import voted
from redline.markings.portions.marks import read_portion
from redline.markings.register import level_named
from redline.model import Cert, Document, Marking
from redline.notation.tables import NOTICES, SYSTEM_NOTICES, banner_fields
from redline.spans import ADDITION, DELETION

__all__ = ["marking_rows"]

#: What an element of the page is, by its name and type, where redline wrote it.
_KINDS = {
    ("fw", "banner"): "banner",
    ("fw", "release"): "release",
    ("fw", "control"): "control",
    ("fw", "schedule"): "schedule",
    ("fw", "exemption"): "exemption",
    ("note", "exemption"): "exemption",
    ("note", "form"): "stamp",
    ("stamp", ""): "stamp",
    ("stamp", "review"): "stamp",
    ("seg", "portion"): "portion",
}
_CERTS: dict[str, Cert] = {"high": "high", "medium": "medium", "low": "low"}
_SKIPPED = frozenset({"reg", "corr", "gap", "desc"})
_SPACE = re.compile(r"[ \t\r\n]+")
_LONGEST = 4000
_HEADERS = frozenset({"header", "letterhead"})
#: Blocks of a cable's header, at most.
_LONGEST_HEADER = 100
#: So much white space may stand between a mark and what it was struck with.
_BLANKS = 4
_start = attrgetter("start")


class _Words(NamedTuple):
    """Words of an element in the notation; the levels that what was struck, and what was put in,
    point to."""

    text: str
    struck: tuple[str | None, ...]
    added: tuple[str | None, ...]


def marking_rows(
    document: Document, found: Sequence[Apparatus], header: Header, date: str | None
) -> tuple[tuple[Marking, ...], set[int]]:
    """The markings among these elements, in their order; the furniture that they are."""
    raw = document.source.text
    rows: list[Marking] = []
    used: set[int] = set()
    context = Context(date)
    for each in found:
        made = _marking(raw, each, header, context)
        if made is None:
            continue
        if each.row >= 0:
            used.add(each.row)
        last = rows[-1] if rows else None
        if last is not None and made.kind == last.kind == "portion" and made.start == last.end:
            # One mark, cut where a revision begins or ends in it.
            rows[-1] = last._replace(
                is_=made.is_, action=_action(last.was, made.is_), end=made.end,
                span=(last.span[0], made.span[1]), text=last.text + made.text,
            )
            continue
        rows.append(made)
    rows += withheld(document)
    rows.sort(key=lambda row: row.span)
    rows = [_in_context(row, document, context) for row in _captioned(rows)]
    numbered = [row._replace(id=f"m{n}") for n, row in enumerate(voted(rows, []), 1)]
    return tuple(numbered), used


def _marking(
    raw: str, each: Apparatus, header: Header, context: Context
) -> Marking | None:
    type_ = each.attributes.get("type", "")
    kind = _KINDS.get((each.local, type_))
    if each.local == "seg" and type_ == "marking":
        kind = each.attributes.get("subtype", "")
    elif each.local == "fw" and type_ == NOTICE:
        subject = each.attributes.get("n", "")
        kind = NOTICES.get(subject) or SYSTEM_NOTICES.get(subject)
    if kind is None and (header.ours or each.local != "fw"):
        return None
    if each.local == "note" and type_ == "form" and "n" in each.attributes:
        return None  # a printed form; the number is its name
    words = _words(raw, each, header)
    if len(words.text) > _LONGEST:
        return None
    if kind in (None, "banner"):
        return _banner_row(each, words, header)
    place = each.attributes.get("place", "margin")
    row = _row(each, kind, words, "inline" if each.local == "seg" else place)
    if kind == "portion":
        return _portion_row(row, each, words, header)
    if type_ == NOTICE:
        row = row._replace(fields={"notice": each.attributes["n"]}, rule=NOTICE)
    fields = read_fields(NOTICE if type_ == NOTICE else kind, words.text, context)
    if fields.found:
        row = row._replace(fields={**row.fields, **fields.record()})
    elif not header.ours and kind == "stamp":
        return None
    if kind == "control" and each.attributes.get("n") not in SYSTEM_NOTICES:
        line = identify(_SPACE.sub(" ", words.text))
        row = row._replace(controls=tuple((line.data or {}).get("controls", ())) if line else ())
    elif kind == "line":
        level = _level(each.attributes.get("ana", ""), header)
        row = row._replace(was=level, is_=level, action="unchanged")
    return row


def _row(each: Apparatus, kind: str, words: _Words, place: str) -> Marking:
    cert = _CERTS.get(each.attributes.get("cert", ""), "high")
    return Marking(
        "", kind, each.page, place, None, (), None, None, (), {}, words.text,
        (each.start, each.end), cert, each.first, each.last, "TEI",
    )


def _level(ana: str, header: Header) -> str | None:
    """The level that an `ana` points to, by its name in the register."""
    for id_ in pointers(ana):
        level = level_named(header.categories.get(id_, ""))
        if level is not None:
            return level.name
    return None


def _action(was: str | None, now: str | None) -> str | None:
    if was is None or now is None:
        return None if was == now else "added" if was is None else "cancelled"
    ranks = [level.rank if (level := level_named(name)) else 0 for name in (was, now)]
    if ranks[0] == ranks[1]:
        return "unchanged"
    return "upgrade" if ranks[0] < ranks[1] else "downgrade"


# -- banners --------------------------------------------------------------------------------------


def _banner_row(each: Apparatus, words: _Words, header: Header) -> Marking | None:
    banner = _read(words.text)
    given = _level(each.attributes.get("ana", ""), header)
    ours = each.attributes.get("type") == "banner" and given is not None
    if banner is None and not ours:
        return None
    if banner is not None and not ours and (banner.form == "fuzzy" or banner.codewords):
        return None
    row = _row(each, "banner", words, _edge(each.attributes))
    if banner is not None:
        row = row._replace(
            was=banner.was.name if banner.was else None,
            through=tuple(level.name for level in banner.through),
            is_=banner.is_.name if banner.is_ else None,
            action=banner.action,
            # Words that no register has are part of the banner, where redline said it is one.
            controls=tuple(dict.fromkeys((*banner.codewords, *banner.controls))),
            fields=banner_fields(banner),
            rule=banner.rule,
            cert=row.cert if ours else banner.cert,
        )
    if ours:
        was, through, now = _said(words, given)
        if (was, now) != (row.was, row.is_):
            row = row._replace(was=was, through=through, is_=now, action=_action(was, now))
    return row


def _read(words: str) -> Banner | None:
    """The one banner that all of these lines are."""
    lines = []
    for n, line in enumerate(filter(None, map(str.strip, words.split("\n")))):
        shown = read_banner_line(line, 0)
        if shown is None:
            return None
        lines.append(EdgeLine(n, 0, shown))
    found = read_edge(lines, single=True) if lines else ()
    return found[0] if len(found) == 1 else None


def _said(
    words: _Words, given: str | None
) -> tuple[str | None, tuple[str, ...], str | None]:
    """What the elements point to: the level before, those between, the level now."""
    struck = [name for name in words.struck if name]
    added = [name for name in words.added if name]
    if not struck:
        return (None, (), added[-1]) if added else (given, (), given)
    plain = re.sub(r"~~.*?~~|\^\{.*?\}", "", words.text, flags=re.S)
    now = added[-1] if added else given if re.search(r"[^\W\d_]", plain) else None
    return struck[0], tuple(struck[1:]), now


def _edge(attributes: Attributes) -> str:
    said = f"{attributes.get('place', '')} {attributes.get('type', '')}"
    for place, names in (("top", ("top", "head")), ("bottom", ("bottom", "foot"))):
        if any(name in said for name in names):
            return place
    return "inline"


def _portion_row(row: Marking, each: Apparatus, words: _Words, header: Header) -> Marking:
    read = read_portion(words.text.strip())
    given = _level(each.attributes.get("ana", ""), header)
    if read is None:
        struck = next(filter(None, words.struck), None)
        return row._replace(
            was=struck or given, is_=given, action=_action(struck or given, given), rule="M11"
        )
    return row._replace(
        was=read.was.name if read.was else None,
        is_=read.is_.name if read.is_ else None,
        action=read.action,
        controls=read.controls,
        rule="M11",
    )


# -- what stands around them ----------------------------------------------------------------------


def _captioned(rows: Sequence[Marking]) -> list[Marking]:
    """Captions on a line of their own below a banner are its controls, too."""
    out: list[Marking] = []
    for row in rows:
        last = out[-1] if out else None
        if (
            row.kind == "control" and row.rule != NOTICE
            and last is not None and last.kind == "banner" and row.start - last.end <= 1
        ):
            controls = tuple(dict.fromkeys((*last.controls, *row.controls)))
            out[-1] = last._replace(controls=controls)
        out.append(row)
    return out


def _in_context(row: Marking, document: Document, context: Context) -> Marking:
    """What a marking in the running text says with the words around it."""
    if row.kind == "portion" and row.was == row.is_:
        k = bisect_left(document.spans, (row.start - _BLANKS,))
        for span in document.spans[k : bisect_left(document.spans, (row.start + 1,))]:
            if span.kind in (DELETION, ADDITION) and row.end <= span.end:
                words = document.text[span.start : span.end].strip()
                if words == document.text[row.start : row.end].strip():
                    gone = span.kind == DELETION
                    was, now = (row.was, None) if gone else (None, row.is_)
                    return row._replace(was=was, is_=now, action=_action(was, now))
    if row.kind != "line":
        return row
    grade = read_grade(row.text) if row.text[:1] and not row.text.isupper() else None
    if grade is not None:
        fields: dict[str, Any] = {}
        if grade.precedence is not None:
            fields["precedence"] = grade.precedence
        if grade.handling:
            fields["handling"] = list(grade.handling)
        return row._replace(fields=fields, controls=grade.controls, rule=GRADE)
    k = bisect_right(document.blocks, row.start, key=_start) - 1
    if k < 0 or row.start >= document.blocks[k].end:
        return row
    block = document.blocks[k]
    line = is_transmission_line(document.text[block.start : block.end])
    if line is not None:
        row = row._replace(controls=tuple((line.data or {}).get("controls", ())))
    first = k
    if block.kind in _HEADERS:
        while k - first < _LONGEST_HEADER and first and (
            document.blocks[first - 1].kind in _HEADERS
        ):
            first -= 1
    above = document.blocks[first : k + 1]
    read = cable_fields("\n".join(document.text[b.start : b.end] for b in above), context)
    return row._replace(fields=read.record()) if read.found else row


# -- words ----------------------------------------------------------------------------------------


def _words(raw: str, each: Apparatus, header: Header) -> _Words:
    """The words of an element in the notation: what is struck, put in, where lines end."""
    out: list[str] = []
    struck: list[str | None] = []
    added: list[str | None] = []
    stack: list[tuple[str, str]] = []  # names, and what closes their mark
    skipped = 0
    at = each.start
    for match in TOKEN.finditer(raw, each.start, each.end):
        if match.start() > at and not skipped:
            out.append(_SPACE.sub(" ", REFERENCE.sub(character, raw[at : match.start()])))
        at = match.end()
        if match[2] is None:
            if match[5] and not skipped:
                out.append(match[5])
            continue
        name = match[2].rpartition(":")[2]
        if match[1]:
            name, closing = stack.pop()
            skipped -= name in _SKIPPED
            out.append(closing)
            continue
        closing = ""
        said = {key: decoded(a or b) for key, a, b in ATTRIBUTE.findall(match[3])}
        if name == "lb":
            out.append("\n")
        elif name in ("row", "cell"):
            out.append("\n| " if name == "row" else "")
            closing = " | " if name == "cell" else ""
        elif name == "del":
            struck.append(_level(said.get("ana", ""), header))
            if said.get("rend") != "unmarked":
                out.append("~~")
                closing = "~~"
            else:
                closing = " "
        elif name == "add":
            added.append(_level(said.get("ana", ""), header))
            if "subst" not in (outer for outer, _ in stack) or each.local != "fw":
                out.append("^{")
                closing = "}"
            elif out and out[-1].endswith("~~") and not raw.startswith("<lb", at):
                out.append(" ")
        if match[4]:
            out.append(closing)
        else:
            stack.append((name, closing))
            skipped += name in _SKIPPED
    return _Words("".join(out).strip(), tuple(struck), tuple(added))
