"""A print checked against the stages of a draft: a table of the revisions, and what is left."""

from __future__ import annotations

from collections.abc import Iterable

from redline.collation.comparison import Comparison, Side
from redline.collation.stages import StageReport, Verdict
from redline.formats.terminal.comparison import closing, differences, said
from redline.formats.terminal.grid import Column, grid
from redline.formats.terminal.inline import Line, clean
from redline.formats.terminal.rules import rule
from redline.formats.terminal.screen import Screen
from redline.formats.terminal.styles import BRACKETS
from redline.model import Revision

__all__ = ["show_report"]

_COLUMNS = (
    Column("revision"),
    Column("draft"),
    Column("words", wide=True),
    Column("it has"),
    Column("print"),
)
#: Characters of a wording that are shown; the rest is in the paper.
_LONG = 60


def show_report(comparison: Comparison, screen: Screen, ignore: Iterable[str]) -> None:
    """Print the verdicts, and the variants of what no stage has but those to be ignored."""
    report = comparison.stages
    shown = report.unmarked.differences(ignore)
    document = comparison.sides[0].document
    assert document is not None
    names = [clean(side.name) for side in comparison.sides]
    title: Line = [(names[1], ("page",)), (" against the stages of ", ("rule",))]
    screen.print([rule(screen, [*title, (names[0], ("page",))], []), []])
    revisions = {row.id: row for row in document.revisions}
    rows = [
        _row(verdict, revisions[verdict.revision], comparison.sides[1], screen)
        for verdict in report.verdicts
    ]
    if rows:
        screen.print([*grid(_COLUMNS, rows, screen), []])
    if shown:
        screen.print([screen.row([("in no stage, but in the print:", ("place",))], screen.indent)])
        screen.print([[]])
        differences(report.unmarked, screen, shown)
    screen.print(closing(_summary(report, len(shown)), screen))


def _row(verdict: Verdict, revision: Revision, other: Side, screen: Screen) -> list[Line]:
    words: Line = []
    for role, parts in (("del", revision.deleted), ("add", revision.added)):
        text = clean(" ".join(" ".join(part.text for part in parts).split()))
        if not text:
            continue
        if len(text) > _LONG:
            head, tail = text[: _LONG // 2], text[-_LONG // 3 :]
            head = head.rpartition(" ")[0] or head
            text = f"{head} {screen.glyphs.cut} {tail.partition(' ')[2]}"
        if words:
            words.append((" ", ()))
        words.append((text.join(BRACKETS[role]) if screen.brackets else text, (role,)))
    role = {"final": "cert-high", "draft": "grid-act"}.get(verdict.has, "cert-low")
    return [
        [(revision.id, ("grid-more",))],
        [(f"{revision.page}:{revision.line}", ("grid-more",))],
        words,
        [(verdict.has, (role,))],
        [(said(verdict.place, other), ("grid-more",))],
    ]


def _summary(report: StageReport, unmarked: int) -> str:
    counts = ", ".join(
        f"{count} {has}{' (reverted)' * (has == 'draft')}" for has, count in report.counts.items()
    )
    shares = ", ".join(f"{stage} {share:.1%}" for stage, share in report.similarity.items())
    total = len(report.verdicts)
    told = f"{total} revision{'s' * (total != 1)}" + (f": {counts}" if counts else "")
    rest = f"; {unmarked} unmarked" if unmarked else ""
    return f"{told}{rest}; nearest is {report.nearest} ({shares})"
