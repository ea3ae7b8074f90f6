"""The benchmark measures what it says: its text, its floor, its command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

import redline
from tests.bench import __main__ as bench
from tests.bench import collation, subjects, texts


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


def test_the_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "GROWTH_FROM", 4_000)
    monkeypatch.setitem(collation.UP_TO, "collatex", 500)  # it takes seconds for 5 KB
    bench.main(["--quick", "--json", "--sizes", "500", "5KB"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    keys = {row["key"] for row in rows}
    assert keys <= set(bench.TARGETS)
    # Who is not installed is not measured.
    peers = ("pandoc", *(peer for peer in collation.PEERS if peer != "difflib"))
    assert {key for key in set(bench.TARGETS) - keys if not key.endswith(peers)} == set()
    # So small a text may fit into memory that the program has already.
    assert [row for row in rows if row["value"] <= 0 and "memory" not in row["key"]] == []


def test_one_part_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collation, "subjects", _without_peers)
    bench.main(["--quick", "--json", "--only", "collation", "--sizes", "2KB"])
    keys = {json.loads(line)["key"] for line in capsys.readouterr().out.splitlines()}
    assert {"compare-speed", "compare-difflib", "compare-difflib-words"} <= keys
    assert not keys & {"tei", "import", "align-git"}


@contextmanager
def _without_peers(given: collation.Texts) -> Iterator[dict[str, Callable[[], object]]]:
    with _subjects(given) as run:
        yield {name: run[name] for name in ("align", "align_texts", "compare", "difflib")}


_subjects = collation.subjects


def test_the_texts_compared_are_of_their_size() -> None:
    a, b = collation.pair(20_000)
    assert a != b
    assert all(19_900 <= len(words) <= 20_000 for words in (a, b))
    given = collation.texts(2_000)
    assert len(given.a_words) >= len(given.a.split())
    assert given.a_words[0] == given.b_words[0]


def test_words_as_characters_are_no_surrogates() -> None:
    items = [0, 0xD7FE, 0xD7FF, 0xD800, 70_000]
    characters = collation._characters(items)
    assert len(set(characters)) == len(items)
    assert not [c for c in characters if 0xD800 <= ord(c) <= 0xDFFF]
