"""Papers that end, block or overfill their worker are recorded, and the rest is done."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import redline
from redline import corpus
from tests.bench import papers
from tests.corpus.outputs import files

SICK = Path(__file__).with_name("sick")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and signals are POSIX's")


@pytest.fixture
def sick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that fall ill: see `sick/sitecustomize.py`."""
    monkeypatch.syspath_prepend(str(SICK))


def statuses(out: Path) -> dict[str, tuple[str | None, str | None]]:
    with corpus.open(out) as edition:
        rows = edition.query("SELECT doc, reason, message FROM documents").fetchall()
    return {doc.rpartition("/")[2]: (reason, message) for doc, reason, message in rows}


@pytest.mark.usefixtures("sick")
def test_poison_in_the_middle(tmp_path: Path) -> None:
    """Each kind of poison among sound papers, some of it side by side."""
    source, out = tmp_path / "papers", tmp_path / "out"
    papers.write(source, 24)
    folder = source / "box000" / "folder0"
    poison = {
        "paper000003a.txt": "SICK: crash",
        "paper000003b.txt": "SICK: leave",
        "paper000009a.txt": "SICK: endless",
        "paper000012a.txt": "SICK: huge",
        "paper000015a.txt": "SICK: sleep",
        "paper000018a.txt": "SICK: fault",
        "paper000020a.txt": f"SICK: once {tmp_path / 'killed'} x",
    }
    for name, text in poison.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    summary = corpus.build(source, out, workers=1, timeout=3, memory=300 << 20)
    found = statuses(out)
    assert len(found) == 24 + len(poison)
    assert {name: found[name] for name in poison} == {
        "paper000003a.txt": ("crash", "its worker was ended by SIGSEGV"),
        "paper000003b.txt": ("crash", "its worker ended with status 3"),
        "paper000009a.txt": ("timeout", "took longer than 3 s; see --timeout"),
        "paper000012a.txt": ("memory", "took more memory than 300 MB; see --memory"),
        "paper000015a.txt": ("timeout", "took longer than 3 s; see --timeout"),
        "paper000018a.txt": ("fault", "a fault of redline itself: AssertionError: feigned"),
        "paper000020a.txt": (None, None),  # killed once from outside: innocent
    }
    assert summary.failed == 6
    assert {name for name, (reason, _) in found.items() if reason} == set(poison) - {
        "paper000020a.txt"
    }
    assert len(list((out / "tei").rglob("*.xml"))) == 25

    # Again: what failed is not tried, unless it is asked for, or the paper is another.
    assert corpus.build(source, out, workers=1, timeout=3).made == 0
    (folder / "paper000003a.txt").write_text("Sound ~~now~~.\n", encoding="utf-8")
    assert corpus.build(source, out, workers=1, timeout=3).made == 1
    for name in poison:
        (folder / name).write_text("All ~~sound~~ now.\n", encoding="utf-8")
    summary = corpus.build(source, out, workers=1, retry_failed=True)
    assert (summary.made, summary.failed) == (7, 0)
    corpus.build(source, tmp_path / "fresh", workers=1)
    assert files(out) == files(tmp_path / "fresh")


def test_failed_papers_are_tried_again_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "papers", tmp_path / "out"
    papers.write(source, 2)
    (source / "slow.txt").write_text("SICK: sleep\n", encoding="utf-8")
    with monkeypatch.context() as context:
        context.syspath_prepend(str(SICK))
        assert corpus.build(source, out, workers=1, timeout=3).failed == 1
    assert corpus.build(source, out, workers=1).made == 0
    summary = corpus.build(source, out, workers=1, retry_failed=True)
    assert (summary.made, summary.failed) == (1, 0)
    assert statuses(out)["slow.txt"] == (None, None)


def test_a_paper_too_large_for_its_worker(tmp_path: Path) -> None:
    """The real thing: a paper of 40 MB where 200 MB are granted."""
    source = tmp_path / "papers"
    papers.write(source, 4)
    (source / "large.txt").write_text("The ~~harbour~~ ^{ferry} is closed.\n\n" * 1_000_000)
    summary = corpus.build(source, tmp_path / "out", workers=1, memory=200 << 20)
    assert (summary.papers, summary.failed) == (5, 1)
    assert statuses(tmp_path / "out")["large.txt"] == (
        "memory",
        "took more memory than 200 MB; see --memory",
    )
    assert corpus.build(source, tmp_path / "out", workers=1, memory=200 << 20).made == 0


@pytest.mark.usefixtures("sick")
@pytest.mark.parametrize(
    ("illness", "said"),
    [
        ("leave", "its worker ended with status 3, though it was only to be recorded"),
        ("fault", "a fault of redline itself (AssertionError: feigned)"),
    ],
)
def test_workers_that_are_always_ill_end_the_run(
    illness: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("SICK_WORKER", illness)
    papers.write(tmp_path / "papers", 2)
    with pytest.raises(corpus.CorpusError) as raised:
        corpus.build(tmp_path / "papers", tmp_path / "out", workers=1)
    assert said in str(raised.value)
    assert capfd.readouterr().err == ""


def test_a_value_that_no_table_holds(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Records are written by other programs, too."""
    source, out = tmp_path / "papers", tmp_path / "out"
    papers.write(source, 3)
    record = json.loads(redline.dumps(redline.parse("A ~~b~~ ^{c}.\n"), "json"))
    record["pages"][0]["n"] = 10**30
    (source / "box000" / "large.json").write_text(json.dumps(record))
    summary = corpus.build(source, out, workers=1)
    assert (summary.papers, summary.failed) == (4, 1)
    reason, message = statuses(out)["large.json"]
    assert reason == "format"
    assert str(message).startswith("has a value no table holds: ")
    assert not (out / "tei" / "box000" / "large.json.xml").exists()
    assert capfd.readouterr().err == ""
    assert corpus.build(source, out, workers=1).made == 0


def test_no_limit_may_be_said_in_many_ways(tmp_path: Path) -> None:
    papers.write(tmp_path / "papers", 1)
    for timeout in (0, float("inf")):
        summary = corpus.build(
            tmp_path / "papers", tmp_path / f"out{timeout}", workers=1, timeout=timeout, memory=0
        )
        assert (summary.made, summary.failed) == (1, 0)
