"""Which transpositions Word can have as moves: one stretch taken away, the same words put in."""

from __future__ import annotations

from redline.model import Document
from redline.spans import ADDITION, DELETION

__all__ = ["Moves"]


class Moves:
    """The moves of a document by the acts that made them."""

    def __init__(self, document: Document) -> None:
        self.names: dict[str, str] = {}
        acts = [act for act in document.acts if act.kind == "transposition"]
        if not acts:
            return
        marks = [s for s in document.spans if s.kind in (ADDITION, DELETION)]
        for act in acts:
            spans = [document.spans[k] for k in act.parts]
            words = {document.text[s.start : s.end] for s in spans}
            kinds = sorted(span.kind for span in spans)
            alone = all(
                sum(m.start < span.end and span.start < m.end for m in marks) == 1
                for span in spans
            )
            one = len(words) == 1 and "\n\n" not in next(iter(words))
            if kinds == [ADDITION, DELETION] and one and alone:
                self.names[act.id] = f"move{len(self.names) + 1}"

    def of(self, act: str) -> str | None:
        """The name of the move that an act is, None where it is none."""
        return self.names.get(act)
