"""Bad input: level words without a paper, slips, contradictions, noise. Never a level invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redline
from redline.model import Document

BODY = "The commission met again in the morning and went through the accounts of the harbour."
LEVELS = ("TOP SECRET", "SECRET", "CONFIDENTIAL", "RESTRICTED", "UNCLASSIFIED")


def banners(document: Document) -> list[str | None]:
    return [one.is_ or one.was for one in document.markings if one.kind == "banner"]


def codes(document: Document) -> list[str]:
    return [one.code for one in document.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LEVELS),
        "\n\n".join(LEVELS),
        "\n".join(reversed(LEVELS)),
        " ".join(LEVELS),
        "\n".join(f"**{level}**" for level in LEVELS),
        "\n".join(LEVELS * 50),
        "\n\n".join(LEVELS * 50),
        # The strikes of a chain lost: three levels in one place are options.
        "TOP SECRET\nSECRET\nCONFIDENTIAL",
    ],
)
def test_nothing_but_level_words(text: str) -> None:
    document = redline.parse(text + "\n")
    assert banners(document) == []
    assert (document.classification.draft, document.classification.final) == (None, None)
    assert "level-options" in codes(document)
    assert all(one.code != "level-options" or one.span[0] < one.span[1]
               for one in document.diagnostics)


@pytest.mark.parametrize(
    "slip",
    [
        "OFFICIAL ROUTING SLIP\n\nUNCLASSIFIED\n\nCONFIDENTIAL\n\nSECRET",
        "UNCLASSIFIED CONFIDENTIAL SECRET\n\nOFFICIAL ROUTING SLIP",
        "SENDER WILL CHECK CLASSIFICATION TOP AND BOTTOM\nUNCLASSIFIED\nCONFIDENTIAL\nSECRET",
        "ROUTING AND RECORD SHEET\n\nSECRET",
        "SECRET\n\nROUTING AND RECORD SHEET",
        "☐ UNCLASSIFIED\n☐ CONFIDENTIAL\nSECRET",
        "[ ] TOP SECRET [x] SECRET [ ] CONFIDENTIAL",
        "( ) TOP SECRET\n(x) SECRET\n( ) CONFIDENTIAL",
        "- TOP SECRET\n- SECRET\n- CONFIDENTIAL",
        "1. TOP SECRET\n2. SECRET\n3. CONFIDENTIAL",
        "| UNCLASSIFIED | CONFIDENTIAL | SECRET |\n|---|---|---|\n|  |  |  |",
        "| TOP SECRET |\n| SECRET |\n| CONFIDENTIAL |",
        "UNCLASSIFIED\nINTERNAL USE ONLY\nCONFIDENTIAL\nSECRET",
        "SECRET\nINTERNAL USE ONLY",
        "TOP SECRET, SECRET, CONFIDENTIAL, RESTRICTED, UNCLASSIFIED",
        "TOP SECRET / SECRET / CONFIDENTIAL",
    ],
)
@pytest.mark.parametrize("body", ["", f"\n\n{BODY}\n"])
def test_a_routing_slip(slip: str, body: str) -> None:
    document = redline.parse(slip + body)
    assert banners(document) == []
    assert document.classification.final is None


def test_a_slip_further_off_is_none_of_the_banners_business() -> None:
    text = "SECRET\n\n" + f"{BODY}\n\n" * 4 + "OFFICIAL ROUTING SLIP\n"
    assert banners(redline.parse(text)) == ["SECRET"]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        # The paper says the level elsewhere.
        ("SECRET", "SECRET"),
        # An option has no controls.
        ("CONFIDENTIAL", "SECRET - EYES ONLY"),
    ],
)
def test_a_banner_above_a_slip(head: str, foot: str) -> None:
    slip = "OFFICIAL ROUTING SLIP\nNATO UNCLASSIFIED NATO SECRET COSMIC TOP SECRET\n"
    document = redline.parse(f"{head}\n\n" + f"{BODY}\n\n" * 4 + f"{foot}\n\n{slip}")
    assert banners(document) == [head, foot.removesuffix(" - EYES ONLY")]
    assert "COSMIC" not in document.reading("final").text


def test_a_struck_level_beside_a_slip_is_no_option() -> None:
    text = f"~~SECRET~~\nCONFIDENTIAL\n\n{BODY}\n\nROUTING AND RECORD SHEET\n"
    assert "SECRET" in {one.was for one in redline.parse(text).markings}


def test_a_page_whose_banners_contradict() -> None:
    document = redline.parse(f"SECRET\n\n{BODY}\n\nCONFIDENTIAL\n")
    assert banners(document) == ["SECRET", "CONFIDENTIAL"]
    assert "edges-differ" in codes(document)
    assert document.classification.draft == "SECRET"


def test_a_lower_level_above_a_higher_one() -> None:
    document = redline.parse(f"{BODY}\n\nCONFIDENTIAL\n\nSECRET\n\n{BODY}\n")
    assert banners(document) == ["CONFIDENTIAL", "SECRET"]
    assert {one.cert for one in document.markings} == {"low"}
    assert "banner-order" in codes(document)


@pytest.mark.parametrize("lead", ["", ".. ", "|| ", "~ ", "« ", "^ ", "oe ", "_ ", "' "])
@pytest.mark.parametrize("tail", ["", " '", " ;.", " ®", " _", " |", " ~", " °", " x"])
@pytest.mark.parametrize("level", ["SECRET", "CONFIDENTIAL"])
def test_noise_around_a_banner(lead: str, tail: str, level: str) -> None:
    document = redline.parse(f"{lead}{level}{tail}\n\n{BODY}\n")
    assert set(banners(document)) <= {level}
    assert document.classification.draft in (level, None)
    if not lead and not tail:
        assert banners(document) == [level]


def test_damage_never_raises_a_paper() -> None:
    page = f"SECRET\n\n{BODY}\n\nSECRET\n"
    damaged = f"\f\nTDP SECRET\n\n{BODY}\n\nTDP SECRET\n"
    document = redline.parse(page + damaged * 3)
    assert document.classification.draft == document.classification.final == "SECRET"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"UNCLASSIFIED\nRELEASED IN FULL\n\n{BODY}\n", "release"),
        (f"RELEASED IN PART B1\nUNCLASSIFIED\n\n{BODY}\n", "release"),
    ],
)
def test_a_release_header_is_no_banner(text: str, kind: str) -> None:
    document = redline.parse(text)
    assert banners(document) == []
    assert {one.kind for one in document.markings} == {kind}


def test_a_frame_around_a_banner() -> None:
    for frame in ("| SECRET |", "| **SECRET** |", "| SECRET | |", "| SECRET |\n| --- |"):
        assert banners(redline.parse(f"{frame}\n\n{BODY}\n")) == ["SECRET"], frame


@pytest.mark.parametrize(
    ("text", "controls"),
    [
        (f"SECRET\nSECURITY INFORMATION\n\n{BODY}\n", ("SECURITY INFORMATION",)),
        (f"SECRET\n(When Filled In)\n\n{BODY}\n", ("WHEN FILLED IN",)),
        (f"~~TOP SECRET~~\nSECRET\nNOFORN\n\n{BODY}\n", ("NOFORN",)),
        (f"**SECRET**\n**EYES ONLY**\n\n{BODY}\n", ("EYES ONLY",)),
        (f"SECRET\nThe matter was closed.\n\n{BODY}\n", ()),
    ],
)
def test_a_caption_under_the_level_is_its_own(text: str, controls: tuple[str, ...]) -> None:
    (banner,) = [one for one in redline.parse(text).markings if one.kind == "banner"]
    assert banner.controls == controls


PIECES = st.sampled_from(
    [
        *LEVELS,
        "~~SECRET~~",
        "~~TOP SECRET~~",
        "^{CONFIDENTIAL}",
        "TOP SECRET DINAR",
        "SECRET//NOFORN",
        "SEGRET",
        "oe SECRET",
        "Secret",
        "| SECRET |",
        "☐ SECRET",
        "NOFORN",
        "SECURITY INFORMATION",
        "OFFICIAL ROUTING SLIP",
        "Current Classification ***",
        "RELEASED IN FULL",
        "-2-",
        "PAGE 02 HARBOR 01234 180734Z",
        "\f",
        BODY,
        BODY[:-1],
        "and went on.",
        "SECRET.",
    ]
)


@given(st.lists(st.tuples(PIECES, st.integers(1, 3)), max_size=14))
def test_no_level_that_is_not_on_the_paper(pieces: list[tuple[str, int]]) -> None:
    text = "".join(piece + "\n" * gap for piece, gap in pieces)
    document = redline.parse(text)
    shown = text.replace("SEGRET", "SECRET").upper()
    for marking in document.markings:
        for name in (marking.was, *marking.through, marking.is_):
            assert name is None or name in shown
    for name in (document.classification.draft, document.classification.final):
        assert name is None or name in shown


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[ ] UNCLASSIFIED [ ] CONFIDENTIAL [x] SECRET", "SECRET is ticked"),
        ("FORM 610 USE PREVIOUS EDITIONS [ ] SECRET [X] CONFIDENTIAL", "CONFIDENTIAL is ticked"),
        ("UNCLASSIFIED [ ] CONFIDENTIAL [X] SECRET [ ]", "CONFIDENTIAL is ticked"),
        ("[X] UNCLASSIFIED [X] CONFIDENTIAL [ ] SECRET", ""),
    ],
)
def test_which_option_of_a_form_is_ticked_is_told(line: str, told: str) -> None:
    document = redline.parse(f"{line}\n\nThe quay is new.\n")
    (found,) = document.diagnostics
    assert found.code == "level-options"
    assert found.message.endswith(told or "form")
    assert document.reading("final").text == "The quay is new."
    assert document.classification.draft is None
