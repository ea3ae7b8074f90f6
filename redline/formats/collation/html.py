"""A collation as a page with a table: one file, no script, nothing fetched from elsewhere.

It can be read without colours (each reading of a place has a letter), by a screen reader (heads
have a scope, what is absent is said in words), on paper and on a dark screen.
"""

from __future__ import annotations

from collections.abc import Iterator

from redline.collation.witnesses import Collation, Row, Transposition
from redline.formats.tei.escape import escape, storable

__all__ = ["to_html"]

#: Background of the readings of a place, in turn: on a light screen, on a dark one.
_TINTS = (
    ("#fff", "#1b1b1b"),
    ("#ffe8c2", "#4a3410"),
    ("#d6ecff", "#12344f"),
    ("#e2f3d3", "#26401a"),
    ("#f6dcf0", "#472240"),
    ("#ece7fb", "#332a55"),
)
_STYLE = """\
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #949494; --head: #f0f0f0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eee; --paper: #1b1b1b; --line: #777; --head: #2b2b2b }
}
body { font: 1rem/1.5 Georgia, serif; color: var(--ink); background: var(--paper);
  margin: clamp(.75rem, 3vw, 2rem) }
a { color: inherit }
.scroll { overflow-x: auto }
table { border-collapse: collapse }
caption { text-align: left; padding: .5rem 0 }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left;
  vertical-align: top }
td { white-space: pre-wrap; overflow-wrap: break-word; min-width: 5rem }
thead th { background: var(--head); position: sticky; top: 0 }
tbody th { font-weight: normal; font-size: .85rem; white-space: nowrap }
.k { font: .7rem sans-serif; vertical-align: super; margin-right: .3rem }
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
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    yield f"<title>Collation of {_text(', '.join(table.sigla))}</title>\n<style>\n{_STYLE}"
    yield "".join(f".r{k} {{ background: {light} }}\n" for k, (light, _) in enumerate(_TINTS))
    yield "@media (prefers-color-scheme: dark) {\n"
    yield "".join(f"  .r{k} {{ background: {dark} }}\n" for k, (_, dark) in enumerate(_TINTS))
    yield "}\n</style>\n</head>\n<body>\n<main>\n<h1>Collation</h1>\n"
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
