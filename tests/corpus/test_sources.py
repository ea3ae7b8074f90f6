"""What a source is taken for, and how its papers are called."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from redline import corpus
from redline.corpus.places import fetch
from redline.corpus.sources import Listing
from redline.diagnostics import InputError, RedlineError
from tests.corpus.outputs import command, environment

PAPER = "A ~~certain~~ ^{likely} thing.\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Papers in folders: ``a.txt``, ``box/b.txt``, ``box/deep/c.txt`` and what is none."""
    root = tmp_path / "tree"
    (root / "box" / "deep").mkdir(parents=True)
    for name in ("a.txt", "box/b.txt", "box/deep/c.txt"):
        (root / name).write_text(PAPER)
    (root / ".hidden.txt").write_text(PAPER)
    (root / "picture.jpg").write_bytes(b"")
    return root


def ids(source: object, split: str | None = None) -> list[str]:
    return sorted(paper.id for paper in Listing(str(source), split=split))


def test_a_list_names_papers_below_itself(tree: Path) -> None:
    """However a path is written, a paper is called by its place below the list, and is one."""
    lines = [
        "a.txt",
        "./a.txt",
        "box/deep/../b.txt",
        str(tree / "box" / "b.txt"),
        "# a remark",
        "",
        "../elsewhere/x.txt",
        "gone.txt",
    ]
    (tree.parent / "elsewhere").mkdir()
    (tree.parent / "elsewhere" / "x.txt").write_text(PAPER)
    (tree / "papers.txt").write_text("\n".join(lines), encoding="utf-8-sig")
    outside = str(tree.parent / "elsewhere" / "x.txt").lstrip("/")
    expected = ["a.txt", "a.txt", "box/b.txt", "box/b.txt", "gone.txt", outside]
    assert ids(f"@{tree / 'papers.txt'}") == sorted(expected)
    assert ids(tree / "papers.txt") == sorted(expected)  # known by its lines
    out = tree.parent / "out"
    summary = corpus.build(tree / "papers.txt", out, workers=1)
    assert (summary.papers, summary.failed) == (4, 1)
    assert (out / "tei" / "box" / "b.txt.xml").is_file()


def test_a_list_may_be_relative_to_where_we_are(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "one.list").write_text("tree/a.txt\ntree/box/b.txt\n")
    monkeypatch.chdir(tmp_path)
    found = list(Listing("lists/one.list"))
    assert [paper.id for paper in found] == ["tree/a.txt", "tree/box/b.txt"]
    assert [paper.place.where for paper in found] == [
        str(tree / "a.txt"),
        str(tree / "box" / "b.txt"),
    ]


def test_a_paper_is_no_list(tree: Path) -> None:
    (tree / "paper.txt").write_text("MEMORANDUM\n\nThe paper a.txt is ~~enclosed~~.\n")
    assert ids(tree / "paper.txt") == ["paper.txt"]


def test_a_list_on_standard_input_takes_any_bytes(tree: Path) -> None:
    os.symlink(tree / "a.txt", os.fsencode(tree) + b"/\xe9t\xe9.txt")
    done = subprocess.run(
        [sys.executable, "-m", "redline", "corpus", "build", "-", "-o", "out"],
        input=b"\xe9t\xe9.txt\n",
        cwd=tree,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tree / "out" / "tei" / "%25e9t%25e9.txt.xml").is_file()


def test_links_to_folders_lead_nowhere(tree: Path) -> None:
    """Neither below a folder nor by ``**``; they would lead round for ever."""
    os.symlink(tree, tree / "box" / "round")
    os.symlink(tree, tree / "box" / "again")
    papers = ["a.txt", "box/b.txt", "box/deep/c.txt"]
    assert ids(tree) == papers
    listing = Listing(str(tree))
    assert [paper.id for paper in listing]
    assert dict(listing.skipped) == {".jpg": 1}
    assert ids(f"{tree}/**/*.txt") == papers
    assert ids(f"{tree}/**") == sorted([*papers, "picture.jpg"])
    assert ids(f"{tree}/*/*.txt") == ["box/b.txt"]
    assert ids(f"{tree}/.*.txt") == [".hidden.txt"]
    assert ids(f"{tree}/bo[xy]/deep/?.txt") == ["box/deep/c.txt"]
    with pytest.raises(InputError, match="no file goes with the pattern"):
        ids(f"{tree}/*.nothing")


def test_several_sources(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that the shell has written out, and folders beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "d.txt").write_text(PAPER)
    with zipfile.ZipFile(tmp_path / "few.zip", "w") as archive:
        archive.writestr("e.txt", PAPER)
    sources = ["tree/a.txt", "tree/picture.jpg", "./tree/box/b.txt", "other", "few.zip"]
    listing = Listing(sources)
    names = [paper.id for paper in listing]
    assert names == ["tree/a.txt", "tree/box/b.txt", "d.txt", "e.txt"]
    assert dict(listing.skipped) == {".jpg": 1}
    done = command("build", *sources, "-o", "out", cwd=tmp_path)
    assert done.stdout == "4 papers, 4 pages; 4 made now, 0 failed\n"
    assert corpus.build([tree, tmp_path / "other"], "both", workers=1).papers == 4
    with pytest.raises(InputError, match="no folder, file or pattern nowhere"):
        list(Listing(["other", "nowhere"]))


