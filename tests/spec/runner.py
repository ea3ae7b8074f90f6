"""Reads the pages of examples and compares what they say with what a document does.

How an example is written stands at the head of README.md, beside this file.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from redline.diagnostics import CODES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted((ROOT / "tests" / "spec").glob("*.md")), ROOT / "docs/reference/notation.md"]

#: What an assertion may name, beside the codes of diagnostics: a word that is none of these is a
#: slip of the page's author, and without the list a misspelt `nothing:` line would hold for ever.
KINDS = {
    "revision": {"deletion", "addition", "substitution", "transposition"},
    "block": {"heading", "paragraph", "list-item", "table", "note", "letterhead", "header", "code"},
    "marking": {"banner", "line", "portion", "control"}
    | {"stamp", "release", "exemption", "schedule"},
}
PLACES = {"top", "bottom", "margin", "inline"}

VISIBLE = str.maketrans({"␠": " ", "␉": "\t", "␌": "\f", "␍": "\r", "␀": "\0"})
CODE_POINT = re.compile(r"⟦U\+([0-9A-F]{4,6})⟧")
SEPARATOR = re.compile(r"^---(draft|final|both|also)---$")
FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$")
PLACE = re.compile(r"(\d+):(\d+)")
RULE = re.compile(r"R\d+[a-f]?")


class SpecError(Exception):
    """An example, or a line of one, that does not say anything the runner knows."""


class Example(NamedTuple):
    """An example as it stands on its page."""

    page: str
    line: int
    body: tuple[str, ...]


class Case(NamedTuple):
    """An example, read: readings by stage, and the assertions that follow them."""

    text: str
    readings: dict[str, str]
    also: tuple[str, ...]


# -- reading the pages --------------------------------------------------------------------


def examples(page: str, text: str) -> Iterator[Example]:
    """Every fence whose info string is `redline`; fences inside longer fences are text."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        if not opening:
            at += 1
            continue
        marks, info = opening.groups()
        closing = re.compile(rf"^{marks[0]}{{{len(marks)},}}$")
        end = at + 1
        while end < len(lines) and not closing.match(lines[end]):
            end += 1
        if end == len(lines):
            raise SpecError(f"{page}:{at + 1}: this fence is never closed")
        if info.strip() == "redline":
            yield Example(page, at + 1, tuple(lines[at + 1 : end]))
        at = end + 1


@cache
def examples_of(path: Path) -> tuple[Example, ...]:
    page = path.relative_to(ROOT).as_posix()
    return tuple(examples(page, path.read_text(encoding="utf-8")))


def plain(lines: Iterable[str]) -> str:
    """The text a run of lines stands for: visible signs become what they show."""
    text = "\n".join(lines).translate(VISIBLE)
    return CODE_POINT.sub(lambda found: chr(int(found[1], 16)), text)


def read(example: Example) -> Case:
    """Split an example at its `---…---` lines."""
    sections: dict[str, list[str]] = {}
    current = sections["input"] = []
    for line in example.body:
        separator = SEPARATOR.match(line)
        if separator and separator[1] in sections:
            raise SpecError(f"two sections {line}")
        if separator:
            current = sections[separator[1]] = []
        else:
            current.append(line)
    if "both" in sections and not sections.keys().isdisjoint({"draft", "final"}):
        raise SpecError("---both--- stands for ---draft--- and ---final---")
    both = sections.get("both")
    readings = {
        stage: plain(sections.get(stage, both) or [])
        for stage in ("draft", "final")
        if both is not None or stage in sections
    }
    if len(readings) == 1:
        raise SpecError("one reading without the other")
    also = tuple(line.strip() for line in sections.get("also", []) if line.strip())
    if not readings and not also:
        raise SpecError("this example expects nothing")
    return Case(plain(sections["input"]), readings, also)


class Words(NamedTuple):
    """An assertion's words: bare ones in order, `key=value` ones by key."""

    bare: list[str]
    keyed: dict[str, list[str | None]]

    def one(self, key: str) -> str | None:
        values = self.keyed[key]
        if len(values) != 1:
            raise SpecError(f"{key}= given {len(values)} times")
        return values[0]


