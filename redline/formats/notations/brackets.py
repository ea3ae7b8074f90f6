"""The bracket notations of transcription platforms.

- `zooniverse`: `[deletion]x[/deletion]`, and its family: names in any language of the table, in
  single or double brackets, closed by `[/x]`, `[x/]` or `[end x]`; `[struck: x]`;
- `smithsonian`: `[[strikethrough]]x[[/strikethrough]]`, `^[[x]]`, `[[word?]]`;
- `loc` (Library of Congress, By the People): `[x]`, which may be a deletion, a doubtful reading
  or a gap: only its contents tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace

from redline.formats.notations.events import NOTHING, Event, Finding
from redline.formats.notations.marks import with_text
from redline.formats.notations.signs import Signs
from redline.formats.notations.tags import Found, Tag, tag_events
from redline.formats.notations.translate import translate
from redline.formats.notations.write import write_text
from redline.model import Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = [
    "NAMES",
    "from_loc",
    "from_smithsonian",
    "from_zooniverse",
    "to_loc",
    "to_smithsonian",
    "to_zooniverse",
]

_UNCLEAR = Tag("unclear", alone="gap")
_MARGIN = Tag("note", "margin")
_GAP = Tag("gap", alone="gap")
_BLANK = Tag("gap", "[blank]", "gap")
_DROP = Tag("drop", alone="drop")
_STAMP = Tag("furniture")


def _hi(kind: str) -> Tag:
    return Tag("hi", kind)


#: What names between brackets mean, in any case; one row a meaning, a project adds its own names.
NAMES: Mapping[str, Tag] = {
    name: tag
    for tag, names in (
        (
            Tag("del"),
            ("deletion|deleted|delete|del|strikethrough|strike-through|strike through|strike|struck"
            "|struck through|struck out|strikeout|crossed out|crossed-out|cross out|cancelled"
            "|canceled|cancellation|crossedout|removed"
            "|streichung|gestrichen|durchgestrichen|tilgung|suppression|supprimé|rature|raturé|biffé"
            "|tachado|supresión|cancellatura|cancellato|cassato|rasura|riscado|supressão"
            "|doorhaling|doorgehaald|överstruket|overstreget|skreślenie|зачёркнуто|зачеркнуто"
            "|מחיקה|حذف|删除|刪除|取消線"),
        ),
        (
            Tag("add"),
            ("insertion|inserted|insert|ins|addition|added|add|interlined|interlineation"
            "|interlinear|superlinear|inserted above|inserted below|written above|above line"
            "|einfügung|eingefügt|ergänzung|hinzufügung|ajout|ajouté|inserción|insertado|añadido"
            "|inserzione|aggiunta|inserção|acréscimo|invoeging|toevoeging|tillägg|tilføjelse"
            "|wstawka|dopisek|вставка|תוספת|إضافة|插入|挿入"),
        ),
        (_UNCLEAR, "unclear|uncertain|unsure|unleserlich|illisible|incierto|unklar|onduidelijk"),
        (_GAP, "illegible|undecipherable|indecipherable|unreadable|damaged|damage|torn|missing"),
        (
            _MARGIN,
            ("left margin|right margin|top margin|bottom margin|margin|marginalia|marginal note"
            "|note|in margin|margin note|randnotiz|marge|nota"),
        ),
        (_STAMP, "stamp|stamped|image|drawing|photo|photograph|seal|logo|letterhead image|label"),
        (_BLANK, "blank|blank page|blank line|blank lines|blank space"),
        (_hi("italic"), "underline|underlined|underscore|unterstrichen|souligné|subrayado"),
        (_hi("italic"), "italic|italics|italicized"),
        (_hi("bold"), "bold|bolded"),
        (_hi("superscript"), "superscript|sup|superscripted"),
        (
            _DROP,
            ("double underlined|double underline|circled|boxed|vertical|upside down|sideways"
            "|table|chart|grid|end page|pencil|blue pencil|red pencil|typed|handwritten"
            "|handwriting|preprinted|pre-printed|printed|signed|signature|column|columns"),
        ),
        (Tag("page", "", "page"), "page"),
        (Tag("break", alone="break"), "line break|linebreak|new line|br"),
    )
    for name in names.split("|")
}
_TABLE = re.compile(r"\d+[ -]column(?:ed|s)?(?: table)?\Z")
_NAME = r"[^\[\]/:\r\n?]{1,40}"
_TAGS = re.compile(
    rf"\[\[(?P<open2>{_NAME})\]\](?!\])|\[(?P<open1>{_NAME})\](?!\])"
    rf"|\[\[ ?(?:/|end ) ?(?P<close2>{_NAME})\]\]|\[ ?(?:/|end ) ?(?P<close1>{_NAME})\]"
    rf"|\[\[?(?P<after>{_NAME})/\]\]?"
)
_INLINE = re.compile(rf"\[\[?(?P<name>{_NAME}): ?(?P<words>[^\[\]\r\n]*)\]\]?")
_CAN_CLOSE = frozenset({"del", "add", "hi", "note", "furniture", "unclear", "drop", "heading"})
_ALONE = frozenset({"unclear", "gap", "drop", "break", "page"})


def _meaning(name: str) -> Tag | None:
    name = " ".join(name.lower().split())
    return NAMES.get(name) or (_DROP if _TABLE.match(name) else None)


def _same(name: str) -> str:
    """The name by which tags find each other: any two of one meaning and one word."""
    return " ".join(name.lower().split())


def _tags(text: str, *, double: bool) -> Iterator[Found]:
    """The bracketed names of the table, in order; `double` asks for two brackets."""
    for match in _TAGS.finditer(text):
        kind = match.lastgroup or ""
        if double and not match[0].startswith("[["):
            continue
        name = match[kind]
        if kind.startswith("open") and name.lower().startswith("end "):
            rest = _meaning(name[4:])
            if rest is not None:
                yield Found(*match.span(), "close", _same(name[4:]), rest)
                continue
        tag = _meaning(name)
        if tag is None:
            continue
        if kind.startswith("open"):
            yield Found(*match.span(), "open", _same(name), tag)
        else:
            yield Found(*match.span(), "close", _same(name), tag)


def _inline(text: str) -> Iterator[Event]:
    """`[struck: words]`: a name of the table and its words in one pair of brackets."""
    for match in _INLINE.finditer(text):
        tag = _meaning(match["name"])
        if tag is None or not match["words"].strip():
            continue
        start, end = match.span()
        first, last = match.span("words")
        if tag.what in ("del", "add"):
            yield Event("open", start, first, (tag.what, NOTHING))
            yield Event("close", last, end, (tag.what, NOTHING))
        elif tag.what == "note":
            yield Event("note", start, end, (tag.data, match["words"]))
        elif tag.what == "furniture":
            yield Event("furniture", start, end, match["words"])
        elif tag.what == "unclear":
            yield Event("unclear", start, end, match["words"])


def _unknown(text: str, found: list[Found], pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Tags that are closed and that no table has."""
    known = {tag.start for tag in found}
    for match in pattern.finditer(text):
        kind = match.lastgroup or ""
        if match.start() not in known and not kind.startswith("open"):
            yield "unknown-tag", *match.span(), match[0]


