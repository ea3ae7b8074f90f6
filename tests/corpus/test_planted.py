"""All that was planted in a generated collection is found by SQL, and nothing else."""

from __future__ import annotations

from collections import Counter
from typing import Any

import redline
from redline import corpus
from tests.bench import papers
from tests.corpus.conftest import Built

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
    assert len(by_title) == 13
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
