"""A build is the same however it is made, and does again only what is needed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from redline import corpus
from tests.bench import papers
from tests.corpus.conftest import Built
from tests.corpus.outputs import command, files, rows


def test_three_workers_make_what_one_makes(built: Built, tmp_path: Path) -> None:
    summary = corpus.build(built.source, tmp_path / "out", workers=3)
    assert summary.made == 156
    assert files(tmp_path / "out") == files(built.out)
    assert rows(tmp_path / "out") == rows(built.out)


def test_again_nothing_is_made(built: Built, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built.out, out)
    stamps = {path: path.stat().st_mtime_ns for path in (out / "tables").iterdir()}
    summary = corpus.build(built.source, out, workers=1)
    assert (summary.papers, summary.made) == (156, 0)
    assert {path: path.stat().st_mtime_ns for path in (out / "tables").iterdir()} == stamps
    assert files(out) == files(built.out)


def test_what_changed_is_made_again(tmp_path: Path) -> None:
    """A paper changed, one gone, one new, one's output deleted: as if built afresh."""
    source, out = tmp_path / "papers", tmp_path / "out"
    papers.write(source, 30)
    corpus.build(source, out, workers=1, formats=("tei", "html"))
    first, second, third = sorted(source.rglob("*.txt"))[:3]
    first.write_text("Another ~~day~~ ^{night}.\n", encoding="utf-8")
    second.unlink()
    (source / "new.txt").write_text("New ~~words~~.\n", encoding="utf-8")
    (out / "tei" / f"{third.relative_to(source)}.xml").unlink()
    summary = corpus.build(source, out, workers=1)
    assert summary.made == 30  # html is no longer asked for: other options
    changed = first.with_name("other.txt")
    first.rename(changed)
    summary = corpus.build(source, out, workers=1)
    assert summary.made == 1
    corpus.build(source, tmp_path / "fresh", workers=1)
    assert files(out) == files(tmp_path / "fresh")
    assert rows(out) == rows(tmp_path / "fresh")
    assert not (out / "html").exists()


def test_sources_give_the_same_papers(tmp_path: Path) -> None:
    source = tmp_path / "papers"
    papers.write(source, 6)
    (source / "picture.jpg").write_bytes(b"\xff\xd8")
    (source / ".hidden.txt").write_text("hidden")
    names = sorted(path.relative_to(source).as_posix() for path in source.rglob("p*.txt"))
    (source / "all.list").write_text("# a list\n" + "\n".join(names) + "\n\n" + names[0] + "\n")
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        for name in names:
            archive.write(source / name, name)
    sources = {
        "folder": source,
        "pattern": source / "**" / "*.txt",
        "list": f"@{source / 'all.list'}",
        "list by name": source / "all.list",
        "zip": tmp_path / "papers.zip",
        "url": f"file://{source}",
        "zip by url": f"file://{tmp_path / 'papers.zip'}",
    }
    found = {}
    for kind, each in sources.items():
        out = tmp_path / "out" / kind
        summary = corpus.build(each, out, workers=1)
        assert summary.papers == 6, kind
        found[kind] = {k: v for k, v in files(out).items() if not k.startswith("tables/")}
        skipped = {".jpg": 1, ".list": 1} if kind in ("folder", "url") else {}
        assert dict(summary.skipped) == skipped, kind
    assert len(found["folder"]) == 6
    assert [kind for kind in found if found[kind] != found["folder"]] == []


def test_an_output_inside_the_source_is_no_source(tmp_path: Path) -> None:
    papers.write(tmp_path, 3)
    for _ in range(2):
        assert corpus.build(tmp_path, tmp_path / "edition", workers=1).papers == 3


def test_the_command(built: Built, tmp_path: Path) -> None:
    papers.write(tmp_path / "papers", 12)
    out = tmp_path / "out"
    done = command("build", tmp_path / "papers", "-o", out, "--workers", "2", "--to", "html")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "12 papers, 38 pages; 12 made now, 0 failed\n"
    assert len(list((out / "html").rglob("*.html"))) == 12
    assert len(list((out / "tei").rglob("*.xml"))) == 12
    done = command("query", out, "SELECT count(*) AS n FROM documents", "--to", "json")
    assert done.stdout == '[\n {\n  "n": 12\n }\n]\n'
    done = command("query", out, "SELECT nothing FROM documents")
    assert done.returncode == 2
    assert done.stderr.startswith('redline: Binder Error: Referenced column "nothing" not found')
    assert done.stderr.count("\n") == 1
    done = command("find", out, "--deleted", "may", "--to", "csv")
    expected = []
    for n in (0, 11):
        paper = papers.paper(n)
        line = paper.text[: paper.text.index("~~may~~")].count("\n") + 1
        expected.append(f"{paper.name},1,{line},substitution,may,will,{paper.name}")
    assert done.stdout.splitlines()[1:] == expected


@pytest.mark.parametrize("split", ["ff", "=== paper .*"])
def test_one_file_of_many_papers(split: str, tmp_path: Path) -> None:
    texts = [papers.paper(n).text for n in range(9)]
    between = "\f" if split == "ff" else "=== paper number ===\n"
    big = tmp_path / "all.txt"
    big.write_text(between.join(["", *texts, " \n"]), encoding="utf-8-sig")
    summary = corpus.build(big, tmp_path / "out", split=split, workers=1)
    assert (summary.papers, summary.failed) == (9, 0)
    with corpus.open(tmp_path / "out") as edition:
        found = edition.query("SELECT doc, draft FROM texts ORDER BY doc").fetchall()
    import redline

    assert [draft for _, draft in found] == [
        redline.parse(text).reading("draft").text for text in texts
    ]
    assert found[0][0] == "all.txt#0000001"
