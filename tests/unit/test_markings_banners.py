"""Banner lines and runs of them: the tables of `docs/reference/markings.md` as examples."""

import gc
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.markings.banners.edges import EdgeLine, glued_level, read_banner_line, read_edge

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def levels(line: str) -> list[tuple[str, str]] | None:
    shown = read_banner_line(line, 0)
    return None if shown is None else [(one.level.short, one.state) for one in shown]


P, S, A = "plain", "struck", "added"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SECRET", [("S", P)]),
        ("TOP SECRET", [("TS", P)]),
        ("TOP-SECRET", [("TS", P)]),
        ("TOPSECRET", [("TS", P)]),
        ("  SECRET  ", [("S", P)]),
        ("SECRET '", [("S", P)]),
        ("SECRET.", [("S", P)]),
        ("# SECRET", [("S", P)]),
        ("| SECRET |", [("S", P)]),
        ("**CONFIDENTIAL**", [("C", P)]),
        ("***SECRET***", [("S", P)]),
        ("_SECRET_", [("S", P)]),
        ("~~CONFIDENTIAL~~", [("C", S)]),
        ("**~~TOP SECRET~~**", [("TS", S)]),
        ("~~**TOP SECRET**~~", [("TS", S)]),
        ("^{SECRET}", [("S", A)]),
        ("^<SECRET>", [("S", A)]),
        ("SECRET CONFIDENTIAL", [("S", P), ("C", P)]),
        ("~~TOP SECRET~~ CONFIDENTIAL", [("TS", S), ("C", P)]),
        ("~~TOP SECRET~~CONFIDENTIAL", [("TS", S), ("C", P)]),
        ("~~TOP SECRET~~ ^{CONFIDENTIAL}", [("TS", S), ("C", A)]),
        ("~~TOP SECRET~~ ~~SECRET~~ CONFIDENTIAL", [("TS", S), ("S", S), ("C", P)]),
        ("~~SECRET~~/CONFIDENTIAL", [("S", S), ("C", P)]),
        # Part of a level struck or added is a change of level.
        ("~~TOP~~ SECRET", [("TS", S), ("S", P)]),
        ("^{TOP} SECRET", [("S", S), ("TS", A)]),
        # A sloppy strike strikes the word.
        ("~~SECRE~~T", [("S", S)]),
        # One half of a strike that goes on over the next line.
        ("~~TOP SECRET", [("TS", S)]),
        ("CONFIDENTIAL~~", [("C", S)]),
        ("RESTRICTED", [("R", P)]),
        ("UNCLASSIFIED", [("U", P)]),
        ("UNCLAS", [("U", P)]),
        ("UNCLAS E F T O", [("U", P)]),
        ("CONFIDENTIAL-MODIFIED HANDLING AUTHORIZED", [("C-MHA", P)]),
        ("LIMITED OFFICIAL USE", [("LOU", P)]),
        ("FOR OFFICIAL USE ONLY", [("FOUO", P)]),
        ("MOST SECRET", [("MS", P)]),
        ("NATO SECRET", [("NS", P)]),
        ("COSMIC TOP SECRET", [("CTS", P)]),
        ("//NATO SECRET", [("NS", P)]),
        ("PROTECTED B", [("PB", P)]),
        ("SECRET 4", [("S", P)]),
        ("SECRET -2-", [("S", P)]),
        ("SECRET PAGE 3 OF 9", [("S", P)]),
        ("TOP SECRET Page 2", [("TS", P)]),
        ("SECRET COPY 3 OF 12", [("S", P)]),
        ("~~SECRET~~\\", [("S", S)]),  # a hard line break
        ("\ufeffSECRET", [("S", P)]),
        ("Secret", [("S", P)]),
        ("**Top Secret**", [("TS", P)]),
    ],
)
def test_banner_lines(line: str, expected: list[tuple[str, str]]) -> None:
    assert levels(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("S-E-C-R-E-T", [("S", P)]),
        ("S E C R E T", [("S", P)]),
        ("S. E. C. R. E. T.", [("S", P)]),
        ("S  -  E - C - R - E - T", [("S", P)]),
        ("T-O-P S-E-C-R-E-T", [("TS", P)]),
        ("C-O-N-F-I-D-E-N-T-I-A-L", [("C", P)]),
        ("S E C R E T  C O N F I D E N T I A L", [("S", P), ("C", P)]),
        ("~~S~~~~E~~~~C~~~~R~~~~E~~~~T~~", [("S", S)]),
        ("~~S~~ ~~E~~ ~~C~~ ~~R~~ ~~E~~ ~~T~~", [("S", S)]),
        ("~~S E C R E T~~", [("S", S)]),
        ("~~S-E-C-R-E-T~~ C-O-N-F-I-D-E-N-T-I-A-L", [("S", S), ("C", P)]),
    ],
)
def test_spelled_out(line: str, expected: list[tuple[str, str]]) -> None:
    shown = read_banner_line(line, 0)
    assert shown is not None
    assert [(one.level.short, one.state) for one in shown] == expected
    assert {one.form for one in shown} == {"spelled"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "~~~~",
        # Rule M3 and the noise tables.
        "SECRETARY",
        "SECRETARIAT",
        "SECRETARIAT'S",
        "SECRETS",
        "SECDEF",
        "SECURITY",
        "SECRECY",
        "SECTION",
        "SECT",
        "EGRET",
        "DECLASSIFIED",
        "RECLASSIFIED",
        "UNRESTRICTED",
        "CONFIDENT",
        "CONFIDENTIALLY",
        "CONFIDENTIALITY",
        "Confident",
        "SECRETARY OF STATE",
        # Phrases and headings.
        "SECRET SERVICE",
        "SECRET HISTORIES AND CONFIDENTIAL LETTERS",
        "SECRET TO WASHINGTON",
        "TOO SECRET",
        "IN SECRET",
        "I SECRET",
        "SECRET ENTIRE TEXT",
        "SECRET STATE 378008",
        "FOR SECRETARY CHENEY FROM THE SECRETARY BAKER",
        "RESTRICTED AREA",
        "RESTRICTED DATA",
        "RESTRICTED HANDLING",
        "OFFICIAL VISIT",
        "The annex is SECRET",
        "secret",
        "Secret talks",
        "Secret: the talks",
        # Rule M4.
        "UNCLASSIFIED CONFIDENTIAL SECRET",
        "UNCLASSIFIED SECRET",
        "SECRET CONFIDENTIAL RESTRICTED",
        "SECRET INTERNAL USE ONLY",
        "☐ SECRET ☐ CONFIDENTIAL",
        "SECRET/CONFIDENTIAL",
        # Marks that are no marks.
        r"\*SECRET\*",
        "~~~SECRET~~~",
        "`SECRET`",
        "[SECRET]",
        "CLASSIFICATION: SECRET",
        "NODIS",
    ],
)
def test_no_banner_lines(line: str) -> None:
    assert read_banner_line(line, 0) is None


