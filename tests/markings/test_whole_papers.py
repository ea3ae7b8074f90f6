"""Apparatus on whole papers: lifted out of the text, one marking each, with what it says.

Every row is printed on a small paper of its own, between its last line and the banner of its
foot, and the paper is parsed as any other. A reader of fields that gives the right answer for a
piece of paper cut out by hand is of no use when nothing cuts it out.
"""

from __future__ import annotations

from typing import Any

import pytest

import redline
from redline.model import Document

Fields = dict[str, Any]
BODY = "The harvest of the year was good."


def paper(words: str, date: str = "3 May 1950") -> Document:
    """A marked paper of that date with `words` after its text."""
    return redline.parse(f"SECRET\n\n{date}\n\n{BODY}\n\n{words}\n\nSECRET\n")


def said(document: Document) -> list[tuple[str, Fields]]:
    """What the markings say that are no banners."""
    return [(one.kind, dict(one.fields)) for one in document.markings if one.kind != "banner"]


def check(words: str, date: str, expected: list[tuple[str, Fields]], codes: list[str]) -> None:
    """The markings are just those; of each the fields named are as said. `cert` the same way."""
    document = paper(words, date)
    found = said(document)
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    for (_, fields), (_, wanted) in zip(found, expected, strict=True):
        for name, value in wanted.items():
            if name == "cert":
                assert {key: fields.get("cert", {}).get(key, "high") for key in value} == value
            else:
                assert fields.get(name) == value, name
    assert document.reading("final").text == f"{date}\n\n{BODY}"
    banners = [one for one in document.markings if one.kind == "banner"]
    assert [(one.place, one.is_, one.cert) for one in banners] == [
        ("top", "SECRET", "high"),
        ("bottom", "SECRET", "high"),
    ]
    assert [one.code for one in document.diagnostics] == codes


Row = tuple[str, str, list[tuple[str, Fields]], list[str]]

STAMP = "NEXT REVIEW DATE: 1990\nAUTH: HR 70-2\nDATE: 4/17/80 REVIEWER: 012345"
REVIEW = {"next_review": "1990", "authority": "HR 70-2", "date": "1980-04-17",
          "reviewer": "012345"}  # fmt: skip

STAMPS: list[Row] = [
    # A nought in the first word, as in the others.
    (f"D0CUMENT NO. 14\nNO CHANGE IN CLASS. [X]\n{STAMP}", "3 May 1950",
     [("stamp", {"document_no": "14", "no_change": True, **REVIEW})], []),
    # The box before its label.
    (f"DOCUMENT NO. 14\n[X] NO CHANGE IN CLASS.\n[ ] DECLASSIFIED\n{STAMP}", "3 May 1950",
     [("stamp", {"no_change": True, "declassified": False, **REVIEW})], []),
    (f"DOCUMENT NO. 14\n☐ NO CHANGE IN CLASS. ☒ DECLASSIFIED\n{STAMP}", "3 May 1950",
     [("stamp", {"no_change": False, "declassified": True, **REVIEW})], []),
    # Choices that exclude one another.
    (f"NO CHANGE IN CLASS. [X]\n[X] DECLASSIFIED\n{STAMP}", "3 May 1950",
     [("stamp", {"no_change": True, "declassified": True,
                 "cert": {"no_change": "low", "declassified": "low"}})], ["unclear-choice"]),
    (f"NO CHANGE IN CLASS. [X]\nCLASS. CHANGED TO: TS S (C)\n{STAMP}", "3 May 1950",
     [("stamp", {"no_change": True, "changed_to": "CONFIDENTIAL",
                 "cert": {"no_change": "low", "changed_to": "low"}})], ["review-differs", "unclear-choice"]),
    (f"☒ DECLASSIFIED\nCLASS. CHANGED TO: TS (S) C\n{STAMP}", "3 May 1950",
     [("stamp", {"declassified": True, "changed_to": "SECRET",
                 "cert": {"declassified": "low", "changed_to": "low"}})], ["unclear-choice"]),
    (f"NO CHANGE IN CLASS. [ ]\n☐ DECLASSIFIED\nCLASS. CHANGED TO: TS S (C)\n{STAMP}",
     "3 May 1950",
     [("stamp", {"changed_to": "CONFIDENTIAL", "cert": {"changed_to": "medium"}})], ["review-differs"]),
    # What the pen mended.
    ("NO CHANGE IN CLASS. [X]\nAUTH: HR 70-2\nDATE: ~~4/17/81~~ ^{4/17/80} "
     "REVIEWER: ~~018557~~ ^{012345}", "3 May 1950",
     [("stamp", {"reviewer": "012345", "date": "1980-04-17"})], []),
    ("NO CHANGE IN CLASS. [X]\nAUTH: HR 70-2\nDATE: 4/17/80 REVIEWER: 01~~8~~^{2}345",
     "3 May 1950", [("stamp", {"reviewer": "012345", "cert": {"reviewer": "medium"}})], []),
    ("NO CHANGE IN CLASS. [X]\nAUTH: HR 70-2\nDATE: 4/17/80 REVIEWER: ~~018557~~", "3 May 1950",
     [("stamp", {"reviewer": None, "authority": "HR 70-2"})], []),
    # Set in brackets by the transcriber.
    ("[stamp: DATE: 4/17/80 AUTH: HR 70-2 REVIEWER: 012345]", "3 May 1950",
     [("stamp", {"reviewer": "012345", "authority": "HR 70-2", "date": "1980-04-17"})], []),
    ("[stamp: DECLASSIFIED Authority NND 917333 By RB NARA Date 4/2/97]", "3 May 1950",
     [("stamp", {"declassified": True, "reviewer": "RB", "date": "1997-04-02"})], []),
]  # fmt: skip


@pytest.mark.parametrize("row", STAMPS)
def test_stamps_of_reviewers(row: Row) -> None:
    check(*row)


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


def test_a_letter_for_the_last_figure_of_a_date() -> None:
    number = "CIA-RDP80B01676R001200140012-3"
    check(
        f"Approved For Release 2004/11/0I : {number}",
        "3 May 1950",
        [("release", {"date": "2004-11-01", "number": number, "cert": {"date": "medium"}})],
        [],
    )
