"""What a line of text looks like: tables of the shapes of headings, headers and letterheads."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = [
    "Shape",
    "closes",
    "is_capitals",
    "of_letterhead",
    "opens_low",
    "plain_words",
    "shape_of",
    "visible_width",
]

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_HEADER_WORDS = (
    r"TO|FROM|VIA|THRU|THROUGH|DATE|REFS?|REFERENCES?|ATTN|ATTENTION|INFO|CC|COPIES TO|COPY TO"
    r"|DRAFTED BY|APPROVED BY|CLEARED BY|DESIRED DISTRIBUTION|DISTRIBUTION|MEMORANDUM FOR"
    r"|MEMORANDUM TO|CLASSIFICATION|TAGS|E\. ?O\. ?\d+|PARTICIPANTS|PLACE|TIME|COPY"
    r"|ENCLOSURES?|ENCL|ATTACHMENTS?|FILE"
)
_AGENCY = (
    r"AGENCY|OFFICE|DEPARTMENT|MINISTRY|COUNCIL|BUREAU|COMMITTEE|STAFF|BOARD|HEADQUARTERS"
    r"|EMBASSY|LEGATION|CONSULATE|SERVICE|DIRECTORATE|COMMISSION|COMMAND|MISSION|DIVISION"
    r"|BRANCH|SECRETARIAT|INSTITUTE|ADMINISTRATION|AUTHORITY|CHANCERY|GOVERNMENT|REPUBLIC"
    r"|FOREIGN AFFAIRS|GROUP|PANEL|CENTER|CENTRE"
)


class Shape(NamedTuple):
    """What a short line by itself is: a block kind, what it is for, a heading's level."""

    kind: str
    role: str | None = None
    level: int | None = None


#: Patterns over a line without its marks, in the order in which they are tried.
_SHAPES: tuple[tuple[re.Pattern[str], Shape], ...] = (
    (re.compile(r"(?:SUBJECT|Subject|SUBJ|Subj|RE)\s*:"), Shape("heading", "subject", 1)),
    (
        re.compile(
            rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:1[89]|20)\d\d"
            rf"|\d{{1,2}}(?:\^\{{?|\^<)?(?:st|nd|rd|th)?[}}>]? ?{_MONTH},? (?:1[89]|20)\d\d)\.?$",
            re.IGNORECASE,
        ),
        Shape("header", "date"),
    ),
    (re.compile(rf"(?:{_HEADER_WORDS})\b ?[^:]{{0,40}}:"), Shape("header", "field")),
    (re.compile(r"(?:MEMORANDUM FOR|Memorandum for)\b"), Shape("header", "field")),
    (
        re.compile(
            r"(?:Enclosures?|Encls?\.?|Attachments?|[Cc]c|[Bb]cc|Cop(?:y|ies) to|Distribution)"
            r"(?: ?\(\d+\))?\s*:"
        ),
        Shape("header", "field"),
    ),
    (
        re.compile(r"(?:\((?:[Ss]igned|SIGNED|[Ss]gd\.?)\)|\[[Ss]igned\]|/[sS]/)(?:$|\W.{0,60}$)"),
        Shape("header", "signature"),
    ),
    (
        re.compile(
            r"(?:No\.?|NO\.?|#|Ref\.?|Copy|Serial|File|Control|Document)? ?(?:No\.? ?)?"
            r"#?\d[\d./–-]{2,}[A-Z]?$|(?:[A-Z]{1,6}[-/ ])+\d[\d./–-]*[A-Z]?$"
        ),
        Shape("header", "control-number"),
    ),
    (
        re.compile(
            r"(?:(?:FIRST|SECOND|THIRD|FINAL|REVISED|ROUGH) )?(?:DRAFT|MEMORANDUM|TELEGRAM"
            r"|AIRGRAM|DESPATCH|DISPATCH|CABLE|LETTER|REPORT|NOTE|MINUTES|AIDE[- ]M[ÉE]MOIRE)"
            r"(?: (?:NO\. ?)?\d+)?$",
            re.IGNORECASE,
        ),
        Shape("header", "document-type"),
    ),
    (
        re.compile(rf"(?:[A-Z][A-Z .,&'’-]*)?\b(?:{_AGENCY})\b[A-Z .,&'’-]*$"),
        Shape("letterhead", "agency"),
    ),
    (
        re.compile(
            r"(?:Memorandum|Telegram|Letter|Despatch|Note|Minutes|Report|Statement)"
            r" (?:by|of|from|to|prepared|for) .*[^.!?:;,]$"
        ),
        Shape("heading", "title", 1),
    ),
)
#: What a shape begins with besides letters and figures.
_SIGNS = "#(/["

