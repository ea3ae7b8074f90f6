"""A collation as JSON, as an HTML page, in a terminal."""

from __future__ import annotations

import io
import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import redline
from redline.collation.witnesses import Collation, collate
from redline.diagnostics import FormatError
from redline.formats.collation import FORMS, by_suffix, dumps
from redline.formats.collation.terminal import show_table, to_text
from redline.formats.files import OutputError
from redline.formats.terminal import Screen
from tests.collation.planted_witnesses import planted
from tests.collation.test_tei_app import HARD
from tests.collation.test_witnesses import texts

SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "redline.collation.schema.json"
PILOTS = {
    "A": "The pilots of the strait were asked, in April, to wait.",
    "B": "The pilots of the strait may be asked to wait long.",
    "C": "In April, the pilots of the strait were asked to wait.",
}


@pytest.fixture(scope="module")
def table() -> Collation:
    return collate(PILOTS)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


# -- all of them ------------------------------------------------------------------------------


def test_every_form_is_written_by_its_suffix(table: Collation, tmp_path: Path) -> None:
    for name, row in FORMS.items():
        for suffix in row.suffixes:
            path = tmp_path / f"table{suffix}"
            redline.write(table, path)
            assert path.read_text(encoding="utf-8") == dumps(table, name)
            assert by_suffix(str(path).upper()) == name


def test_a_form_there_is_not(table: Collation, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="html, json, tei-app, not as 'docx'"):
        redline.dumps(table, "docx")
    with pytest.raises(FormatError, match=r"no form goes with the name .*table\.doc; name one: "):
        redline.write(table, tmp_path / "table.doc")
    with pytest.raises(OutputError, match="cannot write"):
        redline.write(table, tmp_path / "none" / "table.html")


@given(st.lists(texts(), min_size=2, max_size=4))
def test_any_texts_can_be_written(given: list[str]) -> None:
    table = collate(given)
    assert etree.fromstring(dumps(table, "html").encode()).tag == "html"
    assert len(rebuilt(json.loads(dumps(table, "json")))) == len(given)
    for width in (20, 60):
        shown = to_text(table.joined(), width)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", shown)
        assert shown.isascii() or shown.encode("utf-8")


# -- JSON ---------------------------------------------------------------------------------------


def rebuilt(record: dict[str, Any]) -> list[str]:
    """The witnesses, put together from the cells."""
    found = []
    for k, witness in enumerate(record["witnesses"]):
        cells = [row["cells"][k] for row in record["rows"]]
        found.append("".join(witness["text"][start:end] for start, end in cells))
    return found


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", HARD)
def test_json_is_valid_and_whole(name: str, validator: Any) -> None:
    record = json.loads(dumps(collate(HARD[name]), "json"))
    assert [fault.message for fault in validator.iter_errors(record)] == []
    assert rebuilt(record) == HARD[name]
    assert [len(witness["text"]) for witness in record["witnesses"]] == [
        witness["length"] for witness in record["witnesses"]
    ]
    for row in record["rows"]:
        told = sorted(k for reading in row["readings"] for k in reading["witnesses"])
        assert told == list(range(len(HARD[name])))
        assert row["agrees"] == (len(row["readings"]) == 1)


@pytest.mark.parametrize(
    "break_",
    [
        lambda record: record.pop("unit"),
        lambda record: record.update(more=1),
        lambda record: record["rows"][0]["cells"][0].append(3),
        lambda record: record["witnesses"].pop() and record["witnesses"].pop(),
        lambda record: record["redline"].update(collation=2),
    ],
)
def test_the_schema_can_say_no(table: Collation, validator: Any, break_: Any) -> None:
    record = json.loads(dumps(table, "json"))
    record["witnesses"] = record["witnesses"][:2]
    assert validator.is_valid(record)
    break_(record)
    assert not validator.is_valid(record)


def test_moved_words_are_told(table: Collation) -> None:
    (moved,) = json.loads(dumps(table, "json"))["transpositions"]
    assert moved["text"] == "In April,"
    assert (moved["here"]["witnesses"], moved["there"]["witnesses"]) == ([2], [0])


def test_halves_of_characters_are_told_apart() -> None:
    text = "a \ud83d" + "\ude00 b"
    record = json.loads(dumps(collate([text, "a b"]), "json"))
    (witness, other) = record["witnesses"]
    assert (witness["unpaired"], witness["length"]) == ([2], len(text))
    assert "unpaired" not in other


# -- HTML ---------------------------------------------------------------------------------------


def page(table: Collation) -> etree._Element:
    return etree.fromstring(dumps(table, "html").encode())


