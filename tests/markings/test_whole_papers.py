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


G1 = {"rule": "GROUP 1"}
SCHEDULES: list[Row] = [
    ("GROUP 1\nExcluded from automatic\ndowngrading and\ndeclassification", "3 May 1965",
     [("schedule", G1)], []),
    ("GROUP - 1\nEXCLUDED FROM AUTOMATIC DOWNGRADING\nAND DECLASSIFICATION.", "3 May 1965",
     [("schedule", G1)], []),
    ("| GROUP 1 |\n| Excluded from automatic |\n| downgrading and |\n| declassification |",
     "3 May 1965", [("schedule", G1)], []),
    ("| GROUP 1 |\n|---|\n| Excluded from automatic |\n| downgrading and declassification |",
     "3 May 1965", [("schedule", G1)], []),
    ("GROUP 3\nDowngraded at 12 year\nintervals; not automatically\ndeclassified", "3 May 1965",
     [("schedule", {"rule": "GROUP 3"})], []),
    ("GROUP 4\nDowngraded at 3-year intervals;\ndeclassified after 12 years.\nDOD DIR 5200.10",
     "3 May 1965", [("schedule", {"rule": "GROUP 4"})], []),
    ("DOWNGRADED AT 12 YEAR INTERVALS;\nNOT AUTOMATICALLY DECLASSIFIED.", "3 May 1965",
     [("schedule", {"rule": "GROUP 3", "cert": {"rule": "medium"}})], []),
    # E.O. 11652.
    ("CLASSIFIED BY 012345\nEXEMPT FROM GENERAL DECLASSIFICATION\nSCHEDULE OF E.O. 11652\n"
     "EXEMPTION CATEGORY 5B(2)\nAUTOMATICALLY DECLASSIFIED ON\nDATE IMPOSSIBLE TO DETERMINE",
     "3 May 1974",
     [("schedule", {"classified_by": "012345", "order": "11652", "rule": "XGDS-2",
                    "event": "DATE IMPOSSIBLE TO DETERMINE"})], []),
    ("Classified by 012345\nExempt from general\ndeclassification schedule of E. O. 11652,\n"
     "exemption category 5B (1), (2), (3)\nAutomatically declassified on\nApproval of DCI",
     "3 May 1974",
     [("schedule", {"classified_by": "012345", "order": "11652", "rule": "XGDS",
                    "event": "Approval of DCI"})], []),
    ("CLASSIFIED BY J. ROE\nSUBJECT TO GENERAL DECLASSIFICATION\nSCHEDULE OF EXECUTIVE ORDER 11652\n"
     "AUTOMATICALLY DOWNGRADED AT TWO\nYEAR INTERVALS AND DECLASSIFIED\nON DECEMBER 31, 1982",
     "3 May 1974",
     [("schedule", {"classified_by": "J. ROE", "order": "11652", "rule": "GDS",
                    "date": "1982-12-31"})], []),
    # E.O. 12065 and later: the lines of one block.
    ("DERIVATIVE CL BY 012345\nDECL [ ] REVW [X] ON 31 Dec 1999\nEXT BYND 6 YRS BY 012345\n"
     "REASON 3d(3)", "3 May 1980",
     [("schedule", {"classified_by": "012345", "rule": "REVIEW", "date": "1999-12-31"})], []),
    ("CL BY 012345\nDECL OADR\nDERIVED FROM MULTIPLE", "3 May 1985",
     [("schedule", {"classified_by": "012345", "rule": "OADR", "derived_from": "MULTIPLE"})], []),
    ("Classified By: 2345678\nReason: 1.4(c)\nDeclassify On: 20401231", "3 May 2011",
     [("schedule", {"classified_by": "2345678", "reason": ["1.4(c)"], "rule": "DECL",
                    "date": "2040-12-31"})], []),
    ("CLASSIFIED BY: J. ROE\nREASONS: 1.5 (B) AND (D)\nDECLASSIFY ON: X1", "3 May 1999",
     [("schedule", {"classified_by": "J. ROE", "reason": ["1.5(b)", "1.5(d)"], "rule": "X1"})],
     []),
    ("Derived From: Multiple Sources\nDeclassify On: 25X1, 20611231", "3 May 2011",
     [("schedule", {"derived_from": "Multiple Sources", "rule": "25X1"})], []),
]  # fmt: skip


@pytest.mark.parametrize("row", SCHEDULES)
def test_schedules(row: Row) -> None:
    check(*row)


