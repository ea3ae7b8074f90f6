"""The report of a collection: one page of HTML with drawings in it, that needs nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from redline.corpus import plots
from redline.corpus.edition import Edition
from redline.corpus.folder import whole
from redline.corpus.names import SUFFIXES
from redline.corpus.questions import Answer

__all__ = ["report"]

#: A date stands on one line.
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_STYLE = """
:root { --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --paper: #fff; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
       max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
p.under { color: var(--quiet); margin-top: 0; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1rem; }
dl div { border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; }
dt { color: var(--quiet); font-size: .85rem; } dd { margin: 0; font-size: 1.4rem; }
figure { margin: 1rem 0; } figure svg { width: 100%; height: auto; }
figcaption { color: var(--quiet); font-size: .9rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
         vertical-align: top; overflow-wrap: break-word; max-width: 26rem; }
th { color: var(--quiet); font-weight: 600; } .n { text-align: right; }
.n, .whole { white-space: nowrap; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
       gap: 0 2rem; }
td a { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  table { font-size: .75rem; } th, td { padding: .2rem; } th, .whole { white-space: normal; }
}
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } }
"""

_CHANGED = """
SELECT d.doc, d.output, d.title, d.revisions, d.words_draft,
       round(1000.0 * d.revisions / greatest(d.words_draft, 1), 1),
       (SELECT list(struct_pack(page := page, revisions := revisions)
                    ORDER BY revisions DESC, page)[:8]
        FROM pages p WHERE p.doc = d.doc AND revisions > 0)
FROM documents d WHERE d.revisions > 0
ORDER BY d.revisions DESC, d.doc LIMIT 25
"""


def report(edition: Edition, path: str | os.PathLike[str]) -> None:
    """Write the report to a file. The links to papers are relative to it. Raises `OutputError`."""
    place = Path(path)
    html = "".join(_page(edition, place))
    with whole(place) as draft:
        draft.write_bytes(html.encode("utf-8"))


def _page(edition: Edition, place: Path) -> Iterator[str]:
    answers = {name: edition.stats([name])[0] for name in _TABLES}
    (total,) = answers["collection"].rows
    told = dict(zip(answers["collection"].columns, total, strict=True))
    yield "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'/>\n"
    yield "<meta name='viewport' content='width=device-width, initial-scale=1'/>\n"
    yield f"<title>Report of a collection</title>\n<style>{_STYLE}</style>\n</head>\n"
    yield "<body>\n<main>\n<h1>Report of a collection</h1>\n"
    yield f"<p class='under'>{escape(edition.folder.path.resolve().name)}, by redline</p>\n<dl>\n"
    for name, label in _TILES.items():
        value = told[name] or 0
        shown = f"{value:,}" if isinstance(value, int) else f"{float(value):,.1f}"
        yield f"<div><dt>{label}</dt><dd>{shown}</dd></div>\n"
    yield "</dl>\n"
    for title, caption, draw, sql, missing in plots.PLOTS:
        rows = edition.ask(sql).rows
        yield f"<h2>{escape(title)}</h2>\n"
        if rows:
            caption = f"{caption} {_missing(edition, missing)}".strip()
            drawn = draw(rows).replace("<svg ", f"<svg role='img' aria-label='{escape(title)}' ", 1)
            yield f"<figure>\n{drawn}\n<figcaption>{escape(caption)}</figcaption>\n</figure>\n"
        else:
            yield "<p>Nothing in this collection says so.</p>\n"
    yield "<h2>Most changed papers</h2>\n"
    yield from _changed(edition, place)
    yield "<div class='two'>\n"
    for name, answer in answers.items():
        if name != "collection" and answer.rows:
            yield f"<section><h2>{escape(answer.title)}</h2>\n{_table(answer)}</section>\n"
    yield "</div>\n</main>\n</body>\n</html>\n"


def _missing(edition: Edition, sql: str) -> str:
    """What a drawing cannot show, counted."""
    counted = edition.ask(sql).rows[0][0] if sql else 0
    return f"Not drawn, for want of a date: {counted:,}." if counted else ""


_TILES = {
    "papers": "papers",
    "failed": "failed",
    "pages": "pages",
    "words_draft": "words as drafted",
    "revisions": "revisions",
    "revisions_per_1000_words": "revisions in 1,000 words",
    "markings": "markings",
}
_TABLES = ("collection", "substitutions", "strength", "deletions", "downgrades", "reviewers",
           "exemptions", "failed")  # fmt: skip


def _changed(edition: Edition, place: Path) -> Iterator[str]:
    rows = edition.ask(_CHANGED).rows
    yield "<table>\n<tr><th>paper</th><th class='n'>revisions</th><th class='n'>words</th>"
    yield "<th class='n'>in 1,000</th><th>pages with most</th></tr>\n"
    for doc, output, title, revisions, words, density, pages in rows:
        link = _link(edition, place, output)
        name = f"<a href='{link}'>{escape(doc)}</a>" if link else escape(doc)
        under = f"<br/><small>{escape(title)}</small>" if title else ""
        where = ", ".join(
            (f"<a href='{_at(link, each['page'])}'>{each['page']}</a>" if link
             else str(each["page"])) + f"&nbsp;({each['revisions']})"
            for each in pages or ()
        )  # fmt: skip
        yield f"<tr><td>{name}{under}</td><td class='n'>{revisions:,}</td>"
        yield f"<td class='n'>{words:,}</td><td class='n'>{density}</td><td>{where}</td></tr>\n"
    yield "</table>\n"
    if not any((edition.folder.path / "html").glob("*")):
        yield (
            "<p class='under'>Built with <code>--to html</code> as well, page numbers lead to the "
            "page in the paper.</p>\n"
        )


def _at(link: str, page: int) -> str:
    """A page of a paper: HTML has a place for each, other formats are one file."""
    return f"{link}#page-{page}" if link.endswith(".html") else link


def _link(edition: Edition, place: Path, output: str) -> str | None:
    """Where a paper is, from the report: its HTML if there is one, else its TEI."""
    for format in ("html", "tei", "json", "native"):
        file = edition.folder.path / format / f"{output}{SUFFIXES[format]}"
        if file.exists():
            try:
                there = os.path.relpath(file.absolute(), place.absolute().parent)
            except ValueError:  # on another drive
                return None
            return quote(there.replace(os.sep, "/"))
    return None


def _table(answer: Answer) -> str:
    def cell(value: Any) -> str:
        if isinstance(value, (int, float)):
            return f"<td class='n'>{value:,}</td>"
        text = "" if value is None else str(value)
        whole = " class='whole'" if _DATE.fullmatch(text) else ""
        return f"<td{whole}>{escape(text)}</td>"

    first = answer.rows[0]
    head = "".join(
        f"<th class='n'>{name}</th>" if isinstance(value, (int, float)) else f"<th>{name}</th>"
        for name, value in zip((n.replace("_", " ") for n in answer.columns), first, strict=True)
    )
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>\n" for row in answer.rows)
    return f"<table>\n<tr>{head}</tr>\n{body}</table>\n"
