"""What the markings of a document amount to, from their rows alone.

The layout tells it from the lines of a paper as it reads them. Where only the rows are left, out of
a file in TEI or after an edit, the same rules are followed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from redline.diagnostics import EditError
from redline.markings.banners.edges import Action, Banner
from redline.markings.banners.grammar import Form
from redline.markings.banners.lines import read_banner_line
from redline.markings.history.levels import classify
from redline.markings.history.timeline import timeline
from redline.markings.register import Level, level_named, levels
from redline.model import Classification, Marking, Page, Step

__all__ = ["action_of", "classification_of"]

_ACTIONS: dict[str | None, Action] = {
    "unchanged": "unchanged",
    "downgrade": "downgrade",
    "upgrade": "upgrade",
    "cancelled": "cancelled",
    "added": "added",
}


def action_of(was: str | None, is_: str | None) -> Action:
    """What became of a banner. Raises `EditError` for names that no register has, or none."""
    for name in (was, is_):
        if name is not None and _level(name) is None:
            known = [level.name for level in levels() if level.scheme == "us"]
            raise EditError(f"no level {name!r}; the register has {', '.join(known)} and more")
    before, after = _level(was), _level(is_)
    if before is None:
        if after is None:
            raise EditError("a banner says a level, or said one: give was, is_, or both")
        return "added"
    if after is None:
        return "cancelled"
    if before.rank == after.rank:
        return "unchanged"
    return "upgrade" if after.rank > before.rank else "downgrade"


def classification_of(
    markings: Sequence[Marking], pages: Sequence[Page], date: str | None = None
) -> Classification:
    """The classification that markings show; `date` is the paper's own (ISO 8601)."""
    shown = [(row, _banner(row)) for row in markings if row.kind == "banner"]
    edges: dict[tuple[int, str], Banner] = {}
    loose = []
    for row, banner in shown:
        if row.place in ("top", "bottom"):
            edges[row.page - 1, row.place] = banner
        else:
            loose.append((row.page - 1, banner))
    count = max((row.page for row, _ in shown), default=0)
    found = classify([(edges.get((k, "top")), edges.get((k, "bottom"))) for k in range(count)],
                     loose)
    history = tuple(
        Step(
            step.action,
            _name(step.was),
            _name(step.is_),
            tuple(
                row.id
                for place in dict.fromkeys(step.evidence)
                for row, banner in shown
                if (row.page - 1, _place(row)) == place
                and (step.is_ == banner.is_ or step.is_ in banner.through)
            ),
            step.cert,
        )
        for step in found.steps
    )
    banners = Classification(_name(found.draft), _name(found.final), history)
    return timeline(markings, banners, pages, date).classification


def _place(row: Marking) -> str:
    return row.place if row.place in ("top", "bottom") else "inline"


def _name(level: Level | None) -> str | None:
    return level.name if level is not None else None


def _level(name: str | None) -> Level | None:
    return level_named(name) if name is not None else None


def _banner(row: Marking) -> Banner:
    through = (_level(name) for name in row.through)
    read = [one for line in row.text.splitlines() for one in read_banner_line(line, 0) or ()]
    form: Form = next((one.form for one in read if one.form != "exact"), "exact")
    return Banner(
        _level(row.was),
        _level(row.is_),
        tuple(level for level in through if level is not None),
        _ACTIONS.get(row.action, "unchanged"),
        row.controls,
        row.span,
        row.cert,
        (0, 1),
        row.rule,
        form,
        tuple(
            dict.fromkeys(
                word for one in read for word in one.codewords if word not in row.controls
            )
        ),
    )
