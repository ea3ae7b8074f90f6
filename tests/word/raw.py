"""Word files made of raw markup: what a word processor writes, without one."""

from __future__ import annotations

import io
import zipfile

__all__ = [
    "SPACES", "body", "cell", "dels", "docx", "fld", "ins", "moved", "moved_to", "note", "p", "row",
    "t", "table",
]

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/>{}</w:style>'
_STYLES = "".join((
    _STYLE.format("Heading1", "heading 1", ""),
    _STYLE.format("Heading2", "heading 2", ""),
    _STYLE.format("Mine", "Mine", '<w:basedOn w:val="Heading2"/>'),
))
_number = iter(range(1, 10**9))


def by(who: str = "Ann", day: int = 1) -> str:
    return f'w:id="{next(_number)}" w:author="{who}" w:date="2020-03-{day:02}T10:00:00Z"'


def t(words: str, look: str = "", *, tag: str = "w:t") -> str:
    """A run."""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<{tag} xml:space="preserve">{words}</{tag}></w:r>'


def ins(*inner: str, who: str = "Ann", day: int = 1) -> str:
    """An insertion; words alone are a run."""
    return f"<w:ins {by(who, day)}>{''.join(_run(each) for each in inner)}</w:ins>"


def dels(*inner: str, who: str = "Ann", day: int = 1) -> str:
    """A deletion; words alone are a run."""
    runs = "".join(_run(each, "w:delText") for each in inner)
    return f"<w:del {by(who, day)}>{runs}</w:del>"


def _run(inner: str, tag: str = "w:t") -> str:
    return inner if inner.startswith("<") else t(inner, tag=tag)


def moved(name: str, words: str) -> str:
    """Words that were moved away."""
    n = next(_number)
    return (f'<w:moveFromRangeStart w:id="{n}" w:name="{name}" w:author="Ann" '
            f'w:date="2020-03-01T10:00:00Z"/><w:moveFrom {by()}>{_run(words)}</w:moveFrom>'
            f'<w:moveFromRangeEnd w:id="{n}"/>')


def moved_to(name: str, words: str) -> str:
    """Words that were moved here."""
    return moved(name, words).replace("moveFrom", "moveTo")


def p(*inner: str, mark: str = "", who: str = "Ann", style: str = "", more: str = "") -> str:
    """A paragraph. `mark` is what was done to its end: "ins", "del", or "ins del"."""
    shape = f'<w:pStyle w:val="{style}"/>' if style else ""
    shape += more
    if mark:
        shape += "<w:rPr>" + "".join(f"<w:{each} {by(who)}/>" for each in mark.split()) + "</w:rPr>"
    shape = f"<w:pPr>{shape}</w:pPr>" if shape else ""
    return f"<w:p>{shape}{''.join(_run(each) for each in inner)}</w:p>"


def cell(*inner: str, mark: str = "") -> str:
    """A cell; words alone are a paragraph."""
    made = "".join(each if each.startswith(("<w:p>", "<w:tbl>")) else p(each)
                   for each in inner)
    shape = f"<w:{mark} {by()}/>" if mark else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{shape}</w:tcPr>{made}</w:tc>'


def row(*cells: str, mark: str = "") -> str:
    """A row of a table; words alone are a cell."""
    shape = f"<w:trPr><w:{mark} {by()}/></w:trPr>" if mark else ""
    made = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr>{shape}{made}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    """A table."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    return (f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}'
            f"</w:tblGrid>{''.join(rows)}</w:tbl>")


def fld(code: str, result: str) -> str:
    """A field with its result."""
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (f'{mark("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
            f'{mark("separate")}{_run(result)}{mark("end")}')


def note(number: int) -> str:
    """A reference to a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def body(inner: str, section: str = "") -> str:
    """The main part."""
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {SPACES}><w:body>'
            f"{inner}<w:sectPr>{section}</w:sectPr></w:body></w:document>")


def docx(main: str, external: str = "", **parts: str) -> bytes:
    """A file of a main part and others by their kinds (`footnotes`, `header1` …), each the inner
    markup of its root. `external` is more of the relations."""
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments",
             "numbering": "numbering", "styles": "styles", "settings": "settings",
             "header": "hdr", "footer": "ftr"}
    parts = {"styles": _STYLES, **parts}
    relations, types, files = [], [], {}
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        root = roots[kind]
        files[f"word/{name}.xml"] = f"<w:{root} {SPACES}>{inner}</w:{root}>"
        relations.append(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>')
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>')
    space = "http://schemas.openxmlformats.org/package/2006"
    files |= {
        "word/document.xml": main,
        "word/_rels/document.xml.rels":
            f'<Relationships xmlns="{space}/relationships">{"".join(relations)}{external}'
            "</Relationships>",
        "_rels/.rels":
            f'<Relationships xmlns="{space}/relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "[Content_Types].xml":
            f'<Types xmlns="{space}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.'
            f'xml" ContentType="{_TYPE}.document.main+xml"/>{"".join(types)}</Types>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()
