"""Schedules and authorities: E.O. lines of cables, CLASSIFIED BY blocks, groups."""

from __future__ import annotations

from typing import Any

import pytest

from redline.markings.fields import schedule_lines
from tests.markings.reading import check, read

# text, date of the paper, what it says
SCHEDULES: list[tuple[str, str | None, dict[str, Any]]] = [
    # the order and its token
    ("E.O. 11652: GDS", "1975-03-03", {"order": "11652", "rule": "GDS", "date": None}),
    ("E.O. 11652:  XGDS-1", "1975-03-03", {"rule": "XGDS-1"}),
    ("E.O. 11652: XGDS 3", "1975-03-03", {"rule": "XGDS-3"}),
    ("EO 11652: NA", "1975-03-03", {"order": "11652", "rule": "N/A"}),
    ("E.O. 11652: N/A", "1975-03-03", {"rule": "N/A"}),
    ("E. O. 11652: GDS", "1975-03-03", {"order": "11652", "rule": "GDS"}),
    ("E.O. 11652: ADS, UPON DEPARTURE OF THE DELEGATION", "1975-03-03",
     {"rule": "ADS", "event": "UPON DEPARTURE OF THE DELEGATION"}),
    ("E.O. 12065: GDS 5/21/86 (BARRY, ROBERT L.) OR-M", "1980-05-21",
     {"rule": "GDS", "date": "1986-05-21", "classified_by": "BARRY, ROBERT L."}),
    ("E.O. 12065: RDS-1 9/10/01 (SMITH, JOHN) OR-P", "1981-09-10",
     {"rule": "RDS-1", "date": "2001-09-10", "classified_by": "SMITH, JOHN"}),
    ("E.O. 12356: DECL: OADR", "1991-11-18", {"order": "12356", "rule": "OADR", "date": None}),
    ("E.O. 12356: DECL:OADR", "1991-11-18", {"rule": "OADR"}),
    ("E.O. 12356: DECL: 11/18/97", "1991-11-18", {"rule": "DECL", "date": "1997-11-18"}),
    ("E.O. 12356: DECL: 11/18/11", "1991-11-18", {"date": "2011-11-18"}),
    ("EO 12958: DECL: 02/15/2010", "2000-02-15", {"rule": "DECL", "date": "2010-02-15"}),
    ("E.O. 12958: DECL: X1", "2000-02-15", {"rule": "X1"}),
    ("E.O. 12958: DECL: AFTER THE TALKS END", "2000-02-15",
     {"rule": "DECL", "event": "AFTER THE TALKS END"}),
    ("E.O. 13526: DECL: 25X1-HUMAN", "2011-02-15", {"order": "13526", "rule": "25X1-HUMAN"}),
    # fields run together
    ("E.O. 12356: DECL: OADR TAGS: PREL, KN SUBJECT: TALKS ON THE HARBOUR: A FIRST LOOK",
     "1991-11-18",
     {"rule": "OADR", "tags": ["PREL", "KN"], "subject": "TALKS ON THE HARBOUR: A FIRST LOOK"}),
    ("E.O. 11652: GDS TAGS: OVIP (MILLER, JANE A., II), UK SUBJ: VISIT", "1975-03-03",
     {"tags": ["OVIP (MILLER, JANE A., II)", "UK"], "subject": "VISIT"}),
    ("E.O. 11652: GDS\nTAGS: PFOR, UK\nSUBJECT: VISIT", "1975-03-03",
     {"rule": "GDS", "tags": ["PFOR", "UK"], "subject": "VISIT"}),
    # a damaged number is repaired where the date says how
    ("E.O. 16652: GDS", "1975-03-03", {"order": "11652", "cert": {"order": "medium"}}),
    ("E.O. 11653: GDS", "1975-03-03", {"order": "11652", "raw": {"order": "11653"}}),
    ("E.O. I1652: GDS", None, {"order": "11652", "cert": {"order": "medium"}}),
    ("E.O. 11653: GDS", None,
     {"order": "11653", "cert": {"order": "low"}, "codes": ["unknown-order"]}),
    ("E.O. 99999: GDS", "1975-03-03", {"order": "99999", "codes": ["unknown-order"]}),
    # what does not fit
    ("E.O. 12356: GDS", "1991-11-18",
     {"rule": "GDS", "cert": {"rule": "low", "order": "high"}, "codes": ["schedule-order"]}),
    ("E.O. 11652: OADR", "1975-03-03", {"rule": "OADR", "codes": ["schedule-order"]}),
    ("E.O. 12356: DECL: OADR", "1999-01-01",
     {"cert": {"order": "low", "rule": "low"}, "codes": ["schedule-date", "schedule-date"]}),
    ("E.O. 12356: DECL: OADR", "1971-01-01",
     {"cert": {"order": "low", "rule": "low"}, "codes": ["schedule-date", "schedule-date"]}),
    ("E.O. 12356: DECL: 11/31/97", "1991-11-18",
     {"date": None, "raw": {"date": "11/31/97"}, "codes": ["impossible-date"]}),
    ("E.O. 12356: DECL: 1/1/1990", "1991-11-18", {"date": None, "codes": ["suspect-date"]}),
    ("E.O. 12065: GDS 0/0/00", "1980-05-21", {"date": None, "codes": ["impossible-date"]}),
    # authorities
    ("CLASSIFIED BY 012345", "1985-01-01", {"classified_by": "012345"}),
    ("CL BY 012345\nDECL OADR", "1985-01-01", {"classified_by": "012345", "rule": "OADR"}),
    ("CL BY: 012345 DECL ON: X1 DRV FRM: COL 2-98", "1998-01-01",
     {"classified_by": "012345", "rule": "X1", "derived_from": "COL 2-98"}),
    ("CLASSIFIED BY: DCM JANE ROE; REASON 1.5 (B,D)", "1998-01-01",
     {"classified_by": "DCM JANE ROE", "reason": ["1.5(b)", "1.5(d)"]}),
    ("Classified By: Ambassador J. Roe for reasons 1.4 (b) and (d).", "2006-01-01",
     {"classified_by": "Ambassador J. Roe", "reason": ["1.4(b)", "1.4(d)"]}),
    ("DERIVED FROM: Multiple Sources\nDECLASSIFY ON: 25X1, 20320101", "2007-01-01",
     {"derived_from": "Multiple Sources", "rule": "25X1", "date": "2032-01-01"}),
    ("REASON: 1.5(c)", "1999-01-01", {"reason": ["1.5(c)"]}),
    ("CL REASON: intelligence methods", "1999-01-01", {"reason": "intelligence methods"}),
    ("DECL ON: 12/31/96", "1990-01-01", {"rule": "DECL", "date": "1996-12-31"}),
    ("DECLASSIFY ON: OADR", "1990-01-01", {"rule": "OADR"}),
    ("DECLASSIFY ON: THE END OF THE WAR", "1990-01-01", {"event": "THE END OF THE WAR"}),
    ("RVW ON 5 May 1999", "1980-01-01", {"rule": "REVIEW", "date": "1999-05-05"}),
    ("REVIEW ON 1/2/01", "1981-01-02", {"rule": "REVIEW", "date": "2001-01-02"}),
    ("EXT BYND 6 YRS BY DCI", "1980-01-01", {"rule": "EXT BYND", "event": "6 YRS BY DCI"}),
    ("DOWNGRADE TO CONFIDENTIAL ON 1/2/85", "1980-01-01",
     {"downgrade_to": "CONFIDENTIAL ON 1/2/85"}),
    # groups
    ("GROUP 1", "1965-01-01", {"rule": "GROUP 1"}),
    ("GP-3", "1968-01-01", {"rule": "GROUP 3"}),
    ("GROUP IV", "1968-01-01", {"rule": "GROUP 4"}),
    ("GROUP 1\nExcluded from automatic downgrading and declassification", "1965-01-01",
     {"rule": "GROUP 1", "cert": {"rule": "high"}}),
    ("GROUP 4 Downgraded at 3 year intervals; declassified after 12 years", "1965-01-01",
     {"rule": "GROUP 4", "cert": {"rule": "high"}}),
    ("DOWNGRADED AT 12 YEAR INTERVALS; NOT AUTOMATICALLY DECLASSIFIED", "1965-01-01",
     {"rule": "GROUP 3", "cert": {"rule": "medium"}}),
    ("GROUP 1 Downgraded at 12 year intervals", "1965-01-01",
     {"rule": "GROUP 1", "cert": {"rule": "low"}, "codes": ["schedule-order"]}),
    ("GROUP 4", "1955-01-01", {"rule": "GROUP 4", "codes": ["schedule-date"]}),
    ("GROUP 4", "1980-01-01", {"rule": "GROUP 4", "codes": ["schedule-date"]}),
    ("OADR", "1988-01-01", {"rule": "OADR"}),
    ("", None, {"rule": None}),
    ("downgrading and declassification", None, {"rule": None}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "date", "expected"), SCHEDULES)