def words(line: str, keys: str = "") -> Words:
    bare: list[str] = []
    keyed: dict[str, list[str | None]] = {}
    for word in shlex.split(line):
        key, sign, value = word.partition("=")
        if sign and key in keys.split():
            keyed.setdefault(key, []).append(None if value == "null" else value)
        else:
            bare.append(word)
    return Words(bare, keyed)


# -- the assertions: each takes its lines and a document, and gives its complaints --------


def number(word: str | None) -> int:
    if word is None or not word.isdigit():
        raise SpecError(f"not a number: {word}")
    return int(word)


def known(word: str, among: Iterable[str]) -> str:
    if word not in among:
        raise SpecError(f"unknown word: {word}")
    return word


def the_only(bare: Sequence[str]) -> str:
    if len(bare) != 1:
        raise SpecError(f"one word expected: {' '.join(bare)}")
    return bare[0]


def told(diagnostics: Iterable[Any]) -> str:
    found = [f"{d.code} at={d.line}:{d.column} severity={d.severity}" for d in diagnostics]
    return "; ".join(found) or "nothing"


def check_diagnostic(lines: list[str], doc: Any) -> Iterator[str]:
    for line in lines:
        asked = words(line, "at severity count")
        code = known(the_only(asked.bare), CODES)
        found = [d for d in doc.diagnostics if d.code == code]
        if "at" in asked.keyed:
            place = PLACE.fullmatch(asked.one("at") or "")
            if not place:
                raise SpecError(f"at=LINE:COLUMN, not {line}")
            found = [d for d in found if (d.line, d.column) == (int(place[1]), int(place[2]))]
        if "severity" in asked.keyed:
            found = [d for d in found if d.severity == asked.one("severity")]
        enough = len(found) > 0
        if "count" in asked.keyed:
            enough = len(found) == number(asked.one("count"))
        if not enough:
            yield f"diagnostic: {line}\n  got {told(doc.diagnostics)}"


def quoted(parts: Iterable[Any], key: str) -> str:
    return "".join(f' {key}="{part.text}"' for part in parts)


def described(revision: Any) -> str:
    deleted, added = quoted(revision.deleted, "deleted"), quoted(revision.added, "added")
    return f"{revision.kind} {revision.rule}{deleted}{added}"


def is_asked(revision: Any, asked: Words) -> bool:
    kind, *rule = asked.bare
    known(kind, KINDS["revision"])
    if len(rule) > 1 or (rule and not RULE.fullmatch(rule[0])):
        raise SpecError(f"a rule is R and a number, not {' '.join(rule)}")
    if revision.kind != kind or (rule and revision.rule != rule[0]):
        return False
    parts = {"deleted": revision.deleted, "added": revision.added}
    return all([p.text for p in parts[key]] == value for key, value in asked.keyed.items())


def unmatched(
    lines: list[str], keys: str, found: Sequence[Any], fits: Callable[[Any, Words], bool]
) -> tuple[list[str], list[Any]]:
    """The lines that nothing fits and the values that no line asked for.

    The wordiest lines choose first, so that a vague one never takes what an exact one needs.
    """
    left = list(found)
    missing = []
    for line in sorted(lines, key=len, reverse=True):
        asked = words(line, keys)
        taken = next((value for value in left if fits(value, asked)), None)
        if taken is None:
            missing.append(line)
        else:
            left.remove(taken)
    return missing, left


def check_revision(lines: list[str], doc: Any) -> Iterator[str]:
    missing, left = unmatched(lines, "deleted added", doc.revisions, is_asked)
    if missing or left:
        got = "\n      ".join(described(each) for each in doc.revisions) or "none"
        yield "revisions, expected\n      " + "\n      ".join(lines) + f"\n  got {got}"


def check_joined(lines: list[str], doc: Any) -> Iterator[str]:
    """Each line names the words of two revisions that the reader proposes as one act."""
    pairs = [{a.id, other} for a in doc.revisions for other in a.joined]
    for line in lines:
        asked = words(line).bare
        if len(asked) != 2:
            raise SpecError(f'joined: "words of one" "words of the other", not {line}')
        ids = [
            {r.id for r in doc.revisions for part in (*r.deleted, *r.added) if part.text == text}
            for text in asked
        ]
        if not any({a, b} in pairs for a in ids[0] for b in ids[1]):
            yield f"joined: {line}\n  got {pairs or 'none'}"


