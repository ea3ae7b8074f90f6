"""What a mark may say of itself: `~~was~~{hand=A stage=second id=j1}`.

A suffix stands right after the closing sign of a strike or an insertion and names its hand, its
stage (and the one before that), its id, its certainty, its kind, each at most once, in any order.
Marks of one id are one revision, wherever they stand. Anything else in braces is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from redline.model import Act, Cert
from redline.spans import ADDITION, DELETION, Span

__all__ = [
    "LOOKS_LIKE",
    "SUFFIX",
    "closer_length",
    "fits",
    "in_order",
    "masked",
    "read_suffix",
    "reserved",
    "united",
    "without",
    "written",
]

#: The characters of an XML name, so that every `xml:id` can be said; it may begin with a digit.
_NAME = "[\\w][\\w.:\u00b7\u0300-\u036f\u203f\u2040-]{0,127}"
_ITEM = (
    rf"(?:(?:hand|id)={_NAME}|(?:stage|after)=(?!final[ }}]){_NAME}"
    r"|cert=(?:high|medium|low)|kind=transposition)"
)
SUFFIX = re.compile(rf"\{{{_ITEM}(?: {_ITEM}){{0,5}}\}}")
_KEYS = ("{hand=", "{stage=", "{id=", "{after=", "{cert=", "{kind=")
_AFTER_CLOSER = re.compile(rf"(?<=[~}}>]){SUFFIX.pattern}")
_ITEMS = re.compile(rf"(\w+)=({_NAME})")
_FITS = re.compile(rf"{_NAME}\Z")
#: What its writer may have meant as a suffix.
LOOKS_LIKE = re.compile(
    r"\{\s{0,3}(?:hand|stage|id|after|cert|kind)\s{0,3}=[^{}\n]{0,200}\}?", re.IGNORECASE
)


def read_suffix(text: str, at: int, end: int) -> tuple[int, Mapping[str, str]] | None:
    """The suffix at `at`, if one stands there: where it ends, what it says."""
    if not text.startswith("{", at):
        return None
    match = SUFFIX.match(text, at, end)
    if match is None:
        return None
    items = _ITEMS.findall(match[0])
    said = dict(items)
    if len(said) < len(items) or ("after" in said and "stage" not in said):
        return None
    return match.end(), said


def written(items: Iterable[tuple[str, str]]) -> str:
    """The suffix that says this; "" for nothing."""
    said = " ".join(f"{key}={name}" for key, name in items)
    return f"{{{said}}}" if said else ""


def fits(name: str, key: str = "id") -> bool:
    """Whether a suffix can say this name."""
    return _FITS.match(name) is not None and (key != "stage" or name != "final")


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


def masked(text: str) -> str:
    """The text as the layout of its lines sees it: with closing signs in the place of suffixes,
    so that a line is what it is without them, and every character keeps its place."""
    if not any(key in text for key in _KEYS):
        return text
    return _AFTER_CLOSER.sub(lambda match: ">" * len(match[0]), text)


def without(text: str) -> str:
    """The text without the suffixes of its marks."""
    return _AFTER_CLOSER.sub("", text) if any(key in text for key in _KEYS) else text


def in_order(names: Iterable[str], after: Mapping[str, str]) -> Iterator[str]:
    """The stages in the order in which they are named, each after the one it says it follows."""
    done: set[str] = set()
    for name in names:
        chain: list[str] = []
        waiting: str | None = name
        while waiting is not None and waiting not in done:
            done.add(waiting)
            chain.append(waiting)
            waiting = after.get(waiting)
        yield from reversed(chain)


def united(acts: Sequence[Act], spans: Sequence[Span]) -> tuple[list[Act], list[Act]]:
    """The acts, those of one id as one; and those that say otherwise than the first of their
    id whose they are."""
    out: dict[str, Act] = {}
    parts: dict[str, list[int]] = {}
    odd: list[Act] = []
    for act in acts:
        first = out.get(act.id)
        if first is None:
            out[act.id] = act
            continue
        parts.setdefault(act.id, [*first.parts]).extend(act.parts)
        kind = "transposition" if "transposition" in (first.kind, act.kind) else first.kind
        within = first.within if first.within != act.id else None
        hand = first.hand or act.hand
        stage = act.stage if first.stage == _DEFAULT_STAGE else first.stage
        cert: Cert = max(first.cert, act.cert, key=("high", "medium", "low").index)
        if act.hand not in (None, hand) or act.stage not in (_DEFAULT_STAGE, stage):
            odd.append(act)
        out[act.id] = first._replace(
            kind=kind, within=within, hand=hand, stage=stage, cert=cert
        )
    for id_, all_ in parts.items():
        kind = out[id_].kind
        if kind != "transposition":
            kind = _KINDS[frozenset(spans[k].kind for k in all_)]
        out[id_] = out[id_]._replace(kind=kind, parts=tuple(sorted(all_)))
    return (
        [act._replace(within=None) if act.within == act.id else act for act in out.values()],
        odd,
    )


_DEFAULT_STAGE = "revision"
#: What an act is by what its marks are.
_KINDS = {
    frozenset({DELETION}): "deletion",
    frozenset({ADDITION}): "addition",
    frozenset({DELETION, ADDITION}): "substitution",
}


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
