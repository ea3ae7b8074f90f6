"""Release lines, archives' stamps, notices and exemption codes, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.markings.reading import check, read

N = "CIA-RDP81M00411R002200310007-6"
APPROVED = "Approved For Release"

RELEASES: list[tuple[str, dict[str, Any]]] = [
    (f"Approved For Release 2004/05/06 : {N}",
     {"wording": APPROVED, "date": "2004-05-06", "number": N, "cert": {"wording": "high"}}),
    (f"Approved For Release 2004/05/06 :{N}", {"date": "2004-05-06", "number": N}),
    (f"Approved For Release2004/05/06:{N}", {"date": "2004-05-06", "number": N}),
    (f"~~Approved For Release 2004/05/06~~ : {N}", {"date": "2004-05-06", "number": N}),
    (f"Approved For Rase 2004/05/06 : {N}",
     {"wording": APPROVED, "cert": {"wording": "medium"}, "raw": {"wording": "Approved For Rase"}}),
    ("Approved For Rejse 2004/05/06", {"wording": APPROVED, "date": "2004-05-06"}),
    ("Approved For Rele ase 2004/05/06", {"wording": APPROVED, "date": "2004-05-06"}),
    ("Approved For ReJ jse 2004/05/06", {"wording": APPROVED, "date": "2004-05-06"}),
    ("Approved For Relea ' 2004/05/06", {"wording": APPROVED, "date": "2004-05-06"}),
    ("Approved For F*elease 2004/05/06", {"wording": APPROVED, "date": "2004-05-06"}),
    ("Approved For 1pease 2004/05/06", {"wording": APPROVED, "date": "2004-05-06"}),
    ("pproved for Release: 2004/05/06 C055 00084",
     {"wording": APPROVED, "date": "2004-05-06", "number": "C05500084",
      "cert": {"number": "medium"}}),
    ("Approved For Release", {"wording": APPROVED, "date": None}),
    (f"Approved For Release 1999 : {N}",
     {"date": "1999", "number": N, "cert": {"date": "medium"}}),
    # Damaged dates and numbers.
    (f"Approved For Release 2OO4/O5/06 : {N}",
     {"date": "2004-05-06", "cert": {"date": "medium"}, "raw": {"date": "2OO4/O5/06"}}),
    (f"Approved For Release 2004/05/06 : {N.replace('R0022', 'R0O22')}",
     {"number": N, "cert": {"number": "medium"}}),
    (f"Approved For Release 2004/05/06 : {N.replace('CIA-', 'CIA1')}", {"number": N}),
    (f"Approved For Release 2004/05/06 : {N.replace('CIA', 'ciA')}", {"number": N}),
    ("Approved For Release 2004/05/06 : RDP81M00411R000310007-6",
     {"number": "CIA-RDP81M00411R000310007-6", "cert": {"number": "low"},
      "codes": ["damaged-number"]}),
    (f"Approved For Release 0000/05/06 : {N}",
     {"date": None, "raw": {"date": "0000/05/06"}, "codes": ["impossible-date"]}),
    (f"Approved For Release 2004/13/06 : {N}",
     {"date": None, "raw": {"date": "2004/13/06"}, "codes": ["impossible-date"]}),
    (f"Approved For Release 1904/05/06 : {N}",
     {"date": None, "raw": {"date": "1904/05/06"}, "codes": ["suspect-date"]}),
    (f"Approved For Release 2094/05/06 : {N}",
     {"date": None, "raw": {"date": "2094/05/06"}, "codes": ["suspect-date"]}),
    ("Approved For Release 07 0012980003000",
     {"date": None, "raw": {"date": "07 0012980003000"}, "codes": ["impossible-date"]}),
    ("Approved For Release 2004/SECREALDP81-00411",
     {"date": None, "number": "CIA-RDP81-00411", "cert": {"number": "low"},
      "codes": ["damaged-number", "impossible-date"]}),
    # Other wordings.
    (f"Declassified in Part - Sanitized Copy Approved for Release @ 50-Yr 2014/03/05 : {N}",
     {"wording": "Declassified in Part - Sanitized Copy Approved for Release @ 50-Yr",
      "date": "2014-03-05", "number": N, "extent": "sanitized"}),
    (f"Declassified and Approved For Release 2012/05/10 : {N}",
     {"wording": "Declassified and Approved For Release", "date": "2012-05-10"}),
    (f"Sanitized Copy Approved for Release 2011/01/02 : {N}",
     {"extent": "sanitized", "date": "2011-01-02"}),
    ("Approved for Release: 2012/04/05 C05500084 (b)(1) (b)(3)",
     {"wording": "Approved for Release", "number": "C05500084"}),
    ("Approved for Release: 2012/04/05 C05500084 EO 13526 3.5(c)",
     {"order": "13526", "number": "C05500084"}),
    ("Approved for Release by NSA on 04-05-2012, FOIA Case # 12345",
     {"agency": "NSA", "date": "2012-04-05", "case": "12345"}),
    ("APPROVED FOR RELEASE BY CIA ON 3/14/2003", {"date": "2003-03-14"}),
    ("No Objection to Declassification in Part 2010/11/12 : LOC-HAK-12-3-4-5",
     {"wording": "No Objection to Declassification in Part", "extent": "part",
      "number": "LOC-HAK-12-3-4-5", "date": "2010-11-12"}),
    ("Anna B. Clerk Declassified/Released US Department of State EO Systematic Review 05 JUL 2006",
     {"reviewer": "Anna B. Clerk", "date": "2006-07-05", "agency": "Department of State",
      "wording": "Declassified/Released US Department of State EO Systematic Review"}),
    (("UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05758501 "
     "Date: 04/28/2015"),
     {"case": "F-2014-20439", "number": "C05758501", "date": "2015-04-28"}),
    (("UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05758501 "
     "Date: 04/31/2015"),
     {"date": None, "raw": {"date": "04/31/2015"}, "codes": ["impossible-date"]}),
    ("RELEASE IN PART B1, 1.4(D), B6", {"extent": "part", "wording": "RELEASE IN PART"}),
    ("RELEASED IN FULL", {"extent": "full", "wording": "RELEASED IN FULL"}),
    ("DENIED IN FULL", {"extent": "none"}),
    ("RELEASE AS SANITIZED 1998", {"extent": "sanitized", "date": "1998"}),
    ("CIA HISTORICAL REVIEW PROGRAM RELEASE IN FULL 1998", {"extent": "full", "date": "1998"}),
    ("REVIEW AUTHORITY: Ann Clerk, Senior Reviewer", {"reviewer": "Ann Clerk, Senior Reviewer"}),
    ("RELEASED PER P.L. 102-526 (JFK ACT)", {"wording": "RELEASED PER P.L. 102-526 (JFK ACT)"}),
    (("Released under the John F. Kennedy Assassination Records Collection Act of 1992 "
     "(44 USC 2107 Note). Case#: NW 88326 Date: 2025-03-17"),
     {"case": "NW 88326", "date": "2025-03-17"}),
    ("CURRENT STATUS : POSTPONED IN FULL", {"status": "POSTPONED IN FULL", "extent": None}),
    # Broken over the cells of a table.
    ("| RELEASE IN PA | RT B1, 1.4(D) |", {"extent": "part", "wording": "RELEASE IN PART"}),
    ("| UNCLASSI | FIED | U.S. Department of State | Case No. F-2014-20439 | Doc No. C05758501 |",
     {"case": "F-2014-20439", "number": "C05758501"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RELEASES)
def test_releases(text: str, expected: dict[str, Any]) -> None:
    check("release", text, expected, "1961-04-17")


def test_codes_of_a_release() -> None:
    found = read("release", "Approved for Release: 2012/04/05 C05500084 (b)(1) (b)(3)").record()
    assert found["codes"] == ["(b)(1)", "(b)(3)"]
    assert found["raw"]["codes"] == "(b)(1) (b)(3)"
    found = read("released-in", "RELEASE IN PART B1, 1.4(D), B6").record()
    assert found["codes"] == ["B1", "1.4(D)", "B6"]


def test_a_release_before_the_paper_is_suspect() -> None:
    text = f"Approved For Release 1999/05/06 : {N}"
    assert read("release", text, "1998-01-01").record()["date"] == "1999-05-06"
    check("release", text, {"date": None, "codes": ["suspect-date"]}, "2001-01-01")


ARCHIVES: list[tuple[str, dict[str, Any]]] = [
    ("DECLASSIFIED", {"declassified": True}),
    ("DECLASSIFIED\nAuthority NND 917333\nBy RB NARA Date 4/2/97",
     {"declassified": True, "authority": "NND 917333", "reviewer": "RB", "agency": "NARA",
      "date": "1997-04-02"}),
    ("DECLASSIFIED Authority: NND 917333 By: RB, NARA, Date: 4/2/97",
     {"authority": "NND 917333", "reviewer": "RB", "date": "1997-04-02"}),
    ("DECLASSIFIED\nE.O. 12958, Sec. 3.5\nNLJ 94-123\nBy cb, NARA, Date 5-23-97",
     {"order": "12958", "section": "3.5", "authority": "NLJ 94-123", "reviewer": "cb",
      "date": "1997-05-23"}),
    ("DECLASSIFIED PER E.O. 12958", {"declassified": True, "order": "12958"}),
    ("DECLASSIFIED\nE.O. I2958, Sec. 3.6(b)", {"order": "12958", "cert": {"order": "medium"}}),
    ("SANITIZED\nNLE MR Case No. 98-123\nBY ______ DATE _____",
     {"extent": "sanitized", "authority": "NLE MR Case No. 98-123", "declassified": None}),
    ("LOC-HAK-12-3-4-5", {"authority": "LOC-HAK-12-3-4-5"}),
    ("Authority NND 917333\nBy RB NARA Date 30/2/97",
     {"date": None, "raw": {"date": "30/2/97"}, "codes": ["impossible-date"]}),
    ("Authority NND 917333\nBy RB NARA Date 4/2/1917",
     {"date": None, "raw": {"date": "4/2/1917"}, "codes": ["suspect-date"]}),
    ("Authority NND 917333\nBy RB NARA Date 4/?",
     {"date": None, "raw": {"date": "4/?"}, "codes": ["impossible-date"]}),
    ("| DECLASSI | FIED | Authority NND 917333 |\n| By RB NA | RA Date 4/2/97 |",
     {"declassified": True, "authority": "NND 917333", "reviewer": "RB", "date": "1997-04-02"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARCHIVES)
def test_archives(text: str, expected: dict[str, Any]) -> None:
    check("stamp", text, expected, "1950-10-07")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MORI/CDF", {"number": None}),
        ("MORI/CDF C05123456", {"number": "C05123456"}),
        ("MORI DocID: 123456", {"number": "123456"}),
        ("DIA, OSD reviews completed", {"agencies": ["DIA", "OSD"]}),
        ("DOS and USAID review(s) completed.", {"agencies": ["DOS", "USAID"]}),
        ("NRO DECLASSIFICATION/RELEASE INSTRUCTIONS ON FILE", {"agencies": ["NRO"]}),
        ("On file USAF release instructions apply.", {"agencies": ["USAF"]}),
        (
            "NW 88326 Docld:32204484 Page 4",
            {"case": "88326", "number": "32204484", "page": 4},
        ),
        ("COPY NO. 14", {"copy": 14}),
        ("Copy 3 of 12 copies, Series A", {"copy": 3, "copies": 12}),
        ("Next 3 Page(s) In Document Denied", {"pages": 3}),
    ],
)
def test_notices(text: str, expected: dict[str, Any]) -> None:
    check("notice", text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25X1", {"code": "25X1"}),
        ("**25X1**", {"code": "25X1"}),
        ("25X1A9a", {"code": "25X1A9a"}),
        ("25X", {"code": "25X", "cert": {"code": "low"}}),
        ("25X 25X1 25X6", {"code": ["25X", "25X1", "25X6"], "cert": {"code": "low"}}),
        ("STATI NTL", {"code": "STATINTL", "raw": {"code": "STATI NTL"}}),
        ("ILLEGIB", {"code": "ILLEGIB"}),
        ("(b)(1) (b)(3)", {"code": ["(b)(1)", "(b)(3)"]}),
        ("(b)(7)(C)", {"code": "(b)(7)(C)"}),
        ("1.4(d), 1.5D", {"code": ["1.4(d)", "1.5D"]}),
        ("EO 13526 3.5(c)", {"code": "3.5(c)", "order": "13526"}),
        ("Disposition Reason: 1.4B, 1.4D, 25X6", {"code": ["1.4B", "1.4D", "25X6"]}),
        ("25X1, 20420309", {"code": "25X1", "date": "2042-03-09"}),
        ("50X1-HUM", {"code": "50X1-HUM"}),
    ],
)
def test_exemptions(text: str, expected: dict[str, Any]) -> None:
    check("exemption", text, expected)
