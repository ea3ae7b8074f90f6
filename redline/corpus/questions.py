"""Ready questions: what they ask, in SQL, and how their answers are called.

Each is a row of `QUESTIONS`; `stats` asks all of them. The SQL is shown by
``redline corpus stats --sql`` to be changed at will.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from redline.corpus.database import running
from redline.corpus.folder import CorpusError
from redline.corpus.strength import degree

if TYPE_CHECKING:
    import duckdb

__all__ = ["QUESTIONS", "Answer", "ask", "find", "question", "search"]


class Answer(NamedTuple):
    """What came of a question: its title, the names of the columns, the rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Question(NamedTuple):
    """A question: its name on the command line, its title, its SQL."""

    name: str
    title: str
    sql: str


_ALL = (
    Question(
        "collection",
        "The collection",
        """
SELECT count(*) AS papers, count(*) FILTER (status = 'failed') AS failed, sum(pages) AS pages,
       sum(words_draft) AS words_draft, sum(words_final) AS words_final,
       sum(revisions) AS revisions, sum(markings) AS markings,
       round(1000.0 * sum(revisions) / nullif(sum(words_draft), 0), 2) AS revisions_per_1000_words
FROM documents
""",
    ),
    Question(
        "failed",
        "Papers that failed, by reason",
        """
SELECT reason, count(*) AS papers, min(doc) AS for_example FROM documents
WHERE status = 'failed' GROUP BY reason ORDER BY papers DESC, reason
""",
    ),
    Question(
        "kinds",
        "Revisions by kind",
        """
SELECT kind, count(*) AS revisions, count(DISTINCT doc) AS papers,
       sum(deleted_words) AS words_struck, sum(added_words) AS words_added
FROM revisions GROUP BY kind ORDER BY revisions DESC, kind
""",
    ),
    Question(
        "density",
        "Papers with most revisions per thousand words (of 100 words or more)",
        """
SELECT doc, revisions, words_draft AS words,
       round(1000.0 * revisions / words_draft, 1) AS per_1000_words
FROM documents WHERE words_draft >= 100 AND revisions > 0
ORDER BY per_1000_words DESC, doc LIMIT 20
""",
    ),
    Question(
        "substitutions",
        "Commonest substitutions",
        """
SELECT lower(deleted) AS struck, lower(added) AS added, count(*) AS times,
       count(DISTINCT doc) AS papers
FROM revisions WHERE kind = 'substitution' AND deleted <> '' AND added <> ''
GROUP BY 1, 2 ORDER BY times DESC, 1, 2 LIMIT 20
""",
    ),
    Question(
        "strength",
        "Verbs softened and hardened",
        """
SELECT change, struck, added, times FROM (
    SELECT CASE WHEN strength(added) < strength(struck) THEN 'softened' ELSE 'hardened' END
           AS change, struck, added, times
    FROM (SELECT lower(deleted) AS struck, lower(added) AS added, count(*) AS times
          FROM revisions
          WHERE kind = 'substitution' AND deleted_words <= 4 AND added_words <= 4
          GROUP BY 1, 2)
    WHERE strength(struck) > 0 AND strength(added) > 0 AND strength(struck) <> strength(added)
) ORDER BY times DESC, change, struck, added LIMIT 20
""",
    ),
    Question(
        "softening",
        "Revisions that soften or harden a verb",
        """
SELECT change, count(*) AS revisions, count(DISTINCT doc) AS papers
FROM revisions r JOIN (
    SELECT struck, put, CASE WHEN strength(put) < strength(struck) THEN 'softened'
                             ELSE 'hardened' END AS change
    FROM (SELECT DISTINCT lower(deleted) AS struck, lower(added) AS put FROM revisions
          WHERE kind = 'substitution' AND deleted_words <= 4 AND added_words <= 4)
    WHERE strength(struck) > 0 AND strength(put) > 0 AND strength(struck) <> strength(put)
) ON lower(r.deleted) = struck AND lower(r.added) = put
WHERE r.kind = 'substitution'
GROUP BY change ORDER BY change DESC
""",
    ),
    Question(
        "deletions",
        "Deletions by length",
        """
SELECT CASE WHEN deleted_words <= 1 THEN '1 word' WHEN deleted_words <= 3 THEN '2-3 words'
            WHEN deleted_words <= 10 THEN '4-10 words' WHEN deleted_words <= 50 THEN '11-50 words'
            ELSE 'more than 50 words' END AS length,
       count(*) AS deletions, sum(deleted_words) AS words_struck
FROM revisions WHERE kind = 'deletion'
GROUP BY length ORDER BY min(deleted_words)
""",
    ),
    Question(
        "levels",
        "Levels, when written and now",
        """
SELECT coalesce(level_draft, '-') AS written, coalesce(level_final, '-') AS now,
       count(*) AS papers
FROM documents WHERE status = 'done' GROUP BY 1, 2 ORDER BY papers DESC, 1, 2
""",
    ),
    Question(
        "years",
        "Levels and downgrades by the year of the paper",
        """
SELECT year, count(*) AS papers,
       count(*) FILTER (level_draft IS NOT NULL) AS with_level,
       count(*) FILTER (EXISTS (SELECT 1 FROM history h WHERE h.doc = d.doc
                                AND h.action = 'downgrade')) AS downgraded
FROM documents d WHERE year IS NOT NULL GROUP BY year ORDER BY year
""",
    ),
    Question(
        "year-levels",
        "Papers of each level by their year",
        """
SELECT year, level_draft AS level, count(*) AS papers,
       count(*) FILTER (level_final IS DISTINCT FROM level_draft) AS changed_since
FROM documents WHERE year IS NOT NULL AND level_draft IS NOT NULL
GROUP BY year, level_draft ORDER BY year, papers DESC, level
""",
    ),
    Question(
        "acts",
        "Acts of the security history by year (where the paper says when)",
        """
SELECT year, action, count(*) AS acts, count(DISTINCT doc) AS papers
FROM history WHERE year IS NOT NULL GROUP BY year, action ORDER BY year, action
""",
    ),
    Question(
        "downgrades",
        "Downgrades, from which level to which",
        """
SELECT coalesce(from_level, '-') AS from_level, coalesce(to_level, '-') AS to_level,
       count(*) AS downgrades, count(DISTINCT doc) AS papers
FROM history WHERE action = 'downgrade' GROUP BY 1, 2 ORDER BY downgrades DESC, 1, 2
""",
    ),
    Question(
        "reviewers",
        "Reviewers",
        """
SELECT reviewer, count(*) AS markings, count(DISTINCT doc) AS papers, min(date) AS first,
       max(date) AS last
FROM markings WHERE reviewer IS NOT NULL
GROUP BY reviewer ORDER BY papers DESC, reviewer LIMIT 20
""",
    ),
    Question(
        "exemptions",
        "Exemption codes",
        """
SELECT code, count(*) AS times, count(DISTINCT doc) AS papers
FROM (SELECT doc, unnest(codes) AS code FROM markings)
GROUP BY code ORDER BY times DESC, code LIMIT 30
""",
    ),
)

