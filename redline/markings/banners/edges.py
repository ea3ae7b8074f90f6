"""Which lines are banners, and what a page edge with several of them says.

`read_banner_line` reads one line; `read_edge` reads a run of such lines. Rules M1-M9 of
`docs/reference/markings.md`.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from redline.markings.banners.grammar import Cert, Form, Shown, least, read_words
from redline.markings.banners.phrases import level_names
from redline.markings.banners.vocabulary import vocabulary
from redline.markings.banners.words import words_of
from redline.markings.register import Level, Register, active

__all__ = [
    "Action",
    "Banner",
    "Cert",
    "EdgeLine",
    "Form",
    "Shown",
    "glued_level",
    "lists_levels",
    "read_banner_line",
    "read_edge",
]

Action = Literal["unchanged", "downgrade", "upgrade", "cancelled", "added"]

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
# Levels of one page edge are at most so many empty lines apart.
_NEAR = 2
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
    """Whether a line holds two names of levels and more, and nothing else.

    >>> lists_levels("NATO UNCLASSIFIED NATO SECRET"), lists_levels("SECRET")
    (True, False)
    """
    if len(line) > LONGEST or not line.isupper():
        return False
    table = vocabulary()
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
    marks = r"[\s~*_.'|]*"
    names_ = "|".join(map(re.escape, names))
    return ends, re.compile(rf"(?<=[\s])(?P<marks>[~*_]*)(?P<name>{names_}){marks}\Z")


# How far from its end a line is searched for a level: the longest name and the marks around it.
_TAIL = 64


def glued_level(line: str) -> tuple[Level, int] | None:
    """A level in capitals at the end of a line of prose (rule M9), and the offset it begins at.

    The offset is in `line`, before the level's opening marks. Whether it is the banner of the page
    depends on what follows, which the caller knows: the same level alone, or a `PAGE` line.

    >>> level, at = glued_level("THE GOVERNMENT HAS MOVED CLOSE TO SECRET")
    >>> level.name, at
    ('SECRET', 34)
    """
    ends, pattern = active().derived(_glue)
    if not line.rstrip(" \t~*_.'|").endswith(ends):
        return None
    at = max(0, len(line) - _TAIL)
    match = pattern.search(line, at)
    if match is None:
        return None
    if len(_WORDS.findall(line[max(0, match.start() - _TAIL) : match.start()])) < _PROSE_WORDS:
        return None
    level = active().level_named(match["name"])
    assert level is not None
    return level, match.start()


class EdgeLine(NamedTuple):
    """A banner line in a run of them: the caller's number, empty lines before it, its levels."""

    line: int
    blank_lines_before: int
    shown: tuple[Shown, ...]


class Banner(NamedTuple):
    """What one page edge says.

    `was` and `is_` are alike when nothing changed; `is_` is None when the mark is struck and
    nothing stands in its place, `was` None when it was added. `through` lists the levels between.
    `lines` is the half-open range of positions in the run given to `read_edge`; `span` is in raw
    source offsets. `rule` names the rule that decided. `codewords` are provisional, as in `Shown`.
    """

    was: Level | None
    is_: Level | None
    through: tuple[Level, ...]
    action: Action
    controls: tuple[str, ...]
    span: tuple[int, int]
    cert: Cert
    lines: tuple[int, int]
    rule: str
    form: Form = "exact"
    codewords: tuple[str, ...] = ()


class _Item(NamedTuple):
    shown: Shown
    at: int  # position of its line in the run
    gap: int  # empty lines since the item before; -1 on the same line


def read_edge(lines: Sequence[EdgeLine]) -> tuple[Banner, ...]:
    """The banners of a run of banner lines, in their order.

    Read from the right: a level takes the higher one before it as what it replaces (rules M5, M6),
    struck levels on adjacent lines make a chain. What stays alone is unchanged or cancelled. Two
    banners are the foot of one page and the head of the next; more mean a blank page or a cover,
    which the caller knows.
    """
    items = _items(lines)
    found: list[Banner] = []
    end = len(items)
    while end:
        begin, banner = _last(items, end)
        found.append(banner)
        end = begin
    found.reverse()
    return tuple(_neighbours(found, lines))


def _items(lines: Sequence[EdgeLine]) -> list[_Item]:
    items: list[_Item] = []
    for at, line in enumerate(lines):
        gap = line.blank_lines_before
        for shown in line.shown:
            before = items[-1].shown if gap == -1 else None
            # One level stamped twice across the page is one mark.
            if before is None or (before.level, before.state) != (shown.level, shown.state):
                items.append(_Item(shown, at, gap))
            gap = -1
    return items