# -- Zooniverse, and the family -----------------------------------------------------------------


def from_zooniverse(source: Source) -> Document:
    """Read bracketed names, in single or double brackets, in any language of `NAMES`."""
    text = source.text
    found = list(_tags(text, double=False))
    inline = list(_inline(text))
    events, findings = tag_events(text, found, inline)
    findings = [_extent(finding) for finding in findings]
    findings += _unknown(text, found, _TAGS)
    known = ("smithsonian", "bracket tags")
    return translate(source, lambda: events, "zooniverse", findings=findings, known=known)


def _extent(finding: Finding) -> Finding:
    """`[crossed out]` that nothing closes says that something was struck, not what."""
    code, start, end, words = finding
    tag = _meaning(words.strip("[]")) if code == "unclosed-mark" else None
    if tag is None or tag.what not in ("del", "add"):
        return finding
    return "ambiguous-bracket", start, end, f"{words} does not say where it begins; it stays text"


_ZOONIVERSE = Signs(
    {
        DELETION: ("[deletion]", "[/deletion]"),
        ADDITION: ("[insertion]", "[/insertion]"),
        "italic": ("[italic]", "[/italic]"),
        "bold": ("[bold]", "[/bold]"),
        "hand": ("[hw: ", "]"),
    },
    note="[margin: {}]",
    whole={
        "unclear": "[unclear]{}[/unclear]",
        "superscript": "[superscript]{}[/superscript]",
    },
)


