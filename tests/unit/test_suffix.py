"""The suffix of a mark: whose it is (R35)."""

from __future__ import annotations

import pytest

import redline
from redline.notation.suffix import closer_length


def acts(text: str) -> list[tuple[str, str, str, str | None, int]]:
    return [
        (act.id, act.kind, act.stage, act.hand, len(act.parts)) for act in redline.parse(text).acts
    ]


def test_hand_and_stage() -> None:
    document = redline.parse("A ~~b~~{stage=second hand=A} c ^{d}{hand=B} e ~~f~~.")
    assert [(act.stage, act.hand) for act in document.acts] == [
        ("second", "A"),
        ("revision", "B"),
        ("revision", None),
    ]
    assert [stage.id for stage in document.stages] == ["draft", "revision", "second"]
    assert [hand.id for hand in document.hands] == ["A", "B"]
    assert document.reading("revision").text == "A b c d e."
    assert document.reading_of_hand("A").text == "A c e f."


def test_one_id_is_one_revision() -> None:
    assert acts("A ~~b~~{id=x} c.\n\nD ~~e~~ f ~~g~~{id=x} h.") == [
        ("x", "deletion", "revision", None, 2),
        ("r1", "deletion", "revision", None, 1),
    ]
    assert [row[:2] for row in acts("A ~~b~~{id=r1} c ~~d~~ e.")] == [
        ("r1", "deletion"),
        ("r2", "deletion"),
    ]


@pytest.mark.parametrize(
    "braces",
    ["{}", "{hand=}", "{hand=A,id=b}", "{hand=A hand=B}", "{who=A}", "{hand=A b}", " {id=a}"],
)
def test_other_braces_are_text(braces: str) -> None:
    document = redline.parse(f"The ~~old~~{braces} pier.")
    assert braces.strip() in document.reading("final").text
    assert document.hands == ()


def test_a_mark_in_a_mark() -> None:
    document = redline.parse("A ^{b ~~c~~{hand=A} d}{hand=B} e.")
    assert [(act.kind, act.hand, act.within) for act in document.acts] == [
        ("addition", "B", None),
        ("deletion", "A", "r1"),
    ]
    assert document.reading("final").text == "A b d e."


@pytest.mark.parametrize(
    ("mark", "length"),
    [("~~a~~", 2), ("~~a~~{id=b}", 8), ("^{a}", 1), ("^<a>{id=b}", 7), ("^{{id=b}}", 1)],
)
def test_the_length_of_a_closer(mark: str, length: int) -> None:
    assert closer_length(mark, 0, len(mark)) == length


def test_a_decided_mark_goes_with_its_suffix() -> None:
    document = redline.parse("A ~~b~~{hand=A} c ^{d}{hand=A} e.")
    assert redline.dumps(document.accept("r1", "r2"), "native") == "A c d e."
    assert redline.dumps(document.reject("r1", "r2"), "native") == "A b c e."


def test_stages_in_the_order_they_say() -> None:
    document = redline.parse("One ^{two}{stage=B after=A} three ~~four~~{stage=A} five.")
    assert [stage.id for stage in document.stages] == ["draft", "revision", "A", "B"]
    assert document.reading("A").text == "One three five."
    late = redline.parse("One ~~two~~{stage=revision after=A} three.")
    assert [stage.id for stage in late.stages] == ["draft", "A", "revision"]
    round_ = redline.parse("One ~~two~~{stage=A after=B} three ~~four~~{stage=B after=A}.")
    assert [stage.id for stage in round_.stages] == ["draft", "revision", "B", "A"]


def test_what_one_mark_says_holds_for_its_fellows() -> None:
    document = redline.parse("A ~~b~~{id=x} c ~~d~~{id=x hand=A stage=s} e ~~f~~{cert=low}.")
    assert [(act.hand, act.stage, act.cert) for act in document.acts] == [
        ("A", "s", "high"),
        (None, "revision", "low"),
    ]


def test_blanks_between_marks_of_two_hands() -> None:
    document = redline.parse("One ~~two~~{hand=A} ^{three}{hand=B} four.")
    assert document.reading_of_hand().text == "One two four."
    assert document.reading_of_hand("A").text == "One four."
    assert document.reading_of_hand("B").text == "One two three four."
    assert document.reading_of_hand("A", "B").text == "One three four."
    opening = redline.parse("~~One~~{hand=A} ^{two}{hand=B} three.")
    assert [opening.reading_of_hand(*hands).text for hands in ("", "A", "B", "AB")] == [
        "One three.", "three.", "One two three.", "two three.",
    ]
    struck = redline.parse("One ~~two~~ ~~three~~ four.").accept("r1")
    assert [struck.reading(stage).text for stage in ("draft", "final")] == [
        "One three four.", "One four.",
    ]
    assert redline.parse("One ~~two~~ ~~three~~ four.").accept("r2").reading("draft").text == (
        "One two four."
    )
