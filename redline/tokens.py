"""The marks of the native notation as they stand in the source.

One compiled pattern finds them; what lies between is text. `tokens` tiles the source,
`scan` gives the marks alone. Nothing here decides what a mark means: that needs its
paragraph (see `redline.notation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = [
    "ADDRESS",
    "KINDS",
    "STARTS",
    "Token",
    "address_length",
    "further_marks",
    "has_notes",
    "scan",
    "tokens",
]

#: (start, end, kind): a half-open source range and a key of `KINDS`.
Token = tuple[int, int, str]

_COUNT = r"(?:less than )?(?:\d+|one|two|three|four|five|six|several)½?"
_UNIT = r"(?:words?|lines?|letters?|characters?|pages?|paragraphs?|names?|sentences?)"

#: What `[...]` may say (R27, R28); any other bracket is text.
_BRACKETS = {
    "pagemark": r"(?:[Pp]age|[Pp]p?\.) ?\[?[0-9ivxlcIVXLC]{1,8}[a-z]?\]?",
    "gap": (
        r"(?:(?:[a-z]+ )?illegible|…|\.{3,4}|\. \. \.(?: \.)?|redacted|excised|torn"
        rf"|{_COUNT} {_UNIT} (?:illegible|missing|redacted|excised|torn)"
        rf"|(?:{_COUNT} )?[a-z][a-z -]{{2,40}}?(?:\([^()\[\]\r\n]{{1,20}}\) )?(?:of source text )?"
        r"not declassified|(?:[a-z]+ )?names? deleted)"
    ),
    "blank": rf"(?:blank|{_COUNT} {_UNIT} blank)",
    "margin": r"margin(?:al note)?: ?[^\[\]\r\n\f]*",
    "stamp": r"stamp(?:ed)?: ?(?:[^\[\]\r\n\f]|\[ ?[xX✓✗]? ?\])*",
    "unclear": r"[^\[\]\r\n\f?]{1,60}\?",
    "noteref": r"\^[0-9A-Za-z*†‡]{1,8}",
}

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LAYOUT = r"[ \t\r\n\f\v]*"

#: Kind → pattern and what it is. Every alternative begins with a literal character (`~~*`, not
#: `~+`), so the engine skips from one possible mark to the next; the order decides.
KINDS: dict[str, tuple[str, str]] = {
    "break": (
        "|".join(c + _LAYOUT for c in (r"\n", r"\r", r"\f")),
        "a line break and the white space after it",
    ),
    "tilde": (r"~~*", "a run of tildes (R1, R4)"),
    "open": (r"\^[{<]", "opens an insertion: `^{` or `^<`"),
    "close": (r"\}", "closes `^{`"),
    "caret": (r"\^", "a caret alone (R11), or before an ordinal (R7b)"),
    "brace": (r"\{", "a brace: balances inside an insertion"),
    "angle": (r">", "closes `^<`"),
    "escape": (r"\\[~^{}<>\\*\[\]_`#|$]", "a character that is not a mark"),
    "hard": (r"\\[\r\n\f]" + _LAYOUT, "a hard line break and the white space after it"),
    "tick": (r"``*", "opens or closes a code span (R5)"),
    "star": (r"\*\**", "emphasis (R33)"),
    "under": (r"__*", "emphasis (R33)"),
    "mathsup": (r"\$\^\{[^{}$\r\n\f]*\}\$", "a caret mark in dollars (R5)"),
    "math": (
        r"\$(?![\s$]|~~|\^<)[^$\r\n\f]*(?<![\s\\])\$(?!\d)",
        "mathematics: opaque (R5); a sum of money may begin with a mark",
    ),
    **{
        kind: (rf"\[{body}\]", f"a bracket that says {kind} (R27, R28)")
        for kind, body in _BRACKETS.items()
    },
    "hand": (r"\[hw: ?(?=[^\[\]\r\n\f]*\])", "words in another hand (R28)"),
    "bracket": (r"\]", "closes `[hw:`"),
    "raised": (
        "|".join(f"{c}[{_RAISED}]*" for c in _RAISED),
        "raised digits: a note, if one is due (R8)",
    ),
    "sup": (r"<sup>\s*[0-9*†‡§]{1,3}\s*</sup>", "a raised note number (R8)"),
}

# The first character tells the kind of most marks; a named group tells that of the others.
_PLAIN = dict.fromkeys("\n\r\f", "break") | dict.fromkeys(_RAISED, "raised")
_PLAIN |= {"~": "tilde", "{": "brace", "}": "close", ">": "angle", "`": "tick", "*": "star"}
_PLAIN |= {"_": "under", "<": "sup", "]": "bracket"}
_NAMED = ("open", "caret", "escape", "hard", "mathsup", "math", *_BRACKETS, "hand")
#: Every token but ``url`` and ``digits`` begins with one of these.
STARTS = frozenset(_PLAIN) | {KINDS[kind][0][1] for kind in _NAMED if kind not in _BRACKETS} | {"["}
_MARK = re.compile(
    "|".join(
        pattern if kind not in _NAMED else f"{_start}(?P<{kind}>{_rest})"
        for kind, (pattern, _) in KINDS.items()
        for _start, _rest in [(pattern[:2], pattern[2:])]
    )
)
#: A web address, as far as it may go; not without end, since it may turn out to be a short one.
ADDRESS = r"[A-Za-z][A-Za-z+.-]{1,15}://[^\s<>\"\\]{1,1000}"
_URL = re.compile(ADDRESS)
# What may close a mark around an address: two tildes that no letter follows, a brace.
_TILDES = re.compile(r"(?<!~)~~(?!~)")
_GOES_ON = re.compile(r"[\w/]")
_BRACE = re.compile(r"[{}]")
# A bare figure glued to a word or to punctuation after one: a note whose mark was lost (R8).
_GLUED = re.compile(r"[1-9][0-9]{0,2}(?![\w%/-]|[.,:]\d)")

# Figures are notes only where a first one stands, glued or raised: a quick look for it.
# One literal at its beginning, which the engine jumps to: a raised one is looked for by itself.
_FIRST_NOTE = re.compile(r"1(?<=[a-z.,;:!?)\]”’\"{<>^]1)(?![\w%/-]|[.,:]\d)")
_BEFORE_FIGURE = frozenset(".,;:!?)]”’\"")
_MAY_BE_GLUED = r"(?<=[^\W\d_]|[.,;:!?)\]”’\"])[1-9][0-9]{0,2}(?![\w%/-])"


def has_notes(text: str) -> bool:
    """Whether bare figures in `text` may be notes: where no first one stands, none is."""
    return "¹" in text or _FIRST_NOTE.search(text) is not None


def further_marks(text: str, *, notes: bool) -> re.Pattern[str] | None:
    """Where tokens of `text` may be that begin with no character of `STARTS`; None if nowhere.

    `notes`: bare figures may be notes (`has_notes`).
    """
    kinds = []
    if "://" in text:
        kinds.append("://")
    if notes:
        kinds.append(_MAY_BE_GLUED)
    return re.compile("|".join(kinds)) if kinds else None


def scan(text: str, start: int = 0, stop: int | None = None, *, notes: bool = True) -> list[Token]:
    """The marks of text[start:stop] in order, without the text between them.

    Besides the kinds of `KINDS`: ``url`` (opaque) and, with `notes`, ``digits`` (figures glued to
    a word; see `has_notes`).
    """
    if stop is None:
        stop = len(text)
    out: list[Token] = []
    append, plain = out.append, _PLAIN
    for match in _MARK.finditer(text, start, stop):
        append((match.start(), match.end(), match.lastgroup or plain[match[0][0]]))
    if text.find("://", start, stop) >= 0:
        out = _without(out, list(_addresses(text, start, stop)))
    if notes:
        found = [
            (m.start(), m.end(), "digits")
            for m in _GLUED.finditer(text, start, stop)
            if _is_glued(text, m)
        ]
        out = _without(found, out) if found else out
    return out


def address_length(words: str) -> int:
    """How much of what may be an address is one: it ends before the mark that closes around it."""
    tildes = list(_TILDES.finditer(words))
    end = len(words)
    if len(tildes) % 2 and not _GOES_ON.match(words, tildes[-1].end()):
        end = tildes[-1].start()
    depth = 0
    for brace in _BRACE.finditer(words, 0, end):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            return brace.start()
    return end


def _addresses(text: str, start: int, stop: int) -> Iterator[Token]:
    at = start
    while (match := _URL.search(text, at, stop)) is not None:
        at = match.start() + max(1, address_length(match[0]))
        yield match.start(), at, "url"


#: Words shortened by a stop, before a number that is no note (`Vol.1`).
_SHORTENED = frozenset(
    "app appx arg art cap ch chap cl col def dept div ed encl enc ex exh fig fol form inc lot"
    " mss neg nos num obj occ para par pl pp prop pt pub rec ref reg rem rep rev sched sec sect"
    " ser sess stat std subpar suppl supp tab tit vol vols".split()
)
_LAST_WORD = re.compile(r"(?<![\w.])[^\W\d_]{3,}\Z")


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Whether figures may be a note whose mark was lost: after a word or what ends a sentence or
    phrase, with white space after them; not after an initial or a shortened word."""
    at, end = match.span()
    before = text[at - 1 : at]
    if before.isalpha():
        tail = text[max(0, at - 3) : at]
        return len(tail) == 3 and tail.isalpha() and tail.islower()
    if before not in _BEFORE_FIGURE or (end < len(text) and not text[end].isspace()):
        return False
    last = at - 1
    if before in "\"”’)]" and text[last - 1 : last] in (".", ",", "!", "?", ";", ":"):
        return text[last - 2 : last - 1].isalpha()
    word = _LAST_WORD.search(text, max(0, last - 30), last)
    if before in "\"”’)]":
        return word is not None or text[last - 1 : last].isalpha()
    if word is None or not word[0][-1].islower() or word[0].lower() in _SHORTENED:
        return False
    return word[0][0].islower() or len(word[0]) > 3


def _without(marks: list[Token], opaque: list[Token]) -> list[Token]:
    """Both lists in order; what overlaps one of `opaque` goes."""
    out: list[Token] = []
    k = 0
    for token in marks:
        while k < len(opaque) and opaque[k][0] <= token[0]:
            out.append(opaque[k])
            k += 1
        if out and out[-1][1] > token[0]:
            continue
        if k < len(opaque) and opaque[k][0] < token[1]:
            continue
        out.append(token)
    out.extend(opaque[k:])
    return out


def tokens(text: str) -> Iterator[Token]:
    """Tokens that tile `text`: the marks, and ``text`` between them."""
    at = 0
    for start, end, kind in scan(text, notes=has_notes(text)):
        if start > at:
            yield at, start, "text"
        yield start, end, kind
        at = end
    if at < len(text):
        yield at, len(text), "text"
