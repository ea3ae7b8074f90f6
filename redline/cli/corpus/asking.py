"""`redline corpus query`, `stats`, `find`, `search`: a collection asked."""

from __future__ import annotations

from typing import Annotated

import typer

from redline.cli.corpus.answers import FORMS, show
from redline.cli.running import DONE, FAILED, complain

__all__ = ["find", "query", "report", "search", "stats"]

HERE = "."
Collection = Annotated[
    str,
    typer.Argument(
        metavar="[OUT]", help="The folder of a collection, from corpus build (this folder)."
    ),
]
To = Annotated[
    str, typer.Option("--to", metavar="FORM", help="table (the default), csv or json.")
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="So many rows at most.")]
Regex = Annotated[
    bool, typer.Option("--regex", help="The words are regular expressions (RE2), in any case.")
]


def query(
    out: Collection,
    sql: Annotated[
        str | None, typer.Argument(metavar="SQL", help="A query in DuckDB's SQL.")
    ] = None,
    to: To = "table",
) -> int:
    """Ask a collection in SQL; the reference has its tables."""
    from redline import corpus

    if _misuse(to):
        return FAILED
    out, sql = (HERE, out) if sql is None else (out, sql)
    with corpus.open(out) as edition:
        show([edition.ask(sql)], to, titles=False)
    return DONE


def stats(
    out: Collection = HERE,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="One question alone; may be repeated.", show_default=False
        ),
    ] = None,
    sql: Annotated[bool, typer.Option("--sql", help="The SQL of the questions instead.")] = False,
    to: To = "table",
) -> int:
    """Ask a collection the ready questions: density, substitutions, levels, reviewers …"""
    from redline import corpus
    from redline.corpus.questions import QUESTIONS, question

    if _misuse(to):
        return FAILED
    if sql:
        for name in only or QUESTIONS:
            row = question(name)
            print(f"-- {name}: {row.title}\n{row.sql.strip()};\n")
        return DONE
    with corpus.open(out) as edition:
        answers = edition.stats(only or ())
    show(answers, to, titles=to != "csv" or len(answers) > 1, names=list(only or QUESTIONS))
    return DONE


def find(
    out: Collection = HERE,
    deleted: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Words that were struck.")
    ] = None,
    added: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Words that were put in.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="deletion, addition, substitution or transposition."),
    ] = None,
    regex: Regex = False,
    limit: Limit = 1000,
    to: To = "table",
) -> int:
    """Find revisions by the words they struck and put in: whole words, in any case."""
    from redline import corpus

    if _misuse(to):
        return FAILED
    if deleted is None and added is None and kind is None:
        complain("what is to be found? say --deleted WORDS, --added WORDS, or both")
        return FAILED
    with corpus.open(out) as edition:
        show(
            [edition.find(deleted, added, kind=kind, regex=regex, limit=limit)], to, titles=False
        )
    return DONE


def search(
    out: Collection,
    words: Annotated[
        str | None, typer.Argument(metavar="WORDS", help="Words that stand one after another.")
    ] = None,
    stage: Annotated[
        str,
        typer.Option(
            metavar="STAGE",
            help="final (the default), draft, either, lost (in the draft alone) or new.",
        ),
    ] = "final",
    regex: Regex = False,
    limit: Limit = 100,
    to: To = "table",
) -> int:
    """Search the readings of all papers for words."""
    from redline import corpus

    if _misuse(to):
        return FAILED
    out, words = (HERE, out) if words is None else (out, words)
    with corpus.open(out) as edition:
        answer = edition.search(words, stage=stage, regex=regex, limit=limit)
    show([answer], to, titles=False)
    return DONE


def report(
    out: Collection = HERE,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The page (report.html).")
    ] = "report.html",
) -> int:
    """Write a page about a collection: drawings, tables, the most changed papers."""
    from redline import corpus

    with corpus.open(out) as edition:
        edition.report(output)
    return DONE


def _misuse(to: str) -> bool:
    if to in FORMS:
        return False
    complain(f"--to takes {', '.join(FORMS)}, not {to!r}")
    return True