def to_zooniverse(document: Document) -> str:
    """The document with `[deletion]` and `[insertion]` tags."""
    if document.format == "zooniverse" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _ZOONIVERSE)


# -- Smithsonian --------------------------------------------------------------------------------

_SI = re.compile(
    r"(?P<caret>\^ ?\[\[(?P<added>(?:[^\[\]]|\[\[[^\[\]\r\n]*\]\])+)\]\])"
    r"|(?P<doubt>\[\[ ?(?P<word>[^\[\]\r\n?]*)(?P<mark>\?+) ?\]\])"
    r"|(?P<br><[Bb][Rr] ?/?>)"
)
_CORRECTION = re.compile(r"(?<!\^)(?<!\^ )\[\[(?!/)(?P<words>[^\[\]\r\n?]+)\]\]")
_START = re.compile(r"\[\[(?:start|begin) page\]\]|\[\[(?:page|p\.) ?(?P<n>\d+)\]\]", re.IGNORECASE)
_END = re.compile(r"\[\[end page\]\]", re.IGNORECASE)


def from_smithsonian(source: Source) -> Document:
    """Read the conventions of the Smithsonian Transcription Center.

    A bare `[[X]]` may correct the spelling of the word before it, or say what it is: it stays text,
    and is reported.
    """
    text = source.text
    others: list[Event] = []
    at = 0
    while (match := _SI.search(text, at)) is not None:
        start, end = match.span()
        at = end
        if match["caret"]:
            at = match.start("added")  # what stands in it may be doubtful
            first, last = match.span("added")
            others.append(Event("open", start, first, (ADDITION, NOTHING)))
            others.append(Event("close", last, end, (ADDITION, NOTHING)))
        elif match["doubt"]:
            word = match["word"].strip()
            what = Event("unclear", start, end, word) if word else None
            others.append(what or Event("gap", start, end, "[illegible]"))
        else:
            others.append(Event("break", start, end))
    for match in _START.finditer(text):
        n = match["n"]
        page = Event("page", *match.span(), n) if n else Event("char", *match.span(), "\f")
        others.append(page if n or match.start() else Event("drop", *match.span()))
    others += [Event("drop", *match.span()) for match in _END.finditer(text)]
    others += _rows(text)
    taken = {event.start for event in others if event.end > event.start}
    found = [
        tag
        for tag in _tags(text, double=True)
        if tag.start not in taken and (tag.start == 0 or text[tag.start - 1] != "^")
    ]
    inline = [event for event in _inline(text) if event.start not in taken]
    events, findings = tag_events(text, found, [*others, *inline])
    taken |= {tag.start for tag in found} | {event.start for event in inline}
    findings += [
        ("ambiguous-bracket", *match.span(), f"{match[0]} may correct a spelling; it stays text")
        for match in _CORRECTION.finditer(text)
        if match.start() not in taken
    ]
    findings += [
        finding
        for finding in _unknown(text, found, _TAGS)
        if text.startswith("[[", finding[1]) and finding[1] not in taken
    ]
    return translate(source, lambda: events, "smithsonian", findings=findings)


_SMITHSONIAN = Signs(
    {
        DELETION: ("[[strikethrough]]", "[[/strikethrough]]"),
        ADDITION: ("^[[", "]]"),
        "hand": ("[hw: ", "]"),
    },
    note="[[margin]]{}[[/margin]]",
    whole={"unclear": "[[{}?]]", "superscript": "[[superscript]]{}[[/superscript]]"},
)


_GRID = re.compile(r"\[\[\d+[ -]column(?:ed|s)?(?: table)?\]\]", re.IGNORECASE)
_GRID_END = re.compile(
    r"\[\[ ?(?:/|end (?:of )?) ?(?:\d+[ -]column(?:ed|s)? ?)?(?:table)? ?\]\]", re.IGNORECASE
)
_ROW = re.compile(r"(?m)^(?P<row>[^|\r\n]*\|[^\r\n]*?)[ \t]*\r?$")
_RULE = re.compile(r"[\s|:-]+\Z")


