"""Some documents made by chance, before LibreOffice and pandoc; `python -m tests.word 300` has
more of them."""

from __future__ import annotations

from pathlib import Path

from tests.judges.office import needs_office, needs_pandoc
from tests.word.generated import documents, judged

COUNT = 20


@needs_office
def test_office_agrees(tmp_path: Path) -> None:
    verdict = judged(list(documents(COUNT)), tmp_path, with_pandoc=False, with_office=True)
    assert verdict.wrong == []
    assert verdict.asked["LibreOffice"] == verdict.asked["LibreOffice saved"] == 2 * COUNT


@needs_pandoc
def test_pandoc_agrees(tmp_path: Path) -> None:
    verdict = judged(list(documents(2 * COUNT)), tmp_path, with_pandoc=True, with_office=False)
    assert verdict.wrong == []
    assert verdict.asked["pandoc"] == 4 * COUNT
