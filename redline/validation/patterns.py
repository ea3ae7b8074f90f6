"""Content models as values, and what may come next in them (derivatives, after Brzozowski).

A model says which sequences of child elements and text an element may hold. Reading one symbol
(the name of an element, or `TEXT`) gives the model of what may follow it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

__all__ = [
    "EMPTY",
    "NOTHING",
    "TEXT",
    "Model",
    "after",
    "choice",
    "first",
    "is_complete",
    "more",
    "sequence",
    "symbol",
]

#: What is read where text stands.
TEXT = "#text"


class Model(NamedTuple):
    """A content model. `kind` is

    - ``nothing``: no sequence at all; ``empty``: the empty one alone;
    - ``symbol``: one element, `name` (or text, which may also be absent);
    - ``sequence``: `parts` one after the other; ``more``: its one part, once or more;
    - ``choice``: one of `parts`, which are in no order.
    """

    kind: str
    name: str = ""
    parts: tuple[Model, ...] = ()


NOTHING = Model("nothing")
EMPTY = Model("empty")


def symbol(name: str) -> Model:
    """One element of that name, or `TEXT`."""
    return Model("symbol", name)


def choice(parts: Iterable[Model]) -> Model:
    """One of them."""
    found: dict[Model, None] = {}
    for part in parts:
        if part.kind == "choice":
            found.update(dict.fromkeys(part.parts))
        elif part.kind != "nothing":
            found[part] = None
    if len(found) < 2:
        return next(iter(found), NOTHING)
    return Model("choice", "", tuple(sorted(found)))


def sequence(parts: Iterable[Model]) -> Model:
    """One after the other."""
    found: list[Model] = []
    for part in parts:
        if part.kind == "nothing":
            return NOTHING
        if part.kind == "sequence":
            found += part.parts
        elif part.kind != "empty":
            found.append(part)
    if len(found) < 2:
        return found[0] if found else EMPTY
    return Model("sequence", "", tuple(found))


def more(part: Model) -> Model:
    """Once or more."""
    if part.kind in ("nothing", "empty", "more") or part == symbol(TEXT):
        return part
    return Model("more", "", (part,))


@cache
def is_complete(model: Model) -> bool:
    """Whether nothing has to follow."""
    kind, name, parts = model
    if kind == "symbol":
        return name == TEXT
    if kind == "choice":
        return any(map(is_complete, parts))
    if kind in ("sequence", "more"):
        return all(map(is_complete, parts))
    return kind == "empty"


@cache
def first(model: Model) -> frozenset[str]:
    """The symbols that may come next."""
    kind, name, parts = model
    if kind == "symbol":
        return frozenset((name,))
    found: frozenset[str] = frozenset()
    for part in parts:
        found |= first(part)
        if kind == "sequence" and not is_complete(part):
            break
    return found


@cache
def after(model: Model, read: str) -> Model:
    """What may follow once `read` has been read; `NOTHING` if it may not come."""
    kind, name, parts = model
    if kind == "symbol":
        if name != read:
            return NOTHING
        return model if name == TEXT else EMPTY
    if kind == "choice":
        return choice(after(part, read) for part in parts)
    if kind == "more":
        return sequence((after(parts[0], read), choice((model, EMPTY))))
    found = []
    for k, part in enumerate(parts):
        found.append(sequence((after(part, read), *parts[k + 1 :])))
        if not is_complete(part):
            break
    return choice(found)