def test_a_source_that_is_none_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source in ("nowhere", "empty", "*.txt"):
        with pytest.raises(InputError):
            corpus.build(tmp_path / source, tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_an_output_is_no_url(tree: Path) -> None:
    done = command("build", tree, "-o", "s3://bucket/out", cwd=tree)
    assert done.returncode == 2
    assert "name a folder, not a URL" in done.stderr
    assert not (tree / "s3:").exists()


@pytest.mark.parametrize("split", ["ff", "\f", "\\f"])
def test_ways_to_say_form_feed(split: str, tmp_path: Path) -> None:
    """As a pattern it would take the words after it away."""
    (tmp_path / "all.txt").write_text("One.\n\fTWO here.\n\fThree.\n")
    found = list(corpus.papers(tmp_path / "all.txt", split=split))
    assert [paper.source.text for paper in found] == ["One.\n", "TWO here.\n", "Three.\n"]


def test_export_leaves_out_what_cannot_be_read(tree: Path) -> None:
    (tree / "bad.txt").write_bytes(b"\xff\xff")
    told: list[tuple[str, RedlineError]] = []
    found = list(corpus.papers(tree, failed=lambda id_, fault: told.append((id_, fault))))
    assert [paper.source.name for paper in found] == ["a.txt", "box/b.txt", "box/deep/c.txt"]
    assert [(id_, str(fault)[:7]) for id_, fault in told] == [("bad.txt", "bad.txt")]
    done = command("export", tree, "-o", tree / "all.jsonl")
    assert done.returncode == 1
    assert done.stdout == "3 papers; 1 cannot be read and are left out\n"
    assert done.stderr.startswith("redline: bad.txt: not utf-8")
    assert len((tree / "all.jsonl").read_text().splitlines()) == 3


def test_a_folder_of_the_web(tree: Path) -> None:
    """From a server on this machine that shows what is in its folders."""
    pytest.importorskip("aiohttp", reason="aiohttp is not installed: pip install 'redline[test]'")

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *values: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tree))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            listing = Listing(f"{address}/")
            assert sorted(paper.id for paper in listing) == ["a.txt", "box/b.txt", "box/deep/c.txt"]
            assert dict(listing.skipped) == {".jpg": 1}
            (paper,) = Listing(f"{address}/box/b.txt")
            assert paper.id == "b.txt"
            assert fetch(paper.place) == PAPER.encode()
            with pytest.raises(InputError, match="No such file"):
                list(Listing(f"{address}/none.txt"))
        finally:
            server.shutdown()
            thread.join()


# -- S3, from a server on this machine --------------------------------------------------------


@pytest.fixture(scope="module")
def s3() -> Iterator[tuple[str, object]]:
    """The address of an empty server, and a client of it."""
    for name in ("moto", "s3fs", "boto3"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install 'redline[test]'")
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        client = boto3.client(
            "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="x",
            aws_secret_access_key="y",
        )  # fmt: skip
        yield address, client
    finally:
        server.stop()


@pytest.mark.filterwarnings("default")  # what other libraries will give up some day
def test_a_bucket(s3: tuple[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folder, pattern, list, ZIP and one big file there, as here; and what cannot be reached."""
    address, client = s3
    put = client.put_object  # type: ignore[attr-defined]
    client.create_bucket(Bucket="papers")  # type: ignore[attr-defined]
    for n in range(12):
        put(Bucket="papers", Key=f"box{n % 3}/p{n:02}.txt", Body=PAPER.encode())
    put(Bucket="papers", Key="box0/two words+%20.txt", Body=PAPER.encode())
    put(Bucket="papers", Key="box0/.hidden/x.txt", Body=PAPER.encode())
    put(Bucket="papers", Key="box0/x.jpg", Body=b"")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n in range(3):
            archive.writestr(f"z{n}.txt", PAPER)
    put(Bucket="papers", Key="more/all.zip", Body=packed.getvalue())
    put(Bucket="papers", Key="more/all.dat", Body="\f".join([PAPER] * 4).encode())
    (tmp_path / "some.list").write_text("s3://papers/box1/p01.txt\ns3://papers/box1/gone.txt\n")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "y")
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.chdir(tmp_path)

    def built(source: str, split: str | None = None) -> list[str]:
        out = f"out{time.monotonic_ns()}"
        corpus.build(source, out, workers=1, split=split)
        with corpus.open(out) as edition:
            rows = edition.query("SELECT doc, reason FROM documents").fetchall()
        return [doc + (f" {reason}" if reason else "") for doc, reason in rows]

    every = sorted([*(f"box{n % 3}/p{n:02}.txt" for n in range(12)), "box0/two words+%20.txt"])
    assert built("s3://papers") == every
    assert built("s3://papers/box1/*.txt") == ["p01.txt", "p04.txt", "p07.txt", "p10.txt"]
    assert built("some.list") == ["papers/box1/gone.txt unreadable", "papers/box1/p01.txt"]
    assert built("s3://papers/more/all.zip") == ["z0.txt", "z1.txt", "z2.txt"]
    parts = built("s3://papers/more/all.dat", "ff")
    assert parts == [f"all.dat#000000{n}" for n in range(1, 5)]

    done = command("build", "s3://nowhere/x", "-o", "none")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("redline: cannot list s3://nowhere/x: ")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    done = command("build", "s3://papers", "-o", "none")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("redline: cannot list s3://papers: Could not connect to ")
