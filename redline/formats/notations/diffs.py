"""Word diffs: what `wdiff` and `git diff --word-diff` print, plain and porcelain.

`[-old-] {+new+}`, with a space between in wdiff and none in git; the porcelain form has a line
for each stretch (`-`, `+`, a space) and `~` where a line ends. There is no escape: a text that
has such signs of its own cannot be told from its marks. What git prints about files and places
is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from redline.formats.notations.code import outside
from redline.formats.notations.events import NOTHING, Event
from redline.formats.notations.marks import Dialect, Mark, read_events
from redline.formats.notations.signs import Signs
from redline.formats.notations.translate import translate
from redline.formats.notations.write import write_text
from redline.model import Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = [
    "WDIFF",
    "from_git_porcelain",
    "from_git_word_diff",
    "from_wdiff",
    "to_git_porcelain",
    "to_git_word_diff",
    "to_wdiff",
]

_PAIR = re.compile(
    r"(?P<old>\[-(?:(?!-\]|\[-)[\s\S])*-\]) (?P<new>\{\+(?:(?!\+\}|\{\+)[\s\S])*\+\})"
)
_MARKS = (Mark("del", "[-", "-]"), Mark("add", "{+", "+}"))
WDIFF = Dialect("wdiff", _MARKS)
GIT = Dialect("git-word-diff", _MARKS)
#: Colours, where they were kept.
_COLOUR = re.compile(r"\x1b\[[0-9;]*[mK]")
#: What git prints before the first hunk of a file, line by line.
_FILE = re.compile(r"diff --(?:git|cc|combined) ")
_HEADER = re.compile(
    r"(?:index [0-9a-f]|(?:old|new|deleted file|new file) mode |(?:dis)?similarity index "
    r"|(?:rename|copy) (?:from|to) |--- |\+\+\+ |Binary files |GIT binary patch)"
)
_HUNK = re.compile(r"@@+ -[0-9, +-]+ @@+")
_COMMIT = re.compile(r"commit [0-9a-f]{7,64}\b")
_END = "\\ No newline at end of file"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\n\r]|\Z)")
_KINDS = {"-": DELETION, "+": ADDITION}
#: Before which groups of marks white space is supplied where it is not printed: only that of the
#: new text is, so it is missing beside words that were struck.
_Supplied = Literal["no", "struck", "all"]


def from_wdiff(source: Source) -> Document:
    """Read what `wdiff` prints."""
    read, findings = read_events(source.text, WDIFF)
    events = _whole_words(source.text, read, "no")
    return translate(source, lambda: events, WDIFF.name, findings=findings)


def from_git_word_diff(source: Source) -> Document:
    """Read what `git diff --word-diff` prints: its headers are left out, and hunks are joined."""
    text = source.text
    apart = list(_headers(text))
    plain = outside(apart)
    apart += [match.span() for match in _COLOUR.finditer(text) if plain(match.start())]
    apart.sort()
    read, findings = read_events(text, GIT)
    events = _whole_words(text, list(_dropped(read, apart)), "struck")
    return translate(source, lambda: events, GIT.name, findings=findings, known=("wdiff",))


def _headers(text: str) -> Iterator[tuple[int, int]]:
    """What git says of commits, files and hunks, and is no text.

    A line that looks like one of a header is text where no header stands.
    """
    lines = list(_LINE.finditer(text))
    plain = [_COLOUR.sub("", line[0]) for line in lines]
    preamble = bool(plain and _COMMIT.match(plain[0]))
    header = len(plain) > 2 and bool(plain[0][:4] == "--- " and _HUNK.match(plain[2]))
    for line, words in zip(lines, plain, strict=True):
        if _FILE.match(words):
            preamble, header = False, True
        elif _HUNK.match(words):
            header = False
        elif not preamble and not words.startswith(_END) and not (header and _HEADER.match(words)):
            header = False
            continue
        if line[0]:
            yield line.span()


def _whole_words(text: str, events: list[Event], before: _Supplied) -> list[Event]:
    """The events with the spaces that these programs leave out.

    Words are what stands between white space, and only the white space of the new text is printed:
    `out[-and-] a` struck a word. Inside a word (`lam[-b-]{+p+}s`), and where a mark has white
    space at its edge, another rule made the words (`--word-diff-regex`): all stands as it is.
    """
    for k, event in enumerate(events):
        if event.what == "open" and k + 1 < len(events) and events[k + 1].what == "text":
            words = text[events[k + 1].start : events[k + 1].end]
            if words[:1].isspace() or words[-1:].isspace():
                return events
    out: list[Event] = []
    for first, last in _groups(events):
        group = events[first:last]
        if group[0].what != "open":
            out += group
            continue
        left, right = events[first - 1 : first], events[last : last + 1]
        glued = any(e.what == "text" and not text[e.end - 1].isspace() for e in left)
        held = any(e.what == "text" and not text[e.start].isspace() for e in right)
        struck = all(event.data[0] == DELETION for event in group if event.what == "open")
        if glued and not held and (before == "all" or (struck and before == "struck")):
            out.append(Event("char", group[0].start, group[0].start, " "))
        out += group
        if held and not glued and struck:
            out.append(Event("char", group[-1].end, group[-1].end, " "))
    return out


def _groups(events: list[Event]) -> Iterator[tuple[int, int]]:
    """The events, marks that stand side by side together."""
    k = 0
    while k < len(events):
        first, depth = k, 0
        while k < len(events) and (depth or events[k].what == "open"):
            depth += {"open": 1, "close": -1}.get(events[k].what, 0)
            k += 1
        k = max(k, first + 1)
        yield first, k


def _dropped(events: list[Event], ranges: list[tuple[int, int]]) -> Iterator[Event]:
    """The events without the text of these ranges."""
    k = 0
    for event in events:
        while k and ranges[k - 1][1] > event.start:
            k -= 1
        at = event.start
        if event.what != "text":
            yield event
            continue
        while k < len(ranges) and ranges[k][0] < event.end:
            first, last = max(at, ranges[k][0]), min(event.end, ranges[k][1])
            if first > at:
                yield Event("text", at, first)
            at = max(at, last)
            k += 1
        if at < event.end:
            yield Event("text", at, event.end)


def from_git_porcelain(source: Source) -> Document:
    """Read what `git diff --word-diff=porcelain` prints."""
    text = source.text
    events = _whole_words(text, list(_porcelain(text)), "all")  # line ends may be trimmed
    return translate(source, lambda: events, "git-porcelain")


def _porcelain(text: str) -> Iterator[Event]:
    plain = outside(_headers(text))
    for match in _LINE.finditer(text):
        line, start, end = match[0], *match.span()
        if not line or not plain(start):
            continue
        bare = line.rstrip("\r\n")
        last = start + len(bare)
        if bare == "~":
            yield Event("break", start, end)
        elif len(bare) > 1 and bare[0] in "-+ ":
            kind = _KINDS.get(bare[0])
            if kind:
                yield Event("open", start, start + 1, (kind, {"quiet": ""}))
                yield Event("text", start + 1, last)
                yield Event("close", last, end, (kind, NOTHING))
            else:
                yield Event("text", start + 1, last)


def _signs(between: str) -> Signs:
    return Signs(
        {DELETION: ("[-", "-]"), ADDITION: ("{+", "+}"), "hand": ("[hw: ", "]")},
        sub=("[-", f"-]{between}{{+", "+}"),
        note="[margin: {}]",
        words=True,
    )


def to_wdiff(document: Document) -> str:
    """The document as `wdiff` would print it."""
    if document.format == WDIFF.name and not document.edited and not document.decisions:
        return document.source.text
    return _PAIR.sub(_beside, write_text(document, _signs(" ")))


def _beside(match: re.Match[str]) -> str:
    """An old and a new word, with a space between them only where spaces are around them."""
    text, (start, end) = match.string, match.span()
    around = text[start - 1 : start] + text[end : end + 1]
    return match[0] if not around.strip() else f"{match['old']}{match['new']}"


def to_git_word_diff(document: Document) -> str:
    """The document as `git diff --word-diff` would print it, without headers."""
    if document.format == GIT.name and not document.edited and not document.decisions:
        return document.source.text
    return _uncut(write_text(document, _signs("")), ("[-", "-]"), ("{+", "+}"))


def _uncut(
    text: str, struck: tuple[str, str], added: tuple[str, str], *, every: bool = False
) -> str:
    """Letters struck at one end of a word as git prints them: the word struck, and one added.

    Otherwise they would be read as a word (`_whole_words`); with `every`, so would be those that
    were added at a word's end.
    """
    (a, z), (b, y) = struck, added
    opened, closed = (f"(?:{re.escape(one)}|{re.escape(other)})" for one, other in ((a, b), (z, y)))
    if re.search(rf"{opened}\s|\s{closed}", text):
        return text  # all of it is read as it stands
    signs = re.escape("".join(sorted({*a, *z, *b, *y} - set("-+"))))
    word = rf"(?P<word>[^\s{signs}]+)"
    old, new = (
        rf"{re.escape(first)}(?P<{name}>(?:(?!{re.escape(last)})[^\r\n])+){re.escape(last)}"
        for first, last, name in ((a, z, "old"), (b, y, "new"))
    )
    more = rf"{re.escape(b)}(?P<more>(?:(?!{re.escape(y)})[^\r\n])+){re.escape(y)}"
    both = rf"(?:{old}(?:{new})?|{more})"

    def before(match: re.Match[str]) -> str:
        found = match.groupdict()
        come = found.get("new") or found.get("more") or ""
        return f"{a}{match['word']}{found['old'] or ''}{z}{b}{match['word']}{come}{y}"

    text = re.sub(rf"(?<![^\s{signs}]){word}{both if every else old}(?=\s|\Z)", before, text)
    return re.sub(
        rf"(?:(?<=\s)|\A){old}{word}", rf"{a}\g<old>\g<word>{z}{b}\g<word>{y}", text
    )


_STARTS = {"\ue0f0": DELETION, "\ue0f1": ADDITION}
_STRETCH = re.compile("[\ue0f0\ue0f1\ue0f2]|[^\ue0f0\ue0f1\ue0f2]+")
_LINE_SIGNS = {(): " ", (DELETION,): "-", (ADDITION,): "+"}
_PORCELAIN_SIGNS = ("\ue0f0", "\ue0f2"), ("\ue0f1", "\ue0f2")
_PORCELAIN = Signs(
    {DELETION: _PORCELAIN_SIGNS[0], ADDITION: _PORCELAIN_SIGNS[1], "hand": ("[hw: ", "]")},
    note="[margin: {}]",
    words=True,
)


def to_git_porcelain(document: Document) -> str:
    """The document as `git diff --word-diff=porcelain` would print it, without headers."""
    if document.format == "git-porcelain" and not document.edited and not document.decisions:
        return document.source.text
    out: list[str] = []
    open_: list[str] = []
    text = _uncut(write_text(document, _PORCELAIN), *_PORCELAIN_SIGNS, every=True)
    for match in _STRETCH.finditer(text):
        if match[0] in _STARTS:
            open_.append(_STARTS[match[0]])
        elif match[0] == "\ue0f2":
            if open_:
                open_.pop()
        else:
            # Words that were added and struck are in neither text.
            sign = _LINE_SIGNS.get(tuple(dict.fromkeys(open_)))
            for k, piece in enumerate(re.split(r"\r\n|[\n\r]", match[0])):
                if k:
                    out.append("~")
                if piece and sign:
                    out.append(sign + piece)
    return "\n".join(out) + "\n" if out else ""
