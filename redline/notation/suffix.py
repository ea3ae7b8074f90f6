"""What a mark may say of itself: `~~was~~{hand=A stage=second id=j1}`.

A suffix stands right after the closing sign of a strike or an insertion and names its hand, its
stage and its id, each at most once, in any order. Marks of one id are one revision, wherever they
stand. Anything else in braces is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from redline.model import Act, Document
from redline.spans import ADDITION, DELETION, Span

__all__ = ["SUFFIX", "closer_length", "read_suffix", "reserved", "suffix_for", "united"]

_NAME = r"[A-Za-z0-9][A-Za-z0-9.:-]{0,63}"
_ITEM = rf"(?:hand|stage|id)={_NAME}"
SUFFIX = re.compile(rf"\{{{_ITEM}(?: {_ITEM}){{0,2}}\}}")
_ITEMS = re.compile(rf"(hand|stage|id)=({_NAME})")
_FITS = re.compile(rf"{_NAME}\Z")
_DEFAULT_STAGE = "revision"


def read_suffix(text: str, at: int, end: int) -> tuple[int, Mapping[str, str]] | None:
    """The suffix at `at`, if one stands there: where it ends, what it says."""
    if not text.startswith("{", at):
        return None
    match = SUFFIX.match(text, at, end)
    if match is None:
        return None
    items = _ITEMS.findall(match[0])
    said = dict(items)
    return (match.end(), said) if len(said) == len(items) else None


def reserved(text: str) -> frozenset[str]:
    """The ids that suffixes give: numbering leaves them out."""
    if "id=" not in text:
        return frozenset()
    return frozenset(
        name
        for match in SUFFIX.finditer(text)
        for key, name in _ITEMS.findall(match[0])
        if key == "id"
    )


def united(acts: Sequence[Act], spans: Sequence[Span]) -> list[Act]:
    """The acts, those of one id as one."""
    out: dict[str, Act] = {}
    for act in acts:
        first = out.get(act.id)
        if first is None:
            out[act.id] = act
            continue
        parts = tuple(sorted((*first.parts, *act.parts)))
        kinds = {spans[k].kind for k in parts}
        kind = "deletion" if ADDITION not in kinds else "substitution"
        if DELETION not in kinds:
            kind = "addition"
        within = first.within if first.within != act.id else None
        out[act.id] = first._replace(kind=kind, parts=parts, within=within)
    return [act._replace(within=None) if act.within == act.id else act for act in out.values()]


def closer_length(source: str, first: int, last: int) -> int:
    """How long the end of the mark source[first:last] is, its suffix included."""
    plain = 2 if source.startswith("~~", first) else 1
    if source[last - 1] != "}":
        return plain
    at = source.rfind("{", first + 2, last)
    if at < 0 or SUFFIX.fullmatch(source, at, last) is None:
        return plain
    if plain == 2:
        return last - at + plain
    closed = source[at - 1] == ("}" if source.startswith("{", first + 1) else ">")
    return last - at + plain if closed else plain


def suffix_for(document: Document, act: Act) -> str:
    """What a mark of this act must say of itself; "" where it goes without saying.

    An id is said where the notation alone would not see one act in its marks.
    """
    said = []
    if act.hand is not None:
        said.append(("hand", act.hand))
    if act.stage != _DEFAULT_STAGE:
        said.append(("stage", act.stage))
    if not _one_by_itself(document, act):
        said.append(("id", act.id))
    fit = [f"{key}={name}" for key, name in said if _FITS.match(name)]
    return f"{{{' '.join(fit)}}}" if fit else ""


def _one_by_itself(document: Document, act: Act) -> bool:
    """Whether its marks are one act without a word: a single one, or a pair side by side."""
    if act.kind == "transposition" or len(act.parts) > 2:
        return False
    if len(act.parts) == 1:
        return not _beside_another(document, act.parts[0])
    one, other = (document.spans[k] for k in act.parts)
    between = document.text[one.end : other.start]
    kinds = {one.kind, other.kind}
    return kinds == {DELETION, ADDITION} and one.end <= other.start and not between.strip()


def _beside_another(document: Document, k: int) -> bool:
    """Whether a mark of another act and kind stands beside this one: the two read as a pair."""
    spans = document.spans
    mine = spans[k]
    for step in (-1, 1):
        j = k + step
        while 0 <= j < len(spans) and spans[j].kind not in (DELETION, ADDITION):
            j += step
        if not 0 <= j < len(spans) or spans[j].kind == mine.kind or spans[j].id == mine.id:
            continue
        one, other = (spans[j], mine) if step < 0 else (mine, spans[j])
        if one.end <= other.start and not document.text[one.end : other.start].strip():
            return True
    return False
