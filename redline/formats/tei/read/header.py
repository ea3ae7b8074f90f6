"""What the header of a TEI file defines and the text points to."""

from __future__ import annotations

from typing import NamedTuple

from redline.formats.tei.read.scan import ATTRIBUTE, REFERENCE, TOKEN, character, decoded
from redline.model import Hand, Stage

__all__ = ["Header", "read_header"]

_REDLINE = "redline"


class Header(NamedTuple):
    """Campaigns, hands and categories by id; whether redline wrote the file."""

    stages: tuple[Stage, ...]
    others: tuple[Stage, ...]  # changes of the file: stages where the text points to them
    hands: tuple[Hand, ...]
    categories: dict[str, str]
    ours: bool
    date: str | None


_NOTHING = Header((), (), (), {}, False, None)


def read_header(raw: str, start: int, end: int) -> Header:
    """The header in raw[start:end]; nothing for an empty range."""
    if start >= end:
        return _NOTHING
    stages: list[Stage] = []
    others: list[Stage] = []
    hands: list[Hand] = []
    categories: dict[str, str] = {}
    ours = False
    date: str | None = None
    stack: list[tuple[str, int, dict[str, str]]] = []
    category = ""
    for match in TOKEN.finditer(raw, start, end):
        if match[2] is None:
            continue
        name = match[2].rpartition(":")[2]
        if match[1]:
            if not stack:
                continue
            name, at, found = stack.pop()
            words = _words(raw, at, match.start())
            if name == "catDesc" and category:
                categories[category] = words
            elif name == "change" and found.get("xml:id"):
                inside = any(each[0] == "creation" for each in stack)
                (stages if inside else others).append(_stage(found, words))
            elif name in ("handNote", "hand") and found.get("xml:id"):
                hands.append(Hand(found["xml:id"], words or found["xml:id"]))
            continue
        found = {a: decoded(b or c) for a, b, c in ATTRIBUTE.findall(match[3])}
        if name == "category":
            category = found.get("xml:id", "")
        elif name == "application" and found.get("ident") == _REDLINE:
            ours = True
        elif name == "date" and stack and stack[-1][0] == "creation":
            date = found.get("when", date)
        if match[4]:
            if name == "change" and found.get("xml:id"):
                inside = any(each[0] == "creation" for each in stack)
                (stages if inside else others).append(_stage(found, found["xml:id"]))
            elif name == "handNote" and found.get("xml:id"):
                hands.append(Hand(found["xml:id"], found["xml:id"]))
        else:
            stack.append((name, match.end(), found))
    return Header(tuple(stages), tuple(others), tuple(hands), categories, ours, date)


def _stage(found: dict[str, str], label: str) -> Stage:
    """A campaign: what `rend` says, it was written with."""
    who = found.get("who", "").split()
    hand = who[0][1:] if who and who[0].startswith("#") else None
    return Stage(found["xml:id"], label, found.get("when"), hand, found.get("rend"))


def _words(raw: str, start: int, end: int) -> str:
    words = TOKEN.sub(lambda match: match[5] or "", raw[start:end])
    return " ".join(REFERENCE.sub(character, words).split())
