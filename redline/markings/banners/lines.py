"""Which lines are banners: one line read, in capitals, in title case, or glued to prose.

Rules M1-M3 and M9 of `docs/reference/markings.md`.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from redline.markings.banners.grammar import Shown, least, read_words
from redline.markings.banners.notes import without_note
from redline.markings.banners.phrases import level_names
from redline.markings.banners.vocabulary import vocabulary
from redline.markings.banners.words import words_of
from redline.markings.register import Level, Register, active

__all__ = ["glued_level", "lists_levels", "read_banner_line"]

# A longer line is no banner: two spelled-out, letter by letter struck levels take 120 characters.
LONGEST = 240
# Up to this length a line is read whole; a longer one must begin with a word of the register.
_SHORT = 40
_MARKS = r"[\s\ufeff\u200b~*_^{}<>#|'\"‘’“”`´.,\-–—/()•·]"
_PROSE = re.compile(r"[a-z]{3}")
_FIRST = re.compile(r"(?:[^\w$€]|_)*([^\W_]+|[$€])")
_SPELLED = re.compile(rf"{_MARKS}*[A-Z](?:{_MARKS}{{1,7}}[A-Z](?![A-Za-z])){{4}}")
# A bullet with nothing like it at the end of the line: an item of a list.
_BULLET = re.compile(r"\s*(?P<bullet>[-+*•·])\s+(?!\d+ ?-)(?!.*(?P=bullet)\W*\Z)")
# A line in title case: how a long one begins, the words of it that may be in lower case.
_TITLE = re.compile(
    rf"{_MARKS}*(?:T(?:OP|op) S|S(?:ECRET|ecret)|C(?:ONFID|onfid)|R(?:ESTR|estr)|U(?:NCL|ncl)"
    r"|Limited O|For O|Official U)",
)
_TITLE_STARTS = frozenset("TSCRULFO~*_^#|'(- \ufeff")
_SMALL = frozenset("a and by for in of on or the to via when".split())
_TOKEN = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(
    r"\b(?:Page|Copy)(?: No\.?)? \d{1,4}(?: of \d{1,4}(?: (?i:pages|copies))?)?"
    r"(?:,? Series [A-Z\d]{1,3})?(?=\W*(?:$|[A-Z]{3}))"
)
_SEPARATED = re.compile(r"[-–—/;,(]")
# How many words make prose.
_WORDS = re.compile(r"[^\W\d_]{2,}")
_PROSE_WORDS = 3


def read_banner_line(line: str, start: int) -> tuple[Shown, ...] | None:
    """The levels a banner line shows, in their order; None for any other line.

    `line` is raw, with its marks; `start` is its offset in the source.

    >>> [(s.level.short, s.state) for s in read_banner_line("~~TOP~~ SECRET", 0)]
    [('TS', 'struck'), ('S', 'plain')]
    """
    if len(line) > LONGEST:
        stripped = line.rstrip()
        lead = len(stripped) - len(stripped.lstrip())
        if len(stripped) - lead > LONGEST:
            return None
        line, start = stripped[lead:], start + lead
    if (
        len(line) > _SHORT
        and not line.isupper()
        and (line[0] not in _TITLE_STARTS or not _TITLE.match(line))
    ):
        return None
    shown = active().derived(_remembered)(line)
    if shown is None or start == 0:
        return shown
    return tuple(one._replace(span=(one.span[0] + start, one.span[1] + start)) for one in shown)


def _remembered(register: Register) -> Callable[[str], tuple[Shown, ...] | None]:
    """`_read_line` with a memory for each register: the same few lines come back on every page."""
    return lru_cache(maxsize=1024)(_read_line)


def _read_line(line: str) -> tuple[Shown, ...] | None:
    """The levels of a line of at most `LONGEST`."""
    if line.count("`") > 1:
        return None  # a code span
    if _BULLET.match(line):
        return None
    line = line.removesuffix("\\")  # a hard line break
    shown = _read_plain(line)
    noted = without_note(line) if shown is None else None
    if noted is None:
        return shown
    shown = _read_plain(noted[0])
    if shown is None or any(one.codewords or one.form == "fuzzy" for one in shown):
        return None
    return (*shown[:-1], shown[-1]._replace(said=(*shown[-1].said, *noted[1])))


def _read_plain(line: str) -> tuple[Shown, ...] | None:
    if not line.isupper() and _PROSE.search(line):
        return _read_title(line)
    return _read_capitals(line)


def _read_capitals(line: str) -> tuple[Shown, ...] | None:
    table = vocabulary()
    first = _FIRST.match(line)
    if first is None:
        return None
    if (
        len(line) > _SHORT
        and first[1] not in table.levels
        and not line.lstrip().startswith("//")
        and not (len(first[1]) == 1 and _SPELLED.match(line))
    ):
        return None
    words = words_of(line, table.known, table.spellings)
    if words is None or not words.words:
        return None
    return read_words(words, table, 0)


def _read_title(line: str) -> tuple[Shown, ...] | None:
    """A line in title case, or partly so: exact, and nothing in it but the register's words."""
    number = _NUMBERED.search(line)
    if number:
        line = line[: number.start()] + number.group().upper() + line[number.end() :]
        if not _PROSE.search(line):
            return _read_capitals(line)
    words = _TOKEN.findall(line)
    if not all(word.isupper() or word.istitle() or word in _SMALL for word in words):
        return None
    numbered = number is None and any(char.isdecimal() for char in line)
    if numbered or line.rstrip("~*_ ").endswith((",", "-")):
        return None
    upper = line.upper()
    shown = _read_capitals(upper) if len(upper) == len(line) else None
    if shown is None or (len(shown) > 1 and shown[0].state == "plain"):
        return None
    controls = sum(len(one.controls) for one in shown)
    if any(one.codewords or one.level.weak or one.form != "exact" for one in shown):
        return None
    if controls == 1 and len(words) <= 2 and not _SEPARATED.search(line):
        return None  # `Secret Only`
    return tuple(one._replace(cert=least(one.cert, "medium")) for one in shown)


