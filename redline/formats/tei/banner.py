"""A banner as TEI: what was struck, what was put in its place, and the levels they are.

The marks stand in the banner's own source text (`Marking.text`). Its words were read by
`redline.markings`; here they are only taken apart where one level gives way to another.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.formats.tei.escape import escape, storable
from redline.formats.tei.names import MARKING_STAGES, REVISIONS
from redline.formats.tei.pointers import Pointers
from redline.model import Marking
from redline.spans import ADDITION, DELETION

__all__ = ["Piece", "banner", "banner_pieces"]

_MARK = re.compile(r"~~|\^[{<]|[}>]")
_DRESS = re.compile(r"[*_#`|\\{]+")
_BREAK = re.compile(r"[ \t]*[\r\n\f]\s*")
_SPACE = re.compile(r"[ \t]+")
_LETTER = re.compile(r"[^\W_]")


class Piece(NamedTuple):
    """Words of a banner, their lines apart by "\\n"; `state` is ``del``, ``add`` or ""."""

    words: str
    state: str


def banner(marking: Marking, pointers: Pointers) -> str:
    """The content of the `fw` of a banner."""
    pieces = _pieces(marking)
    stage = MARKING_STAGES.get(marking.action or "")
    change = f' change="{pointers.stage(stage)}"' if stage else ""
    rend = REVISIONS[DELETION].attributes
    if marking.was and marking.is_ and marking.was != marking.is_:
        if not any(piece.state for piece in pieces):
            pieces = _split(pieces, marking.is_)
            rend = ' rend="unmarked"'
            if marking.cert != "high":
                rend += f' cert="{marking.cert}"'
        if _is_pair(pieces, marking.was):
            return f"<subst{change}>{_pair(pieces, marking, rend, pointers)}</subst>"
    if marking.action == "cancelled" and not any(piece.state for piece in pieces):
        # Its strike began before it, in other words.
        pieces = [piece._replace(state=DELETION) for piece in pieces]
    return "".join(
        _markup(piece.words)
        if not piece.state
        else _element(piece, marking.is_ if piece.state == ADDITION else marking.was,
                      change, rend, pointers)
        for piece in pieces
    )


def banner_pieces(marking: Marking) -> list[Piece]:
    """The words of a banner by their state: what is there instead of something is ``add``."""
    pieces = _pieces(marking)
    if marking.was and marking.is_ and marking.was != marking.is_:
        if not any(piece.state for piece in pieces):
            pieces = _split(pieces, marking.is_)
        if _is_pair(pieces, marking.was):
            return [p if p.state else p._replace(state=ADDITION) for p in pieces]
    return pieces


def _pair(pieces: list[Piece], marking: Marking, rend: str, pointers: Pointers) -> str:
    """The struck levels in their order, and what is there now."""
    struck = [marking.was, *marking.through]
    out, n = [], 0
    for piece in pieces:
        level = marking.is_
        if piece.state == DELETION:
            level, n = struck[min(n, len(struck) - 1)], n + 1
        else:
            piece = piece._replace(state=ADDITION)
        out.append(_element(piece, level, "", rend, pointers))
    return "".join(out)


def _element(
    piece: Piece, level: str | None, change: str, rend: str, pointers: Pointers
) -> str:
    ana = pointers.level(level)
    attributes = change + (rend if piece.state == DELETION else "")
    if ana:
        attributes += f' ana="{ana}"'
    return f"<{piece.state}{attributes}>{_markup(piece.words)}</{piece.state}>"


def _markup(words: str) -> str:
    return escape(storable(words)).replace("\n", "<lb/>")


def _letters(words: str) -> str:
    return "".join(_LETTER.findall(words)).upper()


def _is_pair(pieces: list[Piece], was: str) -> bool:
    """Whether something gave way to something else.

    In `~~TOP~~ SECRET` nothing did: the level that is left was there before.
    """
    states = {piece.state == DELETION for piece in pieces}
    return states == {True, False} and _letters("".join(p.words for p in pieces)) != _letters(was)


def _split(pieces: list[Piece], level: str) -> list[Piece]:
    """Words without marks that hold an old level and, after it, the new one."""
    words = "".join(piece.words for piece in pieces)
    at = _letters(words).rfind(_letters(level))
    if at > 0:
        cut = [match.start() for match in _LETTER.finditer(words)][at]
    else:  # the new level is damaged: it stands on the last line
        cut = words.rfind("\n") + 1
    if cut <= 0:
        return pieces
    old = words[:cut].rstrip()
    return [Piece(old, DELETION), Piece(words[len(old) :], "")]


def _pieces(marking: Marking) -> list[Piece]:
    """The words of a banner by their state; white space goes with what follows it."""
    found: list[Piece] = []
    gap = ""
    for words, state in _states(marking.text):
        if not words.strip():
            gap += words
            continue
        last = found[-1] if found else None
        gap, words = "", gap + words
        if last is not None and not _LETTER.search(words):
            found[-1] = Piece(last.words + words, last.state)  # noise
        elif last is not None and not _LETTER.search(last.words):
            found[-1] = Piece(last.words + words, state)
        elif last is not None and last.state == state and (
            not marking.through or 1 in (len(_letters(last.words)), len(_letters(words)))
        ):
            found[-1] = Piece(last.words + words, state)
        else:
            found.append(Piece(words, state))
    if found:
        found[0] = found[0]._replace(words=found[0].words.lstrip())
        found[-1] = found[-1]._replace(words=found[-1].words.rstrip())
    return found


def _states(text: str) -> list[Piece]:
    """The text between the marks, with what they say of it."""
    out: list[Piece] = []
    struck, added, at = False, 0, 0
    for match in (*_MARK.finditer(text), None):
        stop = match.start() if match else len(text)
        if stop > at:
            words = _BREAK.sub("\n", _SPACE.sub(" ", _DRESS.sub("", text[at:stop])))
            out.append(Piece(words, DELETION if struck else ADDITION if added else ""))
        if match is None:
            break
        at = match.end()
        if match[0] == "~~":
            struck = not struck
        elif match[0] in "}>":
            added = max(0, added - 1)
        else:
            added += 1
    return out
