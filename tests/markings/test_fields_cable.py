"""Cables: classification lines, page lines, headers and the checksum of their distribution."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.markings.reading import check, read

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"

LINES: list[tuple[str, dict[str, Any]]] = [
    ("SECRET STATE 123456", {"station": "STATE", "number": "123456", "captions": None}),
    ("SECRET NODIS STATE 123456", {"station": "STATE", "captions": ["NODIS"]}),
    ("SECRET NODIS, EXDIS STATE 123456", {"captions": ["NODIS", "EXDIS"]}),
    ("SECRET EXDIS SECTION 01 OF 02 STATE 123456",
     {"captions": ["EXDIS"], "section": [1, 2], "station": "STATE", "number": "123456"}),
    ("S E C R E T SECTION 01 OF 02 MOSCOW 12345 NODIS",
     {"section": [1, 2], "station": "MOSCOW", "number": "12345", "captions": ["NODIS"]}),
    ("C O N F I D E N T I A L TEL AVIV 01234", {"station": "TEL AVIV", "number": "01234"}),
    ("UNCLAS SEOUL 01234", {"station": "SEOUL", "number": "01234"}),
    ("LIMITED OFFICIAL USE OSLO 01234", {"station": "OSLO", "number": "01234"}),
    ("SECRET 272232Z CITE JMWAVE 9",
     {"station": "JMWAVE", "number": "9", "dtg": "272232Z", "date": None}),
    ("SECRET STATE 12O456", {"number": "120456", "cert": {"number": "medium"}}),
    ("CONFIDENTIAL LIMDIS STATE 001234/01", {"number": "001234", "captions": ["LIMDIS"]}),
    ("PAGE 03 STATE 123456 180734Z",
     {"page": 3, "station": "STATE", "number": "123456", "dtg": "180734Z", "date": "1991-11-18",
      "cert": {"date": "medium"}}),
    ("- PAGE 02        OSLO  01234  01 OF 03  180734Z",
     {"page": 2, "station": "OSLO", "number": "01234", "section": [1, 3]}),
    ("PAGE 02 OSLO 01234 182534Z",
     {"page": 2, "dtg": "182534Z", "date": None, "codes": ["impossible-date"]}),
    ("PAGE 02 OSLO 01234 180734Z NOV 75",
     {"date": None, "raw": {"date": "180734Z NOV 75"}, "codes": ["suspect-date"]}),
    ("1. SECRET ENTIRE TEXT.", {"number": None, "station": None}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(text: str, expected: dict[str, Any]) -> None:
    check("line", text, expected, "1991-11-18")


HEADER = """\
PAGE 01 OSLO 01234 180704Z
ACTION EUR-12

INFO  OCT-01  ISO-00  DODE-00  (NSC)-05  S/S-02  /020 W
------------------ 123456 180736Z /38
O R 180732Z NOV 91
FM AMEMBASSY OSLO
TO SECSTATE WASHDC IMMEDIATE 0123
INFO AMEMBASSY LONDON
C O N F I D E N T I A L SECTION 01 OF 02 OSLO 01234

EXDIS
"""


def test_a_header() -> None:
    check(
        "cable",
        HEADER,
        {
            "station": "OSLO",
            "number": "01234",
            "section": [1, 2],
            "dtg": "180732Z NOV 91",
            "date": "1991-11-18",
            "precedence": ["IMMEDIATE", "ROUTINE"],
            "from": "AMEMBASSY OSLO",
            "to": "SECSTATE WASHDC",
            "distribution": {"copies": 20, "stated": 20, "agrees": True},
        },
        "1991-11-18",
    )


@pytest.mark.parametrize(
    ("words", "distribution", "codes"),
    [
        ("ACTION EUR-12 INFO OCT-01 /013 W", (12 + 1, 13, True), []),
        ("ACTION EUR-12 INFO OCT-01 /014 W", (13, 14, False), ["distribution-checksum"]),
        ("ORIGIN SS-25 INFO OCT-00 /025R", (25, 25, True), []),
        ("ORIGIN SS-25 INFO OCT-00 /O25R", (25, 25, True), []),
        ("ORIGIN SS-2O INFO OCT-0l /021 R", (21, 21, True), []),
        ("ACTION EUR-12\nINFO OCT-01 CIAE-00\nPM-03 INR-07\n/023 W", (23, 23, True), []),
        ("ACTION EUR-12 INFO OCT-01", (13, None, None), []),
        ("ACTION SS-00 /000 W", (0, 0, True), []),
    ],
)
def test_distribution(
    words: str, distribution: tuple[int, int | None, bool | None], codes: list[str]
) -> None:
    found = read("cable", f"PAGE 01 OSLO 01234 180704Z\n{words}\n")
    names = ("copies", "stated", "agrees")
    assert found.record()["distribution"] == dict(zip(names, distribution, strict=True))
    assert [finding.code for finding in found.findings] == codes


@pytest.mark.parametrize(
    "words", ["", "ACTION IS NEEDED BEFORE THE TALKS", "INFO FOLLOWS", "GROUP-4 F-16 DC-10"]
)
def test_no_distribution(words: str) -> None:
    assert read("cable", words).get("distribution") is None


@pytest.mark.parametrize(
    ("words", "precedence"),
    [
        ("O 180732Z NOV 91", "IMMEDIATE"),
        ("P R 180732Z NOV 91", ["PRIORITY", "ROUTINE"]),
        ("Z 180732Z NOV 91", "FLASH"),
        ("NIACT IMMEDIATE 180732Z NOV 91", "NIACT IMMEDIATE"),
        ("ROUTINE 180732Z NOV 91", "ROUTINE"),
        ("180732Z NOV 91", None),
    ],
)
def test_precedence(words: str, precedence: object) -> None:
    assert read("cable", f"{words}\nFM OSLO\n").record().get("precedence") == precedence


@pytest.mark.parametrize(
    ("words", "date", "code"),
    [
        ("O 180732Z NOV 75", None, "suspect-date"),
        ("O 310732Z NOV 91", None, "impossible-date"),
        ("O 180732Z NOV 91", "1991-11-18", None),
    ],
)
def test_the_group_of_a_header(words: str, date: str | None, code: str | None) -> None:
    found = read("cable", f"{words}\nFM OSLO\n", "1991-11-18")
    assert found.record()["date"] == date
    assert [finding.code for finding in found.findings] == ([code] if code else [])


def test_the_header_of_a_seed() -> None:
    paths = list(SEEDS.glob("004_*.txt"))
    if not paths:
        pytest.skip(f"no seed 004 in {SEEDS}")
    text = paths[0].read_text(encoding="utf-8")
    found = read("cable", text[: text.index("FOR SECRETARY")], "1991-11-18").record()
    assert found["distribution"] == {"copies": 22, "stated": 22, "agrees": True}
    assert (found["station"], found["number"]) == ("STATE", "378008")
    assert (found["dtg"], found["date"]) == ("180732Z NOV 91", "1991-11-18")
    assert found["precedence"] == "IMMEDIATE"
