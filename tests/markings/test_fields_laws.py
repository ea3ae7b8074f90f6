"""Fields of any text at all: nothing is raised, and what is said stands where it is said."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.diagnostics import CODES
from redline.markings.apparatus.cells import mended, table_kind
from redline.markings.fields import Context, cable_fields, read_fields, schedule_lines

KINDS = (
    "release released-in stamp box form exemption schedule line control notice copy-line"
    " cable-page banner nonsense".split()
)
#: What markings are made of, whole and in pieces.
PIECES = (
    "DOCUMENT NO.;NO CHANGE IN CLASS.;DECLASSIFIED;CLASS. CHANGED TO:;TS S C;©;☐;[x];( );~~;~~S~~"
    ";NEXT REVIEW DATE:;AUTH:;HR 70-2;DATE:;REVIEWER:;018557;11/22/22;0000/00/00;1991"
    ";Approved For Rel;2005/09/28; : ;CIA-RDP81M00411R002200310007-6;CIA-RDP;C05500084;(b)(1)"
    ";RELEASE IN PART;Case No.;Doc No.;REVIEW AUTHORITY:;Authority;NND 917333;By;NARA;Date"
    ";EXCISE;DENY;DECLASSIFY IN PART;CLASSIFY as ( )S or ( )C;DOWNGRADE TS to;EO Citations"
    ";E.O. 12356:;E.O. 0;DECL:;OADR;GDS;TAGS:;SUBJECT:;CLASSIFIED BY;REASON 1.5(b);GROUP 1;25X1"
    ";STATE 123456;SECTION 01 OF 02;180734Z;DEC 91;ACTION EUR-12;INFO;/022R;NODIS;PAGE 02"
    ";\n;\r\n;\t;;\u00a0;\ud800;²;٣;İ;ß;𝟙;ŉ;^{;};*;_;|;| "
).split(";")

texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
)
dates = st.sampled_from([None, "1951-08-23", "1991-11-18", "1975-06", "2010"])


@given(st.sampled_from(KINDS), texts, dates)
def test_any_marking(kind: str, text: str, date: str | None) -> None:
    context = Context(date)
    found = read_fields(kind, text, context)
    for field in found.found:
        assert 0 <= field.start <= field.end <= len(text)
        assert text[field.start : field.end] == field.raw
        assert field.cert in ("high", "medium", "low")
    for finding in found.findings:
        assert finding.code in CODES
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.message
    record = found.record()
    assert json.loads(json.dumps(record)) == record
    assert set(record.get("cert", ())) <= set(record)
    assert found == read_fields(kind, text, context)


@given(texts, dates)
def test_any_cable(text: str, date: str | None) -> None:
    for field in cable_fields(text, Context(date)).found:
        assert text[field.start : field.end] == field.raw


@given(texts)
def test_any_text_with_schedules(text: str) -> None:
    last = 0
    for start, end in schedule_lines(text):
        assert last <= start < end <= len(text)
        assert "\n" not in text[start:end]
        last = end


@given(texts)
def test_mended_cells_lead_back(text: str) -> None:
    whole, places = mended(text)
    assert len(whole) == len(places)
    assert places == sorted(places)
    assert all(char in (text[at], " ") for char, at in zip(whole, places, strict=True))
    table_kind(text)


HUGE = 200_000


@pytest.mark.parametrize(
    "text",
    [
        "TS S C " * HUGE,
        "~~" * HUGE,
        "DATE: " * HUGE,
        "Approved For Release " + "9" * HUGE,
        "Approved For Release " + "1/" * HUGE,
        "| " * HUGE,
        "CIA-RDP" * HUGE,
        "A" * HUGE,
        " " * HUGE,
        "\n" * HUGE,
        "By " * HUGE,
        "( )" * HUGE,
        "E.O. 12356: " * HUGE,
        "REASON 1.5(b) " * HUGE,
        "ACTION EUR-12 " * HUGE,
        "A-11 " * HUGE,
        "SECRET " * HUGE,
        "S E C R E T " * HUGE,
        "25X1 " * HUGE,
        "Case No. " * HUGE,
        "_" * HUGE,
    ],
    ids=lambda text: text[:12].replace("\n", "n"),
)
def test_huge_fields(text: str) -> None:
    """A marking is a few lines; what is longer is read as far as one could be."""
    start = process_time()
    for kind in KINDS:
        found = read_fields(kind, text, Context("1975-06-30"))
        assert all(text[field.start : field.end] == field.raw for field in found.found)
    cable_fields(text, Context())
    assert process_time() - start < 3


def test_lines_by_the_thousand_that_only_begin_as_schedules() -> None:
    text = "CLASSIFIED BY " + "x" * 100 + "\n"
    start = process_time()
    assert list(schedule_lines(text * 20_000)) == []
    assert process_time() - start < 3


def test_a_kind_without_fields_has_none() -> None:
    assert read_fields("banner", "SECRET", Context()).record() == {}
