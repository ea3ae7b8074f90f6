"""Killed at any moment and run again: the same bytes, the same rows; `tests.bench.corpus` does
it thirty times with more papers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from redline import corpus
from redline.corpus.folder import Folder
from tests.bench import kills, papers
from tests.corpus.conftest import Built
from tests.corpus.outputs import ROOT, children, command, environment, files, rows
from tests.corpus.test_poison import SICK

_HOLDER = """
import sys, time
from redline.corpus.folder import Folder
folder = Folder(sys.argv[1])
folder.prepare()
with folder.locked():
    print("locked", flush=True)
    time.sleep(60)
"""

posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")


@posix
def test_killed_and_resumed(built: Built, tmp_path: Path) -> None:
    runs = list(kills.killed(built.source, built.out, tmp_path / "out", 3, 11, longest=2.5))
    assert len(runs) == 3
    assert [run for run in runs if run.differs] == []
    assert sum(run.at_work for run in runs) >= 1, runs


@posix
def test_workers_do_not_outlive_their_run(tmp_path: Path) -> None:
    """They end at the next paper, or by their alarm."""
    papers.write(tmp_path / "papers", 300)
    process = subprocess.Popen(
        [sys.executable, "-m", "redline", "corpus", "build", tmp_path / "papers",
         "-o", tmp_path / "out", "--workers", "1"],
        env=environment(),
    )  # fmt: skip
    workers = []
    deadline = time.monotonic() + 30
    while not workers and time.monotonic() < deadline and process.poll() is None:
        workers = list(children(process.pid))
        time.sleep(0.05)
    assert workers
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    import psutil

    while any(map(psutil.pid_exists, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(psutil.pid_exists, workers))


@posix
def test_an_interrupt_ends_it_quietly(tmp_path: Path) -> None:
    papers.write(tmp_path / "papers", 300)
    process = subprocess.Popen(
        [sys.executable, "-m", "redline", "corpus", "build", tmp_path / "papers",
         "-o", tmp_path / "out", "--workers", "1"],
        env=environment(),
        stderr=subprocess.PIPE,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not list(children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = list(children(process.pid))
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, told) == (130, b"")
    import psutil

    assert workers
    assert not any(map(psutil.pid_exists, workers))


@posix
def test_two_runs_are_refused_and_a_dead_ones_lock_is_none(tmp_path: Path) -> None:
    papers.write(tmp_path / "papers", 3)
    out = tmp_path / "out"
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(out)],
        env=environment(),
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"locked\n"
    done = command("build", tmp_path / "papers", "-o", out)
    assert done.returncode == 2
    assert f"is being built by process {holder.pid} on " in done.stderr
    assert done.stderr.count("\n") == 1
    with pytest.raises(corpus.CorpusError, match="is being built by process"):
        corpus.build(tmp_path / "papers", out)
    holder.kill()
    holder.wait(30)
    holder.stdout.close()
    assert corpus.build(tmp_path / "papers", out, workers=1).made == 3


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    papers.write(tmp_path / "papers", 3)
    folder = Folder(tmp_path / "out")
    corpus.build(tmp_path / "papers", folder.path, workers=1)
    folder.tmp.mkdir(exist_ok=True)
    (folder.tmp / "host-1-file").write_bytes(b"half")
    (folder.pieces / ("0" * 32)).mkdir()  # a piece of nothing: a disk that failed
    assert corpus.build(tmp_path / "papers", folder.path, workers=1).made == 0
    assert not (folder.pieces / ("0" * 32)).exists()
    (piece,) = folder.pieces.iterdir()
    (piece / "readings.parquet").write_bytes(b"")
    (folder.tables / "readings.parquet").unlink()
    with pytest.raises(corpus.CorpusError, match="is damaged"):
        corpus.build(tmp_path / "papers", folder.path, workers=1)
    (piece / "documents.parquet").write_bytes(b"")
    assert corpus.build(tmp_path / "papers", folder.path, workers=1).made == 3
    assert not folder.tmp.exists()


@posix
def test_what_a_killed_run_wrote_is_not_taken_for_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper is changed, the run is killed when its TEI is written and its rows are not, and the
    paper is changed back: the TEI is that of the paper again."""
    source, out = tmp_path / "papers", tmp_path / "out"
    source.mkdir()
    paper = source / "a.txt"
    paper.write_text("The ~~kestrel~~ text.\n")
    corpus.build(source, out, workers=1)
    before, was = files(out), rows(out)
    tei = out / "tei" / "a.txt.xml"
    monkeypatch.syspath_prepend(str(SICK))
    paper.write_text("The ~~osprey~~ text.\n")
    (source / "b.txt").write_text("SICK: sleep\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "redline", "corpus", "build", source, "-o", out, "--workers", "1"],
        env={**environment(), "PYTHONPATH": os.pathsep.join([str(SICK), str(ROOT)])},
    )
    deadline = time.monotonic() + 30
    while b"osprey" not in tei.read_bytes() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert b"osprey" in tei.read_bytes()
    paper.write_text("The ~~kestrel~~ text.\n")
    (source / "b.txt").unlink()
    assert corpus.build(source, out, workers=1).made == 1
    assert files(out) == before
    assert rows(out) == was
    assert corpus.build(source, out, workers=1).made == 0
