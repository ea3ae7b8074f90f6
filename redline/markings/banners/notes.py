"""What a pen wrote beside a struck or replaced level: who changed it, and when.

The order of 1953 asks for it: on a change the mark is struck, the new one put in its place, with
the authority, the date and the name. `~~SECRET~~ CONFIDENTIAL 5/3/60 JR` is a banner, and the date
and initials are a note on it.
"""

import re

from redline.markings.dates import find_date

__all__ = ["without_note"]

_MONTH = r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    r"(?<!\d)\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)\d{2,4}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}[ -]{_MONTH},?[ -]\d{{2,4}}(?!\d)|{_MONTH} \d{{1,2}},? \d{{4}}(?!\d)"
)
_INITIALS = r"(?:[A-Z]\.? ?){2,3}(?![A-Za-z])(?:/[a-z]{2,4}\b)?|[A-Z]{2,4}/[A-Za-z]{2,4}\b"
_NAME = r"(?:[A-Z]\.? ?){1,3}(?:[A-Z][a-z’'-]+)?(?![A-Za-z])|[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+){0,2}"
#: What was done, by whom and when, in any order.
_PIECE = re.compile(
    r"(?P<act>\b(?i:declassified|downgraded|upgraded|regraded|reclassified|cancell?ed|changed)\b"
    r"(?: (?i:to)\b)?|(?<=[~}>] )(?:to|TO)(?= [A-Z*~^]))"
    rf"|(?P<date>(?:\b(?i:on|date:?) )?(?:{_DATE}))"
    r"|\b(?i:per|by(?: authority of| order of)?|auth(?:ority)?(?: of)?)[:.]? "
    rf"(?P<name>(?:{_NAME})(?=[\s,;.*~}}>]|\Z))"
)
_SIGNED = re.compile(rf"[ ,;]{{1,3}}(?P<name>{_INITIALS})(?=[\s,;.*~}}>]|\Z)")
_MARKED = re.compile(r"~~|\^[{<]")


def without_note(line: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """A line with a blank for each character of the note on it, and what the note says, by the
    names of fields; None for a line without marks or without a note.

    >>> without_note("~~SECRET~~ CONFIDENTIAL 5/3/60 JR")[1]
    (('note', '5/3/60 JR'), ('note_date', '1960-05-03'), ('note_by', 'JR'))
    """
    if not _MARKED.search(line):
        return None
    spans: list[tuple[int, int]] = []
    said: dict[str, str] = {}
    for match in _PIECE.finditer(line):
        spans.append(match.span())
        if match["name"]:
            said.setdefault("note_by", match["name"].strip())
        elif match["date"] and "note_date" not in said:
            date = find_date(line, *match.span("date"))
            if date is not None and date.when is not None:
                said["note_date"] = date.when
            signed = _SIGNED.match(line, match.end())
            if signed is not None and "note_by" not in said:
                said["note_by"] = signed["name"].strip()
                spans.append(signed.span("name"))
    if not spans:
        return None
    rest = line
    for start, end in spans:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    words = " ".join(" ".join(line[start:end].split()) for start, end in spans)
    return rest, (("note", words), *sorted(said.items(), reverse=True))
