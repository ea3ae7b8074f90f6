"""One big file, cut without being held; papers written as they come."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import redline
from redline import corpus
from redline.corpus.split import parts
from tests.bench import measure, papers
from tests.corpus.outputs import command, environment


@given(st.lists(st.sampled_from([b"a", b"\n", b"\f", b"--\n", b"b\r\n", b"--"]), max_size=30))
def test_parts_are_those_of_a_plain_split(tokens: list[bytes]) -> None:
    """Beside a split of the whole in memory, by Python's own means."""
    import re
    import tempfile

    data = b"".join(tokens)
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        again = partial(open, file.name, "rb")
        fed = [data[a : a + n] for a, n in parts(again, "x", "ff")]
        lined = [data[a : a + n] for a, n in parts(again, "x", "--$")]
    assert fed == [part for part in data.split(b"\f") if part.strip()]
    # A line is what ends with LF; a form feed ends a page and no line.
    plain = re.split(rb"(?<![^\n])--\r*(?:\n|\Z)", data)
    assert lined == [part for part in plain if part.strip()]


def test_papers_one_after_another(tmp_path: Path) -> None:
    made = list(papers.papers(5))
    big = tmp_path / "all.txt"
    big.write_text("\f".join(paper.text for paper in made), encoding="utf-8")
    found = list(corpus.papers(big, split="ff"))
    assert [document.source.text for document in found] == [paper.text for paper in made]

    assert corpus.write(found, tmp_path / "x.jsonl") == 5
    lines = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert [redline.loads(line, "json") for line in lines] == found
    assert json.loads(lines[0])["source"]["name"] == "all.txt#0000001"
    corpus.write(found, tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        teis = [archive.read(name).decode("utf-8") for name in archive.namelist()]
    assert teis == [redline.dumps(document, "tei") for document in found]
    done = command("export", big, "--split", "ff", "-o", tmp_path / "again.txt")
    assert (done.returncode, done.stdout) == (0, "5 papers\n")
    assert (tmp_path / "again.txt").read_bytes() == big.read_bytes()


def test_a_paper_that_cannot_be_read_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Good.\n")
    (tmp_path / "b.txt").write_bytes(b"\xff\xff")
    with pytest.raises(redline.RedlineError, match=r"b\.txt: not utf-8"):
        corpus.write(corpus.papers(tmp_path / "*.txt"), tmp_path / "x.jsonl")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


_EXPORT = f"""
import sys
{measure.PEAK}
from redline import corpus
before = peak()
corpus.write(corpus.papers(sys.argv[1], split="ff"), sys.argv[1] + ".jsonl")
print(peak() - before)
"""


def test_twice_the_file_takes_no_more_memory(tmp_path: Path) -> None:
    """`tests.bench.corpus` streams a gigabyte; here 1 and 4 MB show that nothing is kept."""
    text = "\f".join(paper.text for paper in papers.papers(130))
    grown = []
    for times in (1, 4):
        big = tmp_path / f"{times}.txt"
        big.write_text("\f".join([text] * times), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _EXPORT, big], env=environment(), capture_output=True,
            text=True, check=True, timeout=100,
        )  # fmt: skip
        grown.append(int(done.stdout))
    assert grown[1] < grown[0] + 6_000_000, grown