@pytest.mark.parametrize(
    ("line", "level", "cert"),
    [
        ("SEGRET", "S", "medium"),
        ("SECKET", "S", "medium"),
        ("SECRE", "S", "medium"),
        ("5ECRET", "S", "medium"),
        ("SECR€T", "S", "medium"),
        ("CONFIDENTAL", "C", "medium"),
        ("CONFlDENTlAL", "C", "medium"),
        ("CONFIBENTAL", "C", "low"),
        ("CONFI DENTIAL", "C", "medium"),
        ("T OP SECR ET", "TS", "medium"),
        ("RESTRICTFD", "R", "medium"),
        ("UNCLASSIEIED", "U", "medium"),
        ("TDP SECRET", "TS", "medium"),
        ("TOP SEGRET", "TS", "medium"),
        ("SEC", None, None),
        ("SET", None, None),
        ("SECR", None, None),
        ("BECKET", None, None),
        ("NODES", None, None),
        ("SEGRET TALKS", None, None),
        ("THE SEGRET", None, None),
    ],
)
def test_damaged_words(line: str, level: str | None, cert: str | None) -> None:
    shown = read_banner_line(line, 0)
    found = None if shown is None else (shown[0].level.short, shown[0].cert, shown[0].form)
    assert found == (None if level is None else (level, cert, "fuzzy"))


@pytest.mark.parametrize("line", ["oe SECRET", "t SECRET", "P SECRET", "SECRET x"])
def test_noise_beside_a_level_never_raises_it(line: str) -> None:
    shown = read_banner_line(line, 0)
    assert shown is not None
    assert [(one.level.short, one.cert) for one in shown] == [("S", "low")]


