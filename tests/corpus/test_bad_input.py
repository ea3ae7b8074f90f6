"""What cannot be read is recorded, what cannot be written is refused, what was there is whole."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import zipfile
from pathlib import Path

import pytest

from redline import corpus
from tests.bench import papers
from tests.corpus.conftest import Built
from tests.corpus.outputs import command, files, rows
from tests.corpus.test_poison import statuses


def test_papers_of_every_bad_kind(tmp_path: Path) -> None:
    source, out = tmp_path / "papers", tmp_path / "out"
    source.mkdir()
    (source / "empty.txt").write_bytes(b"")
    (source / "binary.txt").write_bytes(random.Random(1).randbytes(5_000))
    (source / "latin.txt").write_bytes("Zürich, ~~früh~~".encode("latin-1"))
    (source / "wide.txt").write_bytes("A ~~wide~~ day".encode("utf-16"))
    (source / "record.json").write_text('{"no": "record"}')
    (source / "page.xml").write_text("<html/>")
    (source / "cut.xml").write_text("<TEI><text>")
    (source / "space.txt").write_text(" \n\n \f ")
    (source / "zeros.txt").write_bytes(b"\0" * 1000)
    (source / "good.txt").write_text("A ~~b~~ ^{c}.\n")
    os.symlink(source / "nowhere.txt", source / "link.txt")
    os.symlink(source, source / "round")
    if os.name == "posix":
        os.mkfifo(source / "pipe.txt")
    summary = corpus.build(source, out, workers=1)
    found = statuses(out)
    reasons = {name: reason for name, (reason, _) in found.items()}
    expected = {
        "empty.txt": None,
        "binary.txt": "encoding",
        "latin.txt": "encoding",
        "wide.txt": None,
        "record.json": "format",
        "page.xml": "format",
        "cut.xml": "format",
        "space.txt": None,
        "zeros.txt": None,
        "good.txt": None,
        "link.txt": "unreadable",
        "pipe.txt": "unreadable",
    }
    assert reasons == expected
    assert summary.failed == sum(reason is not None for reason in expected.values())
    assert found["latin.txt"][1] == (
        "latin.txt: not utf-8 at byte offset 1 (0xfc); name its encoding (--encoding latin-1, say)"
    )
    messages = [message for _, message in found.values() if message]
    assert not [message for message in messages if "\n" in message or "Traceback" in message]
    written = {path.stem for path in (out / "tei").iterdir()}
    assert written == {name for name, reason in expected.items() if reason is None}
    assert corpus.build(source, out, workers=1, encoding="latin-1").failed == 5


def test_the_command_says_that_papers_failed(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xff")
    out = tmp_path / "out"
    done = command("build", tmp_path / "*.txt", "-o", out)
    assert done.returncode == 1
    assert done.stdout == "1 papers, 0 pages; 1 made now, 1 failed\n"
    assert done.stderr == f"redline: why: redline corpus stats {out} --only failed\n"
    assert "encoding" in command("stats", out, "--only", "failed").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "nowhere", "-o", "out"), "no folder, file or pattern nowhere"),
        (("build", "*.nothing", "-o", "out"), "no file goes with the pattern *.nothing"),
        (("build", "@nowhere", "-o", "out"), "cannot read the list nowhere: No such file"),
        (("build", "empty", "-o", "out"), "no transcription in empty; there are other files"),
        (("build", "bad.zip", "-o", "out"), "cannot read bad.zip: File is not a zip file"),
        (("build", "one.txt", "-o", "one.txt"), "cannot write one.txt: "),
        (("build", "one.txt", "-o", "empty"), "empty has files and holds no collection"),
        (("build", "one.txt"), "where to? say -o FOLDER"),
        (("build", "one.txt", "-o", "out", "--memory", "much"), "--memory takes a size such as"),
        (("build", "one.txt", "-o", "out", "--to", "docx9"), "no format 'docx9' here"),
        (("build", "one.txt", "-o", "out", "--encoding", "utf9"), "no encoding 'utf9'; common"),
        (("build", "one.txt", "-o", "out", "--split", "("), "'(' is no regular expression"),
        (("build", "wide.txt", "-o", "out", "--split", "ff"), "is UTF-16 or UTF-32"),
        (("build", "one.txt", "-o", "out", "--register", "no.toml"), "no.toml"),
        (("build", "no-such://x/y", "-o", "out"), "cannot open no-such://x/y: Protocol not known"),
        (("query", "empty", "SELECT 1"), "empty holds no collection"),
        (("query", "one.txt", "SELECT 1"), "one.txt is a file"),
        (("stats", "nowhere"), "nowhere holds no collection"),
        (("find", "nowhere"), "what is to be found?"),
    ],
)
def test_one_line_says_what_is_wrong(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "picture.png").write_bytes(b"")
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    (tmp_path / "one.txt").write_text("One.\n")
    (tmp_path / "wide.txt").write_bytes("One.\n".encode("utf-16"))
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("redline: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_members_of_a_zip_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(3):
            archive.writestr(f"{n}.txt", f"Paper number {n} is ~~whole~~.\n")
    data = bytearray(path.read_bytes())
    data[data.index(b"number 1")] ^= 1
    path.write_bytes(data)
    assert corpus.build(path, tmp_path / "out", workers=1).failed == 1
    reason, message = statuses(tmp_path / "out")["1.txt"]
    assert reason == "unreadable"
    assert "Bad CRC-32" in str(message)


def full(most: int) -> object:
    """No file may grow larger than that: what a full disk is, to a program."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.parametrize("most", [0, 3_000, 60_000, 300_000])
