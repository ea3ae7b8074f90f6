"""Which lines are review, release, schedule and cable apparatus, and which are text."""

from __future__ import annotations

import pytest

from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.cells import mended, table_kind
from redline.markings.apparatus.forms import box_words
from redline.markings.apparatus.lines import identify, is_stamp

N = "CIA-RDP81M00411R002200310007-6"

# line | kind | role
LINES = f"""
APPROVED FOR RELEASE                                      | release | approved
APPROVED FOR RELEASE DATE: JAN 2004                       | release | approved
APPROVED FOR RELEASE 1994                                 | release | approved
APPROVED FOR RELEASE BY CIA ON 3/14/2003                  | release | approved
APPROVED FOR RELEASE THROUGH THE HISTORICAL REVIEW PROGRAM OF THE CIA | release | approved
Approved for Release by NSA on 04-05-2012, FOIA Case # 12345 | release | approved
Approved for Release 3/14/2003                            | release | approved
DECLASSIFIED AND RELEASED BY CENTRAL INTELLIGENCE AGENCY  | release | declassified
DECLASSIFIED AND APPROVED FOR RELEASE 2004/05/06          | release | declassified
SANITIZED COPY APPROVED FOR RELEASE 2011/01/02            | release | declassified
Declassified and Approved For Release @ 50-Yr 2014/03/05 : {N} | release | declassified
{N}                                                       | release | number
C05758501                                                 | release | number
Doc No. C05758501 Date: 04/28/2015                        | release | state-foia
Case#: NW 88326 Date: 06-17-2017                          | release | jfk
USC 2107 Note). Case#:NW 53217 Date: 06-17-2017           | release | jfk
CURRENT STATUS : OPEN                                     | release | jfk
DATE OF LAST REVIEW : 07/29/93                            | release | jfk
CIA HISTORICAL REVIEW PROGRAM RELEASE IN FULL 1998        | release | program
RELEASE AS SANITIZED 1998                                 | released-in | excised
RELEASED IN FULL 1998                                     | released-in | full
Released in Part                                          | released-in | part
Review Authority: Ann Clerk                               | released-in | authority
© DECLASSIFIED                                            | stamp-line | declassified
(x) DECLASSIFIED                                          | stamp-line | declassified
☒ DECLASSIFIED                                            | stamp-line | declassified
CLASS. CHANGED TO: ~~TS~~ ~~S~~ C 1990                    | stamp-line | changed-to
AUTH: HR 70-2 DATE: 4/17/80 REVIEWER: 012345              | stamp-line | several
DOCUMENT NO. 7 NO CHANGE IN CLASS. □ ☐ DECLASSIFIED AUTH: HR 70-2 | stamp-line | several
DECLASSIFIED Authority: NND 917333 By: RB, NARA, Date: 4/2/97 | authority-line | declassified
NND 917333                                                | authority-line | authority
Authority E.O. 13526                                      | authority-line | authority
By KJ Date 4/2/97                                         | authority-line | by
NARA Date 4/2/97                                          | authority-line | by
E.O. 13526, Section 3.5                                   | authority-line | order
NLE MR Case No. 98-123                                    | authority-line | library
NLF 99-14                                                 | authority-line | library
CPYRGHT                                                   | exemption | codes
FOIAb3b                                                   | exemption | codes
3.3(h)(2)                                                 | exemption | codes
6.2(d)                                                    | exemption | codes
(b)(3)-50 USC 403                                         | exemption | codes
25X1, 20420309                                            | exemption | codes
USAF REVIEW(S) COMPLETED.                                 | notice | review-completed
DOS and USAID review(s) completed.                        | notice | review-completed
State Dept. declassification & release instructions on file | notice | on-file
104-10004-10143                                           | notice | jfk-number
Page Denied Next 2 Page(s) In Document Denied             | notice | denied
GP-3                                                      | schedule | group
GROUP-1                                                   | schedule | group
DCL ON: OADR                                              | schedule | authority
Message Attributes                                        | sas-footer | heading
Original Handling Restrictions: EXDIS                     | sas-footer | attribute
Review Release Date: n/a                                  | sas-footer | attribute
"""
# Sentences and headings that begin, or are put together, as apparatus is.
TEXT = """
Approved for release in the autumn, the report was never printed.
APPROVED FOR RELEASE FROM PRISON
Released in part payment of the debt, the ships sailed.
Released from duty, he went home.
Declassified papers are kept in the annex.
DECLASSIFIED PAPERS ARE KEPT IN THE ANNEX
The review was completed.
All reviews completed by the committee were read.
Case number 14 is the largest of them.
Current status of the talks: none.
By May the date 4/2/97 had passed.
Authority over the harbour was given to the town.
AUTHORITY OVER THE HARBOUR
Group 3 of the delegates left.
GROUP 14
Review of the event: a harvest.
Document No. 4 was lost.
DATE: 5 May 1949
DATE OF THE TALKS
Original paintings: see the list.
Page count rose: it was a good year.
NARA
C0
C0FFEE AND TEA
104-12
6.2 million tons
3.3 percent
(b) the harbour
STATE OF THE HARBOUR
Change in class: none
Next year's review dates are open.
By RB
He was told to excise and deny.
Message from the minister
"""


