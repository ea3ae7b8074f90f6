"""The report, the answers in their forms, and how far a run is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from redline import corpus
from redline.cli.corpus.progress import Lines
from redline.corpus import plots
from tests.bench import papers
from tests.corpus.conftest import Built
from tests.corpus.outputs import command


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


def test_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(every=0.0)
    lines.begin("papers", 2_000, 1_000_000)
    lines.step(500, 1_500, 250_000, 1)
    told = capsys.readouterr().err
    assert told.startswith("redline: 500 of 2,000 papers, 1 failed, ")
    assert "pages/s, " in told
    assert told.endswith(" left\n")
    quiet = Lines()
    quiet.begin("papers", 10, 10)
    quiet.step(1, 1, 1, 0)
    assert capsys.readouterr().err == ""