def test_a_full_disk(most: int, built: Built, tmp_path: Path) -> None:
    """Wherever room ends, one line says so, what was there is whole, and the next run goes on."""
    out = tmp_path / "out"
    few = tmp_path / "few"
    papers.write(few, 12)
    corpus.build(few, out, workers=1)
    before = files(out), rows(out)
    papers.write(few, 40)
    done = command("build", few, "-o", out, "--workers", "1", preexec_fn=full(most))
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("redline: cannot "), done.stderr
    assert "make room and run the same command again" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    now = files(out)
    assert {name: now[name] for name in before[0] if name.startswith("tables/")} == {
        name: data for name, data in before[0].items() if name.startswith("tables/")
    } or most >= 300_000
    assert {name: now.get(name) for name in before[0] if name.startswith("tei/")} == {
        name: data for name, data in before[0].items() if name.startswith("tei/")
    }
    assert rows(out) == before[1]
    if most == 60_000:
        corpus.build(few, out, workers=1)
        corpus.build(few, tmp_path / "fresh", workers=1)
        assert files(out) == files(tmp_path / "fresh")
        assert rows(out) == rows(tmp_path / "fresh")


def test_a_read_only_output(built: Built, tmp_path: Path) -> None:
    """Where nothing can be made at all: a folder without the right, or the kernel's own."""
    if os.name == "posix" and os.geteuid() == 0:
        out = Path("/proc/redline")
    else:
        (tmp_path / "closed").mkdir(mode=0o500)
        out = tmp_path / "closed" / "out"
    done = command("build", built.source, "-o", out)
    assert done.returncode == 2
    assert done.stderr.startswith(f"redline: cannot write {out}: ")
    assert done.stderr.count("\n") == 1


def test_a_newer_collection_is_refused(built: Built, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built.out, out)
    about = json.loads((out / "corpus.json").read_text())
    (out / "corpus.json").write_text(json.dumps({**about, "schema": 99, "redline": "9.9"}))
    before = files(out)
    for arguments in (
        ("build", built.source, "-o", out),
        ("query", out, "SELECT 1"),
        ("stats", out),
    ):
        done = command(*arguments)
        assert done.returncode == 2
        assert "was made by a newer redline (9.9, tables 99; this one knows 1)" in done.stderr
    assert files(out) == before

    # The database alone, put there from elsewhere.
    import duckdb

    (out / "corpus.json").write_text(json.dumps(about))
    with duckdb.connect(str(out / "corpus.duckdb")) as db:
        db.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(corpus.NoCorpus, match="newer redline"):
        corpus.open(out)
    there = (out / "corpus.duckdb").read_bytes()
    with pytest.raises(corpus.NoCorpus, match="newer redline"):
        corpus.build(built.source, out, workers=1)
    assert (out / "corpus.duckdb").read_bytes() == there
    (out / "corpus.duckdb").write_bytes(b"no database at all" * 1000)
    with pytest.raises(corpus.NoCorpus, match="cannot open"):
        corpus.open(out)
    assert corpus.build(built.source, out, workers=1).made == 0
    assert rows(out) == rows(built.out)


def test_asking_changes_nothing(built: Built) -> None:
    with corpus.open(built.out) as edition, pytest.raises(corpus.CorpusError, match="read-only"):
        edition.query("DELETE FROM documents")