ARCHIVES: list[Row] = [
    ("DECLASSIFIED\nE.O. 12958, Sec. 3.6\nNLJ 98-123\nBy cb , NARA Date 7-12-99", "3 May 1965",
     [("stamp", {"declassified": True, "order": "12958", "section": "3.6",
                 "authority": "NLJ 98-123", "reviewer": "cb", "agency": "NARA",
                 "date": "1999-07-12"})], []),
    ("DECLASSIFIED\nPER EXECUTIVE ORDER 12356, SECTION 3.3, NND 877092\nBY WDP, 2-10-93",
     "3 May 1950",
     [("stamp", {"declassified": True, "order": "12356", "section": "3.3",
                 "authority": "NND 877092", "reviewer": "WDP", "date": "1993-02-10"})], []),
    ("DECLASSIFIED\nAuthority: NND 959OO1\nBy RB NARA Date 4/2/97", "3 May 1950",
     [("stamp", {"authority": "NND 959001", "cert": {"authority": "medium"}})], []),
    ("DECLASSIFIED\nAuthority NND 95\nBy RB NARA Date 4/2/97", "3 May 1950",
     [("stamp", {"authority": "NND 95", "date": "1997-04-02"})], []),
    ("| DECLASSI | FIED | Authority NND 917333 |\n| By RB NA | RA Date 4/2/97 |", "3 May 1950",
     [("stamp", {"declassified": True, "authority": "NND 917333", "date": "1997-04-02"})], []),
    # Presidential libraries.
    ("DECLASSIFIED\nNLRR M08-079 #50501\nBY KML NARA DATE 5/12/11", "3 May 1983",
     [("stamp", {"declassified": True, "authority": "NLRR M08-079 #50501", "reviewer": "KML",
                 "date": "2011-05-12"})], []),
    ("DECLASSIFIED\nNLRRF06-114/5#7856\nBY CN NARA DATE 3/4/10", "3 May 1983",
     [("stamp", {"authority": "NLRRF06-114/5#7856", "date": "2010-03-04"})], []),
    ("SANITIZED\nE.O. 12356, Sec. 3.4\nNLK-94-22\nBy SKF NARA, Date 6/2/95", "3 May 1962",
     [("stamp", {"extent": "sanitized", "order": "12356", "authority": "NLK-94-22",
                 "reviewer": "SKF", "date": "1995-06-02"})], []),
    # By order of the departments.
    ("DECLASSIFIED IN FULL\nAuthority: EO 13526\nChief, Records & Declass Div, WHS\n"
     "Date: JUL 11 2014", "3 May 1972",
     [("stamp", {"declassified": True, "extent": "full", "order": "13526",
                 "date": "2014-07-11"})], []),
    ("DECLASSIFIED IN PART\nAuthority: EO 13526\nChief, Records & Declass Div, WHS\n"
     "Date: JUL 11 2014", "3 May 1972",
     [("stamp", {"declassified": None, "extent": "part", "order": "13526",
                 "date": "2014-07-11"})], []),
    ("DECLASSIFIED UNDER AUTHORITY OF THE\nINTERAGENCY SECURITY CLASSIFICATION APPEALS PANEL,\n"
     "E.O. 13526, SECTION 5.3(b)(3)\nISCAP APPEAL NO. 2009-068, document no. 24\n"
     "DECLASSIFICATION DATE: November 3, 2014", "3 May 1972",
     [("stamp", {"declassified": True, "order": "13526", "section": "5.3(b)(3)",
                 "authority": "ISCAP APPEAL NO. 2009-068", "date": "2014-11-03"})], []),
    ("ALL INFORMATION CONTAINED\nHEREIN IS UNCLASSIFIED\nDATE 11-22-93 BY 5668 SLD/KSR (JFK)",
     "3 May 1964",
     [("stamp", {"declassified": True, "date": "1993-11-22",
                 "reviewer": "5668 SLD/KSR (JFK)"})], []),
    ("ALL INFORMATION CONTAINED\nHEREIN IS UNCLASSIFIED\nEXCEPT WHERE SHOWN\nOTHERWISE.",
     "3 May 1964", [("stamp", {"declassified": None, "extent": "part"})], []),
    # Changes of level under E.O. 10501.
    ("CLASSIFICATION CHANGED TO: CONFIDENTIAL\nBY AUTHORITY OF: J. ROE\nDATE: 5 May 1960",
     "3 May 1950",
     [("stamp", {"changed_to": "CONFIDENTIAL", "authority": "J. ROE", "date": "1960-05-05"})],
     ["review-differs"]),
    ("REGRADED UNCLASSIFIED\nORDER SEC ARMY BY TAG PER 720564", "3 May 1950",
     [("stamp", {"changed_to": "UNCLASSIFIED"})], ["review-differs"]),
    ("REGRADED\nCONFIDENTIAL\nBY AUTHORITY OF J. ROE\nON 5 May 1960", "3 May 1950",
     [("stamp", {"changed_to": "CONFIDENTIAL", "authority": "J. ROE", "date": "1960-05-05"})],
     ["review-differs"]),
    ("CLASSIFICATION CANCELLED\nBY AUTHORITY OF: J. ROE\nBY A. DOE DATE 5/6/60", "3 May 1950",
     [("stamp", {"declassified": True, "authority": "J. ROE", "reviewer": "A. DOE",
                 "date": "1960-05-06"})], []),
    # The State Department's box of the years of E.O. 12065.
    ("DEPARTMENT OF STATE A/CDC/MR\nREVIEWED BY J. Roe DATE 5/3/88\n"
     "RDS [ ] or XDS [X] EXT. DATE 5/3/98\nTS AUTH. ____ REASON(S) B1\n"
     "ENDORSE EXISTING MARKINGS [ ]\nDECLASSIFIED [ ] RELEASABLE [ ]\nRELEASE DENIED [X]\n"
     "PA or FOI EXEMPTIONS B1", "3 May 1972",
     [("stamp", {"decision": ["release_denied"], "declassified": False, "reviewer": "J. Roe",
                 "date": "1988-05-03", "reason": "B1", "exemptions": "B1"})], []),
]  # fmt: skip


