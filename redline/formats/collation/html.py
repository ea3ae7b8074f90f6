"""A collation as a page with a table: one file, no script, nothing fetched from elsewhere.

It can be read without colours (each reading of a place has a letter), by a screen reader (heads
have a scope, what is absent is said in words), on paper and on a dark screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from redline.collation.witnesses import Collation, Row, Transposition
from redline.formats.html.page import policy, resource
from redline.formats.tei.escape import escape, storable

__all__ = ["to_html"]

#: Background of the readings of a place, in turn: on a light screen, on a dark one.
_TINTS = (
    ("#fffefa", "#17181a"),
    ("#ffe8c2", "#4a3410"),
    ("#d6ecff", "#12344f"),
    ("#e2f3d3", "#26401a"),
    ("#f6dcf0", "#472240"),
    ("#ece7fb", "#332a55"),
)
_STYLE = """\
body { font: 1.0625rem/1.5 var(--text); color: var(--ink); background: var(--paper);
  margin: clamp(.75rem, 3vw, 2rem) }
h1, h2 { font-weight: 400; line-height: 1.25 }
h1 { font-size: 1.6rem; margin: .5rem 0 }
h2 { font-size: 1.25rem }
a { color: inherit }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px }
.only { font: .875rem/1.3 var(--tool) }
.scroll { overflow-x: auto }
table { border-collapse: collapse }
caption { text-align: left; padding: .5rem 0 }
th, td { border: 1px solid var(--edge); padding: .25rem .6rem; text-align: left;
  vertical-align: top }
td { white-space: pre-wrap; overflow-wrap: break-word; min-width: 5rem }
thead th { background: var(--bar); position: sticky; top: 0 }
tbody th { font-weight: normal; font-size: .85rem; white-space: nowrap; color: var(--quiet) }
.k { font: .7rem var(--tool); vertical-align: super; margin-right: .3rem }
.name { font-weight: normal; font-size: .85rem; overflow-wrap: anywhere }
.none { font-style: italic }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
body:has(#only:checked) .same { display: none }
@media print { .scroll { overflow: visible } .only { display: none } thead th { position: static } }
"""


def to_html(table: Collation) -> str:
    """The table, its rows as given, as a page. Its markup is well-formed XML as well."""
    return "".join(_page(table))


def _page(table: Collation) -> Iterator[str]:
    differ = sum(not row.agrees for row in table.rows)
    said = (
        f"{len(table.sigla)} witnesses, compared by {table.unit}. They differ at {differ} of "
        f"{len(table.rows)} {_plural('place', len(table.rows))}."
    )
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
    style = _style()
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(style)}"/>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    yield f"<title>Collation of {_text(', '.join(table.sigla))}</title>\n<style>{style}</style>\n"
    yield "</head>\n<body>\n<main>\n<h1>Collation</h1>\n"
    yield '<p class="only"><input type="checkbox" id="only"/> '
    yield '<label for="only">Show only the places at which the witnesses differ</label></p>\n'
    yield '<div class="scroll" role="region" aria-labelledby="caption" tabindex="0">\n<table>\n'
    yield f'<caption id="caption">{said} Readings of one letter are the same.</caption>\n'
    yield '<thead>\n<tr><th scope="col">Place</th>'
    yield "".join(map(_head, table.sigla, table.names))
    yield "</tr>\n</thead>\n<tbody>\n"
    for number, row in enumerate(table.rows, 1):
        yield _row(table, row, number)
    yield "</tbody>\n</table>\n</div>\n"
    if table.transpositions:
        yield "<h2>Moved passages</h2>\n<ul>\n"
        yield from (_moved(each) for each in table.transpositions)
        yield "</ul>\n"
    yield "</main>\n</body>\n</html>\n"


@cache
def _style() -> str:
    """The inks of every page of redline's, what is this page's own, and the tints."""
    light = "".join(f".r{k} {{ background: {tint} }}\n" for k, (tint, _) in enumerate(_TINTS))
    dark = "".join(f"  .r{k} {{ background: {tint} }}\n" for k, (_, tint) in enumerate(_TINTS))
    return (f"{resource('palette.css')}{_STYLE}{light}"
            f"@media (prefers-color-scheme: dark) {{\n{dark}}}\n")


def _head(siglum: str, name: str) -> str:
    called = f'<br/><span class="name">{_text(name)}</span>' if name != siglum else ""
    return f'<th scope="col">{_text(siglum)}{called}</th>'


def _row(table: Collation, row: Row, number: int) -> str:
    head = f'<th scope="row">{number}</th>'
    texts = [
        text[start:end].strip() for text, (start, end) in zip(table.texts, row.cells, strict=True)
    ]
    if row.agrees:
        cells = f'<td colspan="{len(texts)}" dir="auto" lang="">{_text(texts[0])}</td>'
        return f'<tr id="p{number}" class="same">{head}{cells}</tr>\n'
    cells = "".join(map(_cell, texts, row.readings))
    return f'<tr id="p{number}">{head}{cells}</tr>\n'


def _cell(text: str, reading: int) -> str:
    if reading < 0:
        said = '<span class="hidden">nothing</span><span aria-hidden="true">–</span>'
        return f'<td class="none">{said}</td>'
    letter = f'<span class="k" aria-hidden="true">{_letter(reading)}</span>'
    tint = reading % len(_TINTS)
    return f'<td class="r{tint}" dir="auto" lang="">{letter}{_text(text)}</td>'


def _letter(reading: int) -> str:
    """``a`` to ``z``, then ``aa`` …"""
    high, low = divmod(reading, 26)
    return (_letter(high - 1) if high else "") + chr(ord("a") + low)


def _moved(each: Transposition) -> str:
    ends = (
        f'at <a href="#p{rows[0] + 1}">place {rows[0] + 1}</a> in {_text(", ".join(sigla))}'
        for rows, sigla in ((each.here, each.here_sigla), (each.there, each.there_sigla))
    )
    return f'<li><q lang="" dir="auto">{_text(each.text)}</q>: {", ".join(ends)}</li>\n'


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _text(text: str) -> str:
    return escape(storable(text))
