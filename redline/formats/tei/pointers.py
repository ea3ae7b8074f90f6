"""What the header defines and the text points to: stages, hands, and the categories of markings
(levels, exemption codes, acts, check boxes). Only what is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from redline.formats.tei.escape import Ids
from redline.formats.tei.names import ACTS, BOXES, OTHER_HAND
from redline.markings.register import exemption, level_named
from redline.markings.register.rows import code_key
from redline.model import Document, Hand, Stage

__all__ = ["DRAFT", "Category", "Pointers"]

#: The stage that every paper has.
DRAFT = Stage("draft", "as first written")
#: The order of the taxonomy.
_LEVEL, _EXEMPTION, _ACT, _BOX = range(4)


class Category(NamedTuple):
    """A row of the taxonomy: its id, its rank (levels alone have one), what it means."""

    id: str
    rank: int | None
    words: str


_STAGE, _HAND = range(2)


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
        #: The ids of stages and of hands, apart: a hand may be called as a stage is.
        self._names = [{name: ids.take(name) for name in each} for each in self._things()]
        self._used: set[tuple[int, str]] = set()
        self._categories: dict[tuple[int, str], Category] = {}
        self._levels: dict[str, str | None] = {}
        shown = [id_ for step in document.classification.history for id_ in step.evidence]
        #: The ids of the markings that the history rests on: elements that are pointed to.
        self.evidence = {id_: ids.take(id_) for id_ in dict.fromkeys(shown)}
        self._named: set[str] = set()
        self.other_hand = False

    def _things(self) -> tuple[dict[str, Stage], dict[str, Hand]]:
        return self._stages, self._hands

    def stage(self, name: str) -> str:
        """The pointer to a stage."""
        if name not in self._stages:
            self._stages[name] = Stage(name, name)
        return self._use(_STAGE, name)

    def points(self, name: str) -> bool:
        """Whether something points to a stage or a hand."""
        return (_STAGE, name) in self._used or (_HAND, name) in self._used

    def hand(self, name: str) -> str:
        """The pointer to a hand."""
        if name not in self._hands:
            self._hands[name] = Hand(name, name)
        return self._use(_HAND, name)

    def name(self, marking: str) -> str:
        """The `xml:id` of a marking, as an attribute; "" for one that nothing points to, and for
        one that has it already (a note may be written at two places)."""
        id_ = self.evidence.get(marking)
        if id_ is None or marking in self._named:
            return ""
        self._named.add(marking)
        return f' xml:id="{id_}"'

    def _use(self, kind: int, name: str) -> str:
        names = self._names[kind]
        if name not in names:
            names[name] = self._ids.take(name)
        self._used.add((kind, name))
        return f"#{names[name]}"

    # -- the taxonomy -----------------------------------------------------------------------

    def _category(self, kind: int, key: str, id_: str, words: str, rank: int | None = None) -> str:
        found = self._categories.get((kind, key))
        if found is None:
            found = Category(self._ids.take(id_), rank, words)
            self._categories[kind, key] = found
        return f"#{found.id}"

    def level(self, name: str | None) -> str | None:
        """The pointer to a level by its name; None for what the register does not have."""
        if name is None:
            return None
        if name not in self._levels:
            level = level_named(name)
            self._levels[name] = (
                None
                if level is None
                else self._category(_LEVEL, level.id, level.id, level.name, level.rank)
            )
        return self._levels[name]

    def exemptions(self, codes: object) -> str:
        """The pointers to exemption codes (one, or several), apart by spaces.

        A code is one category however it is printed: `(b)(1)` and `B1` are the same.
        """
        found: dict[str, None] = {}
        for code in _listed(codes):
            printed = " ".join(str(code).split())
            key = code_key(printed)
            if not key:
                continue
            row = exemption(printed)
            exact = row is not None and code_key(row.code) == key
            name = row.code if row is not None and exact else printed
            words = f"{name}: {row.meaning}" if row is not None and row.meaning else name
            plain = name.replace("(", "").replace(")", "").replace(" ", "")
            found[self._category(_EXEMPTION, key, f"ex.{plain}", words)] = None
        return " ".join(found)

    def act(self, action: str) -> str:
        """The pointer to a kind of act on the classification (``downgrade``, ``released`` …)."""
        name, words = ACTS.get(action) or (action, action)
        return self._category(_ACT, action, f"act.{name}", words)

    def box(self, ticked: bool) -> str:
        """The pointer to a state of check boxes."""
        name, words = BOXES[ticked]
        return self._category(_BOX, name, f"box.{name}", words)

    def categories(self) -> list[Category]:
        """The categories in use: levels, the highest first, then the rest by their ids."""
        rows = self._categories.items()
        found = [(kind, -(row.rank or 0), row.id, row) for (kind, _), row in rows]
        return [row for *_, row in sorted(found)]

    def stages(self) -> list[tuple[str, Stage]]:
        """Id and stage of every stage of the document, in their order; the draft always."""
        names = self._names[_STAGE]
        return [(names[name], stage) for name, stage in self._stages.items() if name in names]

    def hands(self) -> list[tuple[str, Hand]]:
        """Id and hand of every hand in use."""
        names = self._names[_HAND]
        found = [(names[k], each) for k, each in self._hands.items() if (_HAND, k) in self._used]
        if self.other_hand:
            found.append((OTHER_HAND, Hand(OTHER_HAND, "another hand, not named")))
        return found


def _listed(codes: object) -> Iterable[object]:
    if isinstance(codes, str):
        return (codes,)
    return codes if isinstance(codes, (list, tuple)) else ()
