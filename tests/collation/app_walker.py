"""A witness read back from TEI parallel segmentation, by a walker that knows nothing of redline.

In each `app` it reads the one `lem` or `rdg` whose `wit` names the witness, and nothing else;
a `milestone` of the unit paragraph is a paragraph break, and so is the end of each `p`. A witness
that a reading names twice, or an `app` does not name, is a fault, and raises.
"""

from __future__ import annotations

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
BREAK = "\n\n"


def parse(tei: str) -> etree._Element:
    return etree.fromstring(tei.encode("utf-8"), etree.XMLParser(huge_tree=True))


def witnesses(root: etree._Element) -> dict[str, str]:
    """The id of each witness by its siglum (`n`), in order."""
    return {w.get("n", ""): w.get(XML_ID, "") for w in root.iter(f"{TEI}witness")}


def read(root: etree._Element, id_: str) -> str:
    """The text of a witness, by the rule for white space that the header states."""
    body = root.find(f"{TEI}text/{TEI}body")
    assert body is not None
    return BREAK.join(_inside(block, f"#{id_}") for block in body).strip()


def _inside(element: etree._Element, pointer: str) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEI}app":
            readings = [each for each in child if pointer in each.get("wit", "").split()]
            assert len(readings) == 1, f"{pointer} in {etree.tostring(child)!r}"
            assert not (child.text or "").strip()
            parts.append(_inside(readings[0], pointer))
        elif child.tag == f"{TEI}milestone":
            parts.append(BREAK)
        else:
            raise AssertionError(f"no element of this form: {child.tag}")
        parts.append(child.tail or "")
    return "".join(parts)
