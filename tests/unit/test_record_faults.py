"""Records that are not right: what is said of them, where, and what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

import redline
from redline.diagnostics import RecordError
from redline.formats.record import from_json, to_json

PAPER = "~~SECRET~~\nCONFIDENTIAL\n\nA ~~b ^{c}~~ ^{d} e ~~f~~.^{1}\n\n^{1} Note.\n"
GOOD = to_json(redline.parse(PAPER))


def refused(text: str) -> str:
    with pytest.raises(RecordError) as found:
        from_json(text, "paper.json")
    return str(found.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("A ~~b~~.", "no JSON at line 1, column 1"),
        (GOOD[:500], "it ends in the middle"),
        (GOOD[: len(GOOD) // 2], "get the whole of it"),
        ("[1, 2]", "no redline record"),
        ("{}", "redline.record is missing"),
        ('{"redline": 1}', "redline.record is missing"),
        ('{"redline": {"record": NaN}}', "NaN is no JSON"),
        ("[" * 100_000, "too deep"),
        ('{"redline": {"record": 1}, "x": ' + "1" * 5000 + "}", "too long"),
        ('{"redline": {"record": 1}}', "'version' is missing"),
    ],
)
def test_what_is_no_record(text: str, says: str) -> None:
    assert says in refused(text)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert from_json("\ufeff" + GOOD) == from_json(GOOD)


def test_a_newer_record() -> None:
    newer = GOOD.replace('"record": 1', '"record": 2').replace('"version": "', '"version": "9')
    assert refused(newer).endswith(
        f"written by a newer redline (9{redline.__version__}); this one reads 1; update redline"
    )


def _set(way: str, value: Any) -> str:
    record = json.loads(GOOD)
    holder = record
    *steps, last = [int(step) if step.isdigit() else step for step in way.split("/")]
    for step in steps:
        holder = holder[step]
    holder[last] = value
    return json.dumps(record)


@pytest.mark.parametrize(
    ("way", "value", "path", "says"),
    [
        ("redline/record", 0, "redline.record", "0 is not 1"),
        ("pages/0/n", "1", "pages[0].n", "'1' is not a whole number from 1 on"),
        ("pages/0/n", True, "pages[0].n", "true is not"),
        ("pages/0/n", 1.0, "pages[0].n", "1.0 is not"),
        ("pages/0/evidence", ["dream"], "pages[0].evidence[0]", "'dream' is not one of page-mark"),
        ("blocks/0/span", [0], "blocks[0].span", "an array of 1 is not an array of 2"),
        ("blocks/0/span", [9, 5], "blocks[0].span", "[9, 5] is no range within 0 and"),
        ("blocks/0/span", [5, 99999], "blocks[0].span", "is no range within 0 and"),
        ("notes/0/reference", [0, 99999], "notes[0].reference", "is no range"),
        ("notes/0/kind", None, "notes[0].kind", "null is not one of footnote"),
        ("revisions", None, "revisions", "null is not an array"),
        ("revisions/0/cert", "sure", "revisions[0].cert", "'sure' is not one of high, medium"),
        ("revisions/0/deleted/0/text", "x", "revisions[0].deleted[0].text", "changed by hand"),
        ("revisions/0/deleted/0/span", [1, 2], "revisions[0].deleted[0].span", "changed by hand"),
        ("revisions/0/within", "r9", "revisions[0].within", "there is no revision 'r9'"),
        ("revisions/0/joined", ["r9"], "revisions[0].joined[0]", "there is no revision 'r9'"),
        ("revisions/1/id", "r1", "revisions[1].id", "is the id of an earlier one"),
        ("revisions/1/id", "r9", "model.revisions[1][0]", "belongs to 'r2'"),
        ("readings/final", "x", "readings.final", "changed by hand"),
        ("source/length", 3, "source.length", "but source.text has"),
        ("source/encoding", "klingon", "source.encoding", "no encoding 'klingon'"),
        ("source/encoding", "utf-16", "source.sha256", "the text was changed"),
        ("source/text", PAPER.replace("e", "f"), "source.sha256", "the text was changed"),
        ("model/bom", "ab", "source.sha256", "the text was changed"),
        ("model/bom", "abc", "model.bom", "is not hexadecimal"),
        ("model/bytes", "!", "model.bytes", "not base64"),
        ("model/pages", [], "model.pages", "0 rows beside the 1 of pages"),
        ("model/text", "", "model.pages[0]", "no range within 0 and 0"),
        ("model/origin/take", [], "model.origin", "columns of different lengths"),
        ("model/origin/take/0", 10**30, "model.origin.skip[0]", "not within source.text"),
        ("model/origin/size/0", 99, "model.origin.size", "do not add up"),
        ("model/spans/kind/0", 99, "model.spans.kind[0]", "no index into kinds"),
        ("model/spans/start/0", -1, "model.spans.start[0]", "no range of model.text"),
        ("model/spans/extent_size/0", 10**30, "model.spans.extent_start[0]", "source.text"),
        ("model/revisions/0", [], "model.revisions[0]", "fewer than 1 items"),
        ("model/revisions/0", [0], "model.revisions[0][0]", "no deleted or added span"),
        ("model/notes/0/1", 99999, "model.notes[0][1]", "beyond the end of model.text"),
        ("model/notes/0/2", None, "model.notes[0]", "no range"),
        ("model/decisions", {"r1": "maybe"}, "model.decisions['r1']", "accepted, rejected"),
        ("model/unpaired", [[["x"], [0]]], "model.unpaired[0]", "leads to no string"),
        ("model/unpaired", [[["source", "text"], [0]]], "model.unpaired[0]", "no such character"),
    ],
)
def test_where_it_is_wrong(way: str, value: Any, path: str, says: str) -> None:
    message = refused(_set(way, value))
    assert message.startswith(f"paper.json: {path}")
    assert says in message
    assert "redline convert FILE --to json" in message


def test_a_missing_member() -> None:
    record = json.loads(GOOD)
    del record["revisions"][1]["rule"]
    assert "revisions[1]: 'rule' is missing" in refused(json.dumps(record))


def test_members_of_a_later_version_do_no_harm() -> None:
    record = json.loads(GOOD)
    record["revisions"][0]["colour"] = "red"
    record["weather"] = "fine"
    with pytest.raises(RecordError, match=r"revisions\[0\]"):
        from_json(json.dumps(record))  # this version's own record: somebody changed it
    record["redline"]["version"] = "9.9.9"
    assert from_json(json.dumps(record)) == from_json(GOOD)


def test_what_another_version_derived_is_not_compared() -> None:
    record = json.loads(GOOD)
    record["redline"]["version"] = "9.9.9"
    record["readings"]["final"] = "as the other version read it"
    assert from_json(json.dumps(record)) == from_json(GOOD)