def check_note(lines: list[str], doc: Any) -> Iterator[str]:
    expected = [the_only(words(line).bare) for line in lines]
    got = ["null" if note.n is None else note.n for note in doc.notes]
    if got != expected:
        yield f"notes {expected}\n  got {got}"


def check_pages(lines: list[str], doc: Any) -> Iterator[str]:
    for line in lines:
        if len(doc.pages) != number(line):
            yield f"pages: {line}\n  got {len(doc.pages)}"


def check_page(lines: list[str], doc: Any) -> Iterator[str]:
    labels = {page.n: page.label for page in doc.pages}
    for line in lines:
        asked = words(line, "label")
        n = number(the_only(asked.bare))
        if n not in labels or labels[n] != asked.one("label"):
            yield f"page: {line}\n  got {labels}"


MARKING_FIELDS = {"was": "was", "is": "is_", "action": "action"}


def is_marking(marking: Any, asked: Words) -> bool:
    kind, *place = asked.bare
    known(kind, KINDS["marking"])
    if place and marking.place != known(the_only(place), PLACES):
        return False
    fields = {key: getattr(marking, MARKING_FIELDS[key]) for key in asked.keyed}
    return marking.kind == kind and all(fields[key] == asked.one(key) for key in fields)


def check_marking(lines: list[str], doc: Any) -> Iterator[str]:
    missing, _ = unmatched(lines, "was is action", doc.markings, is_marking)
    got = [f"{m.kind} {m.place} was={m.was} is={m.is_} action={m.action}" for m in doc.markings]
    for line in missing:
        yield f"marking: {line}\n  got " + ("\n      ".join(got) or "none")


def check_block(lines: list[str], doc: Any) -> Iterator[str]:
    got = [f"{b.kind} level={b.level} n={b.n}" for b in doc.blocks]
    fits = len(lines) == len(doc.blocks)
    for line, block in zip(lines, doc.blocks, strict=False):
        asked = words(line, "level n")
        fits &= block.kind == known(the_only(asked.bare), KINDS["block"])
        if "level" in asked.keyed:
            fits &= block.level == number(asked.one("level"))
        if "n" in asked.keyed:
            fits &= block.n == asked.one("n")
    if not fits:
        yield f"blocks {lines}\n  got {got}"


def check_nothing(lines: list[str], doc: Any) -> Iterator[str]:
    for line in lines:
        what, *code = line.split()
        match what:
            case "diagnostic" if code:
                named = known(the_only(code), CODES)
                found: list[Any] = [d for d in doc.diagnostics if d.code == named]
            case "diagnostic":
                found = list(doc.diagnostics)
            case "revision":
                found = list(doc.revisions)
            case "joined":
                found = [r for r in doc.revisions if r.joined]
            case "note":
                found = list(doc.notes)
            case "marking":
                found = list(doc.markings)
            case _:
                raise SpecError(f"unknown word: {what}")
        if found:
            yield f"nothing: {line}\n  got {told(found) if what == 'diagnostic' else found}"


ASSERTIONS: dict[str, Callable[[list[str], Any], Iterator[str]]] = {
    "diagnostic": check_diagnostic,
    "revision": check_revision,
    "joined": check_joined,
    "note": check_note,
    "pages": check_pages,
    "page": check_page,
    "marking": check_marking,
    "block": check_block,
    "nothing": check_nothing,
}


def complaints(case: Case, doc: Any) -> Iterator[str]:
    """What the document does otherwise than the example says."""
    for stage, expected in case.readings.items():
        got = doc.reading(stage).text
        if got != expected:
            yield f"{stage}, expected\n{shown(expected)}\n  got\n{shown(got)}"
    asked: dict[str, list[str]] = {}
    for line in case.also:
        name, _, rest = line.partition(":")
        if name not in ASSERTIONS:
            raise SpecError(f"unknown assertion: {line}")
        asked.setdefault(name, []).append(rest.strip())
    for name, lines in asked.items():
        yield from ASSERTIONS[name](lines, doc)


def shown(text: str) -> str:
    """Text for a failure message: indented, with spaces at line ends made visible."""
    return "\n".join("    | " + re.sub(r"\s+$", lambda m: "␠" * len(m[0]), line)
                     for line in text.split("\n"))
