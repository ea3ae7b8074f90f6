"""Rules of a written TEI file that no schema can say: pointers, white space, its first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from tests.judges.tei_walker import BLOCKS, SPACE, TEI, XML_ID, Leaf, line_of, name_of

POINTERS = (
    *("ana", "change", "corresp", "copyOf", "decls", "exclude", "facs", "hand", "hands", "next"),
    *("origin", "parts", "prev", "ref", "resp", "rendition", "sameAs", "scheme", "select"),
    *("source", "spanTo", "synch", "target", "targetEnd", "who", "wit"),
)
"""The attributes of TEI that point, as far as a transcription uses them."""

NOISY = frozenset({"subst", "choice", "app"})
VERBATIM = frozenset({"ab", "code", "eg"})
FURNITURE = frozenset({"fw", "note", "stamp"})
CONTAINED = BLOCKS | {"list", "table", "lg", "div"}
RNG_NS = "http://relaxng.org/ns/structure/1.0"
SCHEMATRON_NS = "http://purl.oclc.org/dsdl/schematron"

_PSEUDO = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def repeated_ids(root: etree._Element) -> list[str]:
    """Every `xml:id` that more than one element has."""
    counts = Counter(element.get(XML_ID) for element in root.iter("*") if element.get(XML_ID))
    return [str(name) for name, count in counts.items() if count > 1]


def dangling_pointers(root: etree._Element) -> list[str]:
    """Every `#name` in a pointer attribute that no element answers to."""
    names = {element.get(XML_ID) for element in root.iter("*")}
    return [
        f"line {line_of(element)}: {name_of(element)} {attribute}={pointer!r}"
        for element in root.iter("*")
        for attribute in POINTERS
        for pointer in str(element.get(attribute, "")).split()
        if pointer.startswith("#") and pointer[1:] not in names
    ]


def bare_pointers(root: etree._Element) -> list[str]:
    """Every `change`, `hand`, `spanTo` or `target` that is no pointer (`#name` or an address)."""
    return [
        f"line {line_of(element)}: {name_of(element)} {attribute}={pointer!r}"
        for element in root.iter("*")
        for attribute in ("change", "hand", "spanTo", "target")
        for pointer in str(element.get(attribute, "")).split()
        if not pointer.startswith("#") and ":" not in pointer
    ]


def idle_categories(root: etree._Element) -> list[str]:
    """Every category of a taxonomy that nothing points to."""
    used = {
        pointer.removeprefix("#")
        for element in root.iter("*")
        for attribute in ("ana", "target")
        for pointer in str(element.get(attribute, "")).split()
    }
    names = [str(each.get(XML_ID)) for each in root.iter(f"{{{TEI}}}category")]
    return [name for name in names if name not in used]


def indented_text(root: etree._Element) -> list[str]:
    """Every place where a file's layout has got into its text.

    Text in `subst`, `choice` or `app` must not be there at all. In a block's text, in furniture,
    and in all that these hold, a string that begins or ends with a new line is an indentation,
    but in code, whose lines are its text.
    """
    body = root.find(f"{{{TEI}}}text/{{{TEI}}}body")
    return [] if body is None else list(_indented(body))


def _indented(body: etree._Element) -> Iterator[str]:
    mixed: dict[etree._Element, bool] = {}
    for element in body.iter("*"):
        tag = name_of(element)
        parent = element.getparent()
        inherited = parent is not None and mixed.get(parent, False)
        starts = tag in BLOCKS or tag in FURNITURE
        holds_blocks = any(name_of(child) in CONTAINED for child in element.iterchildren("*"))
        mixed[element] = (inherited or starts) and not holds_blocks
        strings = [element.text, *(child.tail for child in element)]
        for text in filter(None, strings):
            if tag in NOISY:
                yield f"line {line_of(element)}: {tag} holds {text!r}"
            elif mixed[element] and tag not in VERBATIM and _has_edge_break(text):
                yield f"line {line_of(element)}: {tag} holds {text!r}"


def _has_edge_break(text: str) -> bool:
    before = text[: len(text) - len(text.lstrip(SPACE))]
    after = text[len(text.rstrip(SPACE)) :]
    return "\n" in before or "\n" in after


def unjoined_lines(leaves: Iterable[Leaf]) -> list[Leaf]:
    """The blocks of prose whose lines were not joined: only code keeps its line ends."""
    return [leaf for leaf in leaves if leaf.tag not in VERBATIM and "\n" in leaf.text]


def apparatus_letters(root: etree._Element) -> str:
    """The letters and figures of all that a page has beside its text, in order.

    What stands in `fw` and `stamp`, and in the `note` of a form or an exemption; of a `choice`
    what the paper has. Page numbers stand in `pb` as often, so they are left out.
    """
    body = root.find(f"{{{TEI}}}text/{{{TEI}}}body")
    found: list[str] = []
    depth = hidden = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = name_of(element)
        beside = tag in ("fw", "stamp") or (
            tag == "note" and element.get("type") in ("exemption", "form")
        )
        out = tag in ("reg", "corr") or element.get("type") == "page-mark"
        step = 1 if event == "start" else -1
        depth += step * beside
        hidden += step * out
        text = element.text if event == "start" else element.tail
        if depth and not hidden:
            found += (char for char in text or "" if char.isalnum())
    return "".join(found)


def models(root: etree._Element) -> dict[str, str]:
    """The `xml-model` instructions before the root: schema language (its namespace) to address."""
    found = {}
    node = root.getprevious()
    while node is not None:
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":
            pairs = {name: one or two for name, one, two in _PSEUDO.findall(node.text or "")}
            found[pairs.get("schematypens", "")] = pairs.get("href", "")
        node = node.getprevious()
    return found
