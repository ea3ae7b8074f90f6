"""Law 9 for the JSON record: what was written reads back as the same document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import redline
from redline.diagnostics import RecordError
from redline.formats.record import from_json, to_json
from tests.judges import schemas
from tests.laws.test_edit_law import decide, decisions
from tests.strategies import documents, papers, texts

Way = tuple[str | int, ...]


@given(documents)
@example("a\ud83d\ude00b ^{\ud83d\ude00} ~~~~")
@example("\ufeffa ~~b~~ ^{c}\n\n~~SECRET~~\nCONFIDENTIAL\n")
def test_a_record_comes_back(text: str) -> None:
    document = redline.parse(text, name="paper")
    record = to_json(document)
    assert record.isascii()
    again = from_json(record)
    assert again == document
    assert to_json(again) == record
    assert json.loads(to_json(document, indent=1)) == json.loads(record)


@given(papers, st.data())
def test_a_decided_document_comes_back(text: str, data: st.DataObject) -> None:
    decided = decide(redline.parse(text), data.draw(decisions(redline.parse(text))))
    assert from_json(to_json(decided)) == decided
    settled = decided.settle()
    again = from_json(to_json(settled))
    assert again == settled
    assert again.reading("draft").text == decided.reading("draft").text


@given(st.one_of(papers, texts))
def test_a_record_is_valid(text: str) -> None:
    assert schemas.record(to_json(redline.parse(text))) == []


PAPER = """~~SECRET~~
CONFIDENTIAL

# The ~~old~~ ^{new} pier

1. The pier ~~was ^{all}~~ ^{is}
old.^{1} [Page 2] It may ~~not~~ stand~~s~~ [margin: so].

- one ^{two}

| a | ~~b~~ |
|---|---|
| c | d |

^{1} A note.
"""


def ways(value: Any, way: Way = ()) -> Iterator[Way]:
    """The way to every value in a JSON value."""
    if way:
        yield way
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in members:
        if isinstance(inner, dict | list):
            yield from ways(inner, (*way, key))
        else:
            yield (*way, key)


RECORD = to_json(redline.parse(PAPER).accept("r1"))
WAYS = list(ways(json.loads(RECORD)))
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 400),
    st.sampled_from([2**63, -(2**70), 1.5, "", "x", "r1", "\ud83d\ude00", [], {}, [0, 5], [[]]]),
)


@given(st.lists(st.tuples(st.sampled_from(WAYS), st.one_of(st.just("gone"), VALUES)), max_size=3))
@example([(("model", "unpaired"), [[["source", "text", 0], [0]]])])
@example([(("model", "unpaired"), [[["model", "unpaired"], [0]], [[], []], [["x"], [0]]])])
def test_a_changed_record_is_read_or_refused(changes: list[tuple[Way, Any]]) -> None:
    record = json.loads(RECORD)
    for way, value in changes:
        holder = record
        try:
            for step in way[:-1]:
                holder = holder[step]
            if value == "gone":
                del holder[way[-1]]
            else:
                holder[way[-1]] = value
        except (LookupError, TypeError):
            continue
    try:
        document = from_json(json.dumps(record))
    except RecordError:
        return
    assert from_json(to_json(document)) == document


@given(st.integers(0, len(RECORD) - 3))
def test_a_record_that_ends_early_is_refused(length: int) -> None:
    with pytest.raises(RecordError, match=r"empty|ends in the middle"):
        from_json(RECORD[:length])
