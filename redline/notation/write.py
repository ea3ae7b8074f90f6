"""The native notation, written.

A document that was read from it and not edited is its source, character for character. One
with decisions is its source with those marks taken out (`patch`): what was dropped goes with
the white space that went with it, what was kept stays without its marks, all else is verbatim.
A document from elsewhere is written anew (`render`). What was made is read back, and refused
where it does not say the same.
"""

from __future__ import annotations

from dataclasses import replace

from redline.diagnostics import FormatError
from redline.model import Document
from redline.notation.native import parse_source
from redline.notation.patch import patch
from redline.notation.render import render
from redline.source import Source

__all__ = ["to_native"]


def to_native(document: Document) -> str:
    """The document in the native notation.

    Undecided revisions keep their marks; decided and settled ones have none. Raises
    `FormatError` where no notation was found that reads as the document does.
    """
    if document.format == "native":
        if not document.decisions:
            return document.source.text
        whole = _with_marks(document)
        texts = (patch(whole, anew=anew) for anew in (False, True)) if whole else iter(())
    else:
        texts = iter((render(document),))
    text = ""
    for text in texts:
        if _same(text, document):
            return text
    raise FormatError(
        f"{document.source.name}: the native notation cannot say this: read back, "
        f"{_difference(text, document)}; write json, or leave the revisions there undecided"
    )


def _with_marks(document: Document) -> Document | None:
    """The document with all its decisions and every mark they were made about.

    Of what is settled the source alone still has the marks: it is read again. None where
    that does not give the same revisions.
    """
    if all(id_ in document.act_of for id_ in document.decisions):
        return document
    again = replace(parse_source(document.source), decisions=document.decisions)
    known = {**again.act_of}
    if not all(id_ in known for id_ in (*document.decisions, *document.act_of)):
        return None
    return again if _readings(again) == _readings(document) else None


def _readings(document: Document) -> tuple[str, ...]:
    return tuple(document.reading(stage).text for stage in ("draft", "final"))


def _same(text: str, document: Document) -> bool:
    """Whether the text reads as the document does, but for spaces.

    Spaces beside marks are settled for all marks in force and for none. Where some marks in
    others are decided, the notation settles them anew, and may do better.
    """
    found = parse_source(Source(text))
    return [_squeezed(each) for each in _readings(found)] == [
        _squeezed(each) for each in _readings(document)
    ]


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\t", "")


def _difference(text: str, document: Document) -> str:
    """Where the first reading that differs differs."""
    found = parse_source(Source(text))
    for stage in ("draft", "final"):
        ours, theirs = document.reading(stage).text, found.reading(stage).text
        if ours != theirs:
            at = next(
                (k for k, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
                min(len(ours), len(theirs)),
            )
            place = slice(max(0, at - 20), at + 20)
            return f"the {stage} would have {theirs[place]!r} for {ours[place]!r}"
    return "nothing would differ"
