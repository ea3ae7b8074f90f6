"""The benchmark measures what it says: its text, its floor, its command."""

from __future__ import annotations

import json
import re

import pytest

import redline
from tests.bench import __main__ as bench
from tests.bench import subjects, texts


def test_smaller_texts_begin_larger_ones() -> None:
    small, large = texts.text(5_000), texts.text(20_000)
    assert len(small) >= 5_000
    assert large.startswith(small.rstrip("\n"))


def test_a_revision_every_twelve_words() -> None:
    document = redline.parse(texts.text(200_000))
    words = len(document.reading("draft").text.split())
    assert 10 <= words / len(document.revisions) <= 15
    assert {r.kind for r in document.revisions} == {"deletion", "addition", "substitution"}
    assert any(r.within for r in document.revisions)
    assert re.search(r"~~[^~^\n]+\n[^~^\n]+~~", document.source.text), "no mark over a line end"
    assert not [d for d in document.diagnostics if d.severity != "info"]


def test_the_floor_builds_the_same_tree() -> None:
    floor = subjects.Floor(subjects.to_tei(texts.text(10_000)))
    built = subjects.Floor(floor.build().decode("utf-8"))
    assert len(built.rows) > 300
    assert built.rows == floor.rows


def test_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "GROWTH_FROM", 4_000)
    bench.main(["--quick", "--json", "--sizes", "5KB"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    known = {key for key in bench.TARGETS if key != "pandoc"}
    assert {row["key"] for row in rows} - {"pandoc"} == known
    # So small a text may fit into memory that the program has already.
    assert [row for row in rows if row["value"] <= 0 and "memory" not in row["key"]] == []
