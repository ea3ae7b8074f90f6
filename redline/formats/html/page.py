"""Document → HTML: the page around the words, with everything it needs in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files

from redline.facts import facts_of, file_name
from redline.formats.html.banners import change, words
from redline.formats.html.body import Body, has_lines
from redline.formats.tei.escape import attribute
from redline.formats.tei.names import COMPARISON
from redline.model import Document

__all__ = ["policy", "resource", "to_html"]

#: The views: the value, its label, what it is called in the keys.
_VIEWS = (
    ("marked", "Revisions in place"),
    ("draft", "Draft"),
    ("final", "Final text"),
    ("side", "Side by side"),
)
_COUNTED = {
    "deletion": "deleted",
    "addition": "added",
    "substitution": "replaced",
    "transposition": "moved",
}
_KEYS = (
    ("1 2 3 4", "the four views"),
    ("n, p", "next revision, the one before"),
    ("l", "the list"),
    ("Esc", "close the list"),
)
#: Nothing is fetched; of what stands in the page, this style and this script count.
_POLICY = "default-src 'none'; style-src 'sha256-{}'; {}base-uri 'none'; form-action 'none'"
#: What may not stand in a script of a page that is XML as well, and what no line has in it.
_UNSAFE = re.compile("[<>&\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def to_html(document: Document) -> str:
    """The document as a page. Its markup is well-formed XML, too.

    Characters that HTML cannot hold come out as U+FFFD. Nothing is fetched, and no script
    runs but the page's own: its policy names them by their digests.
    """
    return "".join(_page(document))


def _page(document: Document) -> Iterator[str]:
    name = words(file_name(document))
    title = facts_of(document).title
    style = resource("palette.css") + resource("page.css")
    script = f"//<![CDATA[\n{resource('page.js')}//]]>"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}"/>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    yield '<meta name="color-scheme" content="light dark"/>\n'
    yield f"<title>{name}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    yield '<a class="skip" href="#text">To the text</a>\n<header>\n'
    yield f"<h1>{words(title.words) if title else name}</h1>\n"
    yield f'<p class="quiet">{" · ".join(_about(document, name if title else ""))}</p>\n'
    if document.acts:
        yield from _controls(document)
    elif document.markings:
        yield _tools("")
    yield '</header>\n<div id="paper">\n'
    body = Body(document)
    yield '<main id="text" tabindex="-1">\n'
    yield from body.blocks()
    yield "</main>\n"
    notes = list(body.notes())
    if notes:
        yield '<section id="notes" aria-labelledby="notes-title">\n'
        yield '<h2 id="notes-title">Notes</h2>\n'
        yield from notes
        yield "</section>\n"
    yield "</div>\n"
    yield '<aside id="panel" aria-label="Revisions and markings" hidden="hidden"></aside>\n'
    yield '<div id="line" aria-hidden="true" hidden="hidden"></div>\n'
    yield '<p id="said" role="status" class="unseen"></p>\n'
    yield f'<script type="application/json" id="data">{_data(document)}</script>\n'
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _about(document: Document, name: str) -> Iterator[str]:
    if name:
        yield f"<span>{name}</span>"
    draft, final, _ = document.classification
    if draft is not None or final is not None:
        yield f'<span class="level">{change(draft, final)}</span>'
    counts = Counter(act.kind for act in document.acts)
    told = [f"{counts[kind]:,} {word}" for kind, word in _COUNTED.items() if counts[kind]]
    yield f"<span>{', '.join(told) or 'no revision'}</span>"


def _controls(document: Document) -> Iterator[str]:
    yield '<div id="controls">\n<fieldset class="views">\n<legend class="unseen">Show</legend>\n'
    for view, label in _views(document):
        on = ' checked="checked"' if view == "marked" else ""
        # Side by side needs the script, which takes `hidden` away.
        off = ' class="scripted" hidden="hidden"' if view == "side" else ""
        yield (
            f'<label{off}><input type="radio" name="view" id="view-{view}" value="{view}"{on}/>'
            f"<span>{label}</span></label>\n"
        )
    yield "</fieldset>\n"
    steps = (
        '<button type="button" id="before" aria-label="Revision before">‹</button>'
        '<span id="count" class="quiet"></span>'
        '<button type="button" id="next" aria-label="Next revision">›</button>\n'
    )
    yield _tools(steps)
    for name, legend, values in _filters(document):
        yield f'<div class="filter scripted" role="group" aria-label="{legend}" hidden="hidden">\n'
        yield f'<span class="quiet">{legend}</span>\n'
        for value, label in values:
            yield (
                f'<button type="button" aria-pressed="true" data-by="{name}"'
                f' data-value="{attribute(value)}">{words(label)}</button>\n'
            )
        yield "</div>\n"
    yield "</div>\n"


def _views(document: Document) -> Iterator[tuple[str, str]]:
    """The views with their labels; of a comparison, its texts have the names of the two."""
    names = {}
    if document.format == COMPARISON and len(document.stages) > 1:
        one, other = (stage.label for stage in document.stages[:2])
        names = {"marked": "Differences in place", "draft": one, "final": other}
    for view, label in _VIEWS:
        yield view, words(names.get(view, label))


def _tools(steps: str) -> str:
    rows = "".join(f"<dt><kbd>{keys}</kbd></dt><dd>{what}</dd>" for keys, what in _KEYS)
    return (
        f'<div class="tools scripted" hidden="hidden">\n{steps}'
        '<button type="button" id="lists" aria-expanded="false" aria-controls="panel">List'
        "</button>\n"
        f'<details id="keys"><summary>Keys</summary><div><dl>{rows}</dl>'
        '<label><input type="checkbox" id="single" checked="checked"/> single keys are on</label>'
        "</div></details>\n</div>\n"
    )


def _filters(document: Document) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """What revisions can be left out by, each with its values, where there are several."""
    acts = document.acts
    if document.format == COMPARISON:
        rules = dict.fromkeys(act.rule for act in acts)
        if len(rules) > 1:
            yield "rule", "Differences", [(rule, rule) for rule in rules]
        return
    stages = {stage.id: stage.label for stage in document.stages}
    found = dict.fromkeys(act.stage for act in acts)
    order = [*(stage for stage in stages if stage in found), *(s for s in found if s not in stages)]
    if len(order) > 1:
        yield "stage", "Stages", [(stage, stages.get(stage) or stage) for stage in order]
    hands = {hand.id: hand.label for hand in document.hands}
    by = dict.fromkeys(act.hand or "" for act in acts)
    if by.keys() - {""}:
        named = [(hand, hands.get(hand) or hand or "not named") for hand in sorted(by)]
        yield "hand", "Hands", named


def _data(document: Document) -> str:
    """The source, for the line that is pointed at, as JSON that is no markup.

    Nothing of one that nobody has written line by line.
    """
    labels = {stage.id: stage.label for stage in document.stages}
    labels |= {hand.id: hand.label for hand in document.hands}
    said = {"source": document.source.text if has_lines(document) else "", "labels": labels}
    data = json.dumps(said, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", data)


@cache
def resource(name: str) -> str:
    """A file that goes with this package."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def policy(style: str, script: str = "") -> str:
    """The policy of a page that has one style, one script or none, and needs nothing else."""
    known, runs = (b64encode(sha256(each.encode()).digest()).decode() for each in (style, script))
    return _POLICY.format(known, f"script-src 'sha256-{runs}'; " if script else "")