@pytest.mark.parametrize("row", ARCHIVES)
def test_stamps_of_archives(row: Row) -> None:
    check(*row)


RELEASES: list[Row] = [
    ("CIA HISTORICAL REVIEW PROGRAM\nRELEASE IN FULL\n1998", "3 May 1950",
     [("release", {"extent": "full", "date": "1998"})], []),
    ("CIA SPECIAL COLLECTIONS\nRELEASE AS SANITIZED\n2000", "3 May 1950",
     [("release", {"extent": "sanitized", "date": "2000"})], []),
    ("APPROVED FOR RELEASE\nCIA HISTORICAL REVIEW PROGRAM\n18 SEPT 95", "3 May 1950",
     [("release", {"wording": "APPROVED FOR RELEASE", "date": "1995-09-18"})], []),
    ("APPROVED FOR RELEASE THROUGH\nTHE HISTORICAL REVIEW PROGRAM OF\nTHE CENTRAL INTELLIGENCE "
     "AGENCY.\nDATE 02 APR 1992\nHRP 92-4", "3 May 1950",
     [("release", {"wording": "APPROVED FOR RELEASE", "date": "1992-04-02"})], []),
    ("RELEASED IN FULL\n1998", "3 May 1950",
     [("release", {"extent": "full", "date": "1998"})], []),
    ("Declassified and approved for release by\nNSA on 04-05-2012 pursuant to E.O. 13526",
     "3 May 1950",
     [("release", {"agency": "NSA", "date": "2012-04-05", "order": "13526"})], []),
    ("Released under the John F. Kennedy\nAssassination Records Collection Act\nof 1992 (44 USC "
     "2107 Note).\nCase#: NW 88326 Date: 2025-03-17", "3 May 1964",
     [("release", {"case": "NW 88326", "date": "2025-03-17"})], []),
]  # fmt: skip


@pytest.mark.parametrize("row", RELEASES)
def test_releases(row: Row) -> None:
    check(*row)


# -- and no sentence about such things ---------------------------------------------------------

SENTENCES = [
    "Excluded from automatic downgrading and\ndeclassification are only the papers of the first "
    "group.",
    "Downgraded at 12 year intervals; not automatically\ndeclassified, the papers are kept here.",
    "Group 1\nof the harbour pilots was excluded from automatic pay.",
    "GROUP 1 OF THE PILOTS CAME FIRST.\nIT WAS EXCLUDED FROM AUTOMATIC DOWNGRADING.",
    "Regraded Confidential by authority of the board\nare three papers of the commission, which it "
    "printed in the spring.",
    "The classification changed to Secret\nby authority of the board.",
    "Classification cancelled was what they asked for.",
    "Declassified in full\nauthority of the board it was not.",
    "All information contained herein is unclassified,\nsaid the captain.",
    "Exempt from general declassification schedule of the harbour\nare the charts.",
    "By and by, 4/5/93 was forgotten.",
    "Reason: 1.5 tons of wheat were lost.",
    "Per executive order the harbour was closed.",
    "Released in full\n1998 letters were printed.",
    "This document contains information affecting the national defense of the\nUnited States in "
    "more than one way.",
    "Chief, Records Division, came late.",
    "CIA Historical Review Program releases in full\nwhat it can.",
    "Released under the John F. Kennedy Assassination Records Collection Act\nof 1992 were many "
    "papers.",
]


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
