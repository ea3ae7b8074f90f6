"""Comparisons: law 7, places, markings, and every writer on the document of a comparison."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import redline
from redline.collation.units import UNITS
from redline.diagnostics import FormatError
from tests.collation.pairs import pairs, versions
from tests.judges import schemas, tei_walker

DRAFT = """SECRET

1. The pilots ~~were~~ ^{may be} asked to wait.

2. The ice goes in April.^{1}

^{1} By the harbour master's book.

SECRET
"""
FINAL = """~~SECRET~~
CONFIDENTIAL

1. The pilots may be told to wait.

2. The ice goes in May.^{1}

^{1} By the port captain's book.

~~SECRET~~
CONFIDENTIAL
"""


def words(text: str) -> str:
    return "".join(text.split())


# -- law 7 --------------------------------------------------------------------------------------


@given(pairs, st.sampled_from(UNITS))
@example(("", "a"), "word")
@example(("a\n\nb", "a b"), "word")
@example(("\n\na", "a\n\n"), "block")
@example((" a", "a "), "char")
@example(("a\r\n\r\nb", "a\n\nb"), "line")
@example(("\ud800", "\udc00"), "char")
@settings(max_examples=500)
def test_both_texts_come_back(pair: tuple[str, str], unit: str) -> None:
    a, b = pair
    for one, other in ((a, b), (b, a)):
        found = redline.compare(one, other, unit=unit)
        assert found.reading("draft").text == one
        assert found.reading("final").text == other


@given(pairs, st.sampled_from(UNITS))
def test_equal_texts_have_no_variant(pair: tuple[str, str], unit: str) -> None:
    found = redline.compare(pair[0], pair[0], unit=unit)
    assert found.variants == ()
    assert found.document.acts == ()
    assert found.statistics.similarity == 1


@given(pairs)
@settings(max_examples=200)
def test_a_deadline_changes_no_validity(pair: tuple[str, str]) -> None:
    found = redline.compare(*pair, deadline=0)
    assert (found.reading("draft").text, found.reading("final").text) == pair


@given(pairs)
@settings(max_examples=200)
def test_accepting_and_rejecting_lead_from_one_to_the_other(pair: tuple[str, str]) -> None:
    document = redline.compare(*pair).document
    ids = [act.id for act in document.acts]
    assert document.accept(*ids).reading("draft").text == pair[1]
    assert document.reject(*ids).reading("final").text == pair[0]


# -- writers ------------------------------------------------------------------------------------


class Walker(HTMLParser):
    """The words of `main` of a page, but those in one kind of element; any is well nested."""

    def __init__(self, without: str) -> None:
        super().__init__()
        self.without = without
        self.stack: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        assert tag in ("meta", "input")

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if "main" in self.stack and not {self.without, "aside"} & set(self.stack):
            self.text.append(data)


def html_words(page: str, without: str) -> str:
    walker = Walker(without)
    walker.feed(page)
    walker.close()
    assert walker.stack == []
    return words("".join(walker.text))


@given(pairs)
@settings(max_examples=200)
def test_html_has_both_texts(pair: tuple[str, str]) -> None:
    page = redline.dumps(redline.compare(*pair).document, "html")
    for text, without in zip(pair, ("ins", "del"), strict=True):
        assert html_words(page, without) == words(tei_walker.as_xml(text))


@given(pairs)
@settings(max_examples=200)
def test_tei_has_both_texts(pair: tuple[str, str]) -> None:
    tei = redline.dumps(redline.compare(*pair).document, "tei").encode("utf-8")
    for stage, text in zip(("draft", "final"), pair, strict=True):
        found = tei_walker.walk(tei, stage)
        assert words(found.reading) == words(tei_walker.as_xml(text))
        assert found.stray == ()
        assert found.faults == ()


@given(st.lists(versions(), min_size=1, max_size=8))
@settings(max_examples=10)
def test_tei_is_valid(several: list[tuple[str, str]]) -> None:
    made = {
        str(k): redline.dumps(redline.compare(*pair).document, "tei").encode("utf-8")
        for k, pair in enumerate(several)
    }
    assert schemas.relax_ng(made) == {}
    assert schemas.relax_ng(made, schemas.RNG_OLD) == {}


@given(pairs)
@settings(max_examples=100)
def test_the_record_is_valid_and_comes_back(pair: tuple[str, str]) -> None:
    from redline.formats.comparison import dumps

    found = redline.compare(*pair)
    record = dumps(found, "json")
    assert schemas.record(record) == []
    document = redline.loads(record, "json")
    assert tuple(document.reading(stage).text for stage in ("draft", "final")) == pair
    compared = json.loads(record)["comparison"]
    assert len(compared["variants"]) == len(found.variants)


@given(versions())
@settings(max_examples=150)
def test_the_native_notation_has_the_words_or_says_that_it_cannot(pair: tuple[str, str]) -> None:
    document = redline.compare(*pair).document
    written = native(document)
    if written is None:
        return
    again = redline.parse(written)
    for stage, text in zip(("draft", "final"), pair, strict=True):
        assert words(again.reading(stage).text) == words(text)


def native(document: redline.Document) -> str | None:
    """The document in the native notation; None where that is refused."""
    try:
        return redline.dumps(document, "native")
    except FormatError:
        return None


# -- documents ----------------------------------------------------------------------------------


def test_places_in_both_sources() -> None:
    a, b = redline.parse(DRAFT), redline.parse(FINAL)
    found = redline.compare(a, b)
    said = [
        (v.kind, found.a[slice(*v.a)], found.b[slice(*v.b)], one.line, other.line)
        for v, (one, other) in zip(found.variants, found.places, strict=True)
    ]
    assert said == [
        ("substitution", "asked", "told", 3, 4),
        ("substitution", "April", "May", 5, 6),
    ]
    for variant, (one, other) in zip(found.variants, found.places, strict=True):
        assert a.source.text[slice(*one.span)] == found.a[slice(*variant.a)]
        assert b.source.text[slice(*other.span)] == found.b[slice(*variant.b)]
        assert (one.page, other.page) == (1, 1)


def test_banners_that_changed_are_variants_of_their_own() -> None:
    found = redline.compare(redline.parse(DRAFT), redline.parse(FINAL))
    assert [(row.kind, row.a and row.a.is_, row.b and row.b.is_) for row in found.markings] == [
        ("substitution", "SECRET", "CONFIDENTIAL")
    ] * 2
    assert redline.compare(redline.parse(DRAFT), redline.parse(DRAFT)).markings == ()


def test_notes_and_furniture_are_compared_when_asked() -> None:
    a, b = redline.parse(DRAFT), redline.parse(FINAL)
    found = redline.compare(a, b, include=("notes",))
    said = [(found.a[slice(*v.a)], found.b[slice(*v.b)]) for v in found.variants]
    assert said[-1] == ("harbour master's", "port captain's")
    assert "master" not in redline.compare(a, b).a
    third = redline.parse("-3-\n\nOne page of many.\n\n-4-\n\nAnd one more.\n")
    assert "-4-" in redline.compare(a, third, include=("furniture",)).b
    assert "-4-" not in redline.compare(a, third).b
    with pytest.raises(ValueError, match="notes, furniture"):
        redline.compare(a, b, include=("banners",))


def test_readings_of_one_paper() -> None:
    paper = redline.parse(DRAFT)
    found = redline.compare(paper.reading("draft"), paper.reading("final"))
    assert [(found.a[slice(*v.a)], found.b[slice(*v.b)]) for v in found.variants] == [
        ("were", "may be")
    ]
    assert found.sides[0].stage == "draft"


def test_strings_are_taken_literally() -> None:
    found = redline.compare("~~a~~ b", "a b")
    assert found.a == "~~a~~ b"
    assert found.reading("draft").text == "~~a~~ b"


def test_misuse_is_told() -> None:
    with pytest.raises(ValueError, match="char, word"):
        redline.compare("a", "b", unit="syllable")
    with pytest.raises(TypeError, match="int"):
        redline.compare("a", 5)  # type: ignore[arg-type]


def test_what_counts_as_a_difference() -> None:
    found = redline.compare("The colour of  ice.", "the color of ice, and snow.")
    every = found.differences(spacing=True)
    assert len(found.differences()) == len(every) - 1
    assert [found.variants[n].accidental for n in found.differences(("substantive",))] == [
        v.accidental for v in found.variants if v.accidental not in (None, "spacing")
    ]
    assert found.differences(("accidental", "substantive")) == ()


LONG = "The ice lay two feet thick in the roads, and nobody at the harbour office would say how "
LONG += "long it was to lie there, or who was to pay for the coal that the tugs had burned in it."
MOVED = "Both parties shall {}be bound by the terms of this agreement for as many as ten years."


def test_what_was_changed_in_a_moved_passage_is_a_difference() -> None:
    found = redline.compare(f"{MOVED.format('')}\n\n{LONG}", f"{LONG}\n\n{MOVED.format('not ')}")
    changes = [row for rows in found.changes.values() for row in rows]
    assert [(row.kind, found.b[slice(*row.b)].strip()) for row in changes] == [("addition", "not")]
    assert found.statistics.kinds["transposition"] == 1
    assert found.statistics.kinds["addition"] == 1
    assert found.statistics.similarity < 1
    assert len(found.differences(("transposition",))) == 2
    assert found.differences(("substantive", "accidental")) == ()


def test_similarity_of_a_script_without_spaces() -> None:
    found = redline.compare("日本語の文章を書く人", "日木語の文書を書く入")
    assert found.statistics.words == (10, 10)
    assert found.statistics.similarity == 0.7


@given(pairs)
def test_similarity_is_a_share(pair: tuple[str, str]) -> None:
    assert 0 <= redline.compare(*pair).statistics.similarity <= 1


def test_lines_are_held_against_those_they_are_like() -> None:
    a = "The pier is old.\nThe second line of this text is old.\nFourth one."
    b = "The pier is old.\nAn inserted one.\nThe second line of this text is new.\nFourth one."
    found = redline.compare(a, b, unit="line")
    assert [(v.kind, a[slice(*v.a)], b[slice(*v.b)]) for v in found.variants] == [
        ("addition", "", "An inserted one.\n"),
        (
            "substitution",
            "The second line of this text is old.",
            "The second line of this text is new.",
        ),
    ]