#: Every question by name, in the order in which `stats` asks them.
QUESTIONS = {row.name: row for row in _ALL}


def question(name: str) -> Question:
    """A question by its name. Raises `CorpusError`."""
    found = QUESTIONS.get(name)
    if found is None:
        raise CorpusError(f"no question {name!r}; there are {', '.join(QUESTIONS)}")
    return found


def prepared(db: duckdb.DuckDBPyConnection) -> None:
    """Give SQL the function that the questions use: ``strength(words)``, 0 for no verb."""
    db.create_function("strength", _strength, ["VARCHAR"], "BIGINT")


def _strength(words: str) -> int:
    return degree(words) or 0


def ask(
    db: duckdb.DuckDBPyConnection,
    title: str,
    sql: str,
    values: Sequence[Any] | Mapping[str, Any] = (),
) -> Answer:
    """The answer to a query; `values` are for its ``?`` or ``$name``. Raises `CorpusError`."""
    with running():
        given = dict(values) if isinstance(values, Mapping) else list(values)
        cursor = db.cursor().execute(sql, given)
        if cursor is None:
            raise CorpusError("a query says nothing; ask SELECT …, the reference has the tables")
        names = [row[0] for row in cursor.description or ()]
        return Answer(title, tuple(_each_its_own(names)), cursor.fetchall() if names else [])


def _each_its_own(names: Iterable[str]) -> Iterator[str]:
    """The names of columns; the second of one name is ``NAME_1``, as in DuckDB's data frames."""
    used: set[str] = set()
    for name in names:
        own, n = name, 0
        while own in used:
            n += 1
            own = f"{name}_{n}"
        used.add(own)
        yield own


