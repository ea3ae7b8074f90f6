"""How things look in Word, in words and in Unicode: symbols of fonts, formats and their changes."""

from __future__ import annotations

from redline.formats.word.read.parts import CHANGES
from redline.formats.word.read.sheets import numbered
from redline.formats.word.read.tree import Node

__all__ = ["named", "restyling", "symbol"]

#: What the symbols of the fonts that all of Word has look like, where Unicode has them.
_SYMBOLS = {
    0xB7: "•", 0xA7: "▪", 0xA8: "◻", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0x6F: "□",
    0xE0: "→", 0xDF: "←", 0xD8: "➢", 0x4A: "☺",
}
_SYMBOL_FONT = {0xB7: "•", 0xAE: "→", 0xAC: "←", 0xB3: "≥", 0xA3: "≤", 0xB9: "≠", 0xB1: "±",
                0xB4: "×", 0xD7: "⋅", 0xA7: "♣", 0xE3: "©", 0xD2: "®", 0xB0: "°"}


def symbol(node: Node) -> str:
    """The character that a symbol of a font looks like."""
    try:
        point = int(node.attributes.get("w:char", ""), 16)
    except ValueError:
        return "\ufffd"
    table = _SYMBOL_FONT if node.attributes.get("w:font", "").lower() == "symbol" else _SYMBOLS
    if 0xF000 <= point <= 0xF0FF:
        return table.get(point - 0xF000, chr(point))
    if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF or point < 0x20:
        return "\ufffd"
    return table.get(point, chr(point))


def restyling(change: Node, before: Node | None, after: Node) -> str:
    """A change of format, in words."""
    old, new = named(before), named(after)
    who = change.attributes.get("w:author", "")
    return f"{who + ' ' if who else ''}changed the format from {old} to {new}"


def named(properties: Node | None) -> str:
    """Properties in words: their names as Word's format has them."""
    if properties is None:
        return "plain"
    out = []
    for node in properties.children:
        local = node.name.partition(":")[2]
        if local.endswith("Change") or node.name in CHANGES or local in ("rPr", "sectPr"):
            continue
        value = node.attributes.get("w:val")
        if local == "numPr":
            value = "-".join(map(str, numbered(properties) or ()))
        out.append(f"{local} {value}" if value else local)
    return ", ".join(out) or "plain"
