"""Who is measured beside redline: markdown-it-py, pandoc, and the floor."""

from __future__ import annotations

import shutil
import subprocess

from lxml import etree
from markdown_it import MarkdownIt

import redline

PANDOC = shutil.which("pandoc")


def to_tei(text: str) -> str:
    """What the benchmark is about."""
    return redline.dumps(redline.parse(text), "tei")


def to_html_by_markdown_it(text: str) -> str:
    return str(MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(text))


def to_html_by_pandoc(text: str) -> bytes:
    assert PANDOC
    command = [PANDOC, "-f", "markdown", "-t", "html"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


class Floor:
    """The same tree, known beforehand: what lxml needs to build and serialise it.

    `rows` are (depth, tag, attributes, text, tail) in document order.
    """

    def __init__(self, tei: str) -> None:
        root = etree.fromstring(tei.encode("utf-8"), etree.XMLParser(huge_tree=True))
        self.nsmap = root.nsmap
        self.rows = []
        depth = -1
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "end":
                depth -= 1
            elif event == "start":
                depth += 1
                self.rows.append((depth, node.tag, node.attrib.items(), node.text, node.tail))
            else:
                raise ValueError("the floor knows elements and text alone")

    def build(self) -> bytes:
        rows = iter(self.rows)
        _, tag, attributes, text, _ = next(rows)
        root = etree.Element(tag, dict(attributes), nsmap=self.nsmap)
        root.text = text
        open_ = [root] * 64
        sub = etree.SubElement
        for depth, tag, attributes, text, tail in rows:
            open_[depth] = node = sub(open_[depth - 1], tag)
            for name, value in attributes:  # a little faster than handing them over as a dict
                node.set(name, value)
            if text:
                node.text = text
            if tail:
                node.tail = tail
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
