"""The tables of the reference page on fields, executed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from redline.markings.fields.boxes import NAMES, choose, options, read_box
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
    assert found.name is None or found.name in NAMES
    name = found.name or "none"
    assert (name if found.cert == "high" else f"{name} ({found.cert})") == chosen
