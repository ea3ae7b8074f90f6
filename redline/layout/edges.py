"""Page edges: what stands between two stretches of text, and whether a page begins there.

A *run* is a stretch of lifted lines between two lines of text. Each piece of evidence in it
has a weight; a page begins in a run whose weights reach `ENOUGH` (R27, and the score of the
reference on markings). Nothing opens a page before the first text or after the last.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from redline.layout.lines import Line
from redline.markings.banners.edges import Banner, Cert, EdgeLine, read_edge
from redline.markings.banners.grammar import least
from redline.markings.banners.shown import Shown
from redline.markings.register import Level

__all__ = ["Run", "Seen", "pages_differ", "parts", "read_run"]

ENOUGH = 2
#: Evidence → weight. Names are those of the JSON record.
WEIGHTS = {
    "page-mark": 3,
    "cable-page": 3,
    "form-feed": 3,
    "page-notice": 3,
    "banner-pair": 2,
    "banner-in-sentence": 2,
    "release-pair": 2,
    "page-number": 1,
}
#: A rule across the page is evidence only beside other evidence (R27).
_RULE = 1
#: Evidence that names a page beyond doubt.
_CERTAIN = frozenset({"page-mark", "cable-page", "form-feed", "page-notice"})
#: How the record names what has no name of its own there.
_RECORDED = {"page-notice": "page-mark", "release-pair": "banner-pair"}
_PAGE_NOTICES = frozenset({"nara-page", "jfk-number"})
#: What stands between the foot of one page and the head of the next: no banner is in two of them.
_PARTING = frozenset({"page-mark", "cable-page", "page-number", "release", "rule"})


class Seen(NamedTuple):
    """A banner with its place: `lines` are the indices of its lines."""

    banner: Banner
    place: str
    lines: tuple[int, ...]
    cert: Cert


class Run(NamedTuple):
    """What a run says. `before` is the line before which a page begins, or -1; `surplus` are
    the banners that fit no edge of a page."""

    before: int
    label: str | None
    cert: Cert
    evidence: tuple[str, ...]
    banners: tuple[Seen, ...]
    surplus: tuple[Seen, ...]


def read_run(
    lines: Sequence[Line],
    first: int,
    last: int,
    *,
    opening: bool,
    closing: bool,
    broken: bool,
    heading: bool = False,
    apart: Set[int] = frozenset(),
) -> Run:
    """Read lines[first:last]. `opening`/`closing`: no text before / after it in the document;
    `broken`: it interrupts a sentence; `heading`: before it stands nothing but a letterhead;
    `apart`: banner lines that are no pair with the one before."""
    banner_at: list[int] = []
    shown: list[EdgeLine] = []
    evidence: list[str] = []
    numbers = 0
    releases: list[int] = []
    mark = cable = feed = number_at = -1
    label: str | None = None
    blank = 0
    ruled = parted = False
    for k in range(first, last):
        line = lines[k]
        kind = line.kind
        blank += line.blank
        parted = parted or line.feed or k in apart or parts(line)
        if line.feed and feed < 0:
            feed = k
        if kind == "banner":
            beside = bool(banner_at)
            shown.append(EdgeLine(k, blank if beside else 0, line.data, beside and parted))
            banner_at.append(k)
            blank, parted = 0, False
        elif kind == "page-mark":
            mark, label = k, line.data.role
        elif kind == "cable-page":
            if line.data.data["page"] > 1:
                cable = k
        elif kind == "page-number":
            numbers += 1
            number_at = k
        elif kind == "release":
            releases.append(k)
        elif kind == "notice" and line.data.role in _PAGE_NOTICES:
            evidence.append("page-notice")
            number_at = k
        elif kind == "rule" and not (k + 1 < last and lines[k + 1].kind == "note"):
            ruled = True
    if last < len(lines) and lines[last].feed and feed < 0:
        feed = last
    banners = read_edge(shown, single=opening != closing) if shown else ()
    groups = [tuple(banner_at[i] for i in range(*banner.lines)) for banner in banners]
    if mark >= 0:
        evidence.append("page-mark")
    if cable >= 0:
        evidence.append("cable-page")
    if feed >= 0:
        evidence.append("form-feed")
    if len(banners) > 1:
        evidence.append("banner-pair")
    elif banners and broken:
        evidence.append("banner-in-sentence")
    if len(releases) > 1:
        evidence.append("release-pair")
    if numbers and banners:
        evidence.append("page-number")
    if (
        opening
        or closing
        or (sum(WEIGHTS[e] for e in evidence) + (_RULE if ruled and evidence else 0) < ENOUGH)
    ):
        return _unbroken(banners, groups, opening=opening, closing=closing, heading=heading)
    certain = [e for e in evidence if e in _CERTAIN]
    if mark >= 0:
        before = mark
    elif feed >= 0:
        before = feed
    elif len(releases) > 1 and (between := _between(releases, groups)) >= 0:
        before = between
    elif len(groups) > 1:
        before = groups[-1][0]
    elif cable >= 0:
        before = min([cable, *(g[0] for g in groups if g[0] < cable and not lines[g[0]].glued)])
    elif groups:
        # A banner that interrupts a sentence: heads alone are far commoner than feet alone.
        before = groups[0][0] if not lines[groups[0][0]].glued else last
    else:
        before = number_at + 1 if number_at >= 0 else last
    seen: list[Seen] = []
    feet = [i for i, group in enumerate(groups) if group[0] < before]
    heads = [i for i, group in enumerate(groups) if group[0] >= before]
    if len(feet) > 1 and not heads and mark < 0 and feed < 0:
        heads = [feet.pop()]
    if feet:
        seen.append(Seen(banners[feet[0]], "bottom", groups[feet[0]], banners[feet[0]].cert))
    if heads:
        seen.append(Seen(banners[heads[-1]], "top", groups[heads[-1]], banners[heads[-1]].cert))
    cert: Cert = "high" if certain or len(banners) > 1 else "medium"
    names = tuple(dict.fromkeys(_RECORDED.get(e, e) for e in evidence))
    return Run(before, label, cert, names, tuple(seen), _surplus(banners, groups, seen))


def pages_differ(lines: Sequence[Line], gaps: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The banner lines that begin a page of another level, not a regrade of the line before.

    Two unstruck levels between two texts are a pair by rule M6. But where the page above has the
    first level alone at its head, and the page below the second alone at its foot, they are the
    foot of the one and the head of the other; unless the paper shows the same pair elsewhere.
    `gaps` are the text lines around each run.
    """
    runs = [
        [k for k in range(before + 1, after) if lines[k].kind == "banner"] for before, after in gaps
    ]
    edges = [at for at, run in enumerate(runs) if run]
    found: dict[tuple[Level, Level], list[int]] = {}
    paired: set[tuple[Level, Level]] = set()
    for n, at in enumerate(edges):
        run = runs[at]
        shown = [one for k in run for one in lines[k].data]
        pairs = {(a.level, b.level) for a, b in pairwise(shown) if a.level != b.level}
        alone = len(run) == len(shown) == 2 and all(one.state == "plain" for one in shown)
        inner = 0 < n < len(edges) - 1 and gaps[at][0] >= 0 and gaps[at][1] < len(lines)
        if alone and inner and pairs:
            head, foot = lines[runs[edges[n - 1]][-1]].data, lines[runs[edges[n + 1]][0]].data
            upper, lower = shown
            falling = upper.level.rank > lower.level.rank  # the other order is rule M7's
            if falling and _only(head, upper) and _only(foot, lower):
                found.setdefault((upper.level, lower.level), []).append(run[1])
                continue
        paired |= pairs
    return frozenset(k for pair, rows in found.items() if pair not in paired for k in rows)


