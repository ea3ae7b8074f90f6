"""Why a character is seen or not, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from redline.diagnostics import EditError
from redline.model import Decision, Document
from redline.reading import hiding, in_force
from redline.spans import ADDITION, DELETION, HIDDEN, UNDONE, Span

__all__ = ["Cause", "Explanation", "Seen", "explain"]


class Cause(NamedTuple):
    """An act around the character, at one stage: it shows the character, or it hides it.

    One that was cancelled again has no id; its `stage` names those that made and cancelled it,
    in their order. `decision` is the editor's where there is one; it overrides the stage.
    """

    id: str
    kind: str  # of the part: "del" or "add"
    stage: str
    hand: str | None
    in_force: bool
    shows: bool
    decision: Decision | None


class Seen(NamedTuple):
    """Whether a stage shows the character, and the acts around it, outermost first."""

    stage: str
    seen: bool
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Explanation:
    """A character, stage by stage.

    `apart` names what it is part of beside the running text (``furniture``, ``note``), None
    where it is running text; `in_block` is False for what stands between two blocks.
    """

    offset: int
    char: str
    apart: str | None
    in_block: bool
    stages: tuple[Seen, ...]

    def __str__(self) -> str:
        """A line for each stage."""
        lines = []
        for stage, seen, causes in self.stages:
            why = [
                f"{cause.id or 'a cancelled act'} "
                f"{'strikes' if cause.kind == DELETION else 'adds'} it"
                + (f" ({cause.decision})" if cause.decision else "")
                + ("" if cause.in_force else ", not in force")
                for cause in causes
            ]
            if self.apart:
                why.insert(0, f"it is {self.apart}")
            elif not self.in_block:
                why.insert(0, "it parts two blocks")
            state = "seen" if seen else "not seen"
            lines.append(f"{stage}: {state}" + (f": {'; '.join(why)}" if why else ""))
        return "\n".join(lines)


def explain(document: Document, offset: int) -> Explanation:
    """Which acts and decisions make the character at a text offset seen or unseen.

    White space at the edge of a block is shown by no reading, whatever acts say. Raises
    `EditError` for an offset outside the text.
    """
    if not 0 <= offset < len(document.text):
        raise EditError(
            f"{offset} is no character of {document.source.name}: they are 0 to "
            f"{len(document.text) - 1}"
        )
    over = [span for span in document.spans if span.start <= offset < span.end]
    apart = next((s.kind for s in over if s.kind in HIDDEN and s.kind not in UNDONE), None)
    in_block = any(first <= offset < last for first, last in document.leaves())
    names = dict.fromkeys(["draft", *(stage.id for stage in document.stages), "final"])
    stages = []
    for name in names:
        force = in_force(document, name)
        causes = []
        hides = set(hiding(document, name))
        for span in over:
            if span.kind in UNDONE:
                causes.append(_undone(span, span not in hides))
            if span.kind not in (DELETION, ADDITION):
                continue
            act = document.act_of[span.id]
            causes.append(
                Cause(
                    act.id,
                    span.kind,
                    act.stage,
                    act.hand,
                    force[act.id],
                    force[act.id] == (span.kind == ADDITION),
                    document.decisions.get(act.id),
                )
            )
        seen = apart is None and in_block and all(cause.shows for cause in causes)
        stages.append(Seen(name, seen, tuple(causes)))
    return Explanation(offset, document.text[offset], apart, in_block, tuple(stages))


def _undone(span: Span, shows: bool) -> Cause:
    """What an act that was cancelled again does at a stage."""
    kind = UNDONE[span.kind]
    in_force = shows == (kind == ADDITION)
    return Cause("", kind, span.id, None, in_force, shows, None)