@pytest.mark.parametrize(
    ("line", "controls"),
    [
        ("SECRET NOFORN", ("NOFORN",)),
        ("SECRET//NOFORN", ("NOFORN",)),
        ("SECRET//NF", ("NOFORN",)),
        ("SECRET NO FOREIGN DISSEM", ("NOFORN",)),
        ("SECRET/NO FOREIGN DISSEM/CONTROLLED DISSEM", ("NOFORN", "CONTROLLED DISSEM")),
        ("TOP SECRET EYES ONLY", ("EYES ONLY",)),
        ("TOP SECRET (EYES ONLY)", ("EYES ONLY",)),
        ("CONFIDENTIAL EXDIS NODIS STADIS", ("EXDIS", "NODIS", "STADIS")),
        ("SECRET SECURITY INFORMATION", ("SECURITY INFORMATION",)),
        ("SECRET - RESTRICTED DATA", ("RESTRICTED DATA",)),
        ("SECRET FORMERLY RESTRICTED DATA", ("FORMERLY RESTRICTED DATA",)),
        ("TOP SECRET//SI/TK//NOFORN", ("SI", "TK", "NOFORN")),
        ("SECRET//REL TO USA, GBR", ("REL TO USA, GBR",)),
        ("SECRET//NOFORN//25X1", ("NOFORN",)),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", ("FOUO",)),
        ("SECRET ORCON, NOFORN", ("ORCON", "NOFORN")),
        (
            "TOP SECRET HANDLE VIA COMINT CHANNELS ONLY",
            ("HANDLE VIA COMINT CHANNELS ONLY",),
        ),
    ],
)
def test_controls(line: str, controls: tuple[str, ...]) -> None:
    shown = read_banner_line(line, 0)
    assert shown is not None
    assert [(one.controls, one.codewords) for one in shown] == [(controls, ())]


def test_short_controls_need_a_slash() -> None:
    with_slash, without = read_banner_line("SECRET/NF", 0), read_banner_line("SECRET NF", 0)
    assert with_slash is not None
    assert without is not None
    assert (with_slash[0].controls, with_slash[0].cert) == (("NOFORN",), "high")
    assert (without[0].controls, without[0].cert) == ((), "low")  # two letters of noise


@pytest.mark.parametrize(
    ("line", "codewords"),
    [
        ("TOP SECRET DINAR", ("DINAR",)),
        ("TOP SECRET DINAR CHESS RUFF IDEALIST", ("DINAR", "CHESS", "RUFF", "IDEALIST")),
        ("TOP SECRET - EIDER - CHESS", ("EIDER", "CHESS")),
    ],
)
def test_codewords_are_provisional(line: str, codewords: tuple[str, ...]) -> None:
    shown = read_banner_line(line, 0)
    assert shown is not None
    assert (shown[0].codewords, shown[0].cert) == (codewords, "low")


def test_more_words_than_a_banner_has() -> None:
    assert read_banner_line("SECRET " + " ".join(["DINAR"] * 6), 0) is None


def test_spans_are_in_the_source() -> None:
    source = "x\n**~~TOP SECRET~~ CONFIDENTIAL**"
    shown = read_banner_line(source[2:], 2)
    assert shown is not None
    assert [source[slice(*one.span)] for one in shown] == ["TOP SECRET", "CONFIDENTIAL"]


@given(st.text(alphabet="SECRTOP ~*^{}<>-/|.\nCONFIDETIALsx2", max_size=60), st.integers(0, 9))
def test_any_line_has_an_answer(line: str, start: int) -> None:
    shown = read_banner_line(line, start)
    for one in shown or ():
        assert start <= one.span[0] < one.span[1] <= start + len(line)


# --- runs of banner lines -------------------------------------------------------------------


def edge(text: str) -> list[EdgeLine]:
    lines, blank = [], 0
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            blank += 1
            continue
        shown = read_banner_line(line, 0)
        assert shown is not None, line
        lines.append(EdgeLine(number, blank, shown))
        blank = 0
    return lines


