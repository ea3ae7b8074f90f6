"""What single lines are: apparatus of agencies, archives and forms, and what only looks like it."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.forms import box_words
from redline.markings.apparatus.lines import (
    IDENTIFIED,
    exemption_in_line,
    identify,
    is_box,
    is_stamp,
)
from redline.markings.apparatus.patterns import starts_of
from redline.markings.apparatus.printed import ROWS
from redline.markings.register import builtin

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.mark.parametrize(
    ("line", "kind", "role"),
    [
        # Release lines, and what scanning makes of them.
        ("Approved For Release 2001/02/03 : CIA-RDP80T00001A000100020003-4", "release", "approved"),
        ("Approved For Rase 2001/02/03 : CIA-RDP80T00001A000100020003-4", "release", "approved"),
        ("Approved For Rejse 2001/02/03 : CIA-RDP80", "release", "approved"),
        ("Approved For Rise 2001/02/03", "release", "approved"),
        ("Approved For Relea ' 2001/02/03 : CIA1RDP80", "release", "approved"),
        ("Approved For 1pease 2001/02/03", "release", "approved"),
        ("Approved For F*elease 2001/02/03", "release", "approved"),
        ("Approved For ReJ jse 2001/02/03", "release", "approved"),
        ("Approved For Rele ase 2001/02/03", "release", "approved"),
        ("Approved For Release 03 0012980001000", "release", "approved"),
        ("Approved For Release 2004/SECREALDP64-00014", "release", "approved"),
        ("Approved For Release 2060EitRETIA-RDP64", "release", "approved"),
        ("Approved For Release", "release", "approved"),
        ("Approved for Release: 2012/04/05 C05500084 (b)(1) (b)(3)", "release", "approved"),
        ("pproved for Release: 2012/04/05 C05500084", "release", "approved"),
        ("APPROVED FOR RELEASE: 2007/02/08: CIA-RDP82-00850R000100010001-1", "release", "approved"),
        ("Approved for Release by NSA on 04-05-2012, FOIA Case # 12345", "release", "approved"),
        ("~~Approved For Release 2001/02/03~~", "release", "approved"),
        (
            "Declassified in Part - Sanitized Copy Approved for Release @ 50-Yr 2014/03/05",
            "release",
            "declassified",
        ),
        ("Sanitized Copy Approved for Release 2011/01/02", "release", "declassified"),
        (
            "No Objection to Declassification in Part 2010/11/12 : LOC-HAK-1-2",
            "release",
            "no-objection",
        ),
        (
            "Declassified/Released US Department of State EO Systematic Review 05 JUL 2006",
            "release",
            "state-review",
        ),
        (
            "A. B. Clerk Declassified/Released US Department of State EO Systematic Review",
            "release",
            "state-review",
        ),
        (
            "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05758501",
            "release",
            "state-foia",
        ),
        ("RELEASED PER P.L. 102-526 (JFK ACT)", "release", "jfk"),
        (
            "Released under the John F. Kennedy Assassination Records Collection Act of 1992 (44",
            "release",
            "jfk",
        ),
        ("RELEASE IN FULL", "released-in", "full"),
        ("RELEASED IN PART", "released-in", "part"),
        ("RELEASE IN PART B1, 1.4(D), B6", "released-in", "part"),
        ("REVIEW AUTHORITY: A. Clerk, Senior Reviewer", "released-in", "authority"),
        # The reviewer's stamp.
        ("DOCUMENT NO. 1", "stamp-line", "document-no"),
        ("NO CHANGE IN CLASS. 1", "stamp-line", "no-change"),
        ("NO CHANGE IN CLASS. □", "stamp-line", "no-change"),
        ("☐ DECLASSIFIED", "stamp-line", "declassified"),
        ("[ ] DECLASSIFIED", "stamp-line", "declassified"),
        ("L: F;ECLASSIFIED", "stamp-line", "declassified"),
        ("CLASS. CHANGED TO: TS S ©", "stamp-line", "changed-to"),
        ("CHANGED TO: TS S C", "stamp-line", "changed-to"),
        ("NEXT REVIEW DATE: 2011", "stamp-line", "next-review"),
        ("I7e:i. F FICVIEW DATE:", "stamp-line", "next-review"),
        ("AUTH: HR 70-2", "stamp-line", "authority"),
        ("AUTH: Hfi 702", "stamp-line", "authority"),
        ("DATE: 3/4/81 REVIEWER: 012345", "stamp-line", "date-reviewer"),
        (
            "CIA HAS DETFR.MINED THAT THIS DOCUMENT MAY BE DECLASSIFIED SUBJECT TO REVIEW BY: X",
            "stamp-line",
            "determination",
        ),
        # Archives.
        ("DECLASSIFIED", "authority-line", "declassified"),
        ("DECLASSIFIED PER E.O. 12958", "authority-line", "declassified"),
        ("Authority NND 917333", "authority-line", "authority"),
        ("Authority: NLJ 94-123", "authority-line", "authority"),
        ("By RB NARA Date 4/2/97", "authority-line", "by"),
        ("By: xx, NARA, Date: 4/2/97", "authority-line", "by"),
        ("E.O. 12958, Sec. 3.5", "authority-line", "order"),
        ("NLJ 94-123", "authority-line", "library"),
        ("LOC-HAK-12-3-4-5", "authority-line", "library"),
        # Pages of a carrier.
        ("- PAGE 03 STATE 123456 180734Z", "cable-page", "3"),
        ("PAGE 02        OSLO  01234  01 OF 03  180734Z", "cable-page", "2"),
        ("NNNN", "cable-end", ""),
        ("NNN", "cable-end", ""),
        ("<< END OF DOCUMENT >>", "cable-end", ""),
        ("*** Current Classification *** SECRET", "sas-footer", ""),
        ("*** Current Handling Restrictions *** n/a", "sas-footer", ""),
        ("-2-", "page-number", "2"),
        ("- 2 -", "page-number", "2"),
        ("— 12 —", "page-number", "12"),
        ("**-2-**", "page-number", "2"),
        ("-ii-", "page-number", "ii"),
        ("Page 2 of 5", "page-number", "2"),
        ("PAGE 2", "page-number", "2"),
        ("[Page 907]", "page-mark", "907"),
        ("[p. 14]", "page-mark", "14"),
        ("[p. [67]]", "page-mark", "67"),
        # Notices.
        ("MORI/CDF", "notice", "mori"),
        ("MORI DocID: 123456", "notice", "mori"),
        ("State Dept. review completed", "notice", "review-completed"),
        ("DIA, OSD reviews completed", "notice", "review-completed"),
        ("NRO DECLASSIFICATION/RELEASE INSTRUCTIONS ON FILE", "notice", "on-file"),
        ("On file USAF release instructions apply.", "notice", "on-file"),
        ("RETURN TO CIA", "notice", "return"),
        ("DO NOT REPRODUCE", "notice", "reproduction"),
        ("NW 88326 Docld:32204484 Page 4", "notice", "nara-page"),
        ("HW 50955 DocId:32204484 Page 12", "notice", "nara-page"),
        ("13-00000", "notice", "jfk-number"),
        ("14-00000", "notice", "jfk-number"),
        ("CIA HISTORICAL REVIEW PROGRAM", "notice", "program"),
        ("Next 3 Page(s) In Document Denied", "notice", "denied"),
        ("Page Denied", "notice", "denied"),
        ("UNCLASSIFIED WHEN REMOVED FROM ENCLOSURES", "notice", "removal"),
        ("COPY NO. 14", "copy-line", ""),
        ("Copy 3 of 12 copies, Series A", "copy-line", ""),
        ("GROUP 1", "schedule", "group"),
        ("GROUP 1 Excluded from automatic downgrading and declassification", "schedule", "group"),
        ("Excluded from automatic", "schedule", "group"),
        ("downgrading and declassification", "schedule", "group"),
        ("CLASSIFIED BY 012345", "schedule", "authority"),
        ("DECL: OADR", "schedule", "authority"),
        # Forms (rule M4).
        ("UNCLASSIFIED CONFIDENTIAL SECRET", "form", "options"),
        ("☐ UNCLASSIFIED ☐ INTERNAL USE ONLY ☐ CONFIDENTIAL ☐ SECRET", "form", "options"),
        ("UNCLASSIFIED | | CONFIDENTIAL | | SECRET", "form", "options"),
        ("SECRET INTERNAL USE ONLY", "form", "options"),
        ("SENDER WILL CHECK CLASSIFICATION TOP AND BOTTOM", "form", "heading"),
        ("OFFICIAL ROUTING SLIP", "form", "heading"),
        # Captions without a level: RESTRICTED DATA before RESTRICTED.
        ("RESTRICTED DATA", "control", "caption"),
        ("NOFORN/CONTINUED CONTROL", "control", "caption"),
        ("NO FOREIGN DISSEM", "control", "caption"),
        ("EXDIS", "control", "caption"),
        ("| () EXCISE () DENY | () DECLASSIFY |", "cdr-box", "options"),
        ("DEPARTMENT OF STATE | IS/FPC/CDR | Date: 1/2/92", "cdr-box", "heading"),
    ],
)
def test_apparatus(line: str, kind: str, role: str) -> None:
    found = identify(line)
    assert found is not None
    assert (found.kind, found.role) == (kind, role)
    assert kind in IDENTIFIED


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("25X1", ("25X1",)),
        ("25X", ("25X",)),
        ("25X1A9a", ("25X1A9a",)),
        ("25X 25X1 25X6", ("25X", "25X1", "25X6")),
        ("**25X1**", ("25X1",)),
        ("| 25X1 |", ("25X1",)),
        ("STAT", ("STAT",)),
        ("STATINTL", ("STATINTL",)),
        ("STATI NTL", ("STATI NTL",)),
        ("ILLEGIB", ("ILLEGIB",)),
        ("50X1-HUM", ("50X1-HUM",)),
        ("(b)(1)", ("(b)(1)",)),
        ("(b)(1) (b)(3)", ("(b)(1)", "(b)(3)")),
        ("(b)(7)(C)", ("(b)(7)(C)",)),
        ("1.4(d)", ("1.4(d)",)),
        ("1.5D", ("1.5D",)),
        ("B1, 1.4(D)", ("B1", "1.4(D)")),
        ("b7E-1,2", ("b7E-1,2",)),
        ("EO 13526 3.5(c)", ("3.5(c)",)),
        ("Disposition Reason: 1.4B, 1.4D, 25X6", ("1.4B", "1.4D", "25X6")),
    ],
)
def test_exemption_lines(line: str, codes: tuple[str, ...]) -> None:
    found = identify(line)
    assert found is not None
    assert (found.kind, found.data) == ("exemption", {"codes": codes})


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "~~~~",
        "The paper was approved for release by the Director.",
        "Approved for release by the Director after some days",
        "Approved for travel 2001",
        "Declassified papers were lent to the library.",
        "Declassified",
        "DECLASSIFIED PAPERS OF THE OFFICE",
        "Document no longer needed",
        "DATE: 3 March",
        "AUTHORITY OF THE BOARD",
        "By noon the harbour was closed.",
        "By order, NARA was told",
        "NO CHANGE IN THE WEATHER IS EXPECTED",
        "2. The harbour",
        "1.4",
        "B1",
        "(b) The second",
        "(b)",
        "STATE OF THE UNION",
        "STATUS",
        "25 December",
        "Page after page",
        "PAGE 5 LINE 12 OF THE REPORT",
        "[Page torn]  and more",
        "[illegible]",
        "-",
        "- 2 - 3",
        "--- 2",
        "Next we turn to page 3",
        "Copy this down",
        "GROUP 1 WAS FIRST",
        "Excluded from the meeting",
        "RETURN TO THE SHIP",
        "The review completed the work",
        "ONLY",
        "SENSITIVE",
        "SECRET",
        "SECRET CONFIDENTIAL",
        "NOFORN AND OTHERS",
        "EXDIS HAS BEEN LIFTED",
        "The options were (a) to deny and (b) to delete.",
        "(a) DENY the request",
        "Current Classification of the paper",
        "RELEASED IN PARTS OF THE COUNTRY",
        "13-00001",
    ],
)
def test_text_is_no_apparatus(line: str) -> None:
    assert identify(line) is None


def test_text_glued_to_a_page_header_stays() -> None:
    line = "- PAGE 02 STATE 123456 180734Z THE HARBOUR WAS CLOSED. " + "MORE " * 100
    found = identify(line)
    assert found is not None
    assert found.data is not None
    assert line[found.data["end"] :].lstrip().startswith("THE HARBOUR")
    assert {key: found.data[key] for key in ("page", "station", "number", "dtg")} == {
        "page": 2,
        "station": "STATE",
        "number": "123456",
        "dtg": "180734Z",
    }


def test_a_stamp_has_three_fields() -> None:
    lines = ["DOCUMENT NO. 7", "NO CHANGE IN CLASS. 1", "AUTH: HR 70-2", "AUTH: HR 70-2", "text"]
    kinds = [identify(line) for line in lines]
    assert is_stamp(kinds)
    assert not is_stamp(kinds[1:])
    assert is_stamp([*kinds[2:], identify("DECLASSIFIED"), identify("DATE: 1/2/81 REVIEWER: 01")])


def test_a_box_has_three_options() -> None:
    assert is_box(["( ) EXCISE", "( ) DENY  ( ) DECLASSIFY"])
    assert not is_box(["( ) EXCISE", "( ) DENY"])
    assert not is_box(["(", *[" "] * 8, "( ) EXCISE ( ) DENY ( ) DECLASSIFY"])
    assert box_words("WE DENY IT AND DECLASSIFY IT") == frozenset()


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("the office's 25X1 and book dealers", ["25X1"]),
        ("paid in25X1A9a by", ["25X1A9a"]),  # often glued to the word before
        ("paid 25X1A9a, then STATINTL left", ["25X1A9a", "STATINTL"]),
        ("he said STAT to the", ["STAT"]),
        ("SEND IT STAT TO THE HARBOUR", []),
        ("the STATE and its STATUS", []),
        ("under (b)(1) of the act", []),
        ("plot 25XX and 25X12345", []),
        ("nothing here", []),
    ],
)
def test_codes_in_text(line: str, codes: list[str]) -> None:
    found = exemption_in_line(line)
    assert [code for _, _, code in found] == codes
    assert all(line[start:end] == code for start, end, code in found)


@pytest.mark.parametrize(
    ("line", "kind", "role"),
    [
        ("ACTION SS-25", "cable-head", "distribution"),
        ("ORIGIN SS-01 INFO OCT-01", "cable-head", "distribution"),
        ("INFO LOG-00 ACDA-13 AMAD-01 /022R", "cable-head", "distribution"),
        ("CCO-00 CPR-02 DIM-01 DS-00 /026 W", "cable-head", "distribution"),
        ("DRAFTED BY: A/B:CDEFG:HI", "cable-head", "drafted"),
        ("-----AD193F 180736Z /38", "cable-head", "dash"),
        ("--------------------- 180736Z 123456 /38", "cable-head", "dash"),
        ("O 180732Z NOV 91", "cable-head", "precedence"),
        ("O P 180732Z NOV 91 FM SECSTATE WASHDC", "cable-head", "precedence"),
        ("FM AMEMBASSY OSLO", "cable-head", "from"),
        ("TO SECSTATE WASHDC IMMEDIATE 1234", "cable-head", "to"),
        ("SECRET STATE 123456", "cable-level", "class-line"),
        ("S E C R E T OSLO 01234", "cable-level", "class-line"),
        ("C O N F I D E N T I A L SECTION 01 OF 02 OSLO 01234", "cable-level", "class-line"),
        ("SECRET EXDIS OSLO 01234", "cable-level", "class-line"),
        ("SECRET 272232Z CITE HARBOR 9", "cable-level", "class-line"),
        ("UNCLAS OSLO 01234", "cable-level", "class-line"),
        ("1. SECRET ENTIRE TEXT.", "cable-level", "entire-text"),
        ("- 1. (S) SECRET - ENTIRE TEXT", "cable-level", "entire-text"),
        ("CONFIDENTIAL ENTIRE TEXT", "cable-level", "entire-text"),
    ],
)
def test_transmission_lines(line: str, kind: str, role: str) -> None:
    found = is_transmission_line(line)
    assert found is not None
    assert (found.kind, found.role) == (kind, role)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("- 1. SECRET ENTIRE TEXT.", "SECRET"),
        ("T O P S E C R E T OSLO 01234", "TOP SECRET"),
        ("TOP SECRET NODIS OSLO 01234", "TOP SECRET"),
        ("LIMITED OFFICIAL USE OSLO 01234", "LIMITED OFFICIAL USE"),
    ],
)
def test_level_of_a_cable(line: str, level: str) -> None:
    found = is_transmission_line(line)
    assert found is not None
    assert found.data is not None
    assert found.data["level"] == level
    start, end = found.data["level_span"]
    assert line[start:end].replace(" ", "") == level.replace(" ", "")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ACTION IS NEEDED BEFORE THE TALKS.",
        "INFO REACHED US LATE",
        "SECRET",
        "SECRET SERVICE",
        "SECRET TALKS IN 1951",
        "FM RADIO WAS SILENT",
        "TO THE HARBOUR",
        "O 999999Z NOV 91",
        "----",
        "-2-",
        "Secret state 123456",
        "B-52 AND F-16 AIRCRAFT",
    ],
)
def test_text_is_no_transmission_line(line: str) -> None:
    assert is_transmission_line(line) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {"stamp-line": 7}),
        ("001", {"exemption": 2, "release": 2}),
        ("003", {"notice": 1, "page-number": 1}),
        ("004", {"cable-page": 5, "cable-end": 1, "sas-footer": 2, "cdr-box": 3}),
    ],
)
def test_apparatus_of_the_seeds(name: str, expected: dict[str, int]) -> None:
    paths = sorted(SEEDS.glob(f"{name}_*.txt"))
    if not paths:
        pytest.skip(f"no seed {name} in {SEEDS}")
    counts: dict[str, int] = {}
    for line in paths[0].read_text(encoding="utf-8").split("\n"):
        found = identify(line)
        if found is not None:
            counts[found.kind] = counts.get(found.kind, 0) + 1
    assert counts == expected


@given(st.text(max_size=80))
def test_any_line_has_an_answer(line: str) -> None:
    found = identify(line)
    assert found is None or found.kind in IDENTIFIED
    is_transmission_line(line)
    assert all(line[start:end] == code for start, end, code in exemption_in_line(line))


def test_every_row_is_of_a_described_kind_and_begins_somehow() -> None:
    assert {row.kind for row in ROWS} <= set(IDENTIFIED)
    assert all(starts_of(row, builtin()) for row in ROWS)
    assert all(len(start) <= 2 for row in ROWS for start in starts_of(row, builtin()))


_PIECES = (
    "25X|25X |B1,|(b)(1)|STAT |1.4|AA-01 |A-|- |S |ab |A.,|Approved|DENY(|RDP |2/|( |[|E.O. 1|0"
    "|NODIS/|SECRET |~~|* "
).split("|")


def test_no_line_takes_long() -> None:
    """A pattern that backtracks without bound would take minutes here, not milliseconds."""
    starts = sorted({start for row in ROWS for start in starts_of(row, builtin())})
    lines = [
        (start + piece * (240 // len(piece)))[:239] + end
        for start in ["", *starts, "ACTION ", "INFO ", "FM SECSTATE ", "S E C "]
        for piece in _PIECES
        for end in ("", "!")
    ]
    slowest = 0.0
    for line in lines:
        begin = time.process_time()
        identify(line)
        is_transmission_line(line)
        exemption_in_line(line)
        slowest = max(slowest, time.process_time() - begin)
    assert slowest < 0.25


@pytest.mark.parametrize("piece", ["25X1 ", "- ", "( ", "STAT ", "PAGE 02 ", "A-01 ", "|", " "])
def test_a_huge_line_is_cheap(piece: str) -> None:
    line = piece * (5_000_000 // len(piece))
    begin = time.process_time()
    identify(line)
    is_transmission_line(line)
    assert time.process_time() - begin < 1


def test_codes_in_text_grow_in_line() -> None:
    def seconds(text: str) -> float:
        begin = time.process_time()
        exemption_in_line(text)
        return time.process_time() - begin

    text = "the office's 25X1 and STATIN 25X " * 1000
    small = min(seconds(text) for _ in range(3))
    assert min(seconds(text * 10) for _ in range(3)) < 30 * small
