"""What `<ins>` means: said by the caller, and an insertion where nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

import redline
from redline.diagnostics import FormatError
from redline.formats import meaning, readable, writable

INPUT = {
    "gfm": "The <ins>old</ins> <del>grey</del> pier.",
    "mediawiki": "The <ins>old</ins> <s>grey</s> pier.",
    "latex": r"The \uline{old} \sout{grey} pier.",
}


@pytest.mark.parametrize("format", INPUT)
def test_it_inserts_or_underlines(format: str) -> None:
    added = redline.loads(INPUT[format], format)
    lined = redline.loads(INPUT[format], format, ins="underline")
    assert added.reading("draft").text == "The grey pier."
    assert lined.reading("draft").text == "The old grey pier."
    assert added.reading("final").text == lined.reading("final").text == "The old pier."
    assert redline.dumps(lined, lined.format) == INPUT[format]


def test_files_are_read_so(tmp_path: Path) -> None:
    file = tmp_path / "memo.wiki"
    file.write_text(INPUT["mediawiki"], encoding="utf-8")
    assert redline.read(file, ins="underline").reading("draft").text == "The old grey pier."


def test_other_formats_have_no_such_mark() -> None:
    with pytest.raises(FormatError, match="gfm, latex and mediawiki"):
        redline.loads("The pier.", "native", ins="underline")
    assert meaning("tei", "addition") == "tei"


def test_kinds_of_a_format_are_not_listed() -> None:
    assert not [name for name in (*readable(), *writable()) if name.endswith("-underlined")]
