"""Where a portion mark may stand, and what speaks against a mark at such a place (rule M11).

Looked at are the first characters of a paragraph, heading, list item or note, after its number,
and the end of headings. A letter in brackets there may as well be a party, an abbreviation, a grid
square or a sign of copyright: each of these is a row of patterns here. What is left is more or less
doubtful by itself; the document decides (`portions.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.markings.portions.marks import Portion, read_portion
from redline.markings.register import level_named
from redline.model import Block, Document

__all__ = ["MILD", "STRONG", "SURE", "Candidate", "candidates", "opens_portion"]

_KINDS = frozenset({"paragraph", "heading", "list-item", "note"})
_HEADING_LENGTH = 120

# -- where one may stand ----------------------------------------------------------------------

_ROMAN = r"[IVXLC]{1,6}|[ivxlc]{1,6}"
_NUMBER = (
    r"(?:[¶§]\s?)?(?:\d{1,3}(?:\.(?:\d{1,3}|[a-z])\b){0,5}(?:[.):]{1,2}|(?=[\s*_~^]))"
    rf"|(?:{_ROMAN}|[A-Za-z])[.)]"
    r"|\((?:\d{1,3}|[a-z]|[ivxl]{1,5}|[ABD-NQTV-Z])\))"
)
#: What may stand before a mark at the head of a block, up to its first bracket or strike. Greedy
#: without return, so that a rule of a thousand underscores is looked at once.
_HEAD = re.compile(
    r"[\s*_]*+(?:(?:SUBJECT|Subject|SUBJ|Subj|SUMMARY|Summary|TITLE|Title)\s*+:[\s*_]*+)?"
    rf"(?P<number>{_NUMBER}(?:[\s*_]*+{_NUMBER})?)?[\s*_]*+"
    r"(?P<mark>(?:(?:~~|\^[{<])[*_]*+)*+\()"
)
_NUMBERED = re.compile(rf"[\s*_]*+(?P<number>{_NUMBER})\s+")
_NOTE_NUMBER = re.compile(r"[\s_]*+(?:\^[{<]?\w{1,3}[}>]?|[¹²³⁴-⁹]+|\[\^?\w{1,3}\]:?|[*†‡§])\s+")
_AFTER_NUMBER = re.compile(r"[\s*_]*(\d{1,3}|[a-z])[.)](?=\s)")
_LABEL = re.compile(r"\(([A-Z]{1,6})\)")
_TAIL = re.compile(
    r"(?:(?<=\s)|^)(?P<mark>"
    r"(?:(?:~~|\^[{<]|[*_])*\([^()\r\n]{1,80}\)(?:~~|[}>*_])*[ \t]*){1,2}"
    r")[\s.:*_#]*$"
)
_WORD = re.compile(r"[^\W\d_][\w’'.&-]*")
_TITLE_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or per the to under upon vs with".split()
)
_ENTIRE = re.compile(
    r"[\s*_:]*(?:[A-Z -]{0,40}?[ -])??entire\s+(?:text|message|document)\b", re.IGNORECASE
)

# -- what speaks against it -------------------------------------------------------------------

#: What may follow a mark directly; anything else (`(C)ompany`, `(S)-band`, `(R),`) rules it out.
_FOLLOWED = re.compile(r"(?:[*_~}>\s]|$|[A-Z0-9(\[\"“‘'^¶§]|:(?:\s|$)|[-–—]{1,2}\s)")
#: The key of a list of abbreviations, or words about marks: `(S) or (C)`.
_KEY = re.compile(
    r"\s*(?:=|(?:indicates?|denotes?|means?|stands? for|signif(?:y|ies)|refers? to)\b"
    r"|(?:or|and|to|through|vs\.?)\s+\()"
)
#: Nothing but figures: a map grid, coordinates, a table torn apart.
_GRID = re.compile(r"[\s\d°'’″\"”.,:/-]*\d[\s\d°'’″\"”.,:/-]*[NSEW]?[\s.]*")
_COPYRIGHT = re.compile(
    r"\s*(?:Copyright\b|COPYRIGHT\b|All [Rr]ights|(?:1[6-9]|20)\d\d(?:\s*[-–,]\s*\d{2,4})*"
    r"(?:\s*$|\s*[,.]|\s+(?:by\b|[A-Z])))"
)
_COPYRIGHT_LENGTH = 100
_BEFORE_COPYRIGHT = re.compile(r"\bcopyright\s*$", re.IGNORECASE)
#: A name alone after `(S)`: signed.
_SIGNED = re.compile(r"\s*[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){1,4}\s*$")
_SIGNED_LENGTH = 50
#: A mark that may be an abbreviation needs so many characters of text after it, or company.
_PHRASE = 30
#: No level has a longer name.
_LEVEL = 60

# How doubtful a mark is by itself, and so what company it needs.
SURE, MILD, STRONG = 0, 1, 2


class Candidate(NamedTuple):
    """What could be a mark: where it stands, the number beside it, how doubtful it is."""

    block: Block
    place: str
    number: str | None
    portion: Portion
    doubt: int
    entire: bool


def opens_portion(line: str) -> bool:
    """Whether a line begins as a marked portion does: for layouts that look for paragraphs.

    >>> opens_portion("(S/NF) The harvest"), opens_portion("(see below)")
    (True, False)
    """
    head = _HEAD.match(line)
    if head is None:
        return False
    mark = read_portion(line, head.start("mark"))
    return mark is not None and _FOLLOWED.match(line, mark.end) is not None


def candidates(document: Document, source: str) -> tuple[list[Candidate], list[tuple[str, int]]]:
    """What could be a mark; and every label in capitals and brackets, with its place."""
    found: list[Candidate] = []
    labels: list[tuple[str, int]] = []
    head_at, label_at, note_at = _HEAD.match, _LABEL.match, _NOTE_NUMBER.match
    for block in document.blocks:
        if block.kind not in _KINDS:
            continue
        start, end = block.span
        if block.kind != "heading" and (label := note_at(source, start, end)) is not None:
            start = label.end()
        head = head_at(source, start, end)
        if head is not None:
            at = head.start("mark")
            labels += (
                (label[1], place)
                for place in (head.start("number"), at)
                if place >= 0 and (label := label_at(source, place, end)) is not None
            )
            mark = read_portion(source, at, end)
            if mark is not None:
                entire = mark.inner.entire or _ENTIRE.match(source, mark.end, end) is not None
                doubt = SURE if entire else _doubt_at_head(source, mark, end)
                if doubt is not None:
                    number = head["number"] or _number_after(source, mark.end, end)
                    found.append(Candidate(block, "head", number, mark, doubt, entire))
                    continue
        if source.find(")", end - 8, end) >= 0:
            tail = _at_tail(source, block)
            if tail is not None:
                found.append(tail)
    return found, labels


def _number_after(source: str, at: int, end: int) -> str | None:
    match = _AFTER_NUMBER.match(source, at, end)
    return match[1] if match else None


# -- at the head ------------------------------------------------------------------------------


def _doubt_at_head(source: str, mark: Portion, end: int) -> int | None:
    """How doubtful a mark at the head of a block is; None when it is none."""
    after = source[mark.end : min(end, mark.end + 160)]
    inner = mark.inner
    if _FOLLOWED.match(after) is None or _KEY.match(after):
        return None
    plain = not inner.controls and not inner.modern
    rest = after.strip("*_~ \t\r\n}>")
    if plain and len(rest) < _LEVEL and level_named(rest.strip(".:;,-–— ")) is not None:
        return None  # "(S) Secret": a key
    if plain and len(inner.level.short) == 1:
        if _GRID.fullmatch(after):
            return None
        if inner.level.short == "C" and _COPYRIGHT.match(after):
            return None if end - mark.end < _COPYRIGHT_LENGTH else STRONG
        if after.lstrip("*_~}> ")[:1] in ("-", "–", "—") and len(rest) < _PHRASE:
            return None
        if inner.level.short == "S" and len(after) < _SIGNED_LENGTH and _SIGNED.match(after):
            return MILD
        if inner.level.short == "R" and len(rest) < _PHRASE:
            return MILD
    if not rest or inner.doubt == "weak":
        return MILD
    return MILD if inner.doubt and len(rest) < _PHRASE else SURE


# -- at the tail ------------------------------------------------------------------------------


def _at_tail(source: str, block: Block) -> Candidate | None:
    """The mark that ends a heading, or a short paragraph that looks like one."""
    start, end = block.span
    if block.kind not in ("heading", "paragraph") or end - start > _HEADING_LENGTH:
        return None
    match = _TAIL.search(source, max(start, end - 100), end)
    if match is None or match.start("mark") <= start:
        return None
    at = match.start("mark")
    mark = read_portion(source, at, end)
    if mark is None or source[mark.end : match.end("mark")].strip("~}>*_ \t"):
        return None
    numbered = _NUMBERED.match(source, start, at)
    number = numbered["number"] if numbered else None
    before = source[numbered.end() if numbered else start : at]
    words = _WORD.findall(before)
    if not any(len(word) > 2 for word in words) or _BEFORE_COPYRIGHT.search(before):
        return None
    if block.kind == "paragraph" and not _like_heading(before, words, numbered is not None):
        return None
    doubt = _doubt_at_tail(mark, words)
    if doubt is None:
        return None
    return Candidate(block, "tail", number, mark, doubt, mark.inner.entire)


def _like_heading(before: str, words: list[str], numbered: bool) -> bool:
    """Whether the words before a mark make a heading: capitals, or numbered like a title."""
    if "\n" in before.strip() or before.rstrip("*_~ \t")[-1:] in ".;,!?":
        return False
    letters = [char for char in before if char.isalpha()]
    if sum(char.isupper() for char in letters) >= 0.9 * len(letters):
        return True
    return numbered and not any(w[0].islower() and w not in _TITLE_SMALL for w in words)


def _doubt_at_tail(mark: Portion, words: list[str]) -> int | None:
    """A heading may end in an abbreviation of its own last words, or in a party."""
    inner = mark.inner
    if inner.controls or inner.modern or inner.entire:
        return MILD if inner.doubt else SURE
    short = inner.level.short
    initials = "".join(word[0] for word in words[-len(short) :]).upper()
    if initials == short:
        return None if len(short) > 1 else STRONG
    if short == "R" or inner.doubt or len(words) == 1:
        return MILD
    return SURE
