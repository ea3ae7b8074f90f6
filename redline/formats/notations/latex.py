r"""LaTeX: the packages changes (`\added \deleted \replaced`) and ulem (`\sout \uline`), and the
marks of latexdiff.

What `\uline` means differs: `latex` reads it as an insertion, `latex-underlined` as underlining.
Any other command is text, so that nothing of a file is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from redline.formats.notations.events import NOTHING, Event, Finding
from redline.formats.notations.marks import with_text
from redline.formats.notations.signs import Signs
from redline.formats.notations.translate import Campaigns, translate
from redline.formats.notations.write import write_text
from redline.model import Act, Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["from_latex", "from_latex_underlined", "to_latex", "to_latex_underlined"]


class _Command(NamedTuple):
    """What a command means: ``del add hi note heading nothing``, or ``sub`` with the new words
    first."""

    what: str
    data: str = ""


_DEL, _ADD = _Command("del"), _Command("add")
_ITALIC, _BOLD = _Command("hi", "italic"), _Command("hi", "bold")
_COMMANDS: Mapping[str, _Command] = {
    **dict.fromkeys(("deleted", "chdeleted", "sout", "xout", "st", "DIFdel", "DIFdelFL"), _DEL),
    **dict.fromkeys(("added", "chadded", "uline", "DIFadd", "DIFaddFL"), _ADD),
    **dict.fromkeys(("replaced", "chreplaced"), _Command("sub")),
    "chhighlight": _Command("hi", "bold"),
    "chcomment": _Command("note", "editorial"),
    # What latexdiff puts around its marks.
    **dict.fromkeys(
        (
            f"DIF{kind}{edge}{where}"
            for kind in ("add", "del", "mod")
            for edge in ("begin", "end")
            for where in ("", "FL")
        ),
        _Command("nothing"),
    ),
    "highlight": _Command("hi", "bold"),
    "comment": _Command("note", "editorial"),
    "footnote": _Command("note", "footnote"),
    **dict.fromkeys(("emph", "textit", "textsl", "underline"), _ITALIC),
    "textbf": _BOLD,
    "textsuperscript": _Command("hi", "superscript"),
    "section": _Command("heading", "1"),
    "subsection": _Command("heading", "2"),
    "subsubsection": _Command("heading", "3"),
}
_TOKEN = re.compile(
    r"\\begin\{(?P<env>verbatim\*?|lstlisting|comment)\}"
    r"|\\(?:verb\*?|lstinline(?:\[[^\[\]\r\n]*\])?|url(?=[|!+/]))(?P<bar>[^A-Za-z*\s\[{])"
    r"|\\url[ \t]*\{(?P<address>[^{}\r\n]*)\}|\\(?P<name>[A-Za-z]+)\*?|\\(?P<char>[^A-Za-z])"
    r"|(?P<comment>%[^\r\n]*(?:\r\n|[\r\n])?[ \t]*)|(?P<brace>[{}])"
)
#: How far `\\verb` goes; it may not leave its line.
_LONGEST = 1000
#: Characters that are written with a backslash.
_CHARS = {**{c: c for c in "&%$#_{}"}, " ": " "}
_BEGIN = re.compile(r"\\begin\{document\}[ \t]*(?:\r\n|[\r\n])?")
_END = re.compile(r"(?<![ \t])(?:\r\n|[\r\n])?[ \t]*\\end\{document\}[\s\S]*\Z")
_OPTION = re.compile(r"(?:^|,)\s*(id|comment)\s*=\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|([^,{}]*))")
_ID = re.compile(r"[\w.-]+\Z")
_AUTHOR = re.compile(
    r"\\definechangesauthor\s*\[[^\[\]]*?name\s*=\s*"
    r"(?:\{(?P<braced>[^{}\[]*)\}|(?P<bare>[^,\[\]]*))[^\[\]]*\]\s*\{(?P<id>[\w.-]+)\}"
)


def from_latex(source: Source) -> Document:
    r"""Read LaTeX; `\uline` is an insertion."""
    return _read(source, "latex", _COMMANDS)


def from_latex_underlined(source: Source) -> Document:
    r"""Read LaTeX in which `\uline` underlines."""
    return _read(source, "latex-underlined", {**_COMMANDS, "uline": _ITALIC})


def _read(source: Source, name: str, table: Mapping[str, _Command]) -> Document:
    text = source.text
    scan = _Scan(text, table)
    events = list(with_text(text, sorted(scan.events, key=_place)))
    hands = {m["id"]: (m["braced"] or m["bare"] or "").strip() for m in _AUTHOR.finditer(text)}
    return translate(
        source,
        lambda: events,
        name,
        findings=scan.findings,
        campaigns=Campaigns(hands=hands),
        known=("latex",),
    )


def _place(event: Event) -> tuple[int, int]:
    return event.start, event.end


class _Scan:
    """One pass finds the braces that belong together, a second one what the commands mean."""

    def __init__(self, text: str, table: Mapping[str, _Command]) -> None:
        self.text = text
        self.table = table
        self.events: list[Event] = []
        self.findings: list[Finding] = []
        self.closing: dict[int, int] = {}
        self.commands: list[re.Match[str]] = []
        self.whole: list[tuple[int, int]] = []  # nothing inside these is an event
        begin, end = _BEGIN.search(text), None
        self.first, self.last = 0, len(text)
        if begin is not None:
            self.first = begin.end()
            self.events.append(Event("drop", 0, self.first))
            end = _END.search(text, self.first)
        if end is not None:
            self.last = end.start()
            self.events.append(Event("drop", self.last, len(text)))
        self._tokens()
        whole = 0
        for match in self.commands:
            if match.start() >= whole:
                whole = max(whole, self._command(match))
        if whole:
            self._without_inner()

    def _tokens(self) -> None:
        text, open_ = self.text, list[int]()
        at = self.first
        while (match := _TOKEN.search(text, at, self.last)) is not None:
            at = match.end()
            kind = match.lastgroup
            if kind == "env":
                stop = text.find(f"\\end{{{match['env']}}}", at)
                at = stop if stop >= 0 else self.last
                self.events.append(Event("raw", match.start(), at))
            elif kind == "address":
                self.events.append(Event("raw", match.start(), at))
            elif kind == "bar":
                stop = text.find(match["bar"], at, at + _LONGEST)
                at = stop + 1 if stop >= 0 else at
                self.events.append(Event("raw", match.start(), at))
            elif kind == "comment":
                self.events.append(Event("char", match.start(), at, self._after(match)))
            elif kind == "char" and match["char"] in _CHARS:
                self.events.append(Event("char", match.start(), at, _CHARS[match["char"]]))
            elif kind == "name":
                self.commands.append(match)
            elif kind == "brace":
                if match[0] == "{":
                    open_.append(match.start())
                elif open_:
                    self.closing[open_.pop()] = match.start()

    def _after(self, match: re.Match[str]) -> str:
        """A comment takes its line end along; the space of the next line is one all the same."""
        return " " if match[0][-1:] in " \t" else ""

    # -- commands -----------------------------------------------------------------------------

    def _command(self, match: re.Match[str]) -> int:
        """The events of a command; where what it takes whole ends, else 0."""
        command = self.table.get(match["name"])
        if command is None:
            return 0
        start = match.start()
        at = self._blank(match.end())
        if command.what == "nothing":
            self.events.append(Event("drop", start, at))
            return 0
        options = ""
        if self.text.startswith("[", at):
            stop = self._option_end(at)
            if stop:
                options, at = self.text[at + 1 : stop - 1], self._blank(stop)
        close = self.closing.get(at)
        if close is None:
            if command.what != "heading" or self.text.startswith("{", at):
                self._unclosed(match, at)
            return 0
        said, aside = _options(options)
        what = command.what
        end = close + 1
        if what == "sub":
            second = self._blank(end)
            last = self.closing.get(second)
            if last is None:
                self._unclosed(match, second)
                return 0
            quiet = {**said, "quiet": ""}
            self._mark(ADDITION, start, at + 1, close, second, quiet)
            self._mark(DELETION, second, second + 1, last, last + 1, quiet)
            end = last + 1
        elif what in ("del", "add"):
            self._mark(what, start, at + 1, close, end, said)
        elif what == "hi":
            self.events.append(Event("hi-open", start, at + 1, command.data))
            self.events.append(Event("hi-close", close, end, command.data))
        elif what == "heading":
            self.events.append(Event("heading", start, at + 1, int(command.data)))
            self.events.append(Event("char", close, end, "\n\n"))
        else:
            self.events.append(Event("note", start, end, (command.data, self.text[at + 1 : close])))
            self.whole.append((start, end))
            return end
        if aside:
            self.events.append(Event("note", end, end, ("editorial", aside)))
        return 0

    def _mark(
        self, kind: str, start: int, first: int, last: int, end: int, said: Mapping[str, str]
    ) -> None:
        self.events.append(Event("open", start, first, (kind, said)))
        self.events.append(Event("close", last, end, (kind, said)))

    def _blank(self, at: int) -> int:
        """Past the spaces that may stand before an argument."""
        while at < self.last and self.text[at] in " \t":
            at += 1
        return at

    def _option_end(self, at: int) -> int:
        """Where an optional argument ends: brackets in braces are its own; 0 if it does not."""
        k = at + 1
        while k < self.last:
            if self.text[k] == "]":
                return k + 1
            if self.text[k] == "{":
                k = self.closing.get(k, self.last)
            elif self.text[k] in "[\n":
                return 0
            k += 1
        return 0

    def _unclosed(self, match: re.Match[str], at: int) -> None:
        if match["name"] not in ("comment", "st") or self.text.startswith("{", at):
            self.findings.append(("unclosed-mark", *match.span(), match[0]))

    def _without_inner(self) -> None:
        ranges = self.whole
        kept: list[Event] = []
        k = 0
        for event in sorted(self.events, key=_place):
            while k < len(ranges) and ranges[k][1] <= event.start:
                k += 1
            inner = k < len(ranges) and ranges[k][0] <= event.start and event.end <= ranges[k][1]
            if not inner or (event.what == "note" and (event.start, event.end) == ranges[k]):
                kept.append(event)
        self.events = kept


def _options(written: str) -> tuple[Mapping[str, str], str]:
    """What a mark says of itself, and its comment."""
    found = {key: (braced or bare).strip() for key, braced, bare in _OPTION.findall(written)}
    id_ = found.get("id", "")
    return ({"hand": id_} if _ID.match(id_) else NOTHING), found.get("comment", "")


_SPECIAL = re.compile(r"[&%$#_{}]")


def _signed(document: Document, act: Act, kind: str) -> tuple[str, str]:
    name = {DELETION: "deleted", ADDITION: "added"}[kind]
    return f"\\{name}{f'[id={act.hand}]' if act.hand else ''}{{", "}"


_SIGNS = Signs(
    {
        DELETION: ("\\deleted{", "}"),
        ADDITION: ("\\added{", "}"),
        "italic": ("\\emph{", "}"),
        "bold": ("\\textbf{", "}"),
        "hand": ("[hw: ", "]"),
    },
    note="\\comment{{margin: {}}}",
    whole={"superscript": "\\textsuperscript{{{}}}"},
    headings=("\\section{{{}}}", "\\subsection{{{}}}", "\\subsubsection{{{}}}"),
    escape=lambda words: _SPECIAL.sub(r"\\\g<0>", words),
    sign=_signed,
)


def to_latex(document: Document) -> str:
    """The document as the text of a LaTeX file, with the commands of the package changes."""
    if document.format == "latex" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SIGNS)


def to_latex_underlined(document: Document) -> str:
    """As `to_latex`: insertions are commands of changes, never underlines."""
    if document.format == "latex-underlined" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SIGNS)
