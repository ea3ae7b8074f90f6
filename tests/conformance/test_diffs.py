"""Word diffs as real programs print them: `wdiff`, and `git diff --word-diff` in both forms.

What redline reads must be the two texts that were compared, word for word; what it writes must
be the same to them. White space is not compared: neither program says all of it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

import redline
from redline.formats import dumps, loads

WORDS = "the lamp was out and a boat, gone; He saw (two) keepers in May. said no more".split()
SEEDS = range(24)
#: How a program is called, and the exit codes that are no fault of it.
PROGRAMS = {
    "wdiff": (["wdiff"], "wdiff"),
    "git-word-diff": (["git", "diff", "--no-index", "--no-color", "--word-diff=plain"], "git"),
    "git-porcelain": (["git", "diff", "--no-index", "--no-color", "--word-diff=porcelain"], "git"),
}


def two_texts(seed: int) -> tuple[str, str]:
    """A text of a few paragraphs, and one that somebody changed here and there."""
    random = Random(seed)
    old = [[random.choice(WORDS) for _ in range(random.randint(4, 40))] for _ in range(4)]
    new = []
    for words in old:
        line = []
        for word in words:
            lot = random.random()
            if lot < 0.1:
                continue
            line.append(random.choice(WORDS) if lot < 0.2 else word)
            if lot > 0.9:
                line.append(random.choice(WORDS))
        new.append(line or ["So"])
    return tuple("\n\n".join(" ".join(line) for line in text) + "\n" for text in (old, new))


@pytest.mark.parametrize("format", PROGRAMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_reads_what_the_program_prints(seed: int, format: str, tmp_path: Path) -> None:
    command, program = PROGRAMS[format]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    texts = two_texts(seed)
    names = []
    for name, text in zip(("old.txt", "new.txt"), texts, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
        names.append(name)
    if program == "git":
        command = [*command, "-U1000"]
    done = subprocess.run(
        [*command, *names], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1), done.stderr
    if not done.stdout:
        assert texts[0] == texts[1]
        return
    document = loads(done.stdout, format)
    for stage, text in zip(("draft", "final"), texts, strict=True):
        assert document.reading(stage).text.split() == text.split()


@pytest.mark.parametrize("format", PROGRAMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_comparison_is_written_and_read(seed: int, format: str) -> None:
    document = redline.compare(*two_texts(seed)).document
    again = loads(dumps(document, format), format)
    for stage in ("draft", "final"):
        assert again.reading(stage).text.split() == document.reading(stage).text.split()
