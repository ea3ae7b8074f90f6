"""Notations whose marks are elements, in text that need not be XML: FromThePage, Transcribe
Bentham, Shakespeare's World.

An element of the table is a mark where what closes it comes; any other tag is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from redline.formats.notations.events import NOTHING, Event
from redline.formats.notations.signs import Signs
from redline.formats.notations.tags import Found, Tag, tag_events
from redline.formats.notations.translate import translate
from redline.formats.notations.write import write_text
from redline.model import Act, Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = [
    "from_bentham",
    "from_fromthepage",
    "from_shakespeares_world",
    "to_bentham",
    "to_fromthepage",
    "to_shakespeares_world",
]

_ELEMENT = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z-]*)(?P<rest>(?:\s[^<>]*?)?)(?P<empty>/?)>"
)
_ATTRIBUTE = re.compile(r"(?<![A-Za-z:-])([A-Za-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMENT = re.compile(r"(?:(?<=\s)<!--.*?-->[ \t]?|<!--.*?-->)", re.DOTALL)
_PROLOG = re.compile(r"\ufeff?\s*<\?xml\b[^<>]*\?>[ \t]*(?:\r\n|[\r\n])?")
_HAND = re.compile(r"#?([\w.-]+)\Z")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|[\r\n])")

_DEL, _ADD = Tag("del"), Tag("add")
_ITALIC, _BOLD, _RAISED = Tag("hi", "italic"), Tag("hi", "bold"), Tag("hi", "superscript")
_UNCLEAR = Tag("unclear", alone="gap")
_GAP = Tag("gap", alone="gap")
_DROP = Tag("drop")
#: What `rend` of an element says that has no meaning of its own.
_RENDS = {
    **dict.fromkeys(("str", "strike", "strikethrough", "line-through", "overstrike"), _DEL),
    **dict.fromkeys(("superscript", "sup", "super"), _RAISED),
    **dict.fromkeys(("bold", "b"), _BOLD),
}
_SIC = (
    "sic", "foreign", "date", "abbr", "expan", "reg", "orig", "persname", "placename", "sub",
    "page", "text", "body", "div", "ab",
)  # fmt: skip


@dataclass(frozen=True)
class _Dialect:
    """A notation as a table: its elements, those that end lines and paragraphs, how it is
    written."""

    name: str
    tags: Mapping[str, Tag]
    signs: Signs
    #: Names whose elements are paragraphs.
    paragraphs: frozenset[str] = frozenset()
    #: Other things than elements: events over ranges in which there are none.
    others: Callable[[str], Iterator[Event]] | None = None
    known: tuple[str, ...] = field(default=("html",))


def _read(source: Source, dialect: _Dialect) -> Document:
    text = source.text
    others = [Event("drop", *match.span()) for match in _COMMENT.finditer(text)]
    if prolog := _PROLOG.match(text):
        others.append(Event("drop", *prolog.span()))
    if dialect.others is not None:
        others += dialect.others(text)
    for match in _ENTITY.finditer(text):
        words = html.unescape(match[0])
        if words != match[0]:
            others.append(Event("char", *match.span(), words))
    found: list[Found] = []
    for each in _elements(text, dialect):
        if isinstance(each, Event):
            others.append(each)
        else:
            found.append(each)
    events, findings = tag_events(text, found, others)
    events = [_told(event) if event.what == "note" else event for event in events]
    return translate(
        source, lambda: events, dialect.name, findings=findings, known=dialect.known
    )


def _elements(text: str, dialect: _Dialect) -> Iterator[Found | Event]:
    open_: list[tuple[str, Tag]] = []  # elements that mean what their attributes say
    for match in _ELEMENT.finditer(text):
        name, (start, end) = match["name"].lower(), match.span()
        if name in dialect.paragraphs:
            yield Event("char", start, end, "\n\n")
            continue
        tag = dialect.tags.get(name)
        if tag is None:
            continue
        said = {key.lower(): one or other for key, one, other in _ATTRIBUTE.findall(match["rest"])}
        if match["slash"]:
            if name == "hi":
                tag = next((t for n, t in reversed(open_) if n == name), tag)
                if open_:
                    open_.pop()
            yield Found(start, end, "close", name, tag)
            continue
        if tag.what in ("break", "page"):
            yield from _broken(text, tag, said, start, end)
            continue
        if name == "hi":
            tag = _RENDS.get(said.get("rend", "").lower(), tag)
            open_.append((name, tag))
        if tag.what == "note" and said.get("marker"):
            tag = Tag("note", "footnote")
        role = "void" if match["empty"] else "open"
        if role == "void" and tag.alone:
            tag = Tag(tag.alone, tag.data)
        yield Found(start, end, role, name, tag, _whose(said))


def _whose(said: Mapping[str, str]) -> Mapping[str, str]:
    hand = _HAND.match(said.get("hand", ""))
    return {"hand": hand[1]} if hand else NOTHING


def _broken(
    text: str, tag: Tag, said: Mapping[str, str], start: int, end: int
) -> Iterator[Event]:
    """A line or a page ends: the line end that is typed beside it says the same."""
    after = _LINE_END.match(text, end)
    if tag.what == "page":
        label = said.get("n", "").strip()
        if label:
            yield Event("page", start, end, label)
        else:
            yield Event("char", start, end, "\f")
    elif said.get("break") == "no":
        last = after.end() if after else end
        # A hyphen before it is that of the line's end (R25).
        hyphen = text[start - 1 : start] in ("-", "\u00ac", "\u00ad")
        yield Event("char", start, last, "\n") if hyphen else Event("drop", start, last)
    else:
        yield Event("drop" if after else "break", start, end)


def _told(event: Event) -> Event:
    """A note without the tags that mean nothing."""
    kind, words = event.data
    return event._replace(data=(kind, _ELEMENT.sub("", words)))


def _written(document: Document, dialect: _Dialect) -> str:
    if document.format == dialect.name and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, dialect.signs)


_PLAIN = re.compile(r"<(?=/?[A-Za-z!])|&(?=[#A-Za-z])|\[(?=\[[^\[\]\r\n]+\]\])")
_NAMED = {"<": "&lt;", "&": "&amp;", "[": "&#91;"}


def _escaped(words: str) -> str:
    return _PLAIN.sub(lambda match: _NAMED[match[0]], words)


def _signed(document: Document, act: Act, kind: str) -> tuple[str, str]:
    """The tags of a part of an act, with its hand."""
    name = {DELETION: "del", ADDITION: "add"}[kind]
    hand = f' hand="#{act.hand}"' if act.hand else ""
    return f"<{name}{hand}>", f"</{name}>"


# -- FromThePage --------------------------------------------------------------------------------

_SUBJECT = re.compile(r"\[\[(?:[^\[\]|\r\n]*\|)?(?P<words>[^\[\]|\r\n]+)\]\]")
_DOUBT = re.compile(r"\[\?(?:(?P<words>[^\[\]<>?\r\n]+)\?)?\]")
_BRACKETS = re.compile(
    r"\[(?P<del>crossed out|struck|strikethrough)\]|\[(?P<add>inserted|insertion)\]"
    r"|\[(?:end |/)"
    r"(?:(?P<enddel>crossed out|struck|strikethrough)|(?P<endadd>inserted|insertion))\]",
    re.IGNORECASE,
)


def _conventions(text: str) -> Iterator[Event]:
    """What projects type besides: links to subjects, `[crossed out] … [end crossed out]`."""
    for match in _DOUBT.finditer(text):
        words = match["words"]
        yield Event("unclear", *match.span(), words) if words else Event(
            "gap", *match.span(), "[illegible]"
        )
    for match in _SUBJECT.finditer(text):
        yield Event("drop", match.start(), match.start("words"))
        yield Event("drop", match.end("words"), match.end())
    open_: dict[str, tuple[int, int]] = {}
    for match in _BRACKETS.finditer(text):
        kind = (match.lastgroup or "").removeprefix("end")
        if not (match.lastgroup or "").startswith("end"):
            open_[kind] = match.span()
        elif kind in open_:
            yield Event("open", *open_.pop(kind), (kind, NOTHING))
            yield Event("close", *match.span(), (kind, NOTHING))


_FROMTHEPAGE = _Dialect(
    "fromthepage",
    {
        **dict.fromkeys(("s", "strike", "del"), _DEL),
        **dict.fromkeys(("add", "ins"), _ADD),
        "hi": _ITALIC,
        **dict.fromkeys(("u", "i", "em"), _ITALIC),
        **dict.fromkeys(("b", "strong"), _BOLD),
        "sup": _RAISED,
        "unclear": _UNCLEAR,
        "gap": _GAP,
        "sensitive": Tag("gap", "[redacted]"),
        "marginalia": Tag("note", "margin"),
        "note": Tag("note", "margin"),
        "footnote": Tag("note", "footnote"),
        "stamp": Tag("furniture"),
        "catchword": Tag("furniture"),
        "head": Tag("heading", "1"),
        "lb": Tag("break"),
        "br": Tag("break"),
        "pb": Tag("page"),
        **dict.fromkeys(_SIC, _DROP),
    },
    Signs(
        {
            DELETION: ("<del>", "</del>"),
            ADDITION: ("<add>", "</add>"),
            "italic": ("<i>", "</i>"),
            "bold": ("<b>", "</b>"),
            "hand": ("[hw: ", "]"),
        },
        note="<marginalia>{}</marginalia>",
        whole={"unclear": "<unclear>{}</unclear>", "superscript": "<sup>{}</sup>"},
        headings=("<head>{}</head>",),
        escape=_escaped,
        sign=_signed,
    ),
    others=_conventions,
    known=("html", "bracket tags"),
    paragraphs=frozenset({"p"}),
)


def from_fromthepage(source: Source) -> Document:
    """Read the markup of FromThePage."""
    return _read(source, _FROMTHEPAGE)


def to_fromthepage(document: Document) -> str:
    """The document in the markup of FromThePage."""
    return _written(document, _FROMTHEPAGE)


# -- Transcribe Bentham -------------------------------------------------------------------------

_BENTHAM = _Dialect(
    "bentham",
    {
        "del": _DEL,
        "add": _ADD,
        "hi": _ITALIC,
        "unclear": _UNCLEAR,
        "gap": _GAP,
        "note": Tag("note", "margin"),
        "head": Tag("heading", "1"),
        "lb": Tag("break"),
        "pb": Tag("page"),
        **dict.fromkeys(_SIC, _DROP),
    },
    Signs(
        {
            DELETION: ("<del>", "</del>"),
            ADDITION: ("<add>", "</add>"),
            "italic": ('<hi rend="underline">', "</hi>"),
            "bold": ('<hi rend="bold">', "</hi>"),
            "hand": ("[hw: ", "]"),
        },
        note="<note>{}</note>",
        whole={
            "unclear": "<unclear>{}</unclear>",
            "superscript": '<hi rend="superscript">{}</hi>',
        },
        headings=("<head>{}</head>",),
        escape=_escaped,
        sign=_signed,
    ),
    paragraphs=frozenset({"p"}),
)


def from_bentham(source: Source) -> Document:
    """Read the markup of Transcribe Bentham."""
    return _read(source, _BENTHAM)


def to_bentham(document: Document) -> str:
    """The document in the markup of Transcribe Bentham."""
    return _written(document, _BENTHAM)


# -- Shakespeare's World ------------------------------------------------------------------------

_SHAKESPEARE = _Dialect(
    "shakespeares-world",
    {
        "sw-del": _DEL,
        "sw-ins": _ADD,
        "sw-unclear": _UNCLEAR,
        "sw-sup": _RAISED,
        "sw-ex": _DROP,
        "sw-label": _DROP,
    },
    Signs(
        {
            DELETION: ("<sw-del>", "</sw-del>"),
            ADDITION: ("<sw-ins>", "</sw-ins>"),
            "hand": ("[hw: ", "]"),
        },
        whole={
            "unclear": "<sw-unclear>{}</sw-unclear>",
            "superscript": "<sw-sup>{}</sw-sup>",
        },
        escape=_escaped,
    ),
    known=(),
)


def from_shakespeares_world(source: Source) -> Document:
    """Read the elements of Shakespeare's World."""
    return _read(source, _SHAKESPEARE)


def to_shakespeares_world(document: Document) -> str:
    """The document in the elements of Shakespeare's World."""
    return _written(document, _SHAKESPEARE)