def _last(items: Sequence[_Item], end: int) -> tuple[int, Banner]:
    """The banner that ends before `end`, and where it begins."""
    last = items[end - 1]
    before = items[end - 2] if end > 1 else None
    if last.shown.state == "struck":
        if before and _written_before(items, end):
            group = items[end - 2 : end]
            cert: Cert = "high" if before.shown.state == "added" else "medium"
            return end - 2, _banner(group, last.shown, (), before.shown, cert, "M5")
        begin = _chain_start(items, end - 1)
        through = tuple(item.shown.level for item in items[begin + 1 : end])
        group = items[begin:end]
        return begin, _banner(group, items[begin].shown, through, None, "high", "M8")
    if before and _replaces(before, last):
        if before.shown.state == "struck":
            begin = end - 2
            if last.gap <= 0 and before.shown.level.rank > last.shown.level.rank:
                begin = _chain_start(items, begin)
            through = tuple(item.shown.level for item in items[begin + 1 : end - 1])
            group = items[begin:end]
            return begin, _banner(group, items[begin].shown, through, last.shown, "high", "M5")
        if last.shown.state == "plain" or end < 3 or not _replaces(items[end - 3], before):
            group = items[end - 2 : end]
            return end - 2, _banner(group, before.shown, (), last.shown, "medium", "M6")
    added = last.shown.state == "added"
    was = None if added else last.shown
    return end - 1, _banner(items[end - 1 : end], was, (), last.shown, "high", "M1")


def _replaces(old: _Item, new: _Item) -> bool:
    """Whether `new`, the live level after `old`, stands in its place."""
    if new.gap > _NEAR or old.shown.level.rank == new.shown.level.rank:
        return False
    if not (old.shown.level.grade and new.shown.level.grade):
        return False
    if old.shown.state == "struck":
        return True
    if old.shown.state == "added":
        return False
    return new.shown.state == "added" or old.shown.level.rank > new.shown.level.rank


def _written_before(items: Sequence[_Item], end: int) -> bool:
    """Whether the struck level at `end` - 1 has its replacement before it, on the same lines."""
    old, new = items[end - 1], items[end - 2]
    if new.shown.state == "struck" or old.gap > 0:
        return False
    if not (old.shown.level.grade and new.shown.level.grade):
        return False
    if new.shown.state == "plain" and new.shown.level.rank >= old.shown.level.rank:
        return False
    if new.shown.level.rank == old.shown.level.rank:
        return False
    return end < 3 or not _replaces(items[end - 3], new)


def _chain_start(items: Sequence[_Item], at: int) -> int:
    """Where the chain of struck, descending levels on adjacent lines begins that reaches `at`."""
    while (
        at > 0
        and items[at].gap <= 0
        and items[at - 1].shown.state == "struck"
        and items[at - 1].shown.level.grade
        and items[at - 1].shown.level.rank > items[at].shown.level.rank
    ):
        at -= 1
    return at


def _banner(
    group: Sequence[_Item],
    was: Shown | None,
    through: tuple[Level, ...],
    now: Shown | None,
    cert: Cert,
    rule: str,
) -> Banner:
    shown = [item.shown for item in group]
    old, new = was.level if was else None, now.level if now else None
    action: Action
    if old is None:
        action = "added"
    elif new is None:
        action = "cancelled"
    elif old == new:
        action = "unchanged"
    else:
        action = "downgrade" if new.rank < old.rank else "upgrade"
    cert = least(cert, *(one.cert for one in shown))
    form: Form = next((one.form for one in shown if one.form != "exact"), "exact")
    if action == "upgrade" and any(one.form == "fuzzy" for one in shown):
        cert = "low"  # rule M2: a damaged word never raises a level
    return Banner(
        old,
        new,
        through,
        action,
        tuple(dict.fromkeys(name for one in shown for name in one.controls)),
        (min(one.span[0] for one in shown), max(one.span[1] for one in shown)),
        cert,
        (group[0].at, group[-1].at + 1),
        rule,
        form,
        tuple(dict.fromkeys(word for one in shown for word in one.codewords)),
    )


def _neighbours(found: list[Banner], lines: Sequence[EdgeLine]) -> list[Banner]:
    """The rules that need two banners: M7 (a lower level, then a higher one) and M8 (the same)."""
    for at in range(1, len(found)):
        upper, lower = found[at - 1], found[at]
        near = lines[lower.lines[0]].blank_lines_before <= _NEAR or upper.lines[1] > lower.lines[0]
        if not near or not (upper.is_ and lower.was):
            continue
        if upper.is_ == lower.was:
            found[at - 1] = upper if upper.rule != "M1" else upper._replace(rule="M8")
            found[at] = lower if lower.rule != "M1" else lower._replace(rule="M8")
        elif upper.action == lower.action == "unchanged" and upper.is_.rank < lower.was.rank:
            found[at - 1] = upper._replace(rule="M7", cert="low")
            found[at] = lower._replace(rule="M7", cert="low")
    return found
