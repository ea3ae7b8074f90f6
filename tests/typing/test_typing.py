"""The types that callers see, as mypy and pyright see them; both strict."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.typing import calls

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CALLS, MISUSE = HERE / "calls.py", HERE / "misuse.py"
WRONG = "# wrong: "


def run(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def by_mypy(path: Path, folder: Path) -> dict[int, str]:
    """The lines of a file that mypy finds wrong, with what it says."""
    told = run("mypy", "--strict", "--cache-dir", str(folder), "--no-error-summary",
               "--hide-error-context", "--no-pretty", str(path))
    name = re.escape(str(path.relative_to(ROOT)))
    found = re.findall(rf"^{name}:(\d+): error: (.*)$", told, re.M)
    assert len(found) == told.count(": error: "), told
    return {int(line): words for line, words in found}


def by_pyright(path: Path, folder: Path) -> dict[int, str]:
    """The same of pyright."""
    shutil.copy(path, folder)  # pyright looks only at what stands below its settings
    settings = folder / "pyrightconfig.json"
    settings.write_text(
        json.dumps({"include": [path.name], "typeCheckingMode": "strict",
                    "extraPaths": [str(ROOT)], "pythonVersion": "3.11"})
    )
    told = run("pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(settings))
    said = json.loads(told)
    assert said["summary"]["filesAnalyzed"] == 1, told
    return {
        each["range"]["start"]["line"] + 1: each["message"]
        for each in said["generalDiagnostics"]
        if each["severity"] == "error"
    }


CHECKERS = {"mypy": by_mypy, "pyright": by_pyright}


@pytest.fixture(params=CHECKERS)
def checker(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed (PyPI: pip install {name})")
    return name


def test_what_callers_may_claim(checker: str, tmp_path: Path) -> None:
    assert CHECKERS[checker](CALLS, tmp_path) == {}


def test_what_is_wrong_is_told(checker: str, tmp_path: Path) -> None:
    lines = MISUSE.read_text(encoding="utf-8").splitlines()
    wrong = {n for n, line in enumerate(lines, 1) if WRONG in line}
    assert len(wrong) > 12
    assert set(CHECKERS[checker](MISUSE, tmp_path)) == wrong


def test_the_claims_are_about_what_is_there(tmp_path: Path) -> None:
    calls.run(tmp_path)


def test_every_public_name_is_called() -> None:
    import redline

    text = CALLS.read_text(encoding="utf-8")
    assert [name for name in redline.__all__ if f"redline.{name}" not in text] == []