def said(text: str) -> list[str]:
    return [
        " ".join(
            [
                *(level.short for level in (one.was, *one.through, one.is_) if level),
                one.action,
                one.cert,
                one.rule,
            ]
        )
        for one in read_edge(edge(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SECRET", ["S S unchanged high M1"]),
        ("~~SECRET~~", ["S cancelled high M8"]),
        ("^{SECRET}", ["S added high M1"]),
        # Rule M5.
        ("~~TOP SECRET~~\nCONFIDENTIAL", ["TS C downgrade high M5"]),
        ("~~TOP SECRET~~ CONFIDENTIAL", ["TS C downgrade high M5"]),
        ("~~TOP SECRET~~ ^{CONFIDENTIAL}", ["TS C downgrade high M5"]),
        ("~~SECRET~~\n\n\nCONFIDENTIAL", ["S C downgrade high M5"]),
        ("~~SECRET~~\n\n\n\nCONFIDENTIAL", ["S cancelled high M8", "C C unchanged high M1"]),
        ("~~CONFIDENTIAL~~\nSECRET", ["C S upgrade high M5"]),
        ("~~TOP~~ SECRET", ["TS S downgrade high M5"]),
        ("^{TOP} SECRET", ["S TS upgrade high M5"]),
        ("^{CONFIDENTIAL} ~~SECRET~~", ["S C downgrade high M5"]),
        ("CONFIDENTIAL ~~SECRET~~", ["S C downgrade medium M5"]),
        # Rule M2: a damaged word raises nothing for certain.
        ("~~CONFIDENTIAL~~\nSEGRET", ["C S upgrade low M5"]),
        ("~~TOP SECRET~~\nC0NFIDENTIAL", ["TS C downgrade medium M5"]),
        # Rule M6.
        ("SECRET\n\nCONFIDENTIAL", ["S C downgrade medium M6"]),
        ("SECRET CONFIDENTIAL", ["S C downgrade medium M6"]),
        # Rule M7.
        ("CONFIDENTIAL\n\nSECRET", ["C C unchanged low M7", "S S unchanged low M7"]),
        # Rule M8.
        ("SECRET\n\nSECRET", ["S S unchanged high M8", "S S unchanged high M8"]),
        ("~~SECRET~~\n\n~~SECRET~~", ["S cancelled high M8", "S cancelled high M8"]),
        ("SECRET SECRET", ["S S unchanged high M1"]),
        # Chains.
        ("~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL", ["TS S C downgrade high M5"]),
        ("~~TOP SECRET~~ ~~SECRET~~ CONFIDENTIAL", ["TS S C downgrade high M5"]),
        (
            "~~TOP SECRET~~\n\n~~SECRET~~\nCONFIDENTIAL",
            ["TS cancelled high M8", "S C downgrade high M5"],
        ),
        ("~~TOP SECRET~~\n~~SECRET~~", ["TS S cancelled high M8"]),
        ("~~SECRET~~\n~~TOP SECRET~~", ["S cancelled high M8", "TS cancelled high M8"]),
        # Runs, read from the right.
        (
            "CONFIDENTIAL\n\nSECRET\n\nCONFIDENTIAL",
            ["C C unchanged high M1", "S C downgrade medium M6"],
        ),
        ("SECRET CONFIDENTIAL\n\nSECRET", ["S C downgrade medium M6", "S S unchanged high M1"]),
        ("SECRET\nCONFIDENTIAL\n\nSECRET\nCONFIDENTIAL", ["S C downgrade medium M6"] * 2),
        (
            "~~SECRET~~\n\nCONFIDENTIAL\n\n~~SECRET~~\n**CONFIDENTIAL**",
            ["S C downgrade high M5"] * 2,
        ),
        (
            "~~CONFIDENTIAL~~\n\n~~TOP SECRET~~\nCONFIDENTIAL",
            ["C cancelled high M8", "TS C downgrade high M5"],
        ),
        ("~~SECRET~~\nCONFIDENTIAL\n~~SECRET~~", ["S C downgrade high M5", "S cancelled high M8"]),
        ("SECRET\n\nSECRET\n\nSECRET\n\nSECRET", ["S S unchanged high M8"] * 4),
    ],
)
def test_edges(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_banner_says_where_it_stands() -> None:
    text = "~~CONFIDENTIAL~~\n\n~~TOP SECRET~~\nCONFIDENTIAL"
    lines = []
    for at in (0, 18, 33):
        line = text[at:].split("\n")[0]
        shown = read_banner_line(line, at)
        assert shown is not None
        lines.append(EdgeLine(at, 1 if at == 18 else 0, shown))
    first, second = read_edge(lines)
    assert (first.lines, second.lines) == ((0, 1), (1, 3))
    assert text[slice(*first.span)] == "CONFIDENTIAL"
    assert text[slice(*second.span)] == "TOP SECRET~~\nCONFIDENTIAL"


def test_controls_of_a_banner_are_those_in_force() -> None:
    (banner,) = read_edge(edge("~~TOP SECRET EYES ONLY~~\nSECRET NOFORN"))
    assert (banner.controls, banner.gone) == (("NOFORN",), ("EYES ONLY",))
    (banner,) = read_edge(edge("~~TOP SECRET~~ EYES ONLY\nSECRET NOFORN"))
    assert (banner.controls, banner.gone) == (("EYES ONLY", "NOFORN"), ())


@given(
    st.lists(
        st.sampled_from(
            [
                "SECRET",
                "~~SECRET~~",
                "CONFIDENTIAL",
                "~~TOP SECRET~~",
                "^{SECRET}",
                "SECRET CONFIDENTIAL",
            ]
        ),
        max_size=12,
    ),
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
)
def test_every_line_of_a_run_is_in_one_banner(lines: list[str], gaps: list[int]) -> None:
    run = []
    for number, (line, gap) in enumerate(zip(lines, gaps, strict=False)):
        shown = read_banner_line(line, number * 100)
        assert shown is not None
        run.append(EdgeLine(number, gap, shown))
    banners = read_edge(run)
    # Two banners share a line where it holds two levels that are no pair.
    assert sorted({at for one in banners for at in range(*one.lines)}) == list(range(len(lines)))
    assert all(a.lines[1] - 1 <= b.lines[0] for a, b in pairwise(banners))


# --- rule M9 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name", "at"),
    [
        ("ATTITUDES IN TWO CAPITALS AND ON SECRET", "SECRET", 33),
        ("the office was content with it TOP SECRET", "TOP SECRET", 31),
        ("THEY WOULD NOT AGREE TO **CONFIDENTIAL** ", "CONFIDENTIAL", 24),
        ("THEY WOULD NOT AGREE TO ~~SECRET~~", "SECRET", 24),
    ],
)
def test_glued(line: str, name: str, at: int) -> None:
    found = glued_level(line)
    assert found is not None
    assert (found[0].name, found[1]) == (name, at)


@pytest.mark.parametrize(
    "line",
    [
        "SECRET",
        "- 1. SECRET",
        "SECRET CONFIDENTIAL",
        "THE PAPERS WERE NO LONGER UNSECRET",
        "the papers were all secret",
        "THEY WERE TOLD TO ASK THE SECRETARY",
        "",
    ],
)
def test_not_glued(line: str) -> None:
    assert glued_level(line) is None


# --- the real papers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", ["C-", "C-", "TS-", "C", "TS-", "C"]),
        ("001", ["C", "C", "S", "C", "S C", "S", "S-", "C", "S-", "C", "S-", "C", "C"]),
        ("002", []),
        ("003", ["S"] * 14),
        ("004", ["S"] * 7),
    ],
)
def test_banner_lines_of_the_seeds(name: str, expected: list[str]) -> None:
    paths = sorted(SEEDS.glob(f"{name}_*.txt"))
    if not paths:
        pytest.skip(f"no seed {name} in {SEEDS}")
    found = [
        " ".join(one.level.short + "-" * (one.state == "struck") for one in shown)
        for line in paths[0].read_text(encoding="utf-8").split("\n")
        if (shown := read_banner_line(line, 0))
    ]
    assert found == expected


