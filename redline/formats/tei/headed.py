"""The header of a file that was read: kept whole, and told of what was done and by whom."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from redline.formats.record.write import version
from redline.formats.tei.escape import attribute, escape, storable, xml_name
from redline.model import Hand, Stage

__all__ = ["NAMED", "campaign", "defined", "headed", "header_of", "prefix_of", "told"]

_HEADER = re.compile(r"<((?:[^\s<>/:]+:)?)teiHeader[\s>]")
_OURS = re.compile(r"<(?:\w+:)?application\s[^>]*ident\s*=\s*[\"']redline[\"']")
#: Stages that the reader supplies.
_SUPPLIED = frozenset({"draft", "revision"})
#: The ids of a file.
NAMED = re.compile(r"\sxml:id\s*=\s*[\"']([^\"']*)[\"']")


def prefix_of(raw: str) -> str:
    """The prefix of the file's TEI elements, with its colon; "" where they have none."""
    match = _HEADER.search(raw)
    return match[1] if match else ""


def header_of(raw: str) -> tuple[int, int]:
    """Where the header of a file stands; an empty range for one without."""
    begin = _HEADER.search(raw)
    if begin is None:
        return 0, 0
    end = re.compile(rf"</{re.escape(begin[1])}teiHeader\s*>").search(raw, begin.end())
    return (begin.start(), end.end()) if end else (0, 0)


def headed(raw: str, *, decided: int, edited: bool = False) -> str:
    """The file with a line in its header that says what redline did."""
    start, end = header_of(raw)
    if not end or (not decided and not edited and _OURS.search(raw, start, end)):
        return raw
    words = f"read{', edited' * edited} and written by redline"
    more = f"; {decided} revision{'s' * (decided > 1)} decided on and carried out"
    return told(raw, words, more if decided else "")


def told(raw: str, words: str, more: str = "") -> str:
    """The file with a line in its `revisionDesc`: these words, the version, and more."""
    start, end = header_of(raw)
    words = f"{words} {version()}{more}"
    if not end or f">{words}<" in raw[start:end]:
        return raw
    at, markup = _place(raw, start, end, prefix_of(raw), words)
    return f"{raw[:at]}{markup}{raw[at:]}"


def _place(raw: str, start: int, end: int, prefix: str, words: str) -> tuple[int, str]:
    """Where the line goes, and the line: in the shape that the `revisionDesc` has."""
    change = f"<{prefix}change>{words}</{prefix}change>"
    opened = re.compile(rf"<{prefix}revisionDesc(?:\s[^>]*)?(/?)>").search(raw, start, end)
    if opened is None:
        at = raw.rindex("</", start, end)
        return at, f"<{prefix}revisionDesc>{change}</{prefix}revisionDesc>"
    if opened[1]:
        return opened.end(), ""
    shape = re.compile(rf"<{prefix}(listChange|list|change)\b[^>]*>")
    inside = shape.search(raw, opened.end(), end)
    if inside is not None and inside[1] != "change":
        close = raw.find(f"</{prefix}{inside[1]}>", inside.end(), end)
        if close >= 0:
            if inside[1] == "list":
                change = f"<{prefix}item>{words}</{prefix}item>"
            return close, change
    return raw.index(f"</{prefix}revisionDesc", opened.end(), end), change


# -- what new tags point to -----------------------------------------------------------------------


def campaign(id_: str, stage: Stage, when: str, who: str, prefix: str = "") -> str:
    """A campaign, with its day and the pointer to its hand ("" for none); `rend` says with what
    it was written."""
    said = f' when="{attribute(when)}"' if when else ""
    said += f' who="{who}"' if who else ""
    medium = " ".join((stage.medium or "").split())
    said += f' rend="{attribute(storable(medium))}"' if medium else ""
    label = escape(storable(stage.label))
    return f'<{prefix}change xml:id="{id_}"{said}>{label}</{prefix}change>'


def defined(raw: str, stages: Sequence[Stage], used: Container[str], hands: Iterable[Hand]) -> str:
    """The file with these campaigns and hands in its header.

    What the header defines stays as it is. `stages` are all campaigns, in their order: a new one
    comes after the one before it. Those that every reader supplies are not written for their own
    sake, unless they are `used`.
    """
    names = set(NAMED.findall(raw))
    prefix = prefix_of(raw)
    missing = {stage.id for stage in stages if xml_name(stage.id) not in names}
    if missing <= _SUPPLIED and not any(name in used for name in missing):
        missing = set()
    before = ""
    for stage in stages:
        name = xml_name(stage.id)
        if stage.id in missing:
            who = f"#{xml_name(stage.hand)}" if stage.hand else ""
            change = campaign(name, stage, stage.when or "", who, prefix)
            raw = _after(raw, prefix, before, change)
            before = name
        elif name in names:
            before = name
    notes = "".join(
        f'<{prefix}handNote xml:id="{xml_name(hand.id)}">{escape(storable(hand.label))}'
        f"</{prefix}handNote>"
        for hand in hands
        if xml_name(hand.id) not in names
    )
    return _inserted(raw, prefix, ("profileDesc", "handNotes"), notes) if notes else raw


def _after(raw: str, prefix: str, name: str, change: str) -> str:
    """A change after the one of that name; before all others where there is none."""
    start, end = header_of(raw)
    found = name and re.compile(
        rf"<{prefix}change(?=\s)[^>]*\sxml:id\s*=\s*[\"']{re.escape(name)}[\"'][^>]*?(/?)>"
    ).search(raw, start, end)
    if found:
        at = found.end() if found[1] else raw.index(">", raw.index("</", found.end())) + 1
        return f"{raw[:at]}{change}{raw[at:]}"
    first = re.compile(
        rf"<{prefix}creation(?=[\s>])[\s\S]*?<{prefix}listChange(?=[\s>])[^>]*[^/]>"
    ).search(raw, start, end)
    if first:
        return f"{raw[: first.end()]}{change}{raw[first.end() :]}"
    return _inserted(raw, prefix, ("profileDesc", "creation", "listChange"), change)


def _inserted(raw: str, prefix: str, path: tuple[str, ...], markup: str) -> str:
    """`markup` at the end of the element that the path leads to; what is missing is made."""
    start, end = header_of(raw)
    if not end:
        return raw
    at, stop = start, raw.rindex("</", start, end)
    before = re.compile(rf"<{prefix}revisionDesc[\s/>]").search(raw, start, end)
    place = before.start() if before else stop
    for n, name in enumerate(path):
        tag = re.compile(rf"<{prefix}{name}(?=[\s/>])[^>]*?(/?)>").search(raw, at, stop)
        if tag is None:
            wrapped = markup
            for each in reversed(path[n:]):
                wrapped = f"<{prefix}{each}>{wrapped}</{prefix}{each}>"
            return f"{raw[:place]}{wrapped}{raw[place:]}"
        if tag[1]:
            wrapped = markup
            for each in reversed(path[n + 1 :]):
                wrapped = f"<{prefix}{each}>{wrapped}</{prefix}{each}>"
            opened = f"{tag[0][:-2].rstrip()}>"
            return f"{raw[: tag.start()]}{opened}{wrapped}</{prefix}{name}>{raw[tag.end() :]}"
        at = tag.end()
        stop = place = raw.index(f"</{prefix}{name}", at, stop)
    return f"{raw[:place]}{markup}{raw[place:]}"
