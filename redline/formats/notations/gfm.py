"""GitHub's Markdown with HTML: `~~struck~~`, `<del>`, `<s>`, `<strike>`, `<ins>`, `<u>`.

What `<ins>` means differs: in HTML it was inserted; platforms that have no `<u>` underline with
it. `gfm` reads it as an insertion, `gfm-underlined` as underlining.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from redline.formats.notations.code import between, code_ranges, outside, widened
from redline.formats.notations.events import NOTHING, Event
from redline.formats.notations.signs import Signs
from redline.formats.notations.tags import Found, Tag, tag_events
from redline.formats.notations.translate import Campaigns, translate
from redline.formats.notations.write import write_text
from redline.model import Act, Document, Stage
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["TAGS", "from_gfm", "from_gfm_underlined", "html_tags", "to_gfm", "to_gfm_underlined"]

_INSERTED = Tag("add")
_UNDERLINED = Tag("hi", "italic")
#: HTML elements that mean something; any other tag stays text.
TAGS: Mapping[str, Tag] = {
    "del": Tag("del"),
    "s": Tag("del"),
    "strike": Tag("del"),
    "ins": _INSERTED,
    "u": _UNDERLINED,
    "mark": Tag("hi", "bold"),
    "b": Tag("hi", "bold"),
    "strong": Tag("hi", "bold"),
    "i": Tag("hi", "italic"),
    "em": Tag("hi", "italic"),
    "sup": Tag("hi", "superscript"),
    "br": Tag("break", alone="break"),
}
#: The signs of one mark, as long as HTML lets them be.
_ELEMENT = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:\s[^<>]*)?)/?>")
_NOTE = re.compile(r"<sup>\s*[0-9*†‡§]{1,3}\s*</sup>")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
#: Where tildes are no marks: tags, targets of links, addresses (without the signs that end them).
_OPAQUE = re.compile(
    r"<[A-Za-z][^<>]*>|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
    r"|(?:https?://|www\.)[^\s<>]*[^\s<>?!.,:;*_~'\")\]]"
)
_TILDES = re.compile(r"\\~|~+|(?:\r\n|[\n\r])[ \t]*(?=[\r\n])")


def html_tags(text: str, table: Mapping[str, Tag]) -> Iterator[Found]:
    """The elements of `table` in a text, in order; `datetime` is kept."""
    skipped = iter([match.span() for match in _NOTE.finditer(text)])
    skip = next(skipped, None)
    for match in _ELEMENT.finditer(text):
        while skip is not None and skip[1] <= match.start():
            skip = next(skipped, None)
        name = match["name"].lower()
        tag = table.get(name)
        if tag is None or (skip is not None and skip[0] <= match.start()):
            continue
        empty = tag.what == "break" or (tag.what == "note" and match[0].endswith("/>"))
        role = "close" if match["slash"] else "void" if empty else "open"
        said = {a: b or c for a, b, c in _ATTRIBUTE.findall(match["rest"])}
        yield Found(*match.span(), role, name, tag, _said(said))


def _said(attributes: Mapping[str, str]) -> Mapping[str, str]:
    said = {}
    if _DAY.match(attributes.get("datetime", "")):
        said["stage"] = attributes["datetime"][:10]
    return said or NOTHING


def from_gfm(source: Source) -> Document:
    """Read GitHub's Markdown with HTML; `<ins>` is an insertion."""
    return _read(source, "gfm", TAGS)


def from_gfm_underlined(source: Source) -> Document:
    """Read GitHub's Markdown with HTML in which `<ins>` underlines."""
    return _read(source, "gfm-underlined", {**TAGS, "ins": _UNDERLINED})