def test_schedules(text: str, date: str | None, expected: dict[str, Any]) -> None:
    check("schedule", text, expected, date)


# Lines of a cable's text: those that are schedules, and those that are not.
FOUND = """
E.O. 12356: DECL: OADR
E.O. 12356: DECL:OADR TAGS: PREL, KN SUBJECT: TALKS
EO 11652: GDS
E.O. 16652: GDS
  E.O. 12065: RDS-1 9/10/01 (SMITH, JOHN) OR-P
**E.O. 12958: DECL: X1**
> E.O. 12958: DECL: 02/15/2010
E.O. 11652: N/A
CLASSIFIED BY: DCM JANE ROE; REASON 1.5 (B,D)
Classified By: Ambassador J. Roe for reasons 1.4 (b) and (d).
(U) Classified by: Consul J. Roe; reasons 1.4 (b/d)
CLASSIFIED BY AMBASSADOR JANE ROE FOR REASONS 1.5 (B) AND (D)
CLASSIFIED BY 012345
DERIVED FROM: COL 2-98
DECLASSIFY ON: X1
DECLASSIFY ON 12/31/2011
Declassify on: 25X1-human
REASON: 1.5(C)
DECL: OADR
RVW ON: 5 MAY 1999
"""
TEXT = """
E.O. 12356 changed how papers are marked.
THE PRESIDENT SIGNED E.O. 12356: DECL IS NOW THE RULE.
CLASSIFIED BY THE DEPARTMENT LONG AGO, THE PAPERS ARE NOW OPEN.
REASON: THE HARBOUR IS CLOSED.
REASONS FOR THE DELAY ARE MANY.
Reason: nobody asked.
DECLARATION OF THE MINISTERS
DECL
DERIVED FROM OLD TABLES, THE SUMS ARE WRONG.
Derived from older tables.
Classified by size, the ships are these.
REVIEW ON MONDAY
TAGS: PREL, KN
SUBJECT: TALKS
"""


@pytest.mark.parametrize("line", FOUND.strip("\n").splitlines())
def test_a_schedule_in_the_text_is_found(line: str) -> None:
    text = f"FM AMEMBASSY OSLO\n{line}\nTAGS: PREL\n"
    (found,) = schedule_lines(text)
    words = text[slice(*found)]
    assert words
    assert words in line
    assert line.strip("* >\t").endswith(words)


@pytest.mark.parametrize("line", TEXT.strip("\n").splitlines())
def test_text_is_no_schedule(line: str) -> None:
    assert list(schedule_lines(f"SUMMARY.\n{line}\nEND.\n")) == []


def test_every_schedule_of_a_cable_is_found() -> None:
    text = "E.O. 12958: DECL: X1\nTAGS: PREL\n\nCLASSIFIED BY: J. ROE; REASON 1.5 (B)\n1. TEXT.\n"
    spans = list(schedule_lines(text))
    assert [text[a:b] for a, b in spans] == [text.splitlines()[0], text.splitlines()[3]]
    assert read("schedule", text[slice(*spans[1])]).record()["reason"] == ["1.5(b)"]
