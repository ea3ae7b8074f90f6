"""The runner of the examples must be able to fail, and must not pass over what it cannot read."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.spec.runner import Case, Example, SpecError, complaints, examples, read


def stub(draft: str = "a b", final: str = "a") -> Any:
    """A document that is what it is told to be."""
    part = SimpleNamespace(text="b")
    deletion = SimpleNamespace(
        id="r1", kind="deletion", rule="R3", deleted=(part,), added=(), joined=()
    )
    finding = SimpleNamespace(code="lone-caret", severity="warning", line=1, column=3)
    texts = {"draft": draft, "final": final}
    return SimpleNamespace(
        reading=lambda stage: SimpleNamespace(text=texts[stage]),
        revisions=(deletion,),
        diagnostics=(finding,),
        notes=(SimpleNamespace(n="1"),),
        pages=(SimpleNamespace(n=1, label=None),),
        markings=(),
        blocks=(SimpleNamespace(kind="heading", level=2, n=None),),
    )


def ask(*also: str) -> list[str]:
    return list(complaints(Case("", {}, also), stub()))


@pytest.mark.parametrize(
    "line",
    [
        "diagnostic: lone-caret at=1:3 severity=warning count=1",
        'revision: deletion R3 deleted="b"',
        "note: 1",
        "pages: 1",
        "page: 1 label=null",
        "block: heading level=2",
        "nothing: marking",
        "nothing: diagnostic empty-mark",
    ],
)
def test_runner_is_content(line: str) -> None:
    assert ask(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "diagnostic: lone-caret at=1:4",
        "diagnostic: lone-caret count=2",
        "diagnostic: empty-mark",
        'revision: deletion R3 deleted="c"',
        "revision: addition",
        "revision: deletion R6",
        'joined: "b" "b"',
        "note: 2",
        "pages: 2",
        'page: 1 label="4"',
        "marking: banner",
        "block: heading level=1",
        "block: paragraph",
        "nothing: diagnostic",
        "nothing: revision",
        "nothing: note",
    ],
)
def test_runner_complains(line: str) -> None:
    assert ask(line) != []


@pytest.mark.parametrize(
    "line",
    [
        "diagnosis: lone-caret",
        "diagnostic: lone-carrot",
        "nothing: diagnostic lone-carrot",
        "nothing: whatever",
        "revision: erasure",
        "revision: deletion rule=R3",
        "block: chapter",
        "pages: two",
    ],
)
def test_runner_refuses_words_it_does_not_know(line: str) -> None:
    with pytest.raises(SpecError):
        ask(line)


def test_a_revision_that_no_line_names_is_a_complaint() -> None:
    doc = stub()
    doc.revisions *= 2
    assert list(complaints(Case("", {}, ("revision: deletion",)), doc)) != []


def test_a_wrong_reading_shows_what_was_expected_and_what_came() -> None:
    case = read(Example("page", 1, ("a ~~b~~", "---draft---", "a b", "---final---", "a ␠")))
    (complaint,) = complaints(case, stub())
    assert complaint == "final, expected\n    | a␠␠\n  got\n    | a"


@pytest.mark.parametrize(
    "body",
    [
        ("a",),
        ("a", "---draft---", "a"),
        ("a", "---both---", "a", "---final---", "a"),
        ("a", "---both---", "a", "---both---", "a"),
    ],
)
def test_an_example_must_be_whole(body: tuple[str, ...]) -> None:
    with pytest.raises(SpecError):
        read(Example("page", 1, body))


def test_an_example_may_show_what_cannot_be_seen() -> None:
    body = ("a␠␠", "", "b␌⟦U+D800⟧", "---both---")
    assert read(Example("page", 1, body)).text == "a  \n\nb\f\ud800"


def test_fences_in_longer_fences_are_text() -> None:
    page = "````\n```redline\na\n```\n````\n```redline\nb\n```\n"
    assert list(examples("page", page)) == [Example("page", 6, ("b",))]


def test_a_fence_left_open_is_refused() -> None:
    with pytest.raises(SpecError):
        list(examples("page", "```redline\na\n"))
