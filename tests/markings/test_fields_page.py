"""The tables of the reference page on fields, executed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import redline
from redline.markings.fields.boxes import choose, name_of, options, read_box
from tests.markings.reading import read

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "markings.md"
#: Head of a table: the kind its markings are read as.
KINDS = {
    "release": "release",
    "stamp": "stamp",
    "schedule": "schedule",
    "line": "line",
    "header": "cable",
}
_SAID = re.compile(
    r"(?P<name>\w+) (?P<value>.*?)(?: \((?P<cert>medium|low)\))?(?: (?P<code>[a-z]+-[a-z]+))?\Z"
)


def tables() -> dict[str, list[list[str]]]:
    """The rows of every table of the page, by its head."""
    found: dict[str, list[list[str]]] = {}
    head = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            head = ""
            continue
        cells = [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not head:
            head = " | ".join(cells)
            found[head] = []
        elif not set(line) <= set("|- "):
            found[head].append(cells)
    return found


def quoted(cell: str) -> list[str]:
    return re.findall("`(.+?)`", cell)


TABLES = tables()
ROWS = [
    (KINDS[head.removesuffix(" | says")], *row)
    for head, rows in TABLES.items()
    if head.endswith(" | says")
    for row in rows
]


def test_the_tables_are_there() -> None:
    assert len(ROWS) >= 32
    assert {kind for kind, *_ in ROWS} == set(KINDS.values())


def words(value: Any) -> str:
    """A value as the page writes it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("kind", "text", "says"), ROWS)
def test_what_the_page_says(kind: str, text: str, says: str) -> None:
    found = read(kind, text.strip("`").replace("⏎", "\n"))
    record = found.record()
    codes = []
    for part in says.split("; "):
        said = _SAID.match(part)
        assert said is not None, part
        assert words(record.get(said["name"], "missing")) == said["value"], part
        assert record.get("cert", {}).get(said["name"], "high") == (said["cert"] or "high"), part
        if said["code"]:
            codes.append(said["code"])
    assert sorted(finding.code for finding in found.findings) == sorted(codes)


#: What a row stands on: text, and a banner at both edges.
PAPER = "SECRET\n\nThe harvest of the year was good.\n\n{}\n\nSECRET\n"
#: Marks of a paper's own history beside the fields.
_OF_THE_PAPER = frozenset({"review-differs", "level-differs"})


@pytest.mark.parametrize(("kind", "text", "says"), [row for row in ROWS if row[0] != "cable"])
def test_what_the_page_says_on_a_paper(kind: str, text: str, says: str) -> None:
    """The same on a whole paper: one marking of that kind has it all."""
    document = redline.parse(PAPER.format(text.strip("`").replace("⏎", "\n")))
    found = [one for one in document.markings if one.kind != "banner"]
    assert [one.kind for one in found] == [kind]
    record = found[0].fields
    codes = []
    for part in says.split("; "):
        said = _SAID.match(part)
        assert said is not None, part
        if kind != "line" or said["name"] != "captions":
            assert words(record.get(said["name"], "missing")) == said["value"], part
        assert record.get("cert", {}).get(said["name"], "high") == (said["cert"] or "high"), part
        if said["code"]:
            codes.append(said["code"])
    told = {one.code for one in document.diagnostics} - _OF_THE_PAPER
    assert sorted(told) == sorted(codes)
    if found[0].place != "inline":
        assert document.reading("final").text == "The harvest of the year was good."


@pytest.mark.parametrize(
    ("box", "value"),
    [(box, value) for boxes, value in TABLES["box | value"] for box in quoted(boxes)],
)
def test_the_boxes_of_the_page(box: str, value: str) -> None:
    found, cert = read_box(box)
    assert (words(found) if cert == "high" else f"{words(found)} ({cert})") == value


@pytest.mark.parametrize(
    ("printed", "chosen"),
    [(each, chosen) for forms, chosen in TABLES["printed | chosen"] for each in quoted(forms)],
)
def test_the_choices_of_the_page(printed: str, chosen: str) -> None:
    found = choose(options(printed, 0, len(printed)))
    assert found.name is None or name_of(found.name) is not None
    name = found.name or "none"
    assert (name if found.cert == "high" else f"{name} ({found.cert})") == chosen