def test_the_page_has_every_word(table: Collation) -> None:
    root = page(table)
    (body,) = root.iter("tbody")
    rows = list(body)
    assert len(rows) == len(table.joined().rows)
    for k, siglum in enumerate(table.sigla):
        said = []
        for row in rows:
            cell = row[1 + (k if len(row) > 2 else 0)]
            if cell.get("class") != "none":
                said.append("".join([cell.text or "", *(each.tail or "" for each in cell)]))
        assert "".join(said).replace(" ", "") == PILOTS[siglum].replace(" ", "")


def test_the_page_is_one_file(table: Collation) -> None:
    made = dumps(table, "html")
    assert made.startswith("<!DOCTYPE html>\n")
    root = page(table)
    for name in ("script", "link", "img", "iframe", "base"):
        assert list(root.iter(name)) == []
    assert "url(" not in made
    assert "@import" not in made
    inside = [a for each in root.iter("*") for a in (each.get("href"), each.get("src")) if a]
    assert inside
    assert all(each.startswith("#") for each in inside)


def test_the_page_can_be_read_aloud(table: Collation) -> None:
    root = page(table)
    assert root.get("lang") == "en"
    heads = list(root.iter("th"))
    assert all(each.get("scope") in ("col", "row") for each in heads)
    assert len([each for each in heads if each.get("scope") == "col"]) == 1 + len(table.sigla)
    assert [each.tag for each in root.iter("h1", "caption", "main")] == ["main", "h1", "caption"]
    (box,) = root.iter("input")
    assert [label.get("for") for label in root.iter("label")] == [box.get("id")]
    for cell in root.iter("td"):
        if cell.get("class") == "none":
            assert "nothing" in "".join(cell.itertext())


def test_links_of_the_page_lead_somewhere(table: Collation) -> None:
    root = page(table)
    ids = [each.get("id") for each in root.iter("*") if each.get("id")]
    assert len(ids) == len(set(ids))
    links = [str(each.get("href")) for each in root.iter("a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_page_escapes_everything() -> None:
    bad = '<script>alert("x")</script> & \x00 \ud800 \'"'
    table = collate({bad: bad, "<b>": "so"}, names=[f"n{bad}", "<i>"])
    root = page(table)
    assert list(root.iter("script", "b", "i")) == []
    said = "".join(root.itertext())
    assert '<script>alert("x")</script> & \ufffd \ufffd' in said
    assert "<i>" in said


def test_its_policy_knows_its_style_and_nothing_else(table: Collation) -> None:
    text = dumps(table, "html")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    said = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{said}"' in text
    assert "--ink" in style


# -- terminal -------------------------------------------------------------------------------------


def test_a_column_a_witness(table: Collation) -> None:
    assert lines(to_text(table.joined(), 60)) == [
        "  3 witnesses by word: they differ at 4 of 8 places",
        "",
        "     A            B       C",
        "  1  The          The     In April, the",
        "  2  pilots of the strait",
        "  3  were         may be  were",
        "  4  asked",
        "  5  , in April,  –       –",
        "  6  to wait",
        "  7  –            long    –",
        "  8  .",
        "",
        "     moved: In April, (C at 1; A at 5)",
    ]


def test_a_line_a_reading_where_columns_are_too_narrow(table: Collation) -> None:
    shown = lines(to_text(table.joined(), 30))
    assert "1  The [A, B]" in shown
    assert "   In April, the [C]" in shown
    assert max(map(len, shown)) <= 30


def test_names_stand_above() -> None:
    shown = lines(to_text(collate({"A": "a", "Bb": "b"}, names=["a.txt@draft", "b.txt"]), 60))
    assert shown[2:4] == ["  A   a.txt@draft", "  Bb  b.txt"]


@pytest.mark.parametrize("width", [20, 40, 60, 100, 160])
def test_no_line_is_too_long(width: int) -> None:
    from rich.cells import cell_len

    for witnesses in (
        planted(1, 3, 150).texts,
        planted(1, 6, 150).texts,
        {"A": "港" * 90, "B": "x" * 99},
    ):
        shown = lines(to_text(collate(witnesses).joined(), width))
        assert max(map(cell_len, shown)) <= width
        assert len(shown) > 3


def test_colour_only_in_a_terminal(table: Collation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def shown(color: bool, terminal: bool) -> str:
        file = io.StringIO()
        show_table(table.joined(), Screen(60, color=color, file=file, force_terminal=terminal))
        return file.getvalue()

    assert "\x1b[36m" in shown(color=True, terminal=True)
    assert "\x1b[36m" not in shown(color=False, terminal=True)
    assert "\x1b" not in shown(color=True, terminal=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in shown(color=True, terminal=True)
    assert lines(shown(color=True, terminal=False)) == lines(to_text(table.joined(), 60))