#: The kinds of revisions.
KINDS = ("deletion", "addition", "substitution", "transposition")
_FIND = """
SELECT r.doc, r.page, r.line, r.kind, r.deleted, r.added, d.output
FROM revisions r JOIN documents d USING (doc) WHERE {where} ORDER BY r.doc, r.n LIMIT ?
"""


def find(
    db: duckdb.DuckDBPyConnection,
    deleted: str | None = None,
    added: str | None = None,
    *,
    kind: str | None = None,
    regex: bool = False,
    limit: int = 1000,
) -> Answer:
    """Revisions that struck or added these words: whole words, in any case, or `regex`."""
    where, values = ["TRUE"], []
    for column, words in (("deleted", deleted), ("added", added)):
        if words is not None:
            where.append(f"regexp_matches(r.{column}, ?, 'i')")
            values.append(words if regex else _as_words(words))
    if kind is not None:
        if kind not in KINDS:
            raise CorpusError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
        where.append("r.kind = ?")
        values.append(kind)
    sql = _FIND.format(where=" AND ".join(where))
    return ask(db, "Revisions", sql, [*values, limit])


#: Rows come in the order of the table, as DuckDB promises; so it can stop when it has enough.
#: Most paragraphs were never revised: these are looked at once.
_SEARCH = """
WITH looked AS (
    SELECT *, regexp_matches(draft, $pattern, 'i') AS in_draft
    FROM readings WHERE {where}
), hits AS (
    SELECT *, CASE WHEN draft = final THEN in_draft ELSE regexp_matches(final, $pattern, 'i') END
           AS in_final FROM looked
)
SELECT doc, page, n AS paragraph,
       CASE WHEN in_draft AND in_final THEN 'both' WHEN in_draft THEN 'draft' ELSE 'final' END
       AS reading,
       regexp_replace(
           regexp_extract(CASE WHEN in_final THEN final ELSE draft END, $around, 0, 'i'),
           '\\s+', ' ', 'g') AS words
FROM hits WHERE {stage} LIMIT $limit
"""
#: What no word has in it.
_NO_WORD = r"[^\pL\pM\pN_]"
_STAGES = {
    "draft": "in_draft",
    "final": "in_final",
    "either": "in_draft OR in_final",
    "lost": "in_draft AND NOT in_final",
    "new": "in_final AND NOT in_draft",
}


def search(
    db: duckdb.DuckDBPyConnection,
    words: str,
    *,
    stage: str = "final",
    regex: bool = False,
    limit: int = 100,
) -> Answer:
    """Paragraphs that have these words one after another, whole words in any case, or `regex`.

    `stage` is ``draft``, ``final``, ``either``, ``lost`` (in the draft alone) or ``new``.
    """
    if stage not in _STAGES:
        raise CorpusError(f"no stage {stage!r}; there are {', '.join(_STAGES)}")
    pattern = words if regex else _as_words(words)
    values = {"pattern": pattern, "around": _around(pattern), "limit": limit}
    first = "TRUE"
    # A plain search for the longest word is far quicker than a pattern: that first.
    longest = max(words.split(), key=len, default="")
    if not regex and longest:
        first = "(contains(lower(draft), $word) OR (draft <> final AND "
        first += "contains(lower(final), $word)))"
        values["word"] = longest.lower()
    return ask(db, "Paragraphs", _SEARCH.format(where=first, stage=_STAGES[stage]), values)


def _as_words(words: str) -> str:
    r"""A pattern for whole words one after another: RE2's, as DuckDB has it. RE2's ``\b`` knows
    the letters of ASCII alone, and it looks neither ahead nor back: so what stands beside the
    words is matched, too."""
    parts = [_escaped(word) for word in words.split()]
    if not parts:
        raise CorpusError("no words to look for")
    begin = rf"(?:^|{_NO_WORD})" if words.split()[0][0].isalnum() else ""
    end = rf"(?:$|{_NO_WORD})" if words.split()[-1][-1].isalnum() else ""
    return begin + r"\s+".join(parts) + end


def _escaped(word: str) -> str:
    return "".join(c if c.isalnum() or c == "_" else f"\\{c}" if c.isascii() else c for c in word)


def _around(pattern: str) -> str:
    return rf"(?s:.{{0,40}})(?:{pattern})(?s:.{{0,40}})"
