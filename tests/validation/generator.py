"""Random documents by redline's grammar: valid by what it says, and by nothing else.

`python -m tests.validation.generator 1000` makes that many and has them judged by redline's own
schema and by tei_all 4.12.0 and 4.3.0 under jing. (Not by the TEI's Schematron: it has opinions
on what a random document means, on dates and on pointers without a target, say.)
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from functools import cache

from lxml import etree

from redline.validation.grammar import Attribute, Declaration, own_grammar
from redline.validation.patterns import TEXT, Model, after, first, is_complete
from redline.validation.values import Value

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_WORDS = ("the", "Tarrow", "é", "\U0001f5ce", "1951", "so,", "U.S.", "-", "¬", "&", "§ 5")
_STOP = 0.4  # how likely a content that may end does
_DEEP = 9  # from here on, what may be left out is
_SAMPLES = {
    "date": ("1951-08-23", "2000-02-29"),
    "gYearMonth": ("1951-08",),
    "gYear": ("1951",),
    "double": ("1", "2.5", "1e+06"),
    "positiveInteger": ("1", "12"),
    "NCName": ("redline",),
}
#: Lines stand in regions, and nothing in lines: zones in zones would be all there is.
_ZONE, _LINES = f"{{{TEI}}}zone", 3
#: What an attribute points to, where the grammar alone does not say it.
_POINTS = {
    "ana": "category", "change": "change", "facs": "zone", "hand": "handNote",
    "scheme": "taxonomy", "spanTo": "anchor", "who": "handNote", "wit": "witness",
    "catRef target": "category", "substJoin target": "del",
}  # fmt: skip


def document(seed: int) -> bytes:
    """One document; the same for the same seed."""
    return _Maker(random.Random(seed)).document()


@cache
def _needs(model: Model) -> tuple[str, ...] | None:
    """The fewest symbols that complete a model; None where none do."""
    seen = {model}
    row: list[tuple[Model, tuple[str, ...]]] = [(model, ())]
    for state, read in row:
        if is_complete(state):
            return read
        for name in sorted(first(state)):
            next_ = after(state, name)
            if next_ not in seen:
                seen.add(next_)
                row.append((next_, (*read, name)))
    return None


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.elements = own_grammar().elements
        self.ids = 0
        self.left = chance.randint(60, 400)  # elements until all ends as soon as it may

    def document(self) -> bytes:
        root = self._element("TEI", 0)
        _Pointers(root, self.chance).settle()
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _element(self, name: str, depth: int) -> etree._Element:
        self.left -= 1
        declaration = self.elements[name]
        made = etree.Element(f"{{{TEI}}}{name}", nsmap={None: TEI})
        for key, attribute in declaration.attributes.items():
            if attribute.required or self.chance.random() < 0.4:
                made.set(key.replace("xml:", f"{XML_ID[:-2]}"), self._value(attribute))
        self._fill(made, declaration, depth)
        return made

    def _fill(self, made: etree._Element, declaration: Declaration, depth: int) -> None:
        state = declaration.content
        while True:
            short = depth > _DEEP or self.left < 0 or (made.tag == _ZONE and depth > _LINES)
            if is_complete(state) and (short or self.chance.random() < _STOP):
                return
            names = sorted(first(state))
            if not names:
                return
            name = self.chance.choice(names)
            if short:
                name = (_needs(state) or names)[0]
            if name == TEXT:
                self._write(made)
                if short:
                    return
            else:
                made.append(self._element(name, depth + 1))
            state = after(state, name)

    def _write(self, made: etree._Element) -> None:
        words = " ".join(self.chance.choices(_WORDS, k=self.chance.randint(1, 4)))
        if len(made):
            made[-1].tail = (made[-1].tail or "") + words
        else:
            made.text = (made.text or "") + words

    def _value(self, attribute: Attribute) -> str:
        return self._of(attribute.value)

    def _of(self, value: Value) -> str:
        kind, text, pattern, parts = value
        if kind == "value":
            return text
        if kind == "choice":
            return self._of(self.chance.choice(parts))
        if kind == "list":
            return " ".join(self._of(parts[0]) for _ in range(self.chance.randint(1, 3)))
        if text == "ID":
            self.ids += 1
            return f"x{self.ids}"
        if text == "anyURI":
            return "#?" if pattern else "page%201.jpg"
        if text == "token" and "-?" in pattern:
            return "0,0 9,-1 9,9"
        if text == "token":
            return "0.1.0" if "[0-9]" in pattern else self.chance.choice(("word", "¬", "é-1", "5"))
        return self.chance.choice(_SAMPLES.get(text, _WORDS))


class _Pointers:
    """Makes pointers lead somewhere, and what no grammar can say be so."""

    def __init__(self, root: etree._Element, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self._witnesses()
        self.all = [*root.iter("*")]
        self.place = {element: number for number, element in enumerate(self.all)}
        self.named: dict[str, list[etree._Element]] = {}
        for element in self.all:
            if element.get(XML_ID) is not None:
                self.named.setdefault(_name(element), []).append(element)
        for number, element in enumerate(self.named.get("witness", ())):
            element.set(XML_ID, f"w{number:03}")
        creation = root.iter(f"{{{TEI}}}creation")
        self.named["change"] = [
            each for top in creation for each in top.iter(f"{{{TEI}}}change") if each.get(XML_ID)
        ]

    def settle(self) -> None:
        if "taxonomy" not in self.named:
            for element in self.root.iter(f"{{{TEI}}}textClass"):
                _drop(element)
        for element in self.all:
            name = _name(element)
            if name == "subst":
                self._parts(element)
            for key, value in element.items():
                if "#" in str(value):
                    self._point(element, name, str(key), len(str(value).split()))
        for span in self.all:
            if _name(span) in ("delSpan", "addSpan"):
                self._end(span)
        for app in self.root.iter(f"{{{TEI}}}app"):
            self._readings(app)

    def _parts(self, element: etree._Element) -> None:
        there = {_name(child) for child in element}
        for name in {"add", "del"} - there:
            etree.SubElement(element, f"{{{TEI}}}{name}").text = "so"

    def _point(self, element: etree._Element, name: str, key: str, count: int) -> None:
        kind = _POINTS.get(key) or _POINTS.get(f"{name} {key}")
        if key in ("next", "prev"):  # pieces need each other
            del element.attrib[key]
            return
        row = self.named.get(kind, []) if kind else [e for r in self.named.values() for e in r]
        if key == "target" and name == "substJoin":
            count = max(count, 2)
            row = row + self.named.get("add", [])
            if len(row) < 2:
                _drop(element)
                return
        if not row and not own_grammar().elements[name].attributes[key].required:
            del element.attrib[key]
            return
        chosen = self.chance.sample(row, min(count, len(row)))
        element.set(key, " ".join(f"#{each.get(XML_ID)}" for each in chosen) )

    def _end(self, span: etree._Element) -> None:
        """An anchor of its own, at the end of the text: after it."""
        body = next(self.root.iter(f"{{{TEI}}}body"))
        anchor = etree.SubElement(body, f"{{{TEI}}}anchor")
        anchor.set(XML_ID, f"end{self.place[span]}")
        span.set("spanTo", f"#end{self.place[span]}")

    def _witnesses(self) -> None:
        """As many as any place has readings."""
        most = max((len(app) for app in self.root.iter(f"{{{TEI}}}app")), default=0)
        if not most:
            return
        source = next(self.root.iter(f"{{{TEI}}}sourceDesc"))
        source.clear()
        listed = etree.SubElement(source, f"{{{TEI}}}listWit")
        for number in range(most):
            etree.SubElement(listed, f"{{{TEI}}}witness").set(XML_ID, f"w{number:03}")

    def _readings(self, app: etree._Element) -> None:
        witnesses = [f"#{each.get(XML_ID)}" for each in self.named.get("witness", ())]
        for number, reading in enumerate(app):
            reading.set("wit", witnesses[number])


def _drop(element: etree._Element) -> None:
    """Take it out, and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def runnable(count: int, start: int = 0) -> Iterator[tuple[str, bytes]]:
    """That many documents, by name."""
    for seed in range(start, start + count):
        yield f"seed {seed}", document(seed)


def main(count: int) -> int:
    """Judge them; how many fail by any of the judges."""
    from redline.validation import validate
    from tests.judges import schemas

    documents = dict(runnable(count))
    size = sum(map(len, documents.values())) / 1e6
    bad: dict[str, list[object]] = {
        name: [*found] for name, data in documents.items() if (found := validate(data, name))
    }
    print(f"{count} documents, {size:.1f} MB; not valid by redline: {len(bad)}")
    for schema in (schemas.RNG_NEW, schemas.RNG_OLD):
        found = schemas.jing(documents, schema)
        print(f"{schema}: {len(found)} not valid", *list(found.items())[:3], sep="\n  ")
        bad.update({name: [] for name in found})
    return len(bad)


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000) else 0)
