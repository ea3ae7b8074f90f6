"""Collecting the fields of one marking: ranges trimmed, dates with their findings, labels."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from redline.markings.dates import ANY, Printed, Sense, find_date
from redline.markings.fields.values import Field, Fields, Finding
from redline.model import Cert

__all__ = ["Gathering", "Labelled", "figures", "flat", "labelled", "settled", "shortened"]

# What stands around a value without belonging to it: marks of the notation, table bars, blanks.
_AROUND = " \t\r\n\f*_#|`\\"
_FIGURES = str.maketrans("OoQDIl|!SBGZ", "000011115862")


def figures(words: str) -> str:
    """`words` with the letters that scanning puts for figures read as these.

    >>> figures("O18S57")
    '018557'
    """
    return words.translate(_FIGURES)


def shortened(words: str) -> str:
    """`words` on one line, short enough for a message."""
    line = " ".join(words[:80].split())
    return line if len(line) <= 40 else line[:39] + "…"


_FLAT = str.maketrans("\r\n\f", "   ")


def flat(text: str) -> str:
    """`text` on one line: each character stays in its place."""
    return text.translate(_FLAT)


_STRUCK = re.compile(r"~~(?!\s)[^~\r\n\f]*(?:~~|$)")
_MARKS = re.compile(r"\^[{<]|[{}<>]")


def settled(text: str) -> str:
    """`text` with what is struck, and the marks of what is added, made blank: each character
    stays in its place.

    >>> settled("~~18~~ ^{19}81")
    '         19 81'
    """
    if "~~" not in text and "^" not in text:
        return text
    text = _STRUCK.sub(lambda found: " " * len(found[0]), text)
    return _MARKS.sub(lambda found: " " * len(found[0]), text)


class Gathering:
    """The fields and findings of one marking while it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Field] = []
        self.findings: list[Finding] = []

    def trim(self, start: int, end: int, around: str = _AROUND) -> tuple[int, int]:
        """text[start:end] without the marks and blanks around it."""
        words = self.text[start:end]
        kept = words.lstrip(around)
        start = end - len(kept)
        return start, start + len(kept.rstrip(around))

    def add(
        self, name: str, value: Any, start: int, end: int, cert: Cert = "high", role: str = ""
    ) -> None:
        """One field."""
        self.found.append(Field(name, value, self.text[start:end], start, end, cert, role))

    def report(self, code: str, start: int, end: int, message: str) -> None:
        """One finding."""
        self.findings.append(Finding(code, start, end, message))

    def has(self, name: str) -> bool:
        """Whether there is such a field already."""
        return any(field.name == name for field in self.found)

    def take(self, other: Gathering) -> None:
        """What was read in another form of the same text, character by character."""
        self.found += (
            field._replace(raw=self.text[field.start : field.end]) for field in other.found
        )
        self.findings += other.findings

    def date(
        self,
        name: str,
        start: int,
        end: int,
        sense: Sense = ANY,
        *,
        partial: bool = False,
        labelled: bool = False,
        cert: Cert = "high",
    ) -> Printed | None:
        """The first date in a range becomes a field. After its own label something unreadable is
        the date too, and is reported. `cert` is the most it can be."""
        found = find_date(self.text, start, end, sense=sense, partial=partial)
        if found is None:
            start, end = self.trim(start, end)
            if labelled and any(char.isdecimal() for char in self.text[start:end]):
                self.add(name, None, start, end, "low", "date")
                words = shortened(self.text[start:end])
                self.report("impossible-date", start, end, f"{words}: it cannot be read")
            return None
        certs: tuple[Cert, ...] = ("low", "medium", "high")
        least = min(found.cert, cert, key=certs.index)
        self.add(name, found.when, found.start, found.end, least, "date")
        if found.fault:
            self.report(found.fault, found.start, found.end, found.message)
        return found

    def fields(self, form: str) -> Fields:
        """All of it, in the order of the paper."""
        found = sorted(self.found, key=lambda field: (field.start, field.end))
        findings = sorted(self.findings, key=lambda finding: (finding.start, finding.end))
        return Fields(tuple(found), tuple(findings), form)


class Labelled(NamedTuple):
    """A label and its value: text[start:end], on the same line, up to the next label.

    `line` is where its line begins, `before` where the label before it on that line ends.
    """

    name: str
    label: int
    start: int
    end: int
    line: int
    before: int


def labelled(text: str, pattern: re.Pattern[str]) -> list[Labelled]:
    """The labels in `text`; `pattern` has one named group for each."""
    out: list[Labelled] = []
    at = 0
    for line in re.finditer(r"[^\r\n\f]+", text):
        at = line.start()
        marks = list(pattern.finditer(text, at, line.end()))
        before = at
        for number, mark in enumerate(marks):
            end = marks[number + 1].start() if number + 1 < len(marks) else line.end()
            name = mark.lastgroup or ""
            out.append(Labelled(name, mark.start(), mark.end(), end, at, before))
            before = mark.end()
    return out