def _read(source: Source, name: str, table: Mapping[str, Tag]) -> Document:
    text = source.text
    code = code_ranges(text)
    visible = outside(code)
    comments = [each for each in between(text, "<!--", "-->") if visible(each[0])]
    hidden = outside(comments)
    raw = [Event("raw", *each) for each in code if hidden(each[0])]

    def apart(offset: int) -> bool:
        return visible(offset) and hidden(offset)

    tags = [tag for tag in html_tags(text, table) if apart(tag.start)]
    opaque = outside(match.span() for match in _OPAQUE.finditer(text))
    strikes = _strikes(text, lambda offset: apart(offset) and opaque(offset))
    entities = [
        Event("char", *match.span(), html.unescape(match[0]))
        for match in _ENTITY.finditer(text)
        if apart(match.start()) and html.unescape(match[0]) != match[0]
    ]
    dropped = [Event("drop", *widened(text, *each)) for each in comments]
    events, findings = tag_events(text, tags, [*raw, *dropped, *strikes, *entities])
    stages = sorted({tag.said["stage"] for tag in tags if "stage" in tag.said})
    campaigns = Campaigns([Stage(day, day, when=day) for day in stages])
    return translate(
        source,
        lambda: events,
        name,
        markdown=True,
        findings=findings,
        campaigns=campaigns,
        known=("html", "native", "gfm"),
    )


def _strikes(text: str, apart: Callable[[int], bool]) -> list[Event]:
    """Strikethrough as GFM has it: runs of one or two tildes, by the flanking rules."""
    events: list[Event] = []
    open_: dict[int, list[tuple[int, int]]] = {1: [], 2: []}
    for match in _TILDES.finditer(text):
        start, end = match.span()
        if text[start] != "~":
            if text[start] != "\\":  # a paragraph ends
                for stack in open_.values():
                    stack.clear()
            continue
        size = end - start
        if size not in open_ or not apart(start):
            continue
        opens, closes = _flanking(text, start, end)
        if closes and open_[size]:
            first, last = open_[size].pop()
            events.append(Event("open", first, last, (DELETION, NOTHING)))
            events.append(Event("close", start, end, (DELETION, NOTHING)))
        elif opens:
            open_[size].append((start, end))
    return events


def _flanking(text: str, start: int, end: int) -> tuple[bool, bool]:
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (
        not _punctuation(after) or before.isspace() or _punctuation(before)
    )
    right = not before.isspace() and (
        not _punctuation(before) or after.isspace() or _punctuation(after)
    )
    return left, right


def _punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


_SPECIAL = re.compile(r"(https?://[^\s<>]+)|(~)|<(?=/?[A-Za-z!])|&(?=[#A-Za-z])")


def _plain(match: re.Match[str]) -> str:
    if match[1]:  # a backslash would be part of the address
        return match[1].replace("&", "&amp;").replace("~", "&#126;")
    return "\\~" if match[2] else "&lt;" if match[0] == "<" else "&amp;"


def _signed(document: Document, act: Act, kind: str) -> tuple[str, str]:
    """The tags of a part of an act, with its day, where one is known."""
    name = {DELETION: "del", ADDITION: "ins"}[kind]
    when = next((stage.when for stage in document.stages if stage.id == act.stage), None)
    day = when or act.stage
    said = f' datetime="{day}"' if _DAY.fullmatch(day) else ""
    return f"<{name}{said}>", f"</{name}>"


_SIGNS = Signs(
    {
        DELETION: ("<del>", "</del>"),
        ADDITION: ("<ins>", "</ins>"),
        "italic": ("*", "*"),
        "bold": ("**", "**"),
        "bold-italic": ("***", "***"),
        "hand": ("[hw: ", "]"),
    },
    escape=lambda words: _SPECIAL.sub(_plain, words),
    whole={"superscript": "<sup>{}</sup>"},
    markdown=True,
    sign=_signed,
)


def to_gfm(document: Document) -> str:
    """The document as Markdown with `<del>` and `<ins>`."""
    if document.format == "gfm" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SIGNS)


#: `<ins>` would underline: what was added is brought into line.
_WITHOUT = replace(
    _SIGNS,
    marks={**_SIGNS.marks, ADDITION: ("", "")},
    sign=lambda document, act, kind: ("", "") if kind == ADDITION else _signed(document, act, kind),
)


def to_gfm_underlined(document: Document) -> str:
    """The document as Markdown with `<del>`; there is no mark for what was added."""
    if document.format == "gfm-underlined" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _WITHOUT)
