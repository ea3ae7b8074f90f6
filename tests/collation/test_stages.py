"""Which stage a print follows: half of the decisions planted, and all found again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import redline
from redline.diagnostics import StageError

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
SAMPLES = [
    path for path in sorted((ROOT / "samples").glob("*/*.txt")) if path.stem == path.parent.name
]


@pytest.mark.parametrize("path", SAMPLES + SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(3))
def test_a_print_that_takes_some_revisions_and_leaves_others(path: Path, seed: int) -> None:
    draft = redline.read(path)
    outer = [act.id for act in draft.acts if act.within is None]
    left = set(random.Random(seed).sample(outer, len(outer) // 2))
    taken = [act.id for act in draft.acts if act.id not in left]
    printed = draft.reject(*left).accept(*taken).reading("final").text
    report = redline.compare(draft, printed).stages
    wrong = {
        verdict.revision: verdict.has
        for verdict in report.verdicts
        if verdict.revision in outer
        and verdict.has not in ("draft" if verdict.revision in left else "final", "unseen")
    }
    assert wrong == {}
    assert {verdict.revision for verdict in report.verdicts} == {act.id for act in draft.acts}


DRAFT = """The pilots ~~were~~ ^{may be} asked to wait until ~~the ice is gone~~ ^{April}.

The ~~grey~~ ships lie ^{quietly} in the roads.
"""


def verdicts(printed: str) -> dict[str, str]:
    report = redline.compare(redline.parse(DRAFT), printed).stages
    return {verdict.revision: verdict.has for verdict in report.verdicts}


def test_words_of_neither_stage() -> None:
    found = verdicts(
        "The pilots had been asked to wait until the ice is gone.\n\nThe grey ships lie quietly "
        "in the roads.\n"
    )
    assert found == {"r1": "neither", "r2": "draft", "r3": "draft", "r4": "final"}


def test_what_no_stage_has_is_listed() -> None:
    report = redline.compare(
        redline.parse(DRAFT),
        "The pilots may be asked to wait until April.\n\nThe ships lie quietly in the outer roads.",
    ).stages
    unmarked = report.unmarked
    assert [(v.kind, unmarked.b[slice(*v.b)].strip()) for v in unmarked.variants if v.counts] == [
        ("addition", "outer")
    ]
    assert report.reverted == ()
    assert report.nearest == "final"
    assert report.similarity["final"] > report.similarity["draft"]


def test_a_print_of_the_draft() -> None:
    draft = redline.parse(DRAFT)
    report = redline.compare(draft, draft.reading("draft").text).stages
    assert {verdict.has for verdict in report.verdicts} == {"draft"}
    assert report.nearest == "draft"
    assert not any(v.counts for v in report.unmarked.variants)


def test_an_empty_print_and_another_one() -> None:
    draft = redline.parse(DRAFT)
    for printed in ("", "Something else altogether, of another day."):
        report = redline.compare(draft, printed).stages
        assert len(report.verdicts) == 4


def test_a_string_has_no_stages() -> None:
    with pytest.raises(StageError, match="give the document"):
        _ = redline.compare("a", "b").stages


#: A draft, a print of it, and whose words that has, revision by revision.
JUDGED = (
    ("The ^{very} ^{big} house stood.", "The big house stood.", "draft final"),
    ("The ~~very~~ ~~big~~ house.", "The big house.", "final draft"),
    ("The ~~very~~ ~~big~~ ~~red~~ barn.", "The big barn.", "final draft final"),
    ("The ^{very} ^{big} ^{red} barn.", "The very red barn.", "final draft final"),
    ("They ~~organised~~ ^{built} a party.", "They organized a party.", "draft"),
    ("He met us ^{to-day} at noon.", "He met us today at noon.", "final"),
    ("The ~~twenty~~ ^{thirty} men.", "The 20 men.", "draft"),
    ("The ~~work~~ ^{labour} of it.", "The labor of it.", "final"),
    ("The ~~colour~~ ^{color} faded.", "The colour faded.", "draft"),
    ("The ~~secret~~ ^{Secret} paper.", "The secret paper.", "draft"),
    ("The light~~s~~ pass.", "The lights pass.", "draft"),
    (
        "He said ^{that we ~~should~~ ^{must} leave} before noon.",
        "He said that we should leave before noon.",
        "final draft",
    ),
    ("He ~~had ^{never} said so~~ spoke.", "He had never said so spoke.", "draft final"),
    ("It ^{was ^{quickly} approved} then.", "It was approved then.", "final draft"),
    ("He ~~came~~ ^{~~went~~ ^{ran}} home.", "He went home.", "final draft"),
    (
        "The ~~committee~~ ^{council} met in ~~May~~ ^{June}. It then ^{quickly} dissolved.",
        "It then quickly dissolved. The committee met in June.",
        "draft final final",
    ),
    (
        "One is here. Two ~~was~~ ^{is} there ^{now}. Three ~~too~~ is away.\n\nFour is kept.",
        "Four is kept.",
        "unseen unseen unseen",
    ),
    ("a ~~b~~ c a ~~b~~ c a ~~b~~ c", "zzz qqq", "unseen unseen unseen"),
    ("The ~~grey~~ ships lie.", "Ships lie.", "final"),
    ("The pilots ~~were~~ ^{may be} asked.", "The pilots had been asked.", "neither"),
)


@pytest.mark.parametrize(("draft", "printed", "said"), JUDGED)
def test_judged_as_an_editor_would(draft: str, printed: str, said: str) -> None:
    report = redline.compare(redline.parse(draft), printed).stages
    assert [verdict.has for verdict in report.verdicts] == said.split()
