"""What a record holds, in which order, and that the schema in schemas/ says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import redline
from redline.formats.record import from_json, schema, to_json
from redline.model import Document
from redline.source import Source, decode
from tests.judges import schemas

PAPER = "~~SECRET~~\nCONFIDENTIAL\n\n# A ~~b~~ ^{c}\n\n- d.^{1}\n\nWords e.\n\n^{1} Note.\n"


def record(document: Document) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(to_json(document))
    return made


def test_the_schema_is_made_of_the_form(root: Path) -> None:
    """To make it again: see schemas/README.md."""
    assert (root / "schemas" / "redline.schema.json").read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize(
    ("way", "keys"),
    [
        ((), "redline source pages blocks revisions markings classification notes readings"),
        (("redline",), "version record"),
        (("source",), "name length sha256 encoding format text"),
        (("pages", 0), "n label span cert evidence"),
        (("blocks", 0), "id kind n level page span"),
        (("blocks", 2), "id kind n page span"),
        (("revisions", 0), "id kind deleted added stage hand page line cert rule within joined"),
        (("revisions", 0, "deleted", 0), "text span"),
        (
            ("markings", 0),
            "id kind page place was through is action controls fields text span cert",
        ),
        (("classification",), "draft final history"),
        (("classification", "history", 0), "action from to evidence cert when pages"),
        (("notes", 0), "n kind reference body"),
        (("readings",), "draft final"),
    ],
)
def test_members_stand_in_the_order_of_the_contract(way: tuple[str | int, ...], keys: str) -> None:
    found: Any = record(redline.parse(PAPER))
    for step in way:
        found = found[step]
    more = ["diagnostics", "model"] if not way else []
    assert list(found) == [*keys.split(), *more]


def test_diagnostics_have_their_members() -> None:
    (found,) = record(redline.parse("A ~~b."))["diagnostics"]
    assert list(found) == ["code", "severity", "message", "line", "column", "span"]
    assert (found["code"], found["line"], found["column"]) == ("unclosed-deletion", 1, 3)


def test_values() -> None:
    found = record(redline.parse(PAPER, name="paper.txt"))
    assert found["redline"] == {"version": redline.__version__, "record": 1}
    assert found["source"]["name"] == "paper.txt"
    assert found["source"]["length"] == len(PAPER)
    (revision,) = found["revisions"]
    assert revision["deleted"] == [{"text": "b", "span": [29, 34]}]
    assert revision["added"] == [{"text": "c", "span": [35, 39]}]
    assert [revision[key] for key in ("kind", "stage", "line")] == ["substitution", "revision", 4]
    banner = found["markings"][0]
    was_is_action = [banner[key] for key in ("was", "is", "action")]
    assert was_is_action == ["SECRET", "CONFIDENTIAL", "downgrade"]
    assert found["readings"]["final"].startswith("A c\n\nd.\n\nWords e.")


def test_a_table_row_is_a_line() -> None:
    lines = to_json(redline.parse(PAPER)).splitlines()
    (row,) = [line for line in lines if '"kind": "substitution"' in line]
    assert json.loads(row)["id"] == "r1"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda r: r.update(extra=1), ""),
        (lambda r: r["pages"][0].update(extra=1), "pages/0"),
        (lambda r: r["revisions"][0].pop("joined"), "revisions/0"),
        (lambda r: r["blocks"][2].update(level=1), "blocks/2"),
        (lambda r: r["markings"][0]["fields"].update(date=1951), "markings/0/fields"),
        (lambda r: r["redline"].update(record=2), "redline/record"),
        (lambda r: r["source"].update(sha256="0"), "source/sha256"),
    ],
)
def test_the_schema_is_strict(change: Any, path: str) -> None:
    found = record(redline.parse(PAPER))
    assert schemas.record(json.dumps(found)) == []
    change(found)
    assert any(fault.startswith(path) for fault in schemas.record(json.dumps(found)))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("A ~~b~~ é.\r\n".encode(), None),
        (b"\xef\xbb\xbf" + "A ~~b~~ é.\r".encode(), None),
        ("A ~~b~~ é.".encode("utf-16"), None),
        (b"\xfe\xff" + "A ~~b~~ é.".encode("utf-16-be"), None),
        ("A ~~b~~ é.".encode("latin-1"), "latin-1"),
        (b"A +AGI-.", "utf-7"),  # a byte form that utf-7 itself would not write
    ],
)
def test_the_bytes_come_back(data: bytes, encoding: str | None) -> None:
    from redline.notation.native import parse_source

    document = parse_source(decode(data, "paper", encoding))
    again = from_json(to_json(document))
    assert again == document
    assert again.source.data == data
    assert again.source.sha256 == document.source.sha256


def test_lone_surrogates_come_back() -> None:
    text = "\ud800 ~~\udc00~~ \ud83d\ude00 \U0001f600 ^{\udfff\ud800}"
    made = to_json(redline.parse(text))
    assert made.isascii()
    assert from_json(made).source.text == text
    assert json.loads(made)["source"]["text"] != text  # JSON alone would make a pair of them


def test_a_source_that_cannot_be_encoded_is_refused() -> None:
    document = Document(Source("é", "paper", "ascii"), "", redline.parse("").origin)
    with pytest.raises(redline.RedlineError, match="paper: its encoding does not give its bytes"):
        to_json(document)


def test_fields_that_are_no_json_are_refused() -> None:
    document = redline.parse(PAPER)
    bad = document.markings[0]._replace(fields={"date": object()})
    from dataclasses import replace

    with pytest.raises(redline.RedlineError, match="fields are no JSON"):
        to_json(replace(document, markings=(bad,)))
