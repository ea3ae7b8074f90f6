"""Which notation is this? A suggestion, by the marks that were counted; never a mixture.

`--from auto` reads a file in the one notation that explains its marks. Where two explain as
many, or none explains them all, it says what it saw and asks. Files that are no notation (XML,
JSON, HTML, a zip) say what they are in their first characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.diagnostics import FormatError
from redline.formats import FORMATS, by_suffix, listed

__all__ = ["Suggestion", "by_root", "marks_of", "suggest"]


class Suggestion(NamedTuple):
    """The format, and the reasons: what was counted, as a sentence has it."""

    format: str
    reasons: str


#: The marks that are counted: as they are shown, and a pattern of a whole one.
MARKS = {
    shown: re.compile(pattern)
    for shown, pattern in (
        ("~~…~~", r"(?<![~{])~~(?=[^\s~])[^~\n]*(?:~[^~\n]+)*~~(?![~}])"),
        ("^{…}", r"\^\{[^{}\n]+\}"),
        ("^<…>", r"\^<[^<>\n]+>"),
        ("{++…++}", r"\{\+\+(?:(?!\+\+\}|\{\+\+)[\s\S])+\+\+\}"),
        ("{--…--}", r"\{--(?:(?!--\}|\{--)[\s\S])+--\}"),
        ("{~~…~>…~~}", r"\{~~(?:(?!~~\}|\{~~|~>)[\s\S])*~>(?:(?!~~\}|\{~~)[\s\S])*~~\}"),
        ("{>>…<<}", r"\{>>(?:(?!<<\}|\{>>)[\s\S])+<<\}"),
        ("{==…==}", r"\{==(?:(?!==\}|\{==)[\s\S])+==\}"),
        ("[[strikethrough]]", r"(?i)\[\[strike-?through\]\]"),
        ("^[[…]]", r"\^\[\[[^\[\]\n]+\]\]"),
        ("[[…]]", r"(?i)\[\[(?!/?(?:strike-?through|deletion|insertion)\]\])/?[^\[\]\n]+\]\]"),
        ("[[deletion]]", r"(?i)\[\[(?:deletion|insertion)\]\]"),
        ("[deletion]…[/deletion]", r"(?i)(?<!\[)\[(deletion|insertion)\][^\[\]\n]*\[/\1\]"),
        (
            "[struck: …]",
            r"(?i)\[(?:struck|crossed out|deleted|inserted)\b[^\[\]\n:]*:[^\[\]\n]+\]",
        ),
        ("[crossed out]", r"(?i)\[crossed out\]"),
        ("[…?]", r"\[[^\[\]\n?]{1,40}\?+\]"),
        ("[*…*]", r"\[\*[^\[\]\n]+\*\]"),
        ("[-…-]", r"\[-(?:(?!-\]|\[-).)+-\]"),
        ("[-…-]{+…+}", r"\[-(?:(?!-\]|\[-).)+-\]\{\+(?:(?!\+\}|\{\+).)+\+\}"),
        ("[-…-] {+…+}", r"\[-(?:(?!-\]|\[-).)+-\] \{\+(?:(?!\+\}|\{\+).)+\+\}"),
        ("{+…+}", r"\{\+(?!\+)(?:(?!\+\}|\{\+).)+\+\}"),
        ("lines of git (+ - ~)", r"(?m)^[-+][^\n]*\n(?=[-+ ~])"),
        ("<U+200B…>", "<\u200b[^<>\n]*>"),
        (r"\added \deleted \replaced", r"\\(?:added|deleted|replaced)(?:\[[^\]\n]*\])?\{"),
        (r"\sout", r"\\(?:sout|xout|uline|st)\{"),
        (r"\DIFadd \DIFdel", r"\\DIF(?:add|del)(?:FL)?\{"),
        ("〚…〛", "〚[^〚〛\n]*〛"),
        ("<:…|subst|…:>", r"\|subst\|"),
        (r"\…/", r"(?<![\\\w:/])\\[^\\/\n{}]{1,80}/(?!\w)"),
        ("<del>", r"(?i)<del(?:\s[^<>]*)?>"),
        ("<ins>", r"(?i)<ins(?:\s[^<>]*)?>"),
        ("<s>", r"(?i)<(?:s|strike)(?:\s[^<>]*)?>"),
        ("<add>", r"(?i)<add(?:\s[^<>]*)?>"),
        ("<unclear> <gap/>", r"(?i)<(?:unclear|gap)(?:\s[^<>]*)?/?>"),
        ("<marginalia> <footnote>", r"(?i)<(?:marginalia|footnote|stamp)(?:\s[^<>]*)?>"),
        ("<sw-del> <sw-ins>", r"(?i)<sw-(?:del|ins|unclear|ex|sup|label)>"),
        ("''…''", r"(?<!')''(?!')[^'\n]+''(?!')"),
        ("[…]{.insertion}", r"\{\.(?:insertion|deletion|paragraph-(?:insertion|deletion))[ }]"),
        (
            '<span class="insertion">',
            r"<span\s[^<>]*class=[\"'](?:insertion|deletion|paragraph-(?:insertion|deletion))\b",
        ),
    )
}

_LINES = "lines of git (+ - ~)"
_GIT_HEADER = re.compile(r"(?:diff --|index |@@|\\ No|(?:new|old|deleted) )")
_HTML = ("<del>", "<ins>", "<s>")
_DIFF = ("[-…-]", "{+…+}")
_TAGS = (*_HTML, "<add>", "<unclear> <gap/>")
#: Which marks each notation has. Who has more of those that are there explains more.
NOTATIONS: dict[str, tuple[str, ...]] = {
    "native": ("~~…~~", "^{…}", "^<…>", "[…?]"),
    "criticmarkup": ("{++…++}", "{--…--}", "{~~…~>…~~}", "{>>…<<}", "{==…==}"),
    "gfm": ("~~…~~", *_HTML),
    "smithsonian": ("[[strikethrough]]", "^[[…]]", "[[…]]"),
    "zooniverse": ("[struck: …]", "[[deletion]]", "[deletion]…[/deletion]", "[crossed out]"),
    "loc": ("[…?]", "[*…*]"),
    "jsp": ("~~…~~", "<U+200B…>"),
    "wdiff": (*_DIFF, "[-…-] {+…+}"),
    "git-word-diff": (*_DIFF, "[-…-]{+…+}"),
    "git-porcelain": ("lines of git (+ - ~)",),
    "latex": (r"\added \deleted \replaced", r"\sout", r"\DIFadd \DIFdel"),
    "mediawiki": (*_HTML, "''…''", "[[…]]"),
    "pandoc": ("~~…~~", "[…]{.insertion}", '<span class="insertion">'),
    "fromthepage": (*_TAGS, "<marginalia> <footnote>", "[[…]]", "[crossed out]"),
    "bentham": ("<del>", "<add>", "<unclear> <gap/>"),
    "leiden": ("〚…〛", "<:…|subst|…:>", r"\…/"),
    "shakespeares-world": ("<sw-del> <sw-ins>",),
}

#: Root elements, and the formats whose files they begin.
ROOTS = {
    **dict.fromkeys(("TEI", "teiCorpus", "TEI.2"), "tei"),
    **dict.fromkeys(("PcGts",), "page"),
    **dict.fromkeys(("alto",), "alto"),
    **dict.fromkeys(("html", "HTML"), "html"),
}
_ROOT = re.compile(
    r"\ufeff?\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<![^>]*>\s*)*<(?:[\w.-]+:)?([\w.-]+)[\s/>]"
)
_RECORD = re.compile(r'\ufeff?\s*\{\s*"redline"\s*:')
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)`[^`\n]+`(?!`)")
_ZIPS = (("word/", "docx"),)
#: As much of the marks as this many to one may be left over: they are text then, and it is said.
_CLEAR = 10
_HEAD = 65_536


def by_root(data: bytes) -> str | None:
    """The format of an XML file by its root element; None where no format has it."""
    name = ROOTS.get(_root(data))
    return name if name in FORMATS else None


def _root(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    found = _ROOT.match(data[:_HEAD].decode(encoding, "replace"))
    return found[1] if found else ""


def suggest(data: bytes, name: str, encoding: str | None = None) -> Suggestion:
    """The one format that explains what is in these bytes, with the reasons.

    Raises `FormatError` where none does, or several as well as each other.
    """
    from redline.formats.files import decode_bytes

    if data.startswith(b"PK\x03\x04"):
        inside = next((each for mark, each in _ZIPS if mark.encode() in data), None)
        if inside in FORMATS:
            assert inside is not None
            return Suggestion(inside, "a zip file with a Word document in it")
        raise FormatError(f"{name}: a zip file that redline does not read; unpack it first")
    root = by_root(data)
    if root is not None:
        return Suggestion(root, f"its root element is <{_root(data)}>")
    text = decode_bytes(data, name, encoding).text
    if _RECORD.match(text):
        return Suggestion("json", "it begins as a record of redline")
    return _by_marks(marks_of(text), name)


def marks_of(text: str) -> dict[str, int]:
    """The marks of all notations in a text, outside code, and how many there are of each."""
    outside = _CODE.sub(" ", _unfenced(text))
    counts = {shown: sum(1 for _ in mark.finditer(outside)) for shown, mark in MARKS.items()}
    if not _is_porcelain(text):
        del counts[_LINES]
    return {shown: count for shown, count in counts.items() if count}


def _is_porcelain(text: str) -> bool:
    """Whether every line but those of headers has a sign of `git --word-diff=porcelain`."""
    lines = text[:_HEAD].split("\n")[:-1]  # the last one is empty, or cut
    lines = [line.rstrip("\r") for line in lines]
    body = [line for line in lines if line and not _GIT_HEADER.match(line)]
    return "~" in lines and all(line == "~" or line[0] in "+- " for line in body)


def _unfenced(text: str) -> str:
    """The text without its fenced code; a fence that is never closed is none."""
    kept: list[str] = []
    held: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            held.append(line)
            if found and found[1].startswith(fence) and line.strip() == found[1]:
                fence = ""
                held.clear()
        elif found:
            fence = found[1]
            held.append(line)
        else:
            kept.append(line)
    return "\n".join(kept + held)


def _by_marks(seen: dict[str, int], name: str) -> Suggestion:
    if not seen:
        return Suggestion("native", "there are no marks of any notation in it")
    known = {each: marks for each, marks in NOTATIONS.items() if _is_read(each)}
    explained = {
        each: sum(count for shown, count in seen.items() if shown in marks)
        for each, marks in known.items()
    }
    most = max(explained.values())
    left = sum(seen.values()) - most
    best = [each for each, count in explained.items() if count == most]
    if not most or left * _CLEAR > most:
        raise FormatError(
            f"{name}: no one notation explains its marks: {_counted(seen)}"
            f"{_whose(seen, known)}; say --from NAME, and what is not of it stays text"
        )
    told = by_suffix(name)
    if len(best) > 1 and told not in best:
        raise FormatError(
            f"{name}: {listed(best)}, by its marks: {_counted(seen)}; say which with --from"
        )
    chosen = best[0] if len(best) == 1 else str(told)
    own = {shown: count for shown, count in seen.items() if shown in known[chosen]}
    reasons = _counted(own)
    if len(best) > 1:
        others = [each for each in best if each != chosen]
        reasons += f", which {listed(others, 'and')} {'have' if others[1:] else 'has'} too; "
        reasons += f"its name says {chosen}"
    rest = {shown: count for shown, count in seen.items() if shown not in own}
    if rest:
        reasons += f"; left as text: {_counted(rest)}"
    return Suggestion(chosen, reasons)


def _is_read(name: str) -> bool:
    row = FORMATS.get(name)
    return row is not None and row.reads is not None


def _counted(seen: dict[str, int]) -> str:
    ordered = sorted(seen.items(), key=lambda each: -each[1])
    return ", ".join(f"{count} {shown}" for shown, count in ordered)


def _whose(seen: dict[str, int], known: dict[str, tuple[str, ...]]) -> str:
    """The notations that have some of the marks, each with how many it explains."""
    having = {
        each: sum(count for shown, count in seen.items() if shown in marks)
        for each, marks in known.items()
    }
    some = {each: count for each, count in having.items() if count}
    return f" ({', '.join(f'{each} has {count}' for each, count in some.items())})" if some else ""