def lists_levels(line: str) -> bool:
    """Whether a line names two levels and more, and holds nothing else.

    >>> lists_levels("NATO UNCLASSIFIED NATO SECRET"), lists_levels("SECRET")
    (True, False)
    """
    if len(line) > LONGEST or not line.isupper():
        return False
    table = vocabulary()
    first = _FIRST.match(line)
    if first is None or first[1] not in table.levels:
        return False
    found = words_of(line, table.known, table.spellings)
    return found is not None and level_names(found.words, table) > 1


def _glue(register: Register) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """A level at the end of a line, in capitals, after other words; marks around it allowed.

    And what such lines end with. A form that only puts a prefix before another of the same level
    does not count: `WITH THE US SECRET` is a text that ends in US.
    """
    forms = dict(register.forms)
    names = sorted(
        (
            " ".join(form)
            for form, level in forms.items()
            if level.grade
            and not level.weak
            and not any(forms.get(form[at:]) == level for at in range(1, len(form)))
        ),
        key=len,
        reverse=True,
    )
    ends = tuple({name.rpartition(" ")[2] for name in names})
    marks = r"[\s~*_'|]*"
    names_ = "|".join(map(re.escape, names))
    return ends, re.compile(rf"(?<=[\s])(?P<marks>[~*_]*)(?P<name>{names_}){marks}\Z")


# A level after one of these is what the sentence says of something: `THE REPORT IS SECRET`.
_SAYING = re.compile(
    r"\b(?i:is|are|was|were|be|been|being|remains?|remained|became|becomes|as|classified|graded"
    r"|marked|stamped|called|labell?ed|considered|rated)\W*\Z"
)
# How far from its end a line is searched for a level: the longest name and the marks around it.
_TAIL = 64


def glued_level(line: str) -> tuple[Level, int] | None:
    """A level in capitals at the end of a line of prose (rule M9), and the offset it begins at.

    The offset is in `line`, before the level's opening marks. A level that a sentence needs, with a
    full stop after it or a verb before it, is none. Whether it is the banner of the page
    depends on what follows, which the caller knows: the same level alone, or a `PAGE` line.

    >>> level, at = glued_level("THE GOVERNMENT HAS MOVED CLOSE TO SECRET")
    >>> level.name, at
    ('SECRET', 34)
    """
    ends, pattern = active().derived(_glue)
    if not line.rstrip(" \t~*_'|").endswith(ends):
        return None
    at = max(0, len(line) - _TAIL)
    match = pattern.search(line, at)
    if match is None or _SAYING.search(line, at, match.start()):
        return None
    if len(_WORDS.findall(line[max(0, match.start() - _TAIL) : match.start()])) < _PROSE_WORDS:
        return None
    level = active().level_named(match["name"])
    assert level is not None
    return level, match.start()
