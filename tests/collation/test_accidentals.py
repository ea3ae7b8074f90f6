"""What parts two wordings: the table of judgements, in a sentence and alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from redline.collation.accidentals import ACCIDENTALS
from redline.collation.units import align_texts
from redline.collation.variants import variants

JUDGED: dict[str, list[tuple[str, str]]] = tomllib.loads(
    (Path(__file__).parent / "judged.toml").read_text("utf-8")
)
CASES = [(x, y, kind) for kind, pairs in JUDGED.items() for x, y in pairs]
FRAMES = ("It was said by some that {} would be before us in due course.", "{}", "so {} and")


def judged(a: str, b: str) -> str:
    """What parts two texts, all in all: the kinds in a row if there are several."""
    found = variants(a, b, align_texts(a, b, "word"))
    kinds = {
        "substantive" if v.class_ == "substantive" else v.accidental or v.kind
        for v in found
        if v.counts
    }
    if "substantive" in kinds:
        return "substantive"
    return " ".join(sorted(kinds)) or "spacing"


def test_the_table_is_large_and_has_every_kind() -> None:
    assert sorted(JUDGED) == sorted([*ACCIDENTALS, "substantive"])
    assert len(CASES) >= 150
    assert len({frozenset((x, y)) for x, y, _ in CASES}) == len(CASES)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("x", "y", "kind"), CASES)
def test_judged_as_an_editor_would(x: str, y: str, kind: str, frame: str) -> None:
    a, b = frame.format(x), frame.format(y)
    assert (judged(a, b), judged(b, a)) == (kind, kind)
