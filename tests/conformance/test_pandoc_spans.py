"""Pandoc as judge of its own spans for tracked changes.

What redline writes, pandoc reads: without the deletions the text is the final one, without the
insertions the draft. What pandoc prints of a Word file with `--track-changes=all` is read as the
document the file was made of. Pandoc's own Word writer drops the spaces at the edges of a span, so
the file is made here.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

import pytest

import redline
from redline.formats import dumps, loads
from redline.model import Document
from redline.spans import runs

pytestmark = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")

WORDS = "the lamp was out and a boat, gone; He saw two keepers in May. said nothing more".split()
WRITTEN = [
    "The ~~old~~ ^{new} pier will ^{soon} be open~~ed~~.",
    "~~All of this.~~\n\nThe rest ^{stays}.",
    "The ~~very *old*~~{hand=Ann} pier, ^{so}{hand=Ben stage=1952-03-04} said.",
    "(~~a~~ b) one~~, indeed~~. ^{First} words and ~~last~~",
    "## The ^{outer} lamp\n\n- one ~~two~~\n- three ^{four}",
    "A ~~b~~, c~~d~~e f^{g}h [sic] *so* `code` $5.",
]


def pandoc(*arguments: str, given: str | None = None) -> str:
    done = subprocess.run(
        ["pandoc", *arguments], input=given, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def generated(seed: int) -> str:
    random = Random(seed)
    paragraphs = []
    for _ in range(3):
        words = []
        for _ in range(random.randint(5, 30)):
            word = random.choice(WORDS)
            lot = random.random()
            if lot < 0.12:
                word = f"~~{word}~~"
            elif lot < 0.24:
                word = f"^{{{word}}}"
            elif lot < 0.32:
                word = f"~~{word}~~ ^{{{random.choice(WORDS)}}}"
            words.append(word)
        paragraphs.append(" ".join(words))
    return "\n\n".join(paragraphs) + "\n"


TEXTS = [*WRITTEN, *(generated(seed) for seed in range(12))]

# -- what redline writes ------------------------------------------------------------------------


def words_of(node: Any, without: str) -> str:
    """The text of a pandoc tree, without the spans of this class."""
    if isinstance(node, list):
        return "".join(words_of(each, without) for each in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind == "Span" and without in content[0][1]:
        return ""
    ends = "\n" if kind in ("Para", "Plain", "Header") else ""
    return words_of(content, without) + ends


@pytest.mark.parametrize("text", TEXTS)
def test_pandoc_reads_what_is_written(text: str) -> None:
    document = redline.parse(text)
    written = dumps(document, "pandoc")
    tree = json.loads(pandoc("-f", "markdown-smart-tex_math_dollars", "-t", "json", given=written))
    for stage, without in (("draft", "insertion"), ("final", "deletion")):
        ours, theirs = document.reading(stage).text, words_of(tree["blocks"], without)
        # Pandoc has no spaces at the edges of spans, so those beside them are not settled.
        assert "".join(theirs.split()) == "".join(ours.split())


# -- what pandoc prints -------------------------------------------------------------------------

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def word_file(document: Document, path: Path) -> None:
    """A Word file of the document's paragraphs, as little as one can be."""
    body = []
    for block in document.blocks:
        line = []
        spans = [s for s in document.spans if s.kind in ("del", "add")]
        for run in runs(spans, block.start, block.end):
            words = escape(document.text[max(run.start, block.start) : min(run.end, block.end)])
            kinds = {s.kind for s in run.spans}
            acts = [document.act_of[s.id] for s in run.spans]
            author = next((act.hand for act in acts if act.hand), "Ann Lee")
            said = f'w:id="{run.start}" w:author="{author}" w:date="1952-03-04T10:00:00Z"'
            if "del" in kinds:
                line.append(
                    f'<w:del {said}><w:r><w:delText xml:space="preserve">{words}</w:delText>'
                    "</w:r></w:del>"
                )
            else:
                plain = f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'
                line.append(f"<w:ins {said}>{plain}</w:ins>" if "add" in kinds else plain)
        body.append(f"<w:p>{''.join(line)}</w:p>")
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body>'
        "</w:document>",
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


@pytest.mark.parametrize("text", TEXTS)
def test_what_pandoc_prints_is_read(text: str, tmp_path: Path) -> None:
    document = redline.parse(text)
    path = tmp_path / "paper.docx"
    word_file(document, path)
    printed = pandoc("-f", "docx", "-t", "markdown", "--track-changes=all", str(path))
    again = loads(printed, "pandoc")
    for stage in ("draft", "final"):
        assert again.reading(stage).text.split() == document.reading(stage).text.split()
    for field in ("deleted", "added"):
        ours, theirs = (
            " ".join(part.text for r in each.revisions for part in getattr(r, field)).split()
            for each in (document, again)
        )
        assert theirs == ours
    if document.revisions:
        assert {hand.label for hand in again.hands} <= {"Ann Lee", "Ann", "Ben"}
        assert {stage.when for stage in again.stages} == {None, "1952-03-04"}
