"""The grade that the editors of a printed series give a paper: evidence for its history alone.

Two forms. Volumes up to 1954 print the grade in small capitals at the head, with the precedence of
a telegram after it, and transcriptions have it in lower case: `secret priority`. Later volumes say
it in the source note: `Source: … 330/11–956. Confidential; Priority.` Neither is a banner: they
tell what stood on the paper, not where. So the certainty is low.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.markings import register
from redline.markings.register import Level, Register
from redline.model import Cert

__all__ = ["SOURCE_NOTE", "Grade", "is_grade_line", "read_grade"]

#: How urgent a telegram was, as printed and as the register of telegrams has it.
_PRECEDENCE = {
    "emergency": "EMERGENCY",
    "flash": "FLASH",
    "critic": "CRITIC",
    "niact": "NIACT",
    "niact immediate": "NIACT IMMEDIATE",
    "operational immediate": "OPERATIONAL IMMEDIATE",
    "immediate": "IMMEDIATE",
    "us urgent": "US URGENT",
    "u.s. urgent": "US URGENT",
    "urgent": "URGENT",
    "rush": "RUSH",
    "priority": "PRIORITY",
    "routine": "ROUTINE",
    "deferred": "DEFERRED",
    "plain": "PLAIN",
}
#: Who may see it, beside what the register has as controls.
_HANDLING = frozenset(
    (
        "limit distribution",
        "limited distribution",
        "no distribution",
        "no distribution outside department",
        "sensitive",
        "exclusive",
        "personal",
        "private",
        "literally eyes only",
        "personal and private",
        "strictly confidential",
    )
)
_UNMARKED = frozenset({"no classification marking", "no classification indicated", "unmarked"})
_LONGEST_HEAD = 80
_LONGEST_TERM = 6
#: How a source note begins: with the number of the note before it, in any form.
SOURCE_NOTE = re.compile(
    r"[\s*_\[(]*(?:\[?\^?[{<]?\d{1,3}[}>]?\]?[.):]{0,2}[\s*_]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s*)?"
    r"[*_]*Source[*_]*\s*:"
)
_SENTENCE = re.compile(r"(?<=[.\])”\"])\s+(?=[A-Z0-9\[])")
_TERM = re.compile(r"\s*;\s*")
_HEAD_WORD = re.compile(r"[a-z]+(?:\.[a-z]\.)?")
_HEAD = re.compile(r"[a-z.,;:&–—\s-]+|(?:[A-Z][a-z.]*[\s,;–—-]*)+")


class Grade(NamedTuple):
    """A grade as the editors give it.

    `level` is None where they say that the paper has no classification marking (`unmarked`).
    `controls` are canonical names of the register, `handling` the other terms as printed (without
    their stop), `precedence` that of a telegram. `start` and `end` are code points of the text
    given; `sourced`: the text is a source note. The certainty is always low.
    """

    level: Level | None
    controls: tuple[str, ...]
    handling: tuple[str, ...]
    precedence: str | None
    start: int
    end: int
    unmarked: bool = False
    sourced: bool = False
    cert: Cert = "low"


def read_grade(words: str) -> Grade | None:
    """The grade in a line at the head of a paper, or in a source note; None when it has none.

    A line in capitals is none: that is a banner.

    >>> grade = read_grade("secret priority")
    >>> grade.level.name, grade.precedence
    ('SECRET', 'PRIORITY')
    >>> read_grade("Source: Central Files, 330/11–956. Confidential; Priority.").precedence
    'PRIORITY'
    >>> read_grade("secret talks")
    """
    if SOURCE_NOTE.match(words):
        return _in_note(words)
    if len(words) > _LONGEST_HEAD:
        return None
    return _at_head(words)


def is_grade_line(words: str) -> bool:
    """Whether a line in lower case holds a grade as editors print it at the head of a paper."""
    return words[:1].islower() and len(words) <= _LONGEST_HEAD and _at_head(words) is not None


class _Terms(NamedTuple):
    """Printed forms in lower case, without hyphens and stops, of levels and controls."""

    levels: dict[str, Level]
    controls: dict[str, str]


def _make_terms(source: Register) -> _Terms:
    levels: dict[str, Level] = {}
    for level in source.levels:
        if not level.weak:
            levels.setdefault(level.name.casefold().replace("-", " "), level)
    for form, level in source.forms:
        if len(form) > 1 or len(form[0]) > 3:
            levels.setdefault(" ".join(form).casefold(), level)
    controls: dict[str, str] = {}
    for control in source.controls:
        for text in control.forms:
            controls.setdefault(text.casefold().replace("-", " "), control.name)
    return _Terms({k: v for k, v in levels.items() if not v.weak}, controls)


def _plain(term: str) -> str:
    return " ".join(term.casefold().replace("-", " ").strip(" .,;:*_[]()").split())


# -- the source note ------------------------------------------------------------------------


def _in_note(words: str) -> Grade | None:
    """The first sentence of the note whose first term is a level."""
    terms = register.active().derived(_make_terms)
    at = 0
    for cut in [*(match.span() for match in _SENTENCE.finditer(words)), (len(words), len(words))]:
        sentence = words[at : cut[0]]
        found = _of_terms(sentence, terms)
        if found is not None:
            start = at + len(sentence) - len(sentence.lstrip())
            end = at + len(sentence.rstrip(" ]\n"))
            return found._replace(start=start, end=end, sourced=True)
        at = cut[1]
    return None


def _of_terms(sentence: str, terms: _Terms) -> Grade | None:
    """`Secret; Niact; Limit Distribution.`"""
    first, *rest = _TERM.split(sentence.strip())
    plain = _plain(first)
    level = terms.levels.get(plain)
    unmarked = plain in _UNMARKED
    if level is None and not unmarked:
        # `Top Secret, Eyes Only.`, `Secret Nodis.`
        words = re.split(r"[\s,]+", plain)
        size = _longest(words[:-1], terms.levels)
        more = " ".join(words[size:])
        if not size or not _known(more, terms):
            return None
        level = terms.levels[" ".join(words[:size])]
        rest.insert(0, more)
    return _graded(level, rest, terms, unmarked=unmarked)


def _known(term: str, terms: _Terms) -> bool:
    return term in _PRECEDENCE or term in _HANDLING or term in terms.controls


def _graded(
    level: Level | None, rest: list[str], terms: _Terms, *, unmarked: bool = False
) -> Grade:
    controls: list[str] = []
    handling: list[str] = []
    precedence = None
    for printed in rest:
        term = _plain(printed)
        if not term:
            continue
        if term in terms.controls:
            controls.append(terms.controls[term])
        elif term in _PRECEDENCE and precedence is None:
            precedence = _PRECEDENCE[term]
        else:
            handling.append(printed.strip(" .]\n"))
    return Grade(level, tuple(controls), tuple(handling), precedence, 0, 0, unmarked)


# -- the head -------------------------------------------------------------------------------


def _at_head(words: str) -> Grade | None:
    """A line of nothing but a level and what goes with it, not in capitals."""
    start = len(words) - len(words.lstrip(" \t\r\n*_["))
    line = words[start:].rstrip(" \t\r\n*_].")
    if not line or not _HEAD.fullmatch(line) or line.isupper():
        return None
    terms = register.active().derived(_make_terms)
    pieces = _HEAD_WORD.findall(line.casefold())
    at = _longest(pieces, terms.levels)
    if not at:
        return None
    level = terms.levels[" ".join(pieces[:at])]
    rest: list[str] = []
    while at < len(pieces):
        sizes = range(min(_LONGEST_TERM, len(pieces) - at), 0, -1)
        size = next((n for n in sizes if _known(" ".join(pieces[at : at + n]), terms)), 0)
        if not size:
            return None
        rest.append(" ".join(pieces[at : at + size]))
        at += size
    found = _graded(level, rest, terms)
    return found._replace(start=start, end=start + len(line))


def _longest(words: list[str], table: dict[str, Level]) -> int:
    """How many of the first words make a term of the table."""
    sizes = range(min(_LONGEST_TERM, len(words)), 0, -1)
    return next((n for n in sizes if " ".join(words[:n]) in table), 0)
