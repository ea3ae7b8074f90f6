"""A document's history from its pages, and the register behind the names."""

from datetime import date

import pytest

from redline.markings import register
from redline.markings.banners.edges import Banner, EdgeLine, read_banner_line, read_edge
from redline.markings.banners.vocabulary import damaged, vocabulary
from redline.markings.history.levels import Edges, classify, corroborate


def banner(text: str) -> Banner | None:
    """The one banner of some lines; None for no lines."""
    if not text:
        return None
    run = [
        EdgeLine(at, 0, read_banner_line(line, 0) or ()) for at, line in enumerate(text.split("\n"))
    ]
    (found,) = read_edge(run)
    return found


def pages(*edges: tuple[str, str]) -> list[Edges]:
    return [(banner(top), banner(bottom)) for top, bottom in edges]


C, S, X = "CONFIDENTIAL", "SECRET", ""
S_TO_C = "~~SECRET~~\nCONFIDENTIAL"
TS_TO_C = "~~TOP SECRET~~\nCONFIDENTIAL"


@pytest.mark.parametrize(
    ("edges", "draft", "final", "steps", "disagreements"),
    [
        ([], None, None, [], ()),
        ([(X, X)], None, None, [], ()),
        ([(S, S), (S, X), (X, X)], S, S, [], ()),
        # The two pages of a paper whose first lost its higher mark.
        (
            [("~~CONFIDENTIAL~~", "~~CONFIDENTIAL~~"), (TS_TO_C, TS_TO_C)],
            "TOP SECRET",
            C,
            [("downgrade", "TOP SECRET", C), ("cancelled", C, None)],
            (0,),
        ),
        # Five ways of showing one act.
        (
            [
                (C, C),
                ("SECRET\nCONFIDENTIAL", "SECRET CONFIDENTIAL"),
                (S, S_TO_C),
                (X, S_TO_C),
                ("~~SECRET~~\n**CONFIDENTIAL**", C),
            ],
            S,
            C,
            [("downgrade", S, C)],
            (),
        ),
        # One page of many does not speak for the paper; it is kept as its own evidence.
        ([(S, S), (S, S), (S_TO_C, X)], S, S, [("downgrade", S, C)], (2,)),
        # Cancelled when most pages are.
        (
            [("~~SECRET~~", "~~SECRET~~"), ("~~SECRET~~", X), (S, S)],
            S,
            None,
            [("cancelled", S, None)],
            (2,),
        ),
        # A chain.
        (
            [("~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL", X)],
            "TOP SECRET",
            C,
            [("downgrade", "TOP SECRET", S), ("downgrade", S, C)],
            (),
        ),
        # What was raised later is no draft.
        ([("~~CONFIDENTIAL~~\nSECRET", X), (S, X)], C, S, [("upgrade", C, S)], ()),
        ([("^{SECRET}", X)], None, S, [("added", None, S)], ()),
        # Rule M2: a damaged word never raises the document.
        ([(S, S), ("TOP SEGRET", X)], S, S, [], (1,)),
        ([("SEGRET", X)], S, S, [], ()),
    ],
)
def test_history(
    edges: list[tuple[str, str]],
    draft: str | None,
    final: str | None,
    steps: list[tuple[str, str | None, str | None]],
    disagreements: tuple[int, ...],
) -> None:
    found = classify(pages(*edges))
    assert (found.draft and found.draft.name, found.final and found.final.name) == (draft, final)
    assert [
        (step.action, step.was and step.was.name, step.is_ and step.is_.name)
        for step in found.steps
    ] == steps
    assert found.disagreements == disagreements


def test_steps_carry_their_evidence() -> None:
    found = classify(pages(("~~CONFIDENTIAL~~", "~~CONFIDENTIAL~~"), (TS_TO_C, TS_TO_C)))
    downgrade, cancelled = found.steps
    assert (downgrade.evidence, downgrade.cert) == (((1, "top"), (1, "bottom")), "high")
    assert (cancelled.evidence, cancelled.cert) == (((0, "top"), (0, "bottom")), "low")
    assert found.cert == "medium"


def test_a_chain_keeps_what_lay_between() -> None:
    found = classify(pages(("~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL", TS_TO_C)))
    first, second = found.steps
    levels = [first.was, first.is_, second.was, second.is_]
    assert [level and level.name for level in levels] == ["TOP SECRET", S, S, C]
    assert first.evidence == second.evidence == ((0, "top"), (0, "bottom"))


def test_codewords_are_no_evidence() -> None:
    assert classify(pages(("SECRET DINAR", X))).final is None


def test_an_unstruck_pair_is_certain_where_a_struck_one_is() -> None:
    unstruck, struck = banner("SECRET\nCONFIDENTIAL"), banner(S_TO_C)
    assert unstruck is not None
    assert struck is not None
    assert unstruck.cert == "medium"
    assert [one.cert for one in corroborate([unstruck])] == ["medium"]
    assert [one.cert for one in corroborate([unstruck, struck])] == ["high", "high"]
    other = banner(TS_TO_C)
    assert other is not None
    assert corroborate([unstruck, other])[0].cert == "medium"


# --- the register -----------------------------------------------------------------------------


def test_levels_are_distinct_and_ranked() -> None:
    levels = register.levels()
    assert len({level.id for level in levels}) == len(levels)
    ranks = {level.id: level.rank for level in levels}
    grades = ["us.TS", "us.S", "us.C", "us.CMHA", "us.R", "us.U"]
    assert [ranks[name] for name in grades] == [50, 40, 30, 29, 20, 0]
    assert {level.rank for level in levels if level.scheme == "admin"} == {10}
    assert not any(level.grade for level in levels if level.scheme == "admin")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("SECRET", "us.S"),
        ("Top Secret", "us.TS"),
        ("TOP-SECRET", "us.TS"),
        ("UNCLAS", "us.U"),
        ("us.C", "us.C"),
        ("COSMIC TOP SECRET", "nato.CTS"),
        ("CONFIDENTIAL-MODIFIED HANDLING AUTHORIZED", "us.CMHA"),
    ],
)
def test_level_named(name: str, found: str) -> None:
    level = register.level_named(name)
    assert level is not None
    assert level.id == found


def test_no_level_of_that_name() -> None:
    assert register.level_named("SECRETARY") is None
    assert register.level_named("") is None


def test_dates_of_validity_are_dates() -> None:
    rows: list[register.Level | register.Control] = [*register.levels(), *register.controls()]
    texts = [text for row in rows for text in (row.since, row.until) if text]
    assert texts
    for text in texts:
        padded = text + "-01" * (2 - text.count("-"))
        assert date.fromisoformat(padded) > date(1900, 1, 1)


def test_every_control_is_found_by_its_printed_forms() -> None:
    table = vocabulary()
    for control in register.controls():
        for form in control.forms:
            words = tuple(form.split())
            assert (words, control) in table.controls[words[0]]
        assert all(table.short_controls[short] for short in control.short)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("SEGRET", ("SECRET", 1)),
        ("SECRETS", None),
        ("UNRESTRICTED", None),
        ("DECLASSIFIED", None),
        ("CONFIDENTIRL", ("CONFIDENTIAL", 1)),
        ("CONFIDENCE", None),
        ("TCP", ("TOP", 1)),
        ("TO", None),
        ("STOP", None),
        ("HARBOUR", None),
    ],
)
def test_damaged(word: str, found: tuple[str, int] | None) -> None:
    assert damaged(word) == found
