"""All that was planted in a generated collection is found by SQL, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import redline
from redline import corpus
from redline.corpus.rows import document_rows
from tests.bench import papers
from tests.corpus.conftest import Built

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*/*.txt"))

#: What is planted, and the query that counts it: a row for each thing, its number last.
QUERIES = {
    "deletion": "SELECT deleted, count(*) FROM revisions WHERE kind = 'deletion' GROUP BY 1",
    "addition": "SELECT added, count(*) FROM revisions WHERE kind = 'addition' GROUP BY 1",
    "substitution": "SELECT deleted, added, count(*) FROM revisions "
    "WHERE kind = 'substitution' GROUP BY 1, 2",
    "downgrade": "SELECT from_level, to_level, count(*) FROM history "
    "WHERE action = 'downgrade' GROUP BY 1, 2",
    "release": "SELECT count(*) FROM markings WHERE kind = 'release'",
    "reviewer": "SELECT reviewer, count(*) FROM markings WHERE reviewer IS NOT NULL GROUP BY 1",
    "code": "SELECT unnest(codes), count(*) FROM markings GROUP BY 1",
    "dated": "SELECT CAST(year AS TEXT), count(*) FROM documents GROUP BY 1",
    "pages": "SELECT count(*) FROM pages",
}


def counted(out: Any) -> Counter[tuple[str, ...]]:
    """What SQL finds, as the generator tells what it planted."""
    found: Counter[tuple[str, ...]] = Counter()
    with corpus.open(out) as edition:
        for kind, sql in QUERIES.items():
            for *what, count in edition.query(sql).fetchall():
                found[(kind, *what)] += count
    return found


def test_everything_planted_is_found(built: Built) -> None:
    planted = Counter(
        {key if isinstance(key, tuple) else (key,): n for key, n in built.planted.items()}
    )
    assert built.summary.papers == 156
    assert built.summary.failed == 0
    assert len(planted) > 60
    assert counted(built.out) == planted


def test_pages_words_and_levels_of_each_paper(built: Built) -> None:
    with corpus.open(built.out) as edition:
        rows = edition.query(
            "SELECT doc, pages, level_draft, level_final, year, words_draft FROM documents"
        ).fetchall()
        levels = edition.query("SELECT DISTINCT doc, was, now FROM pages").fetchall()
    made = {paper.name: paper for paper in papers.papers(156)}
    assert [row[0] for row in rows] == sorted(made)
    for doc, pages, was, now, year, _ in rows:
        assert (pages, was, now, year) == (
            made[doc].pages, made[doc].was, made[doc].now, made[doc].year,
        )  # fmt: skip
    assert {(doc, was, now) for doc, was, now in levels} == {
        (doc, paper.was, paper.now) for doc, paper in made.items()
    }


def test_the_tables_say_what_the_library_says(built: Built) -> None:
    with corpus.open(built.out) as edition:
        for n in (0, 4, 77):
            paper = papers.paper(n)
            document = redline.parse(paper.text, name=paper.name)
            (whole,) = edition.query("FROM texts WHERE doc = ?", [paper.name]).fetchall()
            assert whole[1] == document.reading("draft").text
            assert whole[2] == document.reading("final").text
            found = edition.query(
                "SELECT id, kind, page, line FROM revisions WHERE doc = ? ORDER BY n", [paper.name]
            ).fetchall()
            assert found == [(r.id, r.kind, r.page, r.line) for r in document.revisions]
            tei = (built.out / "tei" / f"{paper.name}.xml").read_text(encoding="utf-8")
            assert tei == redline.dumps(document, "tei")
            (words,) = edition.query(
                "SELECT sum(words) FROM pages WHERE doc = ?", [paper.name]
            ).fetchall()[0]
            assert words == len(document.reading("draft").text.split())


def test_the_generator_is_the_same_everywhere() -> None:
    """The seeds are fixed: the figures of the docs are about these papers."""
    import hashlib

    digest = hashlib.sha256("".join(p.text for p in papers.papers(20)).encode()).hexdigest()
    assert digest[:16] == "13dff3af6c72c2a3"


def test_find_and_stats(built: Built) -> None:
    with corpus.open(built.out) as edition:
        found = edition.find(deleted="certain", added="likely")
        assert len(found.rows) == 12 == built.planted["substitution", "certain", "likely"]
        assert [row[0] for row in found.rows] == sorted(row[0] for row in found.rows)
        assert edition.find(deleted="CERTAIN").rows == found.rows
        assert edition.find(deleted="certai").rows == []
        assert edition.find(deleted="^c.*n$", regex=True).rows == found.rows
        by_title = {answer.title: answer for answer in edition.stats()}
        verbs = by_title["Verbs softened and hardened"].rows
    assert verbs == [
        ("softened", "were", "may have been", 23),
        ("hardened", "may", "will", 15),
        ("softened", "certain", "likely", 12),
    ]
    assert by_title["Revisions that soften or harden a verb"].rows == [
        ("softened", 35, 33),
        ("hardened", 15, 15),
    ]
    levels = by_title["Papers of each level by their year"]
    assert levels.columns == ("year", "level", "papers", "changed_since")
    made = Counter((paper.year, paper.was) for paper in papers.papers(156) if paper.was)
    assert {(year, level): count for year, level, count, _ in levels.rows} == made
    assert len(by_title) == 15
    assert all(answer.columns for answer in by_title.values())


def test_search(built: Built) -> None:
    with corpus.open(built.out) as edition:
        lost = edition.search("losses at sea were for the", stage="lost")
        new = edition.search("losses at sea may have been for the", stage="new")
        assert len(lost.rows) == len(new.rows) == 23
        assert edition.search("losses at sea were").rows == []
        assert edition.search("losses at sea wer", stage="either").rows == []
        (first, *_) = new.rows
        assert first[3] == "final"
        assert "Losses at sea may have been for the" in first[4]
        assert edition.search("(convoy", stage="either").rows == []


def test_words_of_any_letters_are_found(tmp_path: Path) -> None:
    """Words that begin or end with a letter beyond ASCII are words, too."""
    (tmp_path / "a.txt").write_text(
        "The ~~café~~ ^{école} of Zürich. ~~Überall~~ ^{x_y} don't go, naïve Ås.\n",
        encoding="utf-8",
    )
    corpus.build(tmp_path / "a.txt", tmp_path / "out", workers=1)
    with corpus.open(tmp_path / "out") as edition:
        found = {
            words: (len(edition.find(deleted=words).rows), len(edition.find(added=words).rows))
            for words in ("café", "CAFÉ", "caf", "école", "ÉCOLE", "cole", "über", "überall", "x")
        }
        assert found == {
            "café": (1, 0), "CAFÉ": (1, 0), "caf": (0, 0), "école": (0, 1), "ÉCOLE": (0, 1),
            "cole": (0, 0), "über": (0, 0), "überall": (1, 0), "x": (0, 0),
        }  # fmt: skip
        searched = {
            words: len(edition.search(words, stage="either").rows)
            for words in ("école of zürich", "Zürich.", "ås", "zür", "the café", "don't", "naïv")
        }
        assert searched == {
            "école of zürich": 1, "Zürich.": 1, "ås": 1, "zür": 0, "the café": 1, "don't": 1,
            "naïv": 0,
        }  # fmt: skip
        assert edition.search("ås").rows[0][4] == "The école of Zürich. x_y don't go, naïve Ås."
        with pytest.raises(corpus.CorpusError, match="no kind 'deletoin'"):
            edition.find(kind="deletoin")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_words_of_the_pages_are_those_of_the_paper(path: Path) -> None:
    document = redline.read(path)
    about, rows = document_rows(document)
    assert sum(row[5] for row in rows["pages"]) == about["words_draft"]
    assert all(row[5] >= 0 for row in rows["pages"])


def test_the_words_of_each_page() -> None:
    """Cells stand apart though nothing shown is between them; a word belongs where it begins."""
    text = "| one | two |\n|-----|-----|\n| a | b |\n\fThree more ~~struck~~ ^{not}\n\fwords.\n"
    _, rows = document_rows(redline.parse(text))
    assert [row[5] for row in rows["pages"]] == [4, 3, 1]
