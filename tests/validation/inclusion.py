"""Whether all that one grammar allows is allowed by another, by their definitions alone.

In both an element has one definition wherever it stands, so it is enough to look at each for
itself: its attributes, and its content model. A model is a regular expression over the names of
children and text; the two are read side by side, symbol by symbol, until no new pair comes up.
What is found is an example: children in a row which the first allows and the second does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from redline.validation.grammar import Declaration, Grammar
from redline.validation.patterns import NOTHING, Model, after, first, is_complete
from redline.validation.values import Value, matches


def excess(small: Grammar, large: Grammar) -> Iterator[str]:
    """What `small` allows and `large` does not; nothing where it is a subset."""
    for name in sorted(small.start - large.start):
        yield f"{name} as root"
    for name, ours in small.elements.items():
        theirs = large.elements.get(name)
        if theirs is None:
            yield f"{name} is not there"
            continue
        yield from _attributes(name, ours, theirs)
        row = _children(ours.content, theirs.content)
        if row is not None:
            yield f"{name} holding {' '.join(row) or 'nothing'}"


def _attributes(name: str, ours: Declaration, theirs: Declaration) -> Iterator[str]:
    for key, attribute in ours.attributes.items():
        other = theirs.attributes.get(key)
        if other is None:
            yield f"{name} with {key}"
        else:
            for literal in _literals(attribute.value):
                if not matches(other.value, literal):
                    yield f"{name} with {key}={literal!r}"
    for key, other in theirs.attributes.items():
        if other.required and not (key in ours.attributes and ours.attributes[key].required):
            yield f"{name} without {key}"


def _literals(value: Value) -> Iterator[str]:
    if value.kind == "value":
        yield value.text
    for part in value.parts:
        yield from _literals(part)


def _children(ours: Model, theirs: Model) -> tuple[str, ...] | None:
    """Children that the one allows and the other does not; None where there are none."""
    seen = {(ours, theirs)}
    waiting: list[tuple[Model, Model, tuple[str, ...]]] = [(ours, theirs, ())]
    while waiting:
        a, b, row = waiting.pop()
        if is_complete(a) and not is_complete(b):
            return row
        for symbol in first(a):
            next_ = after(a, symbol), after(b, symbol)
            if next_[1] == NOTHING:
                return (*row, symbol)
            if next_ not in seen:
                seen.add(next_)
                waiting.append((*next_, (*row, symbol)))
    return None
