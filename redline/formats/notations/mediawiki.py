"""MediaWiki, as Scripto and wikis of transcriptions use it: `<del>`, `<s>`, `<strike>`, `<ins>`.

Where `<ins>` underlines (`mediawiki-underlined`) nothing says what was inserted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from redline.formats.notations.code import between, outside, widened
from redline.formats.notations.events import Event
from redline.formats.notations.gfm import TAGS, html_tags
from redline.formats.notations.signs import Signs
from redline.formats.notations.tags import Tag, tag_events
from redline.formats.notations.translate import translate
from redline.formats.notations.write import write_text
from redline.model import Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = [
    "from_mediawiki",
    "from_mediawiki_underlined",
    "to_mediawiki",
    "to_mediawiki_underlined",
]

_TABLE: Mapping[str, Tag] = {
    **TAGS,
    "add": Tag("add"),
    "note": Tag("note", "margin"),
    "ref": Tag("note", "footnote"),
    "unclear": Tag("unclear", alone="gap"),
    "gap": Tag("gap", alone="gap"),
}
#: Elements in which nothing is a mark.
_RAW = re.compile(r"<(pre|math|syntaxhighlight|source|score)\b[^<>]*(?<!/)>.*?</\1 *>", re.DOTALL)
_QUOTES = re.compile(r"'{2,}")
_HEADING = re.compile(
    r"(?m)^(?P<open>={1,6})[ \t]*(?P<words>[^\s=](?:[^\r\n]*[^\s=])?)[ \t]*(?P=open)[ \t]*$"
)
_LINK = re.compile(
    r"\[\[(?!File:|Image:|Category:)(?:[^\[\]|\r\n]*\|)?(?P<words>[^\[\]|\r\n]+)\]\]"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ITALIC, _BOLD, _BOTH = 2, 3, 5


def from_mediawiki(source: Source) -> Document:
    """Read wikitext; `<ins>` is an insertion."""
    return _read(source, "mediawiki", _TABLE)


def from_mediawiki_underlined(source: Source) -> Document:
    """Read wikitext in which `<ins>` underlines."""
    return _read(source, "mediawiki-underlined", {**_TABLE, "ins": Tag("hi", "italic")})


def _read(source: Source, name: str, table: Mapping[str, Tag]) -> Document:
    text = source.text
    taken: list[tuple[int, int]] = []
    others: list[Event] = []
    for match in _RAW.finditer(text):
        taken.append(match.span())
        others.append(Event("text", *match.span()))
    raw = outside(taken)
    for start, end in between(text, "<nowiki>", "</nowiki>"):
        if not raw(start):
            continue
        taken.append((start, end))
        first, last = start + len("<nowiki>"), end - len("</nowiki>")
        others += [Event("drop", start, first), Event("drop", last, end)]
        if last > first:
            others.append(Event("text", first, last))
    plain = outside(taken)
    comments = [
        widened(text, *each) for each in between(text, "<!--", "-->") if plain(each[0])
    ]
    others += [Event("drop", *each) for each in comments]
    hidden = outside(comments)

    def apart(offset: int) -> bool:
        return plain(offset) and hidden(offset)

    others = [event for event in others if hidden(event.start) or event.what == "drop"]
    for pattern, made in ((_HEADING, _heading), (_LINK, _link), (_ENTITY, _entity)):
        for match in pattern.finditer(text):
            if apart(match.start()):
                others += made(match)
    others += _quotes(text, apart)
    tags = [tag for tag in html_tags(text, table) if apart(tag.start)]
    events, findings = tag_events(text, tags, others)
    return translate(source, lambda: events, name, findings=findings, known=("html",))


def _heading(match: re.Match[str]) -> Iterator[Event]:
    start, end = match.span()
    yield Event("heading", start, match.start("words"), len(match["open"]))
    yield Event("drop", match.end("words"), end)


def _link(match: re.Match[str]) -> Iterator[Event]:
    start, end = match.span()
    yield Event("drop", start, match.start("words"))
    yield Event("drop", match.end("words"), end)


def _entity(match: re.Match[str]) -> Iterator[Event]:
    words = html.unescape(match[0])
    if words != match[0]:
        yield Event("char", *match.span(), words)


def _quotes(text: str, apart: Callable[[int], bool]) -> Iterator[Event]:
    """Emphasis by runs of apostrophes, line by line; runs that pair with none are text."""
    open_: dict[str, tuple[int, int]] = {}
    line = 0
    for match in _QUOTES.finditer(text):
        start, end = match.span()
        if not apart(start):
            continue
        if "\n" in text[line:start]:
            open_.clear()
        line = end
        size = end - start
        kind = {_ITALIC: "italic", _BOLD: "bold", _BOTH: "bold-italic"}.get(size)
        if kind is None:
            continue
        if kind in open_:
            yield Event("hi-open", *open_.pop(kind), kind)
            yield Event("hi-close", start, end, kind)
        else:
            open_[kind] = (start, end)


_SPECIAL = re.compile(r"<(?=/?[A-Za-z!])|&(?=[#A-Za-z])|'{2,}|\[(?=\[[^\[\]\r\n]+\]\])")
_NAMED = {"<": "&lt;", "&": "&amp;", "[": "&#91;"}
def _plain(match: re.Match[str]) -> str:
    return _NAMED.get(match[0]) or f"<nowiki>{match[0]}</nowiki>"


_SIGNS = Signs(
    {
        DELETION: ("<del>", "</del>"),
        ADDITION: ("<ins>", "</ins>"),
        "italic": ("''", "''"),
        "bold": ("'''", "'''"),
        "bold-italic": ("'''''", "'''''"),
        "hand": ("[hw: ", "]"),
    },
    note="<note>{}</note>",
    escape=lambda words: _SPECIAL.sub(_plain, words),
    headings=[f"{'=' * n} {{}} {'=' * n}" for n in range(1, 7)],
    whole={"unclear": "<unclear>{}</unclear>", "superscript": "<sup>{}</sup>"},
)


_WITH_ADD = replace(_SIGNS, marks={**_SIGNS.marks, ADDITION: ("<add>", "</add>")})


def to_mediawiki(document: Document) -> str:
    """The document as wikitext with `<del>` and `<ins>`."""
    if document.format == "mediawiki" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SIGNS)


def to_mediawiki_underlined(document: Document) -> str:
    """The document as wikitext with `<del>` and `<add>`, for `<ins>` underlines."""
    if document.format == "mediawiki-underlined" and not document.edited and (
        not document.decisions
    ):
        return document.source.text
    return write_text(document, _WITH_ADD)
