"""What square brackets say is not there, and the grades that editors give."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.formats.tei.names import gap_attributes
from redline.markings.grades import read_grade
from redline.markings.omissions import omissions, read_omission


@pytest.mark.parametrize(
    ("words", "quantity", "unit", "at_most"),
    [
        ("[1 line not declassified]", 1, "line", False),
        ("[less than 1 line not declassified]", 1, "line", True),
        ("[less than 1 line of source text not declassified]", 1, "line", True),
        ("[less than one line of text not declassified]", 1, "line", True),
        ("[1½ lines of source text not declassified]", 1.5, "line", False),
        ("[2½ lines not declassified]", 2.5, "line", False),
        ("[2 1/2 lines not declassified]", 2.5, "line", False),
        ("[2-1/2 lines not declassified]", 2.5, "line", False),
        ("[2.5 lines not declassified]", 2.5, "line", False),
        ("[½ page not declassified]", 0.5, "page", False),
        ("[1/2 page of source text not declassified]", 0.5, "page", False),
        ("[one and a half lines not declassified]", 1.5, "line", False),
        ("[twelve words not declassified]", 12, "word", False),
        ("[3 pages not declassified]", 3, "page", False),
        ("[1 paragraph (6 lines) not declassified]", 1, "paragraph", False),
        ("[2 names not declassified]", 2, "name", False),
        ("[4 lines of text\nnot declassified]", 4, "line", False),
        ("[Source: Central Files. Secret. 3 pages not declassified.]", 3, "page", False),
        ("[1 line not declassified (b)(1)]", 1, "line", False),
        ("[1 page not released]", 1, "page", False),
        ("[12 lines redacted]", 12, "line", False),
        ("[name not declassified]", None, None, False),
        ("[redacted]", None, None, False),
    ],
)
def test_withheld(words: str, quantity: float | None, unit: str | None, at_most: bool) -> None:
    found = read_omission(words)
    assert found is not None
    assert (found.kind, found.quantity, found.unit, found.at_most) == (
        "withheld",
        quantity,
        unit,
        at_most,
    )
    assert found.declassification
    assert words[found.start : found.end] == words


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("[name not declassified]", "name"),
        ("[names not declassified]", "names"),
        ("[name deleted]", "name"),
        ("[dollar amount not declassified]", "dollar amount"),
        ("[handling restriction not declassified]", "handling restriction"),
        ("[cryptonym not declassified]", "cryptonym"),
        ("[text not declassified]", "text"),
        ("[1 line and a map not declassified]", "line and a map"),
        ("[1 line not declassified]", None),
    ],
)
def test_what_was_withheld(words: str, subject: str | None) -> None:
    found = read_omission(words)
    assert found is not None
    assert found.subject == subject


def test_a_second_measure() -> None:
    found = read_omission("[2½ lines (30 words) not declassified]")
    assert found is not None
    assert (found.quantity, found.unit, found.within) == (2.5, "line", (30, "word"))


@pytest.mark.parametrize(
    "words",
    [
        "[Here follows a list of those present.]",
        "[Here follow two paragraphs on trade.]",
        "[Here follows discussion of matters not declassified]",
        "[Omitted here is discussion of the press.]",
        "[Omitted here are the minutes.]",
        "[The remainder of the message concerns grain.]",
        "[Attachment not printed.]",
    ],
)
def test_editorial_words_are_no_declassification(words: str) -> None:
    found = read_omission(words)
    assert found is not None
    assert (found.kind, found.quantity, found.declassification) == ("editorial", None, False)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("[illegible]", "illegible"),
        ("[3 words illegible]", "illegible"),
        ("[torn]", "damage"),
        ("[2 lines missing]", "missing"),
        ("[…]", "omitted"),
        ("[. . .]", "omitted"),
        ("[...]", "omitted"),
    ],
)
def test_other_gaps(words: str, kind: str) -> None:
    found = read_omission(words)
    assert found is not None
    assert (found.kind, found.declassification) == (kind, False)


@pytest.mark.parametrize(
    "words",
    [
        "[Acheson]",
        "[sic]",
        "[Page 907]",
        "[]",
        "[ ]",
        "[.]",
        "not declassified",
        "[two words deleted]",
        "[1 line deleted]",
        "[He denied it]",
        "[They were torn]",
        "[I have not declassified anything of the sort that would help them]",
        "[the papers, not declassified before the war, which he read]",
    ],
)
def test_other_brackets(words: str) -> None:
    assert read_omission(words) is None


def test_all_omissions_of_a_text() -> None:
    text = "He met [name not declassified] and [Smith]. [Here follows a list.] [1 line illegible]"
    found = list(omissions(text))
    assert [one.kind for one in found] == ["withheld", "editorial", "illegible"]
    assert [text[one.start : one.end][:5] for one in found] == ["[name", "[Here", "[1 li"]


@pytest.mark.parametrize(
    ("words", "attributes"),
    [
        ("[1 line not declassified]", ' reason="redacted" unit="line" quantity="1"'),
        ("[2½ lines not declassified]", ' reason="redacted" unit="line" quantity="2.5"'),
        ("[less than 1 line not declassified]", ' reason="redacted" unit="line" atMost="1"'),
        ("[three words illegible]", ' reason="illegible" unit="word" quantity="3"'),
        ("[name not declassified]", ' reason="redacted"'),
        ("[torn]", ' reason="damage"'),
        ("[…]", ' reason="omitted"'),
        ("[Here follows a list.]", ' reason="omitted"'),
        ("anything", ' reason="omitted"'),
    ],
)
def test_gaps_of_tei(words: str, attributes: str) -> None:
    assert gap_attributes(words) == attributes


# -- grades -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "level", "more"),
    [
        ("secret", "SECRET", {}),
        ("top secret", "TOP SECRET", {}),
        ("*confidential*", "CONFIDENTIAL", {}),
        ("restricted\n", "RESTRICTED", {}),
        ("secret priority", "SECRET", {"precedence": "PRIORITY"}),
        ("top secret us urgent", "TOP SECRET", {"precedence": "US URGENT"}),
        ("confidential niact", "CONFIDENTIAL", {"precedence": "NIACT"}),
        ("secret security information", "SECRET", {"controls": ("SECURITY INFORMATION",)}),
        ("secret eyes only niact", "SECRET", {"controls": ("EYES ONLY",), "precedence": "NIACT"}),
        (
            "Source: Central Files, 330/11–956. Confidential; Priority.",
            "CONFIDENTIAL",
            {"precedence": "PRIORITY"},
        ),
        (
            "Source: Central Files. Top Secret; Security Information. Drafted by Hale.",
            "TOP SECRET",
            {"controls": ("SECURITY INFORMATION",)},
        ),
        (
            "Source: Central Files. Secret; Niact; Limit Distribution. Repeated to Paris.",
            "SECRET",
            {"precedence": "NIACT", "handling": ("Limit Distribution",)},
        ),
        ("[Source: Agency Files, Job 80. Secret. 3 pages not declassified.]", "SECRET", {}),
        ("Source: A Library, Box 3. No classification marking. Signed by Hale.", None, {}),
    ],
)
def test_grades(words: str, level: str | None, more: dict[str, Any]) -> None:
    found = read_grade(words)
    assert found is not None
    assert (found.level.name if found.level else None) == level
    assert found.unmarked is (level is None)
    assert found.cert == "low"
    assert {
        name: value
        for name in ("controls", "handling", "precedence")
        if (value := getattr(found, name))
    } == more
    assert 0 <= found.start < found.end <= len(words)


def test_the_place_of_a_grade() -> None:
    words = "Source: Central Files, 330/11–956. Confidential; Priority. Drafted by Hale."
    found = read_grade(words)
    assert found is not None
    assert words[found.start : found.end] == "Confidential; Priority."


@pytest.mark.parametrize(
    "words",
    [
        "SECRET",
        "SECRET PRIORITY",
        "",
        "priority",
        "secret talks",
        "the secret",
        "secret and confidential",
        "a secret priority",
        "secret. The talks were held in the capital and went on for a week without any result",
        "Source: Central Files. Drafted by Hale. Secretary Ross saw it.",
        "Source: Confidential File, Box 3.",
    ],
)
def test_no_grade(words: str) -> None:
    assert read_grade(words) is None


_BITS = st.sampled_from(
    "[|]|not declassified|1|½|line|s|less than |(|)|30|words| |. |Source:|Secret|secret|;|Priority"
    "|top|illegible|deleted|Here follows|…|...|1/2|-|\n".split("|")
)


@given(st.lists(_BITS | st.text(max_size=3), max_size=20).map("".join))
def test_nothing_raises(text: str) -> None:
    for found in omissions(text):
        assert text[found.start] == "["
        assert text[found.end - 1] == "]"
        assert (found.quantity is None) is (found.unit is None)
    read = read_omission(text)
    assert read is None or text[read.start : read.end] == text.strip()
    grade = read_grade(text)
    assert grade is None or 0 <= grade.start <= grade.end <= len(text)
    assert gap_attributes(text).startswith(' reason="')
