"""What one line of a paper is, when it is apparatus and no text.

Release lines, stamps, page numbers, exemption codes, form options: things that were put on the
paper beside its text, mostly long after it was written. One line is looked at at a time; what needs
a neighbour (a whole stamp, a whole box) has its own small function over several kinds.

The forms of words are rows of the table in `apparatus.py`, tried only on lines that begin with one
of their characters, so ordinary prose costs a lookup or two.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from redline.markings.apparatus.forms import box_words, is_option, is_slip
from redline.markings.apparatus.patterns import (
    CODE,
    END,
    STAMP_LABELS,
    Row,
    filled,
    starts_of,
)
from redline.markings.apparatus.printed import ROWS
from redline.markings.banners.vocabulary import vocabulary
from redline.markings.register import Register, active


class Kind(NamedTuple):
    """What a line is: `kind` from `IDENTIFIED`, `role` within it, `data` as the line says it.

    In `data`, `end` is the offset in the line where the apparatus ends, when text may follow it.
    """

    kind: str
    role: str
    data: dict[str, Any] | None = None


IDENTIFIED = {
    "release": "release line of an agency: approval, date, number",
    "released-in": "released, or denied, in full or in part",
    "stamp-line": "one field of a reviewer's stamp; `is_stamp` says when several make one",
    "authority-line": "declassification authority of an archive: authority, by whom, date, order",
    "exemption": "codes of what was withheld, alone on the line; `data['codes']`",
    "page-number": "a page number alone on the line; the role is the number",
    "page-mark": "`[Page 907]` alone on the line; the role is the page's label",
    "cable-page": "page header of a cable; `data` has page, station, number, dtg and end",
    "cable-end": "end of a transmission",
    "sas-footer": "a system's record of the current marking, no banner",
    "cdr-box": "a row of the State Department's review box: options, exemptions, heading",
    "form": "options and headings of a routing slip or other printed form",
    "schedule": "schedule of downgrading, and who classified",
    "notice": "a notice of the holding agency or archive",
    "copy-line": "copy number",
    "control": "handling captions alone on a line; `data['controls']`",
}

_LAST = re.compile(
    r"(?:B[yY][:. _]{1,4}[A-Za-z]{1,4}(?:/[A-Za-z]{1,4})?,? ?(?:[Oo][Nn] )?"
    r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
    r"|(?:DATE|Date)[:. _]{1,4}(?:\d{1,2}[ /-][A-Za-z\d]{1,9}[ /-]\d{2,4}"
    r"|[A-Z][A-Za-z]{2,8}\.? \d{1,2},? \d{4})"
    r"|(?i:CHIEF), (?i:RECORDS).{3,40}"
    r"|(?i:(?:(?:BY )?AUTHORITY OF (?:THE )?)?"
    r"(?:DEPT\.?|DEPARTMENT|STATE(?: DEPT\.?)?|OSD|NSC|CIA|DOD|ARMY|NAVY|TREASURY)\b.{0,30}"
    r"\b(?:LETTER|LTR\.?|MEMO)\b.{0,12}\d.{0,14}))" + END
)

# Marks and noise before what counts on a line.
_LEAD = re.compile(r"[\s~*_#>|\"'`\\]*(?:[-–•]\s+)?")
# A longer line is text; only what may be glued before text is looked for on it.
_LONGEST = 240
_CODES = re.compile(CODE)


def _by_start(register: Register) -> dict[str, tuple[Row, ...]]:
    """The rows by the one or two characters they can begin with."""
    found: dict[str, list[Row]] = {}
    for row in ROWS:
        for start in starts_of(row, register):
            found.setdefault(start, []).append(row)
    return {start: tuple(rows) for start, rows in found.items()}


def _compiler(register: Register) -> Callable[[str], re.Pattern[str]]:
    """Compiles a form when it is first needed: most papers need few of them."""
    return cache(lambda pattern: re.compile(filled(pattern, register)))


_PAGE_NUMBER = re.compile(r"\s*[*_~]*[-–—]{1,3} ?(?P<n>\d{1,4}|[ivxl]{1,6}) ?[-–—]{1,3}[*_~.\s]*$")
_ON_FILE = re.compile(
    r"(?:[A-Z][A-Za-z.&/]{1,11},? (?:and )?){1,5}(?i:DECLASSIFICATION(?:/| ?& ?| AND )RELEASE"
    r" INSTRUCTIONS ON FILE)" + END
)
_COMPLETED = re.compile(
    r"(?:[A-Z][A-Za-z.&/]{1,11}(?:,? (?:and )?)){1,5}(?i:REVIEWS?(?:\(S\))? COMPLETED)" + END
)


def identify(line: str) -> Kind | None:
    """What `line` is, when it is apparatus; None for text, for a banner, for an empty line.

    >>> identify("Approved For Release 2005/09/28 : CIA-RDP79R00904A000800030019-3").kind
    'release'
    >>> identify("- 2 -")
    Kind(kind='page-number', role='2', data=None)
    >>> identify("The release was approved.")
    """
    at = _begin(line)
    if at == len(line):
        return None
    long = len(line) > _LONGEST
    register = active()
    table = register.derived(_by_start)
    rows = table.get(line[at : at + 2], ()) + table.get(line[at], ())
    compiled = register.derived(_compiler)
    for row in rows:
        if long and not row.glued:
            continue
        found = compiled(row.pattern).match(line, at)
        kind = _kind(row, found) if found else None
        if kind is not None:
            return kind
    return None if long else _unanchored(line, at)


def _begin(line: str) -> int:
    """Where the words of a line begin, after marks, quotes and a bullet."""
    if line[:1].isalpha():
        return 0
    found = _LEAD.match(line)
    return found.end() if found else 0


def _kind(row: Row, found: re.Match[str]) -> Kind | None:
    data: dict[str, Any] = {k: v for k, v in found.groupdict().items() if v is not None}
    if row.kind == "cable-page":
        # Without a date group only a padded page number or a long number tells it from prose.
        if "dtg" not in data and len(data["page"]) < 2 and len(data["number"]) < 4:
            return None
        data.update(page=int(data["page"]), end=found.end())
        return Kind(row.kind, str(data["page"]), data)
    if row.kind in ("page-number", "page-mark"):
        return Kind(row.kind, data["n"].strip("[]"))
    if row.kind == "exemption":
        codes = tuple(_CODES.findall(found.group()))
        if len(codes) == 1 and re.fullmatch(r"[bB]\d", codes[0]):
            return None  # too short to be certain alone
        data["codes"] = codes
    if row.kind == "cdr-box":
        data["words"] = (row.role,)
    if row.role == "several":
        data["fields"] = tuple(m.lastgroup for m in _labels().finditer(found.group()))
    return Kind(row.kind, row.role, data or None)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{text})" for name, text in STAMP_LABELS.items()))


def _unanchored(line: str, at: int) -> Kind | None:
    """What no first character tells."""
    if line[0] in _DASHED:
        found = _PAGE_NUMBER.match(line)
        if found:
            return Kind("page-number", found["n"])
    if "A" <= line[at] <= "Z":
        last = line[-20:].lower()  # an agency comes first, what it did comes last
        if "complet" in last and _COMPLETED.match(line, at):
            return Kind("notice", "review-completed")
        if "on file" in last and _ON_FILE.match(line, at):
            return Kind("notice", "on-file")
        if "Declassified/Released US" in line:
            return Kind("release", "state-review")
    capitals = line.replace("[x]", "[X]").replace("(x)", "(X)")  # a ticked box is no word
    if capitals.isupper():
        controls = _captions(line, at)
        if controls:
            return Kind("control", "caption", {"controls": controls})
        if is_slip(capitals):
            return Kind("form", "options")
    if "(" in line or "|" in line or "[" in line or "☐" in line or "□" in line:
        words = box_words(line)
        if len(words) >= 2 or (words and is_option(line)):
            return Kind("cdr-box", "options", {"words": tuple(sorted(words))})
        if "office" in words:
            return Kind("cdr-box", "heading", {"words": tuple(sorted(words))})
    return None


_DASHED = frozenset("-–— *_~")
_CAPITALS = re.compile(r"[A-Z]+")
_LONGEST_CAPTIONS = 80
_NO_CAPTION = str.maketrans(dict.fromkeys("~*_#|.'\"()/,;+-–—", " "))


def _captions(line: str, at: int) -> tuple[str, ...]:
    """The captions of a line that holds nothing else; empty for any other line."""
    table = vocabulary().controls
    first = _CAPITALS.match(line, at)
    if first is None or first[0] not in table or len(line) > _LONGEST_CAPTIONS:
        return ()
    words = line.translate(_NO_CAPTION).split()
    found: list[str] = []
    alone = False
    at = 0
    while at < len(words):
        for form, control in table.get(words[at], ()):
            if tuple(words[at : at + len(form)]) == form:
                found.append(control.name)
                alone = alone or control.alone
                at += len(form)
                break
        else:
            return ()
    return tuple(found) if alone else ()


# A portion mark that is not closed yet: `(S//STAT)`.
_IN_MARK = re.compile(r"\((?://)?[A-Z]{1,6}/[A-Z0-9/, -]{0,40}\Z")
_LONGEST_MARK = 50
_STEMS = ("25X", "50X", "STAT", "ILLEGIB", "CPYRGHT", "FOIAb")
_IN_LINE = re.compile(
    r"(?<![A-Z0-9])25X[1-9](?:[A-Z]\d?[a-z]?\d?)?(?![A-Za-z0-9])"
    r"|(?<![A-Za-z])(?:STATINTL|STATOTHR|STATSPEC|ILLEGIB|STAT)(?![A-Za-z.'’-])"
    r"|\b50X1-HUM\b|\b50X2-WMD\b|\bCPYRGHT\b|\bFOIAb\d[a-zA-Z]?\d?\b"
)


def _in_mark(line: str, at: int) -> bool:
    return _IN_MARK.search(line[max(0, at - _LONGEST_MARK) : at]) is not None


def exemption_in_line(line: str) -> list[tuple[int, int, str]]:
    """Exemption codes dropped into a line of text (rule M12): start, end and code of each.

    Only codes no writer would use as words; `STAT` not in a line of capitals, where it is
    "at once".

    >>> exemption_in_line("the office's 25X1 and book dealers")
    [(13, 17, '25X1')]
    """
    if not any(stem in line for stem in _STEMS):
        return []
    found = [
        (m.start(), m.end(), m.group())
        for m in _IN_LINE.finditer(line)
        if not (line[m.start() - 1 : m.start()] == "/" and _in_mark(line, m.start()))
    ]
    if any(code == "STAT" for _, _, code in found) and line.isupper():
        found = [item for item in found if item[2] != "STAT"]
    return found


def is_stamp(kinds: Iterable[Kind | None]) -> bool:
    """Whether neighbouring lines make a reviewer's stamp: at least three different fields of it."""
    fields: set[str] = set()
    for kind in kinds:
        if kind is None:
            continue
        if kind.role == "several":
            fields.update((kind.data or {}).get("fields", ()))
        elif kind.kind == "stamp-line" or kind[:2] == ("authority-line", "declassified"):
            fields.add(kind.role.replace("-", "_"))
    if fields & {"date", "reviewer"}:
        fields = (fields - {"date", "reviewer"}) | {"date_reviewer"}
    return len(fields) >= 3


def is_signature(line: str) -> bool:
    """Whether a line right under an archive's stamp is its last, by whom and when: `BY RB, 4/2/97`.

    By itself it is none: letters are dated and signed so.
    """
    return _LAST.match(line, _begin(line)) is not None


def is_box(lines: Sequence[str]) -> bool:
    """Whether neighbouring lines (at most eight) make a review box: three of its option words."""
    words: set[str] = set()
    for line in lines[:8]:
        words |= box_words(line)
    return len(words) >= 3