def _only(shown: Sequence[Shown], level: Shown) -> bool:
    return len(shown) == 1 and shown[0].level == level.level and shown[0].state == "plain"


def _between(releases: list[int], groups: list[tuple[int, ...]]) -> int:
    """The line before which the second page begins, where each of two pages has its release line
    beside its banner; -1 where no place between the two lines parts the banners as well."""
    first, last = releases[0] + 1, releases[-1]
    if len(groups) > 1:
        first, last = max(first, groups[0][-1] + 1), min(last, groups[-1][0])
    elif groups and first <= groups[0][0] < last:
        last = groups[0][0]  # heads alone are far commoner than feet alone
    return last if first <= last else -1


def _unbroken(
    banners: tuple[Banner, ...],
    groups: list[tuple[int, ...]],
    *,
    opening: bool,
    closing: bool,
    heading: bool,
) -> Run:
    """A run in which no page begins."""
    seen: list[Seen] = []
    if banners:
        if opening and closing:
            ends = [(0, "top")] if len(banners) == 1 else [(0, "top"), (-1, "bottom")]
        elif opening:
            ends = [(-1, "top")]
        elif closing:
            ends = [(0, "bottom")]
        elif heading:
            ends = [(-1, "top")]
        else:
            ends = [(0, "inline")]
        for k, place in ends:
            seen.append(Seen(banners[k], place, groups[k], _sure(banners[k], place, heading)))
    return Run(-1, None, "high", (), tuple(seen), _surplus(banners, groups, seen))


def _sure(banner: Banner, place: str, heading: bool) -> Cert:
    """How sure a banner is where no page begins: one level struck and another put in its place is
    a marking wherever it stands; a level alone needs its place."""
    changed = banner.rule == "M5"
    if place == "inline":
        return least(banner.cert, "medium" if changed else "low")
    return least(banner.cert, "medium") if heading and not changed else banner.cert


def parts(line: Line) -> bool:
    """Whether a line stands between two page edges, or its page's number does."""
    if line.kind == "notice":
        return line.data.role in _PAGE_NOTICES
    return line.kind in _PARTING


def _surplus(
    banners: tuple[Banner, ...], groups: list[tuple[int, ...]], seen: list[Seen]
) -> tuple[Seen, ...]:
    """The banners that none of `seen` has: markings still, of which nobody knows the page edge."""
    placed = {one.banner.span for one in seen}
    left = zip(banners, groups, strict=True)
    return tuple(Seen(one, "inline", at, "low") for one, at in left if one.span not in placed)