def rows(table: str) -> list[tuple[str, ...]]:
    lines = table.strip("\n").splitlines()
    return [tuple(cell.strip() for cell in line.rsplit("|", 2)) for line in lines]


@pytest.mark.parametrize(("line", "kind", "role"), rows(LINES))
def test_apparatus(line: str, kind: str, role: str) -> None:
    found = identify(line)
    assert found is not None
    assert (found.kind, found.role) == (kind, role)


@pytest.mark.parametrize("line", TEXT.strip("\n").splitlines())
def test_text(line: str) -> None:
    assert identify(line) is None
    assert is_transmission_line(line) is None


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("BT", "routing"),
        ("ZNY SSSSS ZZH", "routing"),
        ("DE RUEHC #1234 3222034", "routing"),
        ("SECRET NODIS, EXDIS STATE 123456", "class-line"),
        ("C O N F I D E N T I A L OSLO 001234 SIPDIS NOFORN", "class-line"),
        ("SECRET SECTION 01 OF 02 TEL AVIV 12345 EXDIS", "class-line"),
    ],
)
def test_lines_of_a_cable(line: str, role: str) -> None:
    found = is_transmission_line(line)
    assert found is not None
    assert found.role == role


@pytest.mark.parametrize(
    "line",
    [
        "SECRET TALKS WITH FRANCE 1974",
        "SECRET HISTORIES 1951",
        "CONFIDENTIAL LETTERS OF A LADY 1801",
        "BTU",
        "DE RUYTER SAILED",
    ],
)
def test_no_lines_of_a_cable(line: str) -> None:
    assert is_transmission_line(line) is None


def test_several_fields_on_one_line_make_a_stamp() -> None:
    line = "DOCUMENT NO. 7 NO CHANGE IN CLASS. □ ☐ DECLASSIFIED"
    assert is_stamp([identify(line)])
    assert not is_stamp([identify("DATE: 4/17/80 REVIEWER: 012345")])
    assert not is_stamp([identify("AUTH: HR 70-2 DATE: 4/17/80 REVIEWER: 012345")])
    assert is_stamp([identify("AUTH: HR 70-2 DATE: 4/17/80 REVIEWER: 012345"),
                     identify("DOCUMENT NO. 7")])  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "whole"),
    [
        ("| RELEASE IN PA | RT B1 |", "RELEASE IN PART B1"),
        ("| RELEASE | IN FULL |", "RELEASE IN FULL"),
        ("| DECLASSI | FIED | by |", "DECLASSIFIED by"),
        ("| a | b |\n|---|---|\n| RE | LEASED | x |", "a b \n|---|---|\n RELEASED x"),
        ("no cells", "no cells"),
        ("", ""),
    ],
)
def test_mended_cells(cells: str, whole: str) -> None:
    assert mended(cells)[0] == whole


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("| RELEASE IN PA | RT B1, 1.4(D) |", "released-in"),
        (
            ("| UNCLASSI | FIED | U.S. Department of State | Case No. F-2014-20439 |\n"
            "|---|---|---|---|\n| Doc No. C05758501 | Date: 04/28/2015 | | |"),
            "release",
        ),
        ("| Approved For Re | lease 2004/05/06 : | " + N + " |", "release"),
        ("| DOCUMENT NO. | 7 |\n| NO CHANGE IN CLASS. | □ |\n| ☐ DECLASSI | FIED |", "stamp-line"),
        ("| EXC | ISE [ ] DE | NY [X] DECL | ASSIFY |", "cdr-box"),
    ],
)
def test_forms_taken_for_tables(table: str, kind: str) -> None:
    found = table_kind(table)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "table",
    [
        "| town | sheep |\n|---|---|\n| Oslo | 14 |",
        "| RELEASE | 14 | 15 |\n| PART | 16 | 17 |",
        "| Deny | Delete |\n|---|---|\n| no | yes |",
        "",
        "|",
        "| | |",
    ],
)
def test_tables_that_are_text(table: str) -> None:
    assert table_kind(table) is None


def test_a_table_with_a_release_line_in_it_is_a_table() -> None:
    body = "\n".join(f"| parish {n} | the barley was brought in early and weighed |" for n in "abc")
    assert table_kind(f"| RELEASED | IN FULL |\n{body}") is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("| EXC | ISE | DE | NY |", {"excise", "deny"}),
        ("( )DECLASSIFY IN PART ( )DENY", {"part", "deny"}),
        ("[ ] RELEASE DENIED [ ] RELEASABLE", {"deny", "declassify"}),
        ("( )EXCISE | DEPARTMENT OF STATE A/CDC/MR", {"excise", "office"}),
        ("EXCISE AND DENY", set()),
        ("| the ridden | sanderling |", set()),
    ],
)
def test_words_of_a_box(line: str, words: set[str]) -> None:
    assert box_words(line) == words
