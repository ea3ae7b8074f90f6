"""White space beside marks (R19-R23): which of it stands outside, inside, or in no reading.

Between two stretches of plain text stand marks with white space before, between and after
them: n *atoms* in n + 1 *slots*. Two readings of the place matter: 0, in which no mark is in
force (deletions show, additions do not), and 1, in which all are. In each the atoms that do
not show leave a place; a slot is needed or not by R20-R22. Then

- a slot that both readings need stands outside the marks;
- one that a single reading needs goes inside a neighbour that shows in that reading alone;
- one that neither needs stays in the source.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

__all__ = ["CLOSERS", "DROP", "KEEP", "OPENERS", "Atom", "place"]

#: What becomes of a slot: dropped, kept outside, or the number of the atom it goes into.
DROP, KEEP = -2, -1

#: The space before these goes when the mark before it goes (R21).
CLOSERS = frozenset(".,;:!?)]”’")
OPENERS = frozenset("([“‘$£€¥")


class Atom(NamedTuple):
    """A mark, or hidden text, as its neighbours see it.

    `shows0` and `shows1`: whether it shows in reading 0 and in reading 1; the edges are the
    first and last characters it then shows ("" where it does not). `mark` is its pair, or
    -1 for hidden text; `solid` hidden text (a note reference) parts revisions.
    """

    shows0: bool
    shows1: bool
    edges0: tuple[str, str]
    edges1: tuple[str, str]
    mark: int
    kind: str
    solid: bool = False


def place(
    atoms: list[Atom],
    filled: list[bool],
    left: str,
    right: str,
    joined: Collection[int] = (),
    *,
    apart: bool = False,
) -> list[int]:
    """Decide every slot; `filled[i]` says whether slot i has white space.

    `apart`: each atom is a revision of its own, which may be in force without the others.

    `joined` are slots over which a hyphen joins the two halves of a word (R25): not filled.

    `left` and `right` are the characters beside the atoms: "" at an edge of the block, ``"``
    as “ or ” already. Returns DROP, KEEP or an atom's index for each slot.
    """
    size = len(atoms)
    if size == 1:
        alone = _place_one(atoms[0], filled, left, right)
        if alone is not None:
            return alone
    if apart and not joined and all(map(_plain, atoms)):
        if left and all(filled[:-1]):
            return [*range(size), KEEP if filled[-1] and right not in CLOSERS else DROP]
        if right and not left and all(filled[1:]):
            return [DROP, *range(size)]
    needs = [[False] * (size + 1), [False] * (size + 1)]
    open_gaps: list[list[tuple[int, int]]] = [[], []]
    for state in (0, 1):
        first, char = 0, left
        for i, atom in enumerate(atoms):
            if atom[state]:
                edges = atom.edges1 if state else atom.edges0
                if edges[0] in CLOSERS:
                    pass  # no space before a stop (R21), whatever the notation leaves there
                elif first < i and not filled[first] and _in_figure(char, atoms[first], edges):
                    pass  # `19~~46~~ ^{47}` is one number
                elif first not in joined:
                    _gap(first, i, char, edges[0], filled, needs[state], open_gaps[state])
                first, char = i + 1, edges[1]
        _gap(first, size, char, right, filled, needs[state], open_gaps[state])
    hidden = not any(atom.shows0 or atom.shows1 for atom in atoms)
    # A run of pairs (R13): white space stands between the pairs, so that each may be decided
    # by itself.
    paired = (
        size > 2
        and size % 2 == 0
        and all(a.shows0 != a.shows1 and a.shows0 == b.shows1 for a, b in pairwise(atoms))
    )
    for state in (0, 1):
        other = needs[1 - state]
        for first, last in open_gaps[state]:
            choice = [i for i in (first, last) if filled[i]]
            # Best a slot the other reading needs too, then one that a neighbour can take.
            choice = (
                [i for i in choice if other[i]]
                or [i for i in choice if paired and i % 2 == 0]
                or [i for i in choice if hidden or state == 0 or _host(atoms, i, state) != KEEP]
                or choice
            )
            needs[state][choice[0 if hidden else -1]] = True
    _share_homeless(atoms, needs, open_gaps)
    out = []
    for i in range(size + 1):
        zero, one = needs[0][i], needs[1][i]
        if zero and one:
            out.append(KEEP)
        elif zero or one:
            out.append(_host(atoms, i, 1 if one else 0))
        else:
            out.append(DROP)
    return out


def _plain(atom: Atom) -> bool:
    """Whether a mark shows in one reading alone, with no stop at its edges."""
    edges = atom.edges0 if atom.shows0 else atom.edges1
    return atom.shows0 != atom.shows1 and edges[0] not in CLOSERS and edges[1] not in OPENERS


def _place_one(atom: Atom, filled: list[bool], left: str, right: str) -> list[int] | None:
    """The commonest case: one mark that shows in one reading alone."""
    if atom.shows0 == atom.shows1:
        return None
    edges = atom.edges0 if atom.shows0 else atom.edges1
    if edges[0] in CLOSERS or edges[1] in OPENERS:
        return None
    before, after = filled
    if before and after:
        return [0, KEEP] if left and right else ([0, 0])
    if before:
        return [0 if not right or not left or right in CLOSERS else KEEP, DROP]
    if after:
        return [DROP, 0 if not left or not right or left in OPENERS else KEEP]
    return [DROP, DROP]


def _in_figure(left: str, gone: Atom, shown: tuple[str, str]) -> bool:
    """Whether figures in a number give way to others."""
    first = gone.edges0[0] or gone.edges1[0]
    return left.isdecimal() and first.isdecimal() and shown[0].isdecimal()


def _gap(
    first: int,
    last: int,
    left: str,
    right: str,
    filled: list[bool],
    needs: list[bool],
    open_gaps: list[tuple[int, int]],
) -> None:
    """What the slots first … last owe to one reading that shows nothing between them."""
    if first == last:
        needs[first] = filled[first]
        return
    before, after = filled[first], filled[last]
    if not left or not right or not (before or after):
        return
    if before and not after and right in CLOSERS:
        return
    if after and not before and left in OPENERS:
        return
    open_gaps.append((first, last))


def _share_homeless(
    atoms: list[Atom], needs: list[list[bool]], open_gaps: list[list[tuple[int, int]]]
) -> None:
    """A slot that one reading needs and no neighbour can take would show in both: where the
    other reading has a choice, it takes this slot too."""
    for state in (0, 1):
        mine, other = needs[state], needs[1 - state]
        for i, needed in enumerate(mine):
            if needed and not other[i] and _host(atoms, i, state) == KEEP:
                for gap in open_gaps[1 - state]:
                    if i in gap:
                        for j in gap:
                            if other[j] and not mine[j]:
                                other[j], other[i] = False, True


def _host(atoms: list[Atom], slot: int, state: int) -> int:
    """The nearest atom that shows in `state` alone, looking past hidden text."""
    for order in (range(slot, len(atoms)), range(slot - 1, -1, -1)):
        for i in order:
            atom = atoms[i]
            if atom[state] and not atom[1 - state]:
                return i
            if atom.shows0 or atom.shows1:
                break
    return KEEP
