"""`edit.reclassify`: what a banner says, changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import redline
from redline import edit
from redline.diagnostics import EditError

PAPER = "TOP SECRET\n\n14 May 1951\n\nThe  pier ~~was~~ ^{is} long.\n\nTOP SECRET\n"


def said(document: redline.Document) -> list[tuple[str | None, str | None, str | None]]:
    return [(row.was, row.is_, row.action) for row in document.markings]


def test_a_banner_is_regraded() -> None:
    document = redline.parse(PAPER)
    made, change = edit.reclassify(document, "m1", "SECRET")
    assert said(made) == [
        ("TOP SECRET", "SECRET", "downgrade"),
        ("TOP SECRET", "TOP SECRET", "unchanged"),
    ]
    assert (made.classification.draft, made.classification.final) == ("TOP SECRET", "SECRET")
    assert not change
    assert change.apply(document.text) == made.text
    assert "regrade" in [stage.id for stage in made.stages]
    assert said(document)[0] == ("TOP SECRET", "TOP SECRET", "unchanged")
    written = redline.dumps(made, "native")
    assert written == PAPER.replace("TOP SECRET", "~~TOP SECRET~~ ^{SECRET}", 1)
    assert said(redline.parse(written)) == said(made)


def test_it_goes_with_edits_and_further_regrades(tmp_path: Path) -> None:
    document = redline.parse(PAPER)
    made = edit.insert(document, document.text.index("pier"), "old ").document
    made = edit.reclassify(made, "m1", "SECRET").document
    made = edit.reclassify(made, "m2", "SECRET").document
    made = edit.reclassify(made, "m1", "CONFIDENTIAL").document.accept("r1")
    assert said(made)[0] == ("TOP SECRET", "CONFIDENTIAL", "downgrade")
    assert made.markings[0].through == ("SECRET",)
    assert redline.dumps(made, "native") == (
        "~~TOP SECRET~~ ~~SECRET~~ ^{CONFIDENTIAL}\n\n14 May 1951\n\n"
        "The  ^{old} pier is long.\n\n~~TOP SECRET~~ ^{SECRET}\n"
    )
    for name in ("x.txt", "x.json"):
        redline.write(made, tmp_path / name, verify=True)
        assert said(redline.read(tmp_path / name)) == said(made)
    tei = redline.dumps(made, "tei")
    assert '<add ana="#us.C"> CONFIDENTIAL</add></subst>' in tei
    assert 'ana="#us.S"> SECRET</del>' in tei


def test_a_banner_replaced_for_good() -> None:
    made = edit.reclassify(redline.parse(PAPER), "m2", "SECRET NOFORN", tracked=False).document
    assert said(made)[1] == ("SECRET", "SECRET", "unchanged")
    assert made.markings[1].controls == ("NOFORN",)
    assert redline.dumps(made, "native").endswith("\n\nSECRET NOFORN\n")


@pytest.mark.parametrize(
    ("id_", "level", "told"),
    [
        ("m9", "SECRET", "no marking 'm9'"),
        ("m1", "PURPLE", "'PURPLE' is no level"),
        ("m1", "~~SECRET~~", "without marks"),
        ("m1", " ", "is no level"),
    ],
)
def test_what_is_refused(id_: str, level: str, told: str) -> None:
    with pytest.raises(EditError, match=told):
        edit.reclassify(redline.parse(PAPER), id_, level)


def test_what_was_not_read_from_the_notation() -> None:
    document = redline.loads(redline.dumps(redline.parse(PAPER), "tei"), "tei")
    with pytest.raises(EditError, match="was read from tei"):
        edit.reclassify(document, "m1", "SECRET")
