"""A number on every page, read by majority."""

from __future__ import annotations

from collections.abc import Sequence
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.markings.numbers import canonical, find_number
from redline.markings.votes import Vote, ballots, vote

TRUE = "CIA-RDP81M00411R002200310007-6"
OTHER = "CIA-RDP90B00502R000100080002-1"


@pytest.mark.parametrize(
    ("prints", "value", "cert", "odd"),
    [
        ([TRUE], TRUE, "high", ()),
        ([TRUE, TRUE], TRUE, "high", ()),
        ([TRUE, TRUE, TRUE[:-1] + "8"], TRUE, "high", (2,)),
        ([TRUE[:-1] + "8", TRUE, TRUE], TRUE, "high", (0,)),
        # Letters for figures: repaired, and still odd.
        ([TRUE, TRUE.replace("0022", "OO22"), TRUE], TRUE, "high", (1,)),
        ([TRUE.replace("0022", "OO22")], TRUE, "medium", (0,)),
        ([TRUE.replace("0022", "O022"), TRUE.replace("0007", "O0O7")], TRUE, "high", (0, 1)),
        # A figure for a letter.
        ([TRUE.replace("R0022", "R0022"), TRUE.replace("M00411", "M0041I")], TRUE, "high", (1,)),
        # Blanks and case do not make a print odd, lost letters of the name do.
        ([TRUE, TRUE.replace("CIA", "ciA"), TRUE[:20] + " " + TRUE[20:]], TRUE, "high", ()),
        ([TRUE, TRUE.replace("CIA-", "IA-")], TRUE, "high", (1,)),
        # Lost figures count for nothing beside a whole number.
        ([TRUE, TRUE.replace("2200310", ""), TRUE.replace("2200310", "")], TRUE, "high", (1, 2)),
        ([TRUE.replace("2200310", "")], TRUE.replace("2200310", ""), "low", ()),
        # Each print damaged in its own place: put together place by place.
        (
            [TRUE.replace("81M", "87M"), TRUE.replace("0031", "0081"), TRUE[:-1] + "5"],
            TRUE,
            "medium",
            (0, 1, 2),
        ),
        # Two that differ: no majority.
        ([TRUE, TRUE[:-1] + "8"], TRUE, "low", (1,)),
        # Other numbers.
        (["C05500084", "C055 00084", "CO5500084"], "C05500084", "high", (2,)),
        (["NLJ 94-123", "NLJ 94-128", "NLJ 94-123"], "NLJ 94-123", "high", (1,)),
        (["32204484", "322O4484", "32204484"], "32204484", "high", (1,)),
        (["14", "14", "19"], "14", "high", (2,)),
        ([], None, "low", ()),
        (["", " "], None, "low", ()),
    ],
)
def test_votes(prints: list[str], value: str | None, cert: str, odd: tuple[int, ...]) -> None:
    found = vote(prints)
    assert (found.value, found.cert, found.odd) == (value, cert, odd)


def test_how_many_agree() -> None:
    assert vote([TRUE, TRUE, TRUE[:-1] + "1"]).agreeing == 2


@pytest.mark.parametrize(
    ("prints", "groups"),
    [
        ([TRUE, TRUE], ((0, 1),)),
        ([TRUE, OTHER, TRUE, OTHER], ((0, 2), (1, 3))),
        ([TRUE, OTHER, TRUE, TRUE[:-1] + "9", OTHER], ((0, 2, 3), (1, 4))),
        # Two numbers that differ in one place, each printed as often as the other: two numbers.
        ([TRUE, TRUE[:-1] + "9", TRUE, TRUE[:-1] + "9"], ((0, 2), (1, 3))),
        # Papers of one folder have numbers that are nearly alike: item and check figure differ.
        ([TRUE, TRUE[:-3] + "8-5"], ((0,), (1,))),
        ([TRUE, TRUE[:-1] + "8"], ((0, 1),)),
        ([TRUE, TRUE, TRUE[:-3] + "8-5"], ((0, 1, 2),)),
        ([TRUE, "", TRUE], ((0, 2),)),
        ([], ()),
    ],
)
def test_prints_of_one_number(prints: list[str], groups: Sequence[Sequence[int]]) -> None:
    assert ballots(prints) == groups


def test_a_number_of_every_series() -> None:
    series = {
        "Release 2004/05/06 : CIA-RDP81M00411R002200310007-6": "CIA-RDP",
        "CIA-RDP82-00411R002200310007-6": "CIA-RDP",
        "C17600179": "C",
        "LOC-HAK-12-3-4-5": "LOC-HAK",
        "NLE MR Case No. 98-123": "library",
        "NLF 99-14": "library",
        "NND 917333": "NND",
        "104-10004-10143": "RIF",
        "NW 88326 Docld:32204484 Page 4": "DocId",
        "MORI DocID: 123456": "DocId",
    }
    for text, name in series.items():
        found = find_number(text)
        assert found is not None, text
        assert found.series == name
        assert text[found.start : found.end] == found.raw


@pytest.mark.parametrize(
    "text", ["", "The CORRIDOR was COOL.", "Room 14-3", "C4 and C12", "RDP", "CIA", "13 May 1949"]
)
def test_no_number(text: str) -> None:
    assert find_number(text) is None


def test_a_number_that_lost_figures_is_told() -> None:
    assert canonical("RDP93B01194R000180001-1").cert == "low"
    assert canonical("CIA-RDP93B01194R0001800010O1-1").cert == "medium"
    assert canonical("CIA-RDP93B01194R000180001001-1").cert == "high"


@given(st.lists(st.text(alphabet="CIARDP-0123456789OlB .", max_size=34), max_size=8))
def test_any_prints(prints: list[str]) -> None:
    found = vote(prints)
    assert isinstance(found, Vote)
    assert all(0 <= at < len(prints) for at in found.odd)
    groups = ballots(prints)
    flat = sorted(at for group in groups for at in group)
    assert flat == [at for at, text in enumerate(prints) if text.strip()]


@given(st.integers(0, 29), st.sampled_from("0123456789"))
def test_one_damaged_place_never_wins(at: int, char: str) -> None:
    damaged = TRUE[:at] + char + TRUE[at + 1 :]
    assert vote([TRUE, damaged, TRUE]).value == TRUE


def test_thousands_of_numbers() -> None:
    prints = [
        f"CIA-RDP81M00411R{number:012}-{sum(map(int, str(number))) % 10}" for number in range(2_000)
    ]
    start = process_time()
    assert len(ballots(prints)) == 2_000
    assert len(ballots([TRUE] * 20_000)) == 1
    assert ballots([TRUE[: n % 20] + str(n) * 3 for n in range(4_000)])
    assert process_time() - start < 4
