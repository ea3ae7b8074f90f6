"""docs/examples/editor.py, driven by its keys as a user would."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import redline

FILE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "editor.py"
if importlib.util.find_spec("textual") is None:
    pytest.skip("textual is not installed (pip install 'redline[editor]')", allow_module_level=True)

#: Line ends, spaces, bullets and a byte order mark that nobody asked to have changed.
PAPER = (
    "\ufeffThe  ~~old~~ ^{new} pier is\r\nlong.\r\n\r\n"
    "-   It was  *built* well ~~indeed~~.\r\n\r\nSo  it ^{all} is,\r\n  and\twas.\r\n"
).encode()
LETTER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>\n'
    '<p>To <persName ref="#v">Vashtok</persName>: we <subst><add>may</add><del>will</del></subst>'
    " sail<del> soon</del>.</p></body></text></TEI>\n"
)
Steps = Callable[[Any, Any], Awaitable[None]]


def editor() -> Any:
    spec = importlib.util.spec_from_file_location("editor", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drive(path: Path, steps: Steps) -> None:
    """Open a paper in the editor and go these steps."""

    async def session() -> None:
        app = editor().Editor(path)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            await steps(app, pilot)

    asyncio.run(session())


def rows(app: Any) -> list[list[str]]:
    return [app.table.get_row_at(k) for k in range(app.table.row_count)]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "pier.txt"
    path.write_bytes(PAPER)
    return path


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.xml"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_the_revisions_are_listed(paper: Path) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        assert rows(app) == [
            [" ", "1", "substitution", "old → new"],
            [" ", "1", "deletion", "indeed → ∅"],
            [" ", "1", "addition", "∅ → all"],
        ]
        shown, line = editor().marked(app.document, "r2")
        assert shown.plain.splitlines()[::2] == [
            *("The  oldnew pier is long.", "It was  built well indeed.", "So  it all is, and\twas.")
        ]
        assert line == 2
        struck = [shown.plain[s.start : s.end] for s in shown.spans if "strike" in str(s.style)]
        assert struck == ["old", " indeed"]

    drive(paper, steps)


def test_decisions_undone_and_redone(paper: Path) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        def signs() -> str:
            return "".join(row[0] for row in rows(app))

        await pilot.press("a", "down", "r")
        assert signs() == "✓✗ "
        await pilot.press("u")
        assert signs() == "✓  "
        await pilot.press("u", "u", "u")
        assert signs() == "   "
        await pilot.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert signs() == "✓✗ "
        await pilot.press("d")
        assert signs() == "✓  "
        await pilot.press("u", "down", "a")
        assert signs() == "✓✗✓"
        await pilot.press("ctrl+y")
        assert signs() == "✓✗✓", "what was undone before another decision is gone"

    drive(paper, steps)


def test_what_is_not_touched_is_saved_byte_for_byte(paper: Path) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        await pilot.press("s")
        assert paper.read_bytes() == PAPER
        await pilot.press("a", "down", "r", "s")
        await pilot.pause()
        decided = PAPER.replace(b"~~old~~ ^{new}", b"new").replace(b"~~indeed~~", b"indeed")
        assert paper.read_bytes() == decided
        await pilot.press("u", "u", "s")
        assert paper.read_bytes() == PAPER

    drive(paper, steps)


def test_a_note(paper: Path) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        await pilot.press("down", "n", *"so it is", "enter", "s")
        await pilot.pause()
        assert [note.kind for note in app.document.notes] == ["margin"]
        assert not app.query_one("Input").display
        written = paper.read_bytes()
        assert written.replace(b" [margin: so it is]", b"").replace(
            b"[margin: so it is]", b""
        ) == PAPER
        assert redline.read(paper).reading("final").text == app.document.reading("final").text
        await pilot.press("u")
        assert app.document.notes == ()

    drive(paper, steps)


def test_saved_as_tei(paper: Path) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        await pilot.press("a", "t")

    drive(paper, steps)
    assert paper.read_bytes() == PAPER
    tei = redline.read(paper.with_suffix(".xml"))
    assert [r.kind for r in tei.revisions] == ["deletion", "addition"]
    assert tei.reading("draft").text.startswith("The  new pier")


def test_a_letter_in_tei(letter: Path) -> None:
    async def steps(app: Any, pilot: Any) -> None:
        await pilot.press("t")
        assert letter.read_text(encoding="utf-8") != ""
        await pilot.press("a", "t", "s")

    drive(letter, steps)
    written = letter.read_text(encoding="utf-8")
    assert '<persName ref="#v">Vashtok</persName>: we may sail<del> soon</del>.' in written
    assert letter.with_suffix(".txt").read_text(encoding="utf-8").strip() == (
        "To Vashtok: we may sail ~~soon~~."
    )


def test_a_paper_without_revisions_and_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Nothing was changed.\n", encoding="utf-8")

    async def steps(app: Any, pilot: Any) -> None:
        await pilot.press("a", "r", "n", "u", "down")
        assert rows(app) == []
        (tmp_path / "plain.xml").mkdir()
        await pilot.press("t")
        await pilot.pause()
        said = [each.message for each in app._notifications]
        assert any("cannot write" in message for message in said), said

    drive(path, steps)


def test_a_file_that_is_not_there() -> None:
    done = subprocess.run(
        [sys.executable, str(FILE), "nowhere.txt"],
        cwd=FILE.parents[2],
        env={"PYTHONPATH": str(FILE.parents[2]), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.endswith("error: no file nowhere.txt\n")
