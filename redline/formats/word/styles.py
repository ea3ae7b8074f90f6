"""The parts of a Word file that say how it looks, and what numbers its lists have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redline.formats.tei.escape import attribute
from redline.formats.word.names import (
    CHARACTER_STYLES,
    HEADINGS,
    NAMESPACE,
    PARAGRAPH_STYLES,
    STAGES_PROPERTY,
)

__all__ = ["NUMBER_FORMATS", "XML", "core", "custom", "numbering", "settings", "styles"]

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
_SIZES = (32, 28, 26, 24, 24, 24, 24, 24, 24)
#: Formats of numbers by what they are called here.
NUMBER_FORMATS = ("bullet", "decimal", "lowerLetter", "upperLetter")
_BULLETS = "•◦▪"


_DEFAULTS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
    '</w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
    'w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd '
    'w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" '
    'w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def styles() -> str:
    """The style sheet: every style that is written, whether or not it is used."""
    rows = [_DEFAULTS]
    for level in range(1, HEADINGS + 1):
        size = _SIZES[level - 1]
        rows.append(_paragraph(
            f"Heading{level}", f"heading {level}",
            '<w:keepNext/><w:spacing w:before="240" w:after="120"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:sz w:val="{size}"/>',
        ))
    rows += [_paragraph(row.id, row.name, row.paragraph, row.run)
             for row in PARAGRAPH_STYLES.values()]
    rows += [
        _paragraph("Header", "header", '<w:spacing w:after="0"/><w:jc w:val="center"/>'),
        _paragraph("Footer", "footer", '<w:spacing w:after="0"/><w:jc w:val="center"/>'),
        _paragraph("FootnoteText", "footnote text", '<w:spacing w:after="0"/>',
                   '<w:sz w:val="20"/>'),
        _paragraph("CommentText", "annotation text", "", '<w:sz w:val="20"/>'),
        _character("FootnoteReference", "footnote reference",
                   '<w:vertAlign w:val="superscript"/>'),
        _character("CommentReference", "annotation reference", '<w:sz w:val="16"/>'),
    ]
    rows += [_character(row.id, row.name, row.run) for row in CHARACTER_STYLES.values() if row.id]
    rows.append(
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                  for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        + "</w:tblBorders></w:tblPr></w:style>"
    )
    return (
        f'{XML}<w:styles xmlns:w="{NAMESPACE}">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}"
        '<w:sz w:val="24"/><w:lang w:val="en-US"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>'
        f'{"".join(rows)}</w:styles>'
    )


def _paragraph(id_: str, name: str, paragraph: str, run: str = "") -> str:
    shape = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    shape += f"<w:rPr>{run}</w:rPr>" if run else ""
    return (f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/>{shape}</w:style>')


def _character(id_: str, name: str, run: str) -> str:
    return (f'<w:style w:type="character" w:styleId="{id_}"><w:name w:val="{name}"/>'
            f'<w:qFormat/><w:rPr>{run}</w:rPr></w:style>')


def settings(*, notes: bool) -> str:
    """The settings: changes go on being tracked."""
    separators = ('<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
                  if notes else "")
    return (f'{XML}<w:settings xmlns:w="{NAMESPACE}"><w:trackRevisions/>'
            f'<w:defaultTabStop w:val="720"/>{separators}<w:compat>'
            '<w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>')


def numbering(lists: Iterable[tuple[str, int, int]]) -> str:
    """The lists: for each its format, the level that begins it, and the number it begins with."""
    abstract = []
    for number, form in enumerate(NUMBER_FORMATS):
        levels = []
        for level in range(9):
            text = _BULLETS[level % 3] if form == "bullet" else f"%{level + 1}."
            levels.append(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind '
                f'w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            )
        abstract.append(f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType '
                        f'w:val="hybridMultilevel"/>{"".join(levels)}</w:abstractNum>')
    rows = [
        f'<w:num w:numId="{k}"><w:abstractNumId w:val="{NUMBER_FORMATS.index(form)}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        "</w:num>"
        for k, (form, level, start) in enumerate(lists, 1)
    ]
    inner = "".join((*abstract, *rows))
    return f'{XML}<w:numbering xmlns:w="{NAMESPACE}">{inner}</w:numbering>'


def core(title: str, date: str) -> str:
    """What the file says of itself: its title, its maker, a date that is the paper's."""
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{attribute(title)}</dc:title><dc:creator>redline</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified></cp:coreProperties>'
    )


def custom(stages: Sequence[tuple[str, ...]]) -> str:
    """Properties of redline's own: a date, the id, the day and the label of every stage."""
    rows = [
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{k}" '
        f'name="{STAGES_PROPERTY} {k - 1}"><vt:lpwstr>{attribute(" ".join(row))}</vt:lpwstr>'
        "</property>"
        for k, row in enumerate(stages, 2)
    ]
    return (
        f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'docPropsVTypes">{"".join(rows)}</Properties>'
    )
