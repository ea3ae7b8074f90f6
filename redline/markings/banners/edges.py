"""What a page edge with several banner lines says: rules M5-M8 of `docs/reference/markings.md`."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from redline.markings.banners.grammar import Cert, Form, Shown, least
from redline.markings.banners.lines import glued_level, lists_levels, read_banner_line
from redline.markings.register import Level

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

# Levels of one page edge are at most so many empty lines apart.
_NEAR = 2
# More than any: between the lines something stands that parts one edge from the next.
_PARTED = 99


class EdgeLine(NamedTuple):
    """A banner line in a run of them: the caller's number, empty lines before it, its levels.

    `parted`: between it and the line before stands what stands between two page edges: a page
    mark or number, a form feed, a rule, a release line.
    """

    line: int
    blank_lines_before: int
    shown: tuple[Shown, ...]
    parted: bool = False


class Banner(NamedTuple):
    """What one page edge says.

    `was` and `is_` are alike when nothing changed; `is_` is None when the mark is struck and
    nothing stands in its place, `was` None when it was added. `through` lists the levels between.
    `lines` is the half-open range of positions in the run given to `read_edge`; `span` is in raw
    source offsets. `rule` names the rule that decided. `codewords` are provisional, as in `Shown`;
    `said` is as in `Shown`, too. `controls` are those in force, of a cancelled mark those it had;
    `gone` were struck, or belonged to the level that was replaced, `put` were added.
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
    said: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    put: tuple[str, ...] = ()


class _Item(NamedTuple):
    shown: Shown
    at: int  # position of its line in the run
    gap: int  # empty lines since the item before; -1 on the same line, `_PARTED` past an edge


def read_edge(lines: Sequence[EdgeLine], *, single: bool = False) -> tuple[Banner, ...]:
    """The banners of a run of banner lines, in their order.

    Read from the right: a level takes the higher one before it as what it replaces (rules M5, M6),
    struck levels on adjacent lines make a chain. What stays alone is unchanged or cancelled. Two
    banners are the foot of one page and the head of the next; more mean a blank page or a cover,
    which the caller knows. `single`: the run is one edge, at the head or the foot of the paper;
    empty lines do not end a chain there.
    """
    items = _items(lines, single)
    found: list[Banner] = []
    end = len(items)
    while end:
        begin, banner = _last(items, end)
        found.append(banner)
        end = begin
    found.reverse()
    return tuple(_neighbours(found, lines))


def _items(lines: Sequence[EdgeLine], single: bool) -> list[_Item]:
    items: list[_Item] = []
    for at, line in enumerate(lines):
        gap = _PARTED if line.parted else line.blank_lines_before
        if single and 0 < gap <= _NEAR:
            gap = 0
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
            falls = before.shown.level.rank > last.shown.level.rank
            if last.gap <= 0:
                begin = _chain_start(items, begin, falls=falls)
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
    if new.gap > _NEAR or old.shown.level == new.shown.level:
        return False
    if old.shown.state == "struck":
        return True  # whatever the two are: MOST SECRET became TOP SECRET, a grade LOU
    if old.shown.level.rank == new.shown.level.rank or old.shown.state == "added":
        return False
    if not (old.shown.level.grade and new.shown.level.grade):
        return False
    return new.shown.state == "added" or old.shown.level.rank > new.shown.level.rank


def _written_before(items: Sequence[_Item], end: int) -> bool:
    """Whether the struck level at `end` - 1 has its replacement before it, on the same lines."""
    old, new = items[end - 1], items[end - 2]
    if new.shown.state == "struck" or old.gap > 0:
        return False
    if new.shown.level == old.shown.level:
        return False
    if new.shown.state == "plain":
        if new.shown.level.rank >= old.shown.level.rank:
            return False
        if not (old.shown.level.grade and new.shown.level.grade):
            return False
    return end < 3 or not _replaces(items[end - 3], new)


def _chain_start(items: Sequence[_Item], at: int, *, falls: bool = True) -> int:
    """Where the chain of struck levels on adjacent lines begins that reaches `at`: they descend, or
    where the live one below is the higher one (`falls` false), they rise."""
    while (
        at > 0
        and items[at].gap <= 0
        and items[at - 1].shown.state == "struck"
        and items[at - 1].shown.level.grade
        and (
            items[at].gap < 0  # on one line, whatever their order
            or _falls(items[at - 1], items[at]) is falls
        )
    ):
        at -= 1
    return at


def _falls(upper: _Item, lower: _Item) -> bool | None:
    """Whether the level falls from one to the next; None where it stays."""
    a, b = upper.shown.level.rank, lower.shown.level.rank
    return None if a == b else a > b


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
    elif old.rank == new.rank:
        action = "unchanged"  # or renamed: as secret as before
    else:
        action = "downgrade" if new.rank < old.rank else "upgrade"
    cert = least(cert, *(one.cert for one in shown))
    controls, gone = _in_force(shown, now)
    form: Form = next((one.form for one in shown if one.form != "exact"), "exact")
    if action == "upgrade" and any(one.form == "fuzzy" for one in shown):
        cert = "low"  # rule M2: a damaged word never raises a level
    return Banner(
        old,
        new,
        through,
        action,
        controls,
        (min(one.span[0] for one in shown), max(one.span[1] for one in shown)),
        cert,
        (group[0].at, group[-1].at + 1),
        rule,
        form,
        tuple(dict.fromkeys(word for one in shown for word in one.codewords)),
        tuple(dict.fromkeys(said for one in shown for said in one.said)),
        gone,
        tuple(dict.fromkeys(name for one in shown for name in one.put)),
    )


def _in_force(shown: Sequence[Shown], now: Shown | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The controls in force after a change, and those that are no longer.

    What stands unstruck beside a struck level goes on with the level in its place; beside an
    unstruck one that gave way it went with it.
    """
    if now is None:
        controls = dict.fromkeys(name for one in shown for name in one.controls)
        live = [one for one in shown if one.state != "struck"]
        return tuple(controls), tuple(dict.fromkeys(name for one in live for name in one.gone))
    kept: dict[str, None] = {}
    gone: dict[str, None] = {}
    for one in shown:
        gone.update(dict.fromkeys(one.gone))
        replaced = one is not now and one.state != "struck" and one.level != now.level
        (gone if replaced else kept).update(
            dict.fromkeys(name for name in one.controls if name not in one.gone)
        )
    return tuple(kept), tuple(name for name in gone if name not in kept)


def _neighbours(found: list[Banner], lines: Sequence[EdgeLine]) -> list[Banner]:
    """The rules that need two banners: M7 (a lower level, then a higher one) and M8 (the same)."""
    for at in range(1, len(found)):
        upper, lower = found[at - 1], found[at]
        line = lines[lower.lines[0]]
        beside = upper.lines[1] > lower.lines[0]  # on one line
        near = beside or line.parted or line.blank_lines_before <= _NEAR
        if not near or not (upper.is_ and lower.was):
            continue
        if upper.is_ == lower.was:
            found[at - 1] = upper if upper.rule != "M1" else upper._replace(rule="M8")
            found[at] = lower if lower.rule != "M1" else lower._replace(rule="M8")
        elif line.parted and not beside:
            continue  # two edges, and no doubt about it
        elif upper.action == lower.action == "unchanged" and upper.is_.rank < lower.was.rank:
            found[at - 1] = upper._replace(rule="M7", cert="low")
            found[at] = lower._replace(rule="M7", cert="low")
    return found
