"""The JSON record of every paper: by its schema, and by what the contract says of its values."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

import redline
from tests.conformance.papers import PAPERS, document, each_paper
from tests.judges import schemas


@functools.cache
def _text(name: str) -> str:
    return redline.dumps(document(name), "json")


@functools.cache
def _record(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(_text(name))
    return record


def _spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span anywhere in a record."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("span", "reference", "body") and isinstance(inner, list):
                yield (inner[0], inner[1])
            else:
                yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


def _has_plain_lines(text: str) -> bool:
    """Whether "\\n" alone ends the lines; other ends are a matter for the tests of the source."""
    return text.splitlines() == text.removesuffix("\n").split("\n")


@each_paper
def test_valid(name: str) -> None:
    assert schemas.record(_text(name)) == []


@each_paper
def test_source(name: str) -> None:
    source, text = _record(name)["source"], PAPERS[name]
    assert source["text"] == text
    assert source["length"] == len(text)
    encoded = text.encode("utf-8", "surrogatepass")
    assert source["sha256"] == hashlib.sha256(encoded).hexdigest()


@each_paper
def test_readings(name: str) -> None:
    readings = _record(name)["readings"]
    assert readings["draft"] == document(name).reading("draft").text
    assert readings["final"] == document(name).reading("final").text


@each_paper
def test_spans_lie_in_the_source(name: str) -> None:
    length = len(PAPERS[name])
    assert [span for span in _spans(_record(name)) if not 0 <= span[0] <= span[1] <= length] == []


@each_paper
def test_names_are_unique_and_answer(name: str) -> None:
    record = _record(name)
    for table in ("blocks", "revisions", "markings"):
        ids = [row["id"] for row in record[table]]
        assert len(ids) == len(set(ids)), table
    revisions = {row["id"] for row in record["revisions"]}
    markings = {row["id"] for row in record["markings"]}
    pages = {page["n"] for page in record["pages"]}
    for row in record["revisions"]:
        assert {row["within"], *row["joined"]} <= {None, *revisions}
        assert row["page"] in pages
    for step in record["classification"]["history"]:
        assert set(step["evidence"]) <= markings
    for row in [*record["blocks"], *record["markings"]]:
        assert row["page"] in pages


@pytest.mark.parametrize("name", [name for name in PAPERS if _has_plain_lines(PAPERS[name])])
def test_a_diagnostic_stands_where_it_says(name: str) -> None:
    text = PAPERS[name]
    for row in _record(name)["diagnostics"]:
        before = text[: row["span"][0]]
        expected = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        assert (row["line"], row["column"]) == expected, row


@each_paper
def test_the_record_comes_back(name: str) -> None:
    assert redline.dumps(redline.loads(_text(name), "json"), "json") == _text(name)
