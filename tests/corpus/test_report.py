"""The report, the answers in their forms, and how far a run is."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from redline import corpus
from redline.cli.corpus.progress import Lines
from redline.corpus import plots
from tests.bench import papers
from tests.corpus.conftest import Built
from tests.corpus.outputs import command, environment


def test_the_report_stands_alone_and_its_links_lead_somewhere(
    tmp_path: Path,
) -> None:
    papers.write(tmp_path / "papers", 40)
    out = tmp_path / "out"
    corpus.build(tmp_path / "papers", out, formats=("tei", "html"), workers=1)
    place = tmp_path / "elsewhere" / "report.html"
    place.parent.mkdir()
    with corpus.open(out) as edition:
        edition.report(place)
        first = place.read_bytes()
        edition.report(place)
    assert place.read_bytes() == first
    page = html.fromstring(first.decode("utf-8"))
    assert not page.xpath("//script | //link | //img | //iframe | //@onclick")
    assert b"url(http" not in first
    assert len(page.xpath("//figure//*[local-name() = 'svg']")) == len(plots.PLOTS)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//td/a/@href")
    assert len(links) > 60
    for link in links:
        file, _, anchor = link.partition("#")
        there = (place.parent / unquote(file)).resolve()
        assert there.is_file()
        if anchor:
            assert html.parse(str(there)).xpath("//*[@id = $id]", id=anchor) or anchor == "page-1"
    text = page.text_content()
    for words in ("Most changed papers", "may have been", "25X1", "TOP SECRET", "40 papers"[:2]):
        assert words in text


def test_a_report_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("No revision.\n")
    corpus.build(tmp_path / "*.txt", tmp_path / "out", workers=1)
    done = command("report", tmp_path / "out", "-o", tmp_path / "report.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing in this collection says so." in (tmp_path / "report.html").read_text()
    done = command("report", tmp_path / "out", "-o", tmp_path / "no" / "report.html")
    assert done.returncode == 2
    assert done.stderr.startswith("redline: cannot write ")


def test_forms_of_answers(built: Built) -> None:
    asked = "SELECT doc, evidence, words FROM pages ORDER BY doc, page LIMIT 3"
    as_json = json.loads(command("query", built.out, asked, "--to", "json").stdout)
    told = command("query", built.out, asked, "--to", "csv").stdout
    as_csv = list(csv.DictReader(io.StringIO(told)))
    table = command("query", built.out, asked).stdout.splitlines()
    assert len(as_json) == len(as_csv) == len(table) - 1 == 3
    assert as_json[0]["evidence"] == ["start"]
    assert as_csv[0]["evidence"] == "start"
    assert [row["doc"] for row in as_json] == [row["doc"] for row in as_csv]
    assert table[0].split() == ["doc", "evidence", "words"]
    stats = json.loads(command("stats", built.out, "--to", "json").stdout)
    assert stats["collection"][0]["papers"] == 156
    assert command("stats", built.out, "--only", "levels", "--sql").stdout.startswith("-- levels: ")
    done = command("stats", built.out, "--only", "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no question 'nothing'; there are collection" in done.stderr


def test_a_collection_is_asked_where_it_is(built: Built, tmp_path: Path) -> None:
    """Without its name, in its folder; elsewhere a line says that there is none."""
    here = {"cwd": built.out}
    asked = "SELECT count(*) AS papers FROM documents"
    assert command("query", asked, "--to", "csv", **here).stdout == "papers\n156\n"
    told = command("stats", "--only", "kinds", "--to", "csv", **here).stdout
    assert told.startswith("kind,revisions,papers,")
    found = command("find", "--deleted", "certain", "--added", "likely", "--to", "csv", **here)
    assert found.stdout.count("\n") == 13
    found = command("search", "may have been for the", "--to", "csv", "--limit", "5", **here)
    assert found.stdout.count("\n") == 6
    done = command("report", "-o", tmp_path / "report.html", **here)
    assert (done.returncode, done.stderr) == (0, "")
    done = command("query", asked, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("redline: . holds no collection; name the folder of one")


def test_answers_that_have_no_ordinary_form(built: Built) -> None:
    """Two columns of one name, what JSON has no number for, a query that says nothing."""
    asked = "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS b, [1.5, 'inf'::DOUBLE] AS c, 2.50 AS d"
    told = command("query", built.out, asked, "--to", "json").stdout
    assert json.loads(told) == [{"a": 1, "a_1": 2, "b": None, "c": [1.5, None], "d": 2.5}]
    assert "NaN" not in told
    for nothing in ("", " ; "):
        done = command("query", built.out, nothing)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            "redline: a query says nothing; ask SELECT …, the reference has the tables\n"
        )


def test_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is being done, and though nothing comes to an end."""
    with Lines(every=0.01) as lines:
        for what, papers_, expected in (
            ("listing", 0, "redline: listing papers\n"),
            ("papers", 2_000, "redline: 0 of 2,000 papers\n"),
            ("tables", 0, "redline: making the tables\n"),
            ("database", 0, "redline: making the database\n"),
        ):
            lines.begin(what, papers_, 1_000_000 if papers_ else 0)
            capsys.readouterr()
            told = ""
            while told.count("\n") < 3:
                told += capsys.readouterr().err
            assert set(told.splitlines(keepends=True)[1:]) == {expected}
    lines = Lines()
    lines.begin("papers", 2_000, 1_000_000)
    lines.step(500, 1_500, 250_000, 1)
    told = lines.line()
    assert told.startswith("500 of 2,000 papers, 1 failed, ")
    assert "pages/s, " in told
    assert told.endswith(" left")
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    """Rate and time left, in eighty columns."""
    import pty
    import re

    papers.write(tmp_path / "papers", 60)
    terminal, its_end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "redline", "corpus", "build", tmp_path / "papers",
         "-o", tmp_path / "out", "--workers", "1"],
        env={**environment(), "TERM": "xterm", "COLUMNS": "80"},
        stdin=its_end, stdout=its_end, stderr=its_end,
    )  # fmt: skip
    os.close(its_end)
    told = b""
    while True:
        try:
            more = os.read(terminal, 1 << 16)
        except OSError:  # how Linux tells that the other end is closed
            break
        if not more:
            break
        told += more
    os.close(terminal)
    assert process.wait(30) == 0
    shown = re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told.decode()))
    bars = [line for line in shown if line.startswith("papers ") and "60" in line]
    assert [line for line in bars if re.search(r"\d+/60 +\d+ pages/s \d:\d\d:\d\d", line)]
    assert max(map(len, shown)) <= 80
    assert shown[-2] == "60 papers, 180 pages; 60 made now, 0 failed"


def test_links_to_pages_without_html(tmp_path: Path) -> None:
    """They lead to the paper, and it is said how they would lead to the page."""
    papers.write(tmp_path / "papers", 12)
    corpus.build(tmp_path / "papers", tmp_path / "out", workers=1)
    place = tmp_path / "report.html"
    with corpus.open(tmp_path / "out") as edition:
        edition.report(place)
    page = html.fromstring(place.read_text(encoding="utf-8"))
    links = page.xpath("//table[1]//tr/td[5]/a/@href")
    assert len(links) > 12
    for link in links:
        assert (place.parent / unquote(link)).is_file()
    assert "--to html" in page.text_content()
    assert not list(tmp_path.glob("*.part"))


def test_a_report_that_cannot_be_written_leaves_the_former(built: Built, tmp_path: Path) -> None:
    import resource

    place = tmp_path / "report.html"
    place.write_text("the former")
    done = command(
        "report", built.out, "-o", place,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000)),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"redline: cannot write {place}: ")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert place.read_text() == "the former"