def _rows(text: str) -> Iterator[Event]:
    """The rows of tables, which have bars between their cells, with bars at their edges too."""
    grids = list(_GRID.finditer(text))
    closing = [match.start() for match in _GRID_END.finditer(text)]
    limits = [*(grid.start() for grid in grids[1:]), len(text)]
    for grid, limit in zip(grids, limits, strict=False):
        k = bisect_left(closing, grid.end())
        closed = k < len(closing) and closing[k] <= limit
        end = closing[k] if closed else limit
        rows = list(_together(text, _ROW.finditer(text, grid.end(), end), closed=closed))
        for n, row in enumerate(rows):
            first, last = row.span("row")
            yield Event("char", first, first, "| ")
            rule = ""
            if n == 0 and not (len(rows) > 1 and _RULE.match(rows[1]["row"])):
                rule = "\n" + "|---" * (row["row"].count("|") + 1) + "|"
            yield Event("char", last, last, f" |{rule}")


def _together(
    text: str, rows: Iterator[re.Match[str]], *, closed: bool
) -> Iterator[re.Match[str]]:
    """The rows of one table: where nothing says that it ends, it does with the last in a row."""
    end: int | None = None
    for row in rows:
        if not closed and end is not None and text[end : row.start()].strip(" \t\r") != "\n":
            return
        end = row.end()
        yield row


def to_smithsonian(document: Document) -> str:
    """The document in the conventions of the Smithsonian Transcription Center."""
    if document.format == "smithsonian" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SMITHSONIAN)


# -- Library of Congress ------------------------------------------------------------------------

_LOC = re.compile(
    r"\[\*(?P<margin>[^\[\]*]*)\*\]"
    r"|\[(?P<gap>[ \t]*|\?+)\]"
    r"|\[(?P<doubt>[^\[\]?]+)\?+\]"
    r"|\[(?P<struck>(?!\^)[^\[\]?*]+)\]"
)
#: What other people type in brackets there, and native notation understands.
_OTHERS = re.compile(
    r"(?:(?:[a-z]+ )?illegible|(?:\. ?){1,20}|\u2026|blank|sic|p\.? ?\d+|page \d+"
    r"|\d+ \w+ (?:illegible|blank)|redacted|torn|stamp: .*|margin: .*)\Z",
    re.IGNORECASE,
)


def from_loc(source: Source) -> Document:
    """Read the conventions of By the People (Library of Congress).

    `[words]` are taken for a deletion, with low certainty, and that is said at each; `[a?]` is a
    doubtful reading, `[ ]` a gap, `[*x*]` stands in the margin.
    """
    events: list[Event] = []
    findings: list[Finding] = []
    for match in _LOC.finditer(source.text):
        start, end = match.span()
        if match["margin"] is not None:
            events.append(Event("note", start, end, ("margin", match["margin"])))
        elif match["gap"] is not None:
            events.append(Event("gap", start, end, "[illegible]"))
        elif match["doubt"] is not None:
            events.append(Event("unclear", start, end, match["doubt"].strip()))
        elif not _OTHERS.match(match["struck"]):
            events.append(Event("open", start, start + 1, (DELETION, NOTHING)))
            events.append(Event("close", end - 1, end, (DELETION, NOTHING)))
            findings.append(("ambiguous-bracket", start, end, f"{match[0]} is read as struck out"))
    events = list(with_text(source.text, events))
    found = translate(source, lambda: events, "loc", findings=findings)
    acts = tuple(act._replace(cert="low") for act in found.acts)
    return replace(found, acts=acts)


_LOC_SIGNS = Signs(
    {DELETION: ("[", "]"), ADDITION: ("", "")},
    note="[*{}*]",
    whole={"unclear": "[{}?]"},
)


def to_loc(document: Document) -> str:
    """The document in the conventions of By the People: what was added is brought into line."""
    if document.format == "loc" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _LOC_SIGNS)
