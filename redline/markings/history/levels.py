"""A document's classification from the banners of its pages (rule M10 and its decision).

Every page keeps its own evidence; what the document was and became is what most pages say.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from redline.markings.banners.edges import Banner
from redline.markings.banners.grammar import Cert, least
from redline.markings.register import Level

_CERTS: tuple[Cert, ...] = ("low", "medium", "high")

# The banners at the top and the bottom of one page.
Edges = tuple[Banner | None, Banner | None]


class Step(NamedTuple):
    """One act on the marking: `was` to `is_` (None for cancelled), and the edges that show it.

    `evidence` holds (position of the page, `top`, `bottom` or `inline`).
    """

    action: str
    was: Level | None
    is_: Level | None
    evidence: tuple[tuple[int, str], ...]
    cert: Cert


class Classified(NamedTuple):
    """What a document was first and last; None when unmarked, or cancelled.

    `disagreements` are the positions of pages whose own outcome differs from `final`.
    """

    draft: Level | None
    final: Level | None
    steps: tuple[Step, ...]
    cert: Cert
    disagreements: tuple[int, ...]


def corroborate(banners: Iterable[Banner]) -> tuple[Banner, ...]:
    """Rule M6 over a whole document: an unstruck pair is certain where the same pair is struck.

    Damaged readings stay as uncertain as they are.
    """
    found = tuple(banners)
    struck = {(one.was, one.is_) for one in found if one.rule == "M5" and one.cert == "high"}
    return tuple(
        one._replace(cert="high")
        if one.rule == "M6" and one.form == "exact" and (one.was, one.is_) in struck
        else one
        for one in found
    )


def classify(pages: Sequence[Edges], loose: Sequence[tuple[int, Banner]] = ()) -> Classified:
    """The document's first and last level, and the acts between, from its pages' top and bottom.

    `loose` are the banners, each with its page, that stand at no page edge. Where nothing else is,
    they say what the paper is; else only what was struck there counts, for what it was.
    """
    shown = [
        (page, place, banner)
        for page, edges in enumerate(pages)
        for place, banner in zip(("top", "bottom"), edges, strict=True)
        if banner is not None and not banner.codewords
    ]
    beside = [(page, "inline", banner) for page, banner in loose if not banner.codewords]
    if shown:
        beside = [item for item in beside if item[2].action != "unchanged"]
    elif not beside:
        return Classified(None, None, (), "high", ())
    outcomes = _outcomes(shown or beside)
    shown += beside
    final = _final(outcomes)
    steps = _steps(shown, final)
    draft = _highest([banner for _, _, banner in shown])
    disagreements = tuple(page for page, outcome in outcomes.items() if outcome != final)
    agreeing = [
        banner
        for page, _, banner in shown
        if page in outcomes and outcomes[page] == final and banner.is_ == final
    ]
    cert: Cert = max((banner.cert for banner in agreeing), key=_CERTS.index, default="low")
    if len(disagreements) * 2 >= len(outcomes):
        cert = least(cert, "medium")
    return Classified(draft, final, steps, cert, disagreements)


def _highest(banners: Sequence[Banner]) -> Level | None:
    """The highest level shown or struck, but for what came after the draft.

    A damaged reading counts only where nothing else is (rule M2).
    """
    later = {one.is_ for one in banners if one.action in ("upgrade", "added")}
    before = [one for one in banners if one.action != "unchanged" or one.is_ not in later]
    for trusted in (
        # What was struck was a marking, wherever it stands.
        [
            one
            for one in before
            if one.form != "fuzzy" and (one.cert != "low" or one.action == "cancelled")
        ],
        [one for one in before if one.form != "fuzzy"],
        before,
    ):
        # What an upgrade went through came after the draft, too.
        levels = [
            level
            for one in trusted
            for level in (
                one.was,
                *(one.through if one.action in ("downgrade", "cancelled") else ()),
            )
            if level
        ]
        if levels:
            return max(levels, key=lambda level: (level.grade, level.rank))
    return None


def _outcomes(shown: Sequence[tuple[int, str, Banner]]) -> dict[int, Level | None]:
    """What each marked page is in the end: an act shown at either edge outweighs a bare level."""
    found: dict[int, Level | None] = {}
    exact = any(one.form != "fuzzy" for _, _, one in shown)
    by_page: dict[int, list[Banner]] = {}
    for page, _, one in shown:
        # Rule M2: what is hardly read decides nothing where anything else is read.
        if not (exact and one.form == "fuzzy" and one.cert == "low"):
            by_page.setdefault(page, []).append(one)
    for page, marked in by_page.items():
        # An act that names a new level says more than a bare level, that more than a strike.
        best = max(
            marked,
            key=lambda one: (
                one.is_ is not None and one.action != "unchanged",
                one.is_ is not None,
                _CERTS.index(one.cert),
            ),
        )
        found[page] = best.is_
    return found


def _final(outcomes: dict[int, Level | None]) -> Level | None:
    """The level of most pages; cancelled only when most pages are."""
    cancelled = sum(1 for outcome in outcomes.values() if outcome is None)
    if cancelled * 2 > len(outcomes):
        return None
    counts = Counter(level for level in outcomes.values() if level is not None)
    most = max(counts.values())
    # Of equals the lower: markings go down in a paper's life.
    return min((level for level, n in counts.items() if n == most), key=lambda level: level.rank)


def _chains(
    banners: Iterable[Banner],
) -> dict[tuple[Level | None, Level | None], tuple[Level, ...]]:
    """For each first and last level the longest list of those between that any banner shows."""
    found: dict[tuple[Level | None, Level | None], tuple[Level, ...]] = {}
    for one in banners:
        key = one.was, one.is_
        if len(one.through) > len(found.get(key, ())):
            found[key] = one.through
    return found


def _steps(shown: Sequence[tuple[int, str, Banner]], final: Level | None) -> tuple[Step, ...]:
    """The acts, each with its evidence: regrades from the highest down, cancelling last.

    Cancelled pages that do not cancel the document are an act of low certainty.
    """
    acts: dict[tuple[str, Level | None, Level | None], list[tuple[int, str, Banner]]] = {}
    chains = _chains(banner for _, _, banner in shown)
    for item in shown:
        banner = item[2]
        if banner.action == "unchanged" and not banner.through:
            continue
        through = chains.get((banner.was, banner.is_), ())
        levels = (banner.was, *through, banner.is_)
        for was, now in pairwise(levels):
            # What stood between was put there, and struck in its turn.
            action = banner.action
            if banner.through and was and now:
                action = "upgrade" if now.rank > was.rank else "downgrade"
            elif now != banner.is_:
                action = "downgrade"
            acts.setdefault((action, was, now), []).append(item)
    steps = [
        Step(
            action,
            was,
            now,
            tuple((page, place) for page, place, _ in items),
            "low"
            if action == "cancelled" and final is not None
            else max((banner.cert for _, _, banner in items), key=_CERTS.index),
        )
        for (action, was, now), items in acts.items()
    ]
    order = {"added": 0, "upgrade": 1, "downgrade": 2, "cancelled": 3}
    return tuple(
        sorted(
            steps,
            key=lambda step: (
                order[step.action],
                (step.was.rank if step.was else 0) * (1 if step.action == "upgrade" else -1),
            ),
        )
    )
