"""GitHub's Markdown with HTML: `~~struck~~`, `<del>`, `<s>`, `<strike>`, `<ins>`, `<u>`.

What `<ins>` means differs: in HTML it was inserted; platforms that have no `<u>` underline with
it. `gfm` reads it as an insertion, `gfm-underlined` as underlining.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from redline.formats.notations.events import NOTHING, Event
from redline.formats.notations.marks import CODE
from redline.formats.notations.tags import Found, Tag, tag_events
from redline.formats.notations.translate import Campaigns, translate
from redline.formats.notations.write import Signs, write_text
from redline.model import Document, Stage
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
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CODE = re.compile(CODE)
_TILDES = re.compile(r"\\~|~+")
_MAX = 2


def html_tags(text: str, table: Mapping[str, Tag]) -> Iterator[Found]:
    """The elements of `table` in a text, in order; `datetime` and `data-author` are kept."""
    skipped = iter([match.span() for match in _NOTE.finditer(text)])
    skip = next(skipped, None)
    for match in _ELEMENT.finditer(text):
        while skip is not None and skip[1] <= match.start():
            skip = next(skipped, None)
        name = match["name"].lower()
        tag = table.get(name)
        if tag is None or (skip is not None and skip[0] <= match.start()):
            continue
        role = "close" if match["slash"] else "void" if tag.what == "break" else "open"
        said = dict((a, b or c) for a, b, c in _ATTRIBUTE.findall(match["rest"]))
        yield Found(*match.span(), role, name, tag, _said(said))


def _said(attributes: Mapping[str, str]) -> Mapping[str, str]:
    said = {}
    if re.match(r"\d{4}-\d\d-\d\d", attributes.get("datetime", "")):
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
    raw = [Event("raw", *match.span()) for match in _CODE.finditer(text)]
    comments = [Event("drop", *m.span()) for m in _COMMENT.finditer(text)]
    apart = _outside([*raw, *comments])
    tags = [tag for tag in html_tags(text, table) if apart(tag.start)]
    strikes = _strikes(text, apart)
    entities = [
        Event("char", *match.span(), html.unescape(match[0]))
        for match in _ENTITY.finditer(text)
        if apart(match.start()) and html.unescape(match[0]) != match[0]
    ]
    inside = _outside(raw)
    comments = [each for each in comments if inside(each.start)]
    events, findings = tag_events(text, tags, [*raw, *comments, *strikes, *entities])
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


def _outside(events: list[Event]) -> Callable[[int], bool]:
    """Whether an offset lies outside all of these."""
    ranges = sorted((event.start, event.end) for event in events)
    starts = [start for start, _ in ranges]

    def apart(offset: int) -> bool:
        k = bisect_right(starts, offset) - 1
        return k < 0 or offset >= ranges[k][1]

    return apart


def _strikes(text: str, apart: Callable[[int], bool]) -> list[Event]:
    """Strikethrough as GFM has it: runs of one or two tildes, by the flanking rules."""
    events: list[Event] = []
    open_: list[tuple[int, int]] = []
    for match in _TILDES.finditer(text):
        start, end = match.span()
        if text[start] == "\\" or end - start > _MAX or not apart(start):
            continue
        opens, closes = _flanking(text, start, end)
        size = end - start
        partner = next((k for k in range(len(open_) - 1, -1, -1)
                        if open_[k][1] - open_[k][0] == size), None)
        if closes and partner is not None and not _PARTED.search(text, open_[partner][1], start):
            first, last = open_[partner]
            del open_[partner:]
            events.append(Event("open", first, last, (DELETION, NOTHING)))
            events.append(Event("close", start, end, (DELETION, NOTHING)))
        elif opens:
            open_.append((start, end))
    return events


_PARTED = re.compile(r"(?:\r\n|[\n\r])[ \t]*(?:\r\n|[\n\r])")


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


_SIGNS = Signs(
    {
        DELETION: ("<del>", "</del>"),
        ADDITION: ("<ins>", "</ins>"),
        "italic": ("*", "*"),
        "bold": ("**", "**"),
        "bold-italic": ("***", "***"),
        "hand": ("[hw: ", "]"),
    },
    escape=lambda words: re.sub(r"(~)|<(?=/?[A-Za-z!])|&(?=[#A-Za-z])", _plain, words),
    markdown=True,
)


def _plain(match: re.Match[str]) -> str:
    return "\\~" if match[1] else "&lt;" if match[0] == "<" else "&amp;"


def to_gfm(document: Document) -> str:
    """The document as Markdown with `<del>` and `<ins>`."""
    if document.format == "gfm" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SIGNS)


#: `<ins>` would underline: what was added is brought into line.
_WITHOUT = replace(_SIGNS, marks={**_SIGNS.marks, ADDITION: ("", "")})


def to_gfm_underlined(document: Document) -> str:
    """The document as Markdown with `<del>`; there is no mark for what was added."""
    if document.format == "gfm-underlined" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _WITHOUT)
