"""The content of a block whose marks nest properly and are all of the common kinds.

One pass over its spans, writing ready tags between slices of the text. At the first thing
that takes thought it gives up, and `careful` writes the block instead.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from redline.formats.tei.acts import Acts
from redline.formats.tei.names import INLINE, POINTS, REVISIONS
from redline.spans import ADDITION, DELETION, Span

__all__ = ["quick"]

_CLOSING = {kind: element.end for kind, element in (*INLINE.items(), *REVISIONS.items())}
_SPACE = " \t\r\n"
_LB = POINTS["lb"]
_NONE = Span(sys.maxsize, sys.maxsize, "", "")
#: In which readings (1 draft, 2 final) the text of a span is seen.
_SEEN = {DELETION: 1, ADDITION: 2}


def quick(
    text: str, spans: Sequence[Span], acts: Acts, start: int, end: int, i: int, j: int
) -> str | None:
    """The content of text[start:end], whose spans are spans[i:j]; None if it is not so simple.

    A line break stands inside all that covers the space before it;
    in each reading that sees it, this space must be all the white space around it.
    """
    opening, closing, follows = acts.opening, acts.closing, acts.follows
    parts: list[str] = []
    add = parts.append
    open_: list[tuple[int, int, int]] = []  # span, the `top` and the `seen` outside it
    top, seen, at, closed = end, 3, start, -1
    waiting = 0  # readings in which a line break still waits for its next character
    draft = final = -1  # where the last piece that each reading sees ended
    for k in range(i, j):
        first, last, kind, _ = spans[k]
        # A break at the end of a span belongs to the space before it, so the span stays open.
        is_break = kind == "lb"
        while open_ and (top < first or (top == first and not is_break)):
            if top > at:
                if waiting & seen:
                    if text[at] in _SPACE:
                        return None
                    waiting &= ~seen
                add(text[at:top])
                at = top
                if seen & 1:
                    draft = at
                if seen & 2:
                    final = at
            closed, top, seen = open_.pop()
            add(closing.get(closed) or _CLOSING[spans[closed][2]])
        if first > at:
            if waiting & seen:
                if text[at] in _SPACE:
                    return None
                waiting &= ~seen
            if is_break:
                before = first - 1
                if text[before] != " ":
                    return None
                if before > at:
                    if text[before - 1] in _SPACE:
                        return None
                elif (seen & 1 and draft >= 0 and text[draft - 1] in _SPACE) or (
                    seen & 2 and final >= 0 and text[final - 1] in _SPACE
                ):
                    return None
            add(text[at:first])
            at = first
            if seen & 1:
                draft = at
            if seen & 2:
                final = at
        elif is_break:
            return None
        if is_break:
            if first < end and text[first] in _SPACE:
                return None
            add(_LB)
            waiting |= seen
            continue
        tag = opening[k]
        if tag is None or last > top or first == last or follows.get(k, closed) != closed:
            return None
        after = spans[k + 1] if k + 1 < j else _NONE
        if after[0] > last or (after[0] == last and after[2] != "lb"):
            # Nothing stands in it: no need to keep it open.
            inside = seen & _SEEN.get(kind, 3)
            if waiting & inside:
                if text[first] in _SPACE:
                    return None
                waiting &= ~inside
            add(f"{tag}{text[first:last]}{closing.get(k) or _CLOSING[kind]}")
            at, closed = last, k
            if inside & 1:
                draft = last
            if inside & 2:
                final = last
            continue
        add(tag)
        open_.append((k, top, seen))
        top, closed = last, -1
        seen &= _SEEN.get(kind, 3)
    while open_:
        if top > at:
            if waiting & seen:
                if text[at] in _SPACE:
                    return None
                waiting &= ~seen
            add(text[at:top])
            at = top
        closed, top, seen = open_.pop()
        add(closing.get(closed) or _CLOSING[spans[closed][2]])
    if end > at:
        if waiting and text[at] in _SPACE:
            return None
        add(text[at:end])
    content = "".join(parts)
    if content.count("<subst ") != content.count("</subst>"):  # the rest is in the next block
        return None
    return content
