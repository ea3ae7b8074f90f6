"""Makes redline.rng and redline.sch from redline.odd: `python schemas/build.py`.

The ODD declares every element whole (content, attributes, classes of its own), so nothing of the
TEI Guidelines is needed to read it, and this program is all there is between the three files:
each declaration of the ODD becomes one definition of the grammar, under the same name, and each
constraint one pattern. A test fails while the files on disk are not what it makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml.builder import ElementMaker

FOLDER = Path(__file__).resolve().parent
ODD = FOLDER / "redline.odd"

_TEI = "{http://www.tei-c.org/ns/1.0}"
_RNG = "http://relaxng.org/ns/structure/1.0"
_NOTE = "http://relaxng.org/ns/compatibility/annotations/1.0"
_SCH = "http://purl.oclc.org/dsdl/schematron"
_XSL = "http://www.w3.org/1999/XSL/Transform"
_XML = "http://www.w3.org/XML/1998/namespace"

_E = ElementMaker(namespace=_RNG, nsmap={None: _RNG, "a": _NOTE})
_REPEATED = {
    ("0", "1"): "optional",
    ("0", "unbounded"): "zeroOrMore",
    ("1", "unbounded"): "oneOrMore",
}
_GROUPS = {"sequence": "group", "alternate": "choice", "content": "group"}
_DECLARATIONS = ("dataSpec", "classSpec", "macroSpec", "elementSpec")

_MADE = "Made from redline.odd by schemas/build.py; change that one and run it again."


def grammar(odd: etree._Element) -> bytes:
    """The RELAX NG grammar."""
    root = _E.grammar(
        ns="http://www.tei-c.org/ns/1.0",
        datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes",
    )
    root.append(etree.Comment(f" {_MADE} "))
    spec = next(odd.iter(f"{_TEI}schemaSpec"))
    root.append(_E.start(_E.ref(name=str(spec.get("start")))))
    for declaration in spec.iterchildren(*(_TEI + name for name in _DECLARATIONS)):
        root.append(_DEFINITIONS[etree.QName(declaration).localname](declaration, spec))
    return _file(root)


def rules(odd: etree._Element) -> bytes:
    """The Schematron file: the constraints of the elements, in their order."""
    make = ElementMaker(namespace=_SCH, nsmap={None: _SCH, "xsl": _XSL})
    root = make.schema(queryBinding="xslt2")
    root.append(etree.Comment(f" {_MADE} "))
    root.append(make.title("What the grammar of redline's TEI cannot say"))
    root.append(make.ns(prefix="tei", uri="http://www.tei-c.org/ns/1.0"))
    root.append(
        etree.Element(f"{{{_XSL}}}key", name="named", match="*[@xml:id]", use="@xml:id")
    )
    for constraint in odd.iter(f"{_TEI}constraintSpec"):
        pattern = make.pattern(id=str(constraint.get("ident")))
        for rule in constraint.iter(f"{{{_SCH}}}rule"):
            pattern.append(_copy(rule, make))
        root.append(pattern)
    return _file(root)


def _file(root: etree._Element) -> bytes:
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _copy(element: etree._Element, make: ElementMaker) -> etree._Element:
    """An element of Schematron without the ODD's namespaces and line ends."""
    made = make(etree.QName(element).localname, *_words(element.text))
    made.attrib.update({name: " ".join(str(v).split()) for name, v in element.items()})
    for child in element.iterchildren("*"):
        made.append(_copy(child, make))
    return made


def _words(text: str | None) -> list[str]:
    words = " ".join((text or "").split())
    return [words] if words else []


# -- definitions -----------------------------------------------------------------------------


def _data(declaration: etree._Element, _: etree._Element) -> etree._Element:
    return _E.define(_documented(declaration), *_contents(declaration), name=_ident(declaration))


def _class(declaration: etree._Element, spec: etree._Element) -> etree._Element:
    """Attributes that members share; or the choice of the elements that are members."""
    name = _ident(declaration)
    if declaration.get("type") == "atts":
        return _E.define(_documented(declaration), *_attributes(declaration), name=name)
    members = [
        _E.ref(name=_ident(each))
        for each in spec.iterchildren(f"{_TEI}elementSpec")
        if name in {member.get("key") for member in each.iter(f"{_TEI}memberOf")}
    ]
    return _E.define(_documented(declaration), _E.choice(*members), name=name)


def _element(declaration: etree._Element, _: etree._Element) -> etree._Element:
    name = _ident(declaration)
    keys = [str(member.get("key")) for member in declaration.iter(f"{_TEI}memberOf")]
    shared = [_E.ref(name=key) for key in keys if key.startswith("att.")]
    return _E.define(
        _E.element(
            _documented(declaration),
            *_contents(declaration),
            *shared,
            *_attributes(declaration),
            name=name,
        ),
        name=name,
    )


_DEFINITIONS = {
    "dataSpec": _data,
    "classSpec": _class,
    "macroSpec": _data,
    "elementSpec": _element,
}


def _ident(declaration: etree._Element) -> str:
    return str(declaration.get("ident"))


def _documented(declaration: etree._Element) -> etree._Element:
    made = etree.Element(f"{{{_NOTE}}}documentation")
    made.text = " ".join((declaration.findtext(f"{_TEI}desc") or "").split())
    return made


def _attributes(declaration: etree._Element) -> Iterator[etree._Element]:
    for attribute in declaration.iterfind(f"{_TEI}attList/{_TEI}attDef"):
        made = _E.attribute(_documented(attribute), name=_ident(attribute))
        values = attribute.find(f"{_TEI}valList")
        if values is not None:
            made.append(_values(values))
        else:
            kind = attribute.find(f"{_TEI}datatype")
            assert kind is not None, _ident(attribute)
            data = _pattern(kind[0])
            many = kind.get("maxOccurs") == "unbounded"
            made.append(_E.list(_E.oneOrMore(data)) if many else data)
        yield made if attribute.get("usage") == "req" else _E.optional(made)


def _contents(declaration: etree._Element) -> Iterator[etree._Element]:
    content = declaration.find(f"{_TEI}content")
    assert content is not None, _ident(declaration)
    yield from map(_pattern, content.iterchildren("*"))


def _pattern(element: etree._Element) -> etree._Element:
    """What one element of a content model says, with how often."""
    name = etree.QName(element).localname
    if name in _GROUPS:
        made = _E(_GROUPS[name], *map(_pattern, element.iterchildren("*")))
    elif name == "valList":
        made = _values(element)
    elif name == "textNode":
        made = _E.text()
    elif name == "empty":
        made = _E.empty()
    elif element.get("key"):
        made = _E.ref(name=str(element.get("key")))
    else:
        made = _E.data(type=str(element.get("name")))
        if element.get("restriction"):
            made.append(_E.param(str(element.get("restriction")), name="pattern"))
    times = element.get("minOccurs", "1"), element.get("maxOccurs", "1")
    return made if times == ("1", "1") else _E(_REPEATED[times], made)


def _values(values: etree._Element) -> etree._Element:
    found = [_E.value(_ident(each)) for each in values.iterchildren(f"{_TEI}valItem")]
    return found[0] if len(found) == 1 else _E.choice(*found)


def made() -> dict[Path, bytes]:
    """What each file must hold."""
    odd = etree.parse(ODD).getroot()
    return {FOLDER / "redline.rng": grammar(odd), FOLDER / "redline.sch": rules(odd)}


if __name__ == "__main__":
    for path, data in made().items():
        path.write_bytes(data)