# --- growth ---------------------------------------------------------------------------------


def _seconds(lines: list[str]) -> float:
    gc.collect()
    gc.disable()  # a collection costs what the other tests left in memory
    try:
        begin = time.process_time()
        run = [EdgeLine(0, 0, read_banner_line(line, 0) or ()) for line in lines]
        read_edge(run)
        for line in lines:
            glued_level(line)
        return time.process_time() - begin
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "line",
    [
        "~~SECRET~~",
        "SECRET CONFIDENTIAL",
        "S E C R E T",
        "~~TOP SECRET~~",
        "SECRET " * 30,
    ],
)
def test_runs_grow_in_line(line: str) -> None:
    small = min(_seconds([line] * 1000) for _ in range(3))
    large = min(_seconds([line] * 10_000) for _ in range(2))
    assert large < 30 * max(small, 0.001)


@pytest.mark.parametrize("piece", ["SECRET ", "~~", "~~S~~", "S ", "^{", "* ", "A", " ", "-", "|S"])
def test_a_huge_line_is_rejected_at_once(piece: str) -> None:
    line = piece * (5_000_000 // len(piece))
    begin = time.process_time()
    assert read_banner_line(line, 0) is None
    assert glued_level(line) is None or piece == "SECRET "
    assert time.process_time() - begin < 1
