"""Apparatus on whole papers: lifted out of the text, one marking each, with what it says.

Every row of papers.toml is printed on a small paper of its own, between its last line and the
banner of its foot, and the paper is parsed as any other. A reader of fields that gives the right
answer for a piece of paper cut out by hand is of no use when nothing cuts it out.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import redline
from redline.model import Document

HERE = Path(__file__).parent
BODY = "The harvest of the year was good."
PAPERS = tomllib.loads((HERE / "papers.toml").read_text(encoding="utf-8"))["paper"]
SENTENCES = (HERE / "sentences.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]


def paper(words: str, date: str) -> Document:
    """A marked paper of that date with `words` after its text."""
    return redline.parse(f"SECRET\n\n{date}\n\n{BODY}\n\n{words}\n\nSECRET\n")


def said(document: Document) -> list[tuple[str, dict[str, Any]]]:
    """What the markings say that are no banners."""
    return [(one.kind, dict(one.fields)) for one in document.markings if one.kind != "banner"]


def same(fields: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """`fields` as a row would name them."""
    out: dict[str, Any] = {}
    for name, value in row.items():
        if name == "cert":
            out[name] = {each: fields.get("cert", {}).get(each, "high") for each in value}
        elif name == "none":
            out[name] = [each for each in value if fields.get(each) is None]
        elif name != "kind":
            out[name] = fields.get(name)
    return out


@pytest.mark.parametrize("row", PAPERS, ids=[row["words"][:40] for row in PAPERS])
def test_apparatus_on_a_paper(row: dict[str, Any]) -> None:
    document = paper(row["words"], row["date"])
    found = said(document)
    assert [kind for kind, _ in found] == [each["kind"] for each in row["marking"]]
    for (kind, fields), expected in zip(found, row["marking"], strict=True):
        assert {"kind": kind, **same(fields, expected)} == expected
    assert document.reading("final").text == f"{row['date']}\n\n{BODY}"
    assert document.reading("draft").text == document.reading("final").text
    banners = [one for one in document.markings if one.kind == "banner"]
    assert [(one.place, one.is_, one.cert) for one in banners] == [
        ("top", "SECRET", "high"),
        ("bottom", "SECRET", "high"),
    ]
    assert [one.code for one in document.diagnostics] == row.get("codes", [])


def test_a_box_in_a_bracketed_stamp() -> None:
    words = "[stamp: NO CHANGE IN CLASS. [X] AUTH: HR 70-2 REVIEWER: 012345]"
    (found,) = said(redline.parse(f"{BODY} {words}\n\n{BODY}\n"))
    assert (found[1]["no_change"], found[1]["reviewer"]) == (True, "012345")


DASHES = [
    "-----AD193F 180736Z /38",
    "----- 180736Z 012345 /38",
    "------------------180736Z 012345 /38",
]


@pytest.mark.parametrize("dashes", DASHES)
def test_dash_lines_of_cables(dashes: str) -> None:
    document = redline.parse(
        f"PAGE 01 OSLO 01234 180704Z\n{dashes}\nO 180732Z NOV 91\nFM AMEMBASSY OSLO\n"
        f"CONFIDENTIAL OSLO 01234\n\n{BODY.upper()}\n"
    )
    assert [(block.kind, block.role) for block in document.blocks[:3]] == [
        ("header", "transmission")
    ] * 3
    ((_, fields),) = said(document)
    assert (fields["precedence"], fields["date"]) == ("IMMEDIATE", "1991-11-18")


@pytest.mark.parametrize("words", SENTENCES)
def test_sentences_stay_in_the_text(words: str) -> None:
    text = f"3 May 1965\n\n{BODY}\n\n{words}\n\n{BODY}\n"
    document = redline.parse(text)
    assert said(document) == []
    assert " ".join(document.reading("final").text.split()) == " ".join(text.split())
    # By themselves, too, and in the middle of a paragraph.
    assert redline.parse(f"{words}\n").markings == ()
    inside = f"{BODY}\n{words}\n{BODY}\n"
    assert redline.parse(inside).markings == ()


@pytest.mark.parametrize("line", ["SECRET/PUBLIC", "CONFIDENTIAL / HARBOUR", "OFFICIAL", "PROTECT"])
def test_doubtful_words_in_the_middle_of_a_page_are_text(line: str) -> None:
    text = f"12 May 1963\n\n{BODY}\n\n{line}\n\n{BODY}\n"
    document = redline.parse(text)
    assert document.markings == ()
    assert document.reading("final").text == text.rstrip("\n")


def test_codewords_with_a_slash_at_the_edges() -> None:
    document = redline.parse(f"SECRET/RYBAT\n\n{BODY}\n\nSECRET/RYBAT\n")
    assert [(one.place, one.controls) for one in document.markings] == [
        ("top", ("RYBAT",)),
        ("bottom", ("RYBAT",)),
    ]


def test_a_code_in_a_portion_mark_is_its_own() -> None:
    text = "3 May 1999\n\n1. (S//STAT) The harvest was good.\n\n2. (S) It was brought in."
    document = redline.parse(text)
    assert [(one.kind, one.controls) for one in document.markings] == [
        ("portion", ("STAT",)),
        ("portion", ()),
    ]
    assert document.reading("final").text == text
    beside = redline.parse("1. (S) The office's 25X1 and the harbour's STAT, both.\n\n2. (C) More.")
    assert [one.fields["code"] for one in beside.markings if one.kind == "exemption"] == [
        "25X1",
        "STAT",
    ]


ESPIONAGE = """THIS MATERIAL CONTAINS INFORMATION AFFECTING THE NATIONAL DEFENSE
OF THE UNITED STATES WITHIN THE MEANING OF THE ESPIONAGE LAWS,
TITLE 18, U.S.C., SECS. 793 AND 794, THE TRANSMISSION OR REVELATION
OF WHICH IN ANY MANNER TO AN UNAUTHORIZED PERSON IS
PROHIBITED BY LAW."""
NOTICES: list[tuple[str, str, dict[str, Any]]] = [
    ("MORI DocID: 123456", "release", {"notice": "mori", "number": "123456"}),
    ("MORI/CDF", "release", {"notice": "mori"}),
    ("DIA, OSD reviews completed", "release",
     {"notice": "review-completed", "agencies": ["DIA", "OSD"]}),
    ("NRO DECLASSIFICATION/RELEASE INSTRUCTIONS ON FILE", "release",
     {"notice": "on-file", "agencies": ["NRO"]}),
    ("On file USAF release instructions apply.", "release",
     {"notice": "on-file", "agencies": ["USAF"]}),
    ("NW 88326 Docld:32204484 Page 4", "release",
     {"notice": "nara-page", "case": "88326", "number": "32204484", "page": 4}),
    ("Page Denied", "release", {"notice": "denied"}),
    ("Next 3 Page(s) In Document Denied", "release", {"notice": "denied", "pages": 3}),
    ("CIA SPECIAL COLLECTIONS", "release", {"notice": "program"}),
    ("SANITIZED COPY", "release", {"notice": "sanitized"}),
    ("COPY NO. 14", "control", {"notice": "copy", "copy": 14}),
    ("Copy 4 of 12 copies", "control", {"notice": "copy", "copy": 4, "copies": 12}),
    ("Cy 4 of 12", "control", {"notice": "copy", "copy": 4, "copies": 12}),
    ("This document consists of 3 pages\nNo. 4 of 12 copies, Series A", "control",
     {"notice": "copy", "copy": 4, "copies": 12}),
    ("NNNN", "control", {"notice": "end-of-transmission"}),
    ("*** Current Classification *** UNCLASSIFIED\n*** Current Handling Restrictions *** EXDIS",
     "release", {"notice": "system-record",
                 "attributes": {"Current Classification": "UNCLASSIFIED",
                                "Current Handling Restrictions": "EXDIS"}}),
    ("Original Classification: SECRET\nPage Count: 2", "release",
     {"notice": "system-record",
      "attributes": {"Original Classification": "SECRET", "Page Count": "2"}}),
    ("RETURN TO CIA", "control", {"notice": "return"}),
    ("DO NOT REPRODUCE", "control", {"notice": "reproduction"}),
    ("UNCLASSIFIED WHEN REMOVED FROM ENCLOSURES", "control", {"notice": "removal"}),
    (ESPIONAGE, "control", {"notice": "law"}),
    ("NATIONAL SECURITY INFORMATION\nUnauthorized disclosure subject\nto criminal sanctions",
     "control", {"notice": "law"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kind", "fields"), NOTICES)
def test_notices_are_markings_and_no_acts(words: str, kind: str, fields: dict[str, Any]) -> None:
    document = paper(words, "3 May 1961")
    ((found, record),) = said(document)
    assert found == kind
    assert {name: record.get(name) for name in fields} == fields
    assert document.reading("final").text == f"3 May 1961\n\n{BODY}"
    assert document.furniture == ()
    assert [step.action for step in document.classification.history] == ["classified"]


def test_what_was_withheld_is_a_marking() -> None:
    text = "The harbour [2½ lines not declassified] was deep [Here follows a list of ships.]."
    document = redline.parse(text)
    (found,) = document.markings
    assert (found.kind, found.place, found.text) == (
        "exemption",
        "inline",
        "[2½ lines not declassified]",
    )
    assert dict(found.fields) == {"withheld": True, "amount": "2.5 line"}
    assert document.reading("final").text == text


def test_what_was_withheld_with_emphasis_in_the_brackets() -> None:
    text = (
        "The harbour [*2 lines of source text not declassified*] was deep "
        "[*Here follows a list of ships*] and [*less than 1 line not declassified*] wide."
    )
    found = redline.parse(text).markings
    assert [(one.kind, one.text, dict(one.fields)) for one in found] == [
        (
            "exemption",
            "[*2 lines of source text not declassified*]",
            {"withheld": True, "amount": "2 line"},
        ),
        (
            "exemption",
            "[*less than 1 line not declassified*]",
            {"withheld": True, "amount": "at most 1 line"},
        ),
    ]


@pytest.mark.parametrize("label", ["", "[1] ", "1. ", "¹ ", "^{1} ", "[^1]: "])
@pytest.mark.parametrize("word", ["Source:", "*Source*:"])
def test_a_source_note_behind_its_number(label: str, word: str) -> None:
    text = (
        "Memorandum of a Conversation\n\nThe harbour was deep.\n\n"
        f"{label}{word} Department of State, Central Files, 330/11–956. Secret; Limdis. By Roe.\n"
    )
    (found,) = redline.parse(text).markings
    assert (found.kind, found.is_, found.controls, found.cert) == (
        "line",
        "SECRET",
        ("LIMDIS",),
        "low",
    )


@pytest.mark.parametrize(
    "words",
    ["NLF 94-12", "NND 901234", "AUTHORITY: NND 901234", "C05432109", "APPROVED FOR RELEASE"],
)
@pytest.mark.parametrize("copies", [1, 2])
def test_a_number_alone_is_hardly_an_act(words: str, copies: int) -> None:
    document = redline.parse(f"{words}\n\n{BODY}\n" + f"\n{words}\n" * (copies - 1))
    assert len(document.markings) == copies
    assert {step.cert for step in document.classification.history} == {"low"}


def test_a_grade_between_opener_and_date() -> None:
    """As the older volumes of a documentary edition print it."""
    text = (
        "795.00/11–350: Telegram\n\nThe Ambassador in the Netherlands (Roe) to the Secretary of "
        "State\n\nsecret priority\n\nThe Hague, November 3, 1950—4 p.m.\n\nHerring."
    )
    document = redline.parse(text)
    assert document.reading("final").text == text
    (found,) = document.markings
    assert (found.kind, found.is_, found.cert) == ("line", "SECRET", "low")
    assert found.fields["precedence"] == "PRIORITY"
    torn = "The harbour was thought by all who sailed there to be\n\nsecret\n\nin May 1950."
    assert redline.parse(torn).reading("final").text == torn.replace("\n\n", " ")
