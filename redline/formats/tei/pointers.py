"""What the header defines and the text points to: stages, hands, levels. Only what is used."""

from __future__ import annotations

from redline.formats.tei.escape import Ids
from redline.formats.tei.names import OTHER_HAND
from redline.markings.register import Level, level_named
from redline.model import Document, Hand, Stage

__all__ = ["DRAFT", "Pointers"]

#: The stage that every paper has.
DRAFT = Stage("draft", "as first written")


class Pointers:
    """Gives pointers out and remembers which; the header then defines just those.

    Names are given ids in the order: stages, hands, levels as they come, so that none of
    these is renamed because a revision has its name.
    """

    def __init__(self, document: Document, ids: Ids) -> None:
        self._ids = ids
        ids.take("security")
        ids.take(OTHER_HAND)
        self._stages = {stage.id: stage for stage in (DRAFT, *document.stages)}
        self._hands = {hand.id: hand for hand in document.hands}
        self._names = {name: ids.take(name) for name in (*self._stages, *self._hands)}
        self._used: dict[str, None] = {}
        self._levels: dict[str, tuple[str, Level]] = {}
        self.other_hand = False

    def stage(self, name: str) -> str:
        """The pointer to a stage."""
        if name not in self._stages:
            self._stages[name] = Stage(name, name)
        return self._use(name)

    def hand(self, name: str) -> str:
        """The pointer to a hand."""
        if name not in self._hands:
            self._hands[name] = Hand(name, name)
        return self._use(name)

    def _use(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = self._ids.take(name)
        self._used[name] = None
        return f"#{self._names[name]}"

    def level(self, name: str | None) -> str | None:
        """The pointer to a level by its name; None for what the register does not have."""
        if name is None:
            return None
        found = self._levels.get(name)
        if found is None:
            level = level_named(name)
            if level is None:
                return None
            found = self._levels[name] = (self._ids.take(level.id), level)
        return f"#{found[0]}"

    def stages(self) -> list[tuple[str, Stage]]:
        """Id and stage of every stage in use, in their order; the draft first, always."""
        return [
            (self._names[name], stage)
            for name, stage in self._stages.items()
            if name in self._used or name == DRAFT.id
        ]

    def hands(self) -> list[tuple[str, Hand]]:
        """Id and hand of every hand in use."""
        found = [(self._names[k], hand) for k, hand in self._hands.items() if k in self._used]
        if self.other_hand:
            found.append((OTHER_HAND, Hand(OTHER_HAND, "another hand, not named")))
        return found

    def levels(self) -> list[tuple[str, Level]]:
        """Id and level of every level in use, the highest first."""
        return sorted(self._levels.values(), key=lambda found: (-found[1].rank, found[0]))