_CLOSED = re.compile(
    r"[.!?:;…](?:[\"'”’)\]*_}>~ ]|\\\*|\^[{<][\w*†‡§]{1,3}[}>]|[⁰¹²³⁴-⁹]|\d{1,2}$|\[\^\w+\])*$"
)
_LOW = re.compile(r"(?:~~|\^[{<]|[*_\"“‘'(\[]|\\)*([^\W\d_])")
_TITLE_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or per the to under upon vs with".split()
)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_HEADING_WIDTH = 90
_HEADING_WORDS = 14

_LETTERHEAD_WIDTH = 60
#: A word and a stop; `Washington, D.C.` and `No. 4` are no sentences.
_SENTENCE_END = re.compile(r"[a-z]{2}[.!?;][\W_]*$")


def closes(words: str) -> bool:
    """Whether a line ends as a sentence does; looks past marks, quotes and note references."""
    return _CLOSED.search(words[-24:]) is not None


def of_letterhead(words: str) -> bool:
    """Whether a line may stand above a text: short, no sentence and no part of one."""
    if len(words) > _LETTERHEAD_WIDTH or opens_low(words) or _SENTENCE_END.search(words):
        return False
    return plain_words(words) <= 1


def opens_low(words: str) -> bool:
    """Whether a line begins in lower case; looks past marks and quotes."""
    match = _LOW.match(words)
    return match is not None and match[1].islower()


def is_capitals(words: str) -> bool:
    """Whether nearly all letters are capitals."""
    if words.isupper():
        return True
    letters = [c for c in words if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def visible_width(words: str) -> int:
    """Characters of a line without its marks."""
    if "~" not in words and "^" not in words and "*" not in words:
        return len(words)
    count = words.count
    pairs = count("~~") + count("^{") + count("^<")
    return len(words) - 2 * pairs - count("}") - count(">") - count("*") - count("_")


def shape_of(words: str, *, alone: bool) -> Shape | None:
    """What a line is by its looks, marks at its ends stripped; None for prose.

    `alone`: it stands between empty lines, so it may be a heading by its looks only.
    """
    if not words:
        return None
    if words[0].isalnum() or words[0] in _SIGNS:
        for pattern, shape in _SHAPES:
            if pattern.match(words):
                return shape
    if not alone or len(words) > _HEADING_WIDTH or (closes(words) and words[-1] != ":"):
        return None
    found = _WORD.findall(words)
    if not found or len(found) > _HEADING_WORDS:
        return None
    if words.endswith(","):
        return None
    if is_capitals(words) and any(len(w) > 2 and not w[0].isdigit() for w in found):
        return Shape("heading", None, 2)
    if not found[0][0].isupper():
        return None
    if words.endswith(":") and len(found) <= 8:
        return Shape("heading", None, 3)
    return Shape("heading", None, 3) if not plain_words(words) and len(found) <= 10 else None


def plain_words(words: str) -> int:
    """How many words are in lower case though a title would print them with a capital."""
    return sum(w[0].islower() and w not in _TITLE_SMALL for w in _WORD.findall(words))
