"""How things look in a terminal: a table of styles, one of signs, and what joins them.

A *role* is a word for why a piece of text looks as it does: the kind of a span (``del``,
``bold`` …) or of a place (``heading``, ``note``, ``rule``). A piece has several, outermost
first; their styles are laid over one another.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from rich.style import Style

__all__ = ["ASCII", "BRACKETS", "STYLES", "UNICODE", "Frame", "Glyphs", "raised", "style_of"]

#: Role → style, in rich's words. Red and struck, green and underlined: either of the two
#: tells a deletion from an addition, so neither colours nor strikes are needed for it.
STYLES = {
    "del": "red strike",
    "add": "green underline",
    # The same in a comparison, where the words are the same, or stand elsewhere.
    "del-accidental": "yellow strike",
    "add-accidental": "yellow underline",
    "del-moved": "blue strike",
    "add-moved": "blue underline",
    # Written in and struck again, or the other way about: in no reading.
    "never": "red strike underline",
    "bold": "bold",
    "italic": "italic",
    "bold-italic": "bold italic",
    "code": "cyan",
    "math": "italic",
    "gap": "dim",
    "unclear": "italic dim",
    "hand": "italic magenta",
    "heading": "bold",
    "head-cell": "bold",
    "bullet": "dim",
    "rule": "dim",
    "page": "bold",
    "level": "bold",
    "level-was": "red strike",
    "level-arrow": "dim",
    "level-word": "italic dim",
    "strip-page": "dim",
    "grid-head": "dim",
    "grid-when": "cyan",
    "grid-act": "bold",
    "grid-more": "dim",
    "cert-high": "dim",
    "cert-medium": "",
    "cert-low": "yellow",
    "side": "italic dim",
    "noteref": "cyan",
    "note": "dim",
    "apparatus": "dim",
    "summary": "dim",
    "place": "dim",
    "elided": "dim italic",
}

#: What stands around a revision where there is no colour: the signs of wdiff and git.
BRACKETS = {
    role + more: signs
    for role, signs in (("del", ("[-", "-]")), ("add", ("{+", "+}")))
    for more in ("", "-accidental", "-moved")
}


class Frame(NamedTuple):
    """A table's lines: left end, line, crossing, right end of each, and the upright one."""

    top: str
    middle: str
    bottom: str
    bar: str


class Glyphs(NamedTuple):
    """The few signs of the face that ASCII lacks."""

    rule: str
    arrow: str
    bullet: str
    bar: str
    dot: str
    cut: str
    dash: str
    frame: Frame


UNICODE = Glyphs("─", "→", "•", "│", "·", "…", "–", Frame("╭─┬╮", "├─┼┤", "╰─┴╯", "│"))
ASCII = Glyphs("-", "->", "*", "|", ";", "~", "-", Frame("+-++", "+-++", "+-++", "|"))

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(label: str) -> str:
    """A note's label as it stands at its place: figures raised, anything else as it is."""
    if label.isascii() and label.isdigit():
        return label.translate(_RAISED)
    return label if len(label) == 1 and not label.isalnum() else f"[{label}]"


@cache
def style_of(roles: tuple[str, ...], *, brackets: bool = False) -> Style:
    """The styles of all roles, the later ones on top; without what brackets and arrows say."""
    if brackets:
        roles = tuple(role for role in roles if role not in BRACKETS and role != "level-was")
    elif "del" in roles and "add" in roles:
        roles = (*(role for role in roles if role not in BRACKETS), "never")
    known = [Style.parse(STYLES[role]) for role in roles if role in STYLES]
    return Style.combine([Style.null(), *known])
