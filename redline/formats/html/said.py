"""What the attributes of a fragment say. What is not as redline writes it says nothing."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any, cast

from redline.model import Cert, Classification, Hand, Marking, Stage, Step

__all__ = ["classification_of", "hands_of", "level_of", "marking_of", "stages_of", "sure"]

_SURE = ("high", "medium", "low")
_DRAFT = Stage("draft", "as first written")
_REVISION = Stage("revision", "editorial revision")


def sure(value: str | None) -> Cert:
    """How certain something is; what is not one of the three grades is the highest."""
    return cast(Cert, value) if value in _SURE else "high"


def level_of(value: str | None) -> int | None:
    """The level of a heading or of an item."""
    return int(value) if value and len(value) < 4 and value.isdecimal() else None


def stages_of(value: str | None) -> tuple[Stage, ...]:
    """The stages that are listed; else the two that every paper has."""
    rows = [row for row in _list(value) if _texts(row, 5) and row[0] and row[1]]
    stages = {row[0]: Stage(*row) for row in rows}
    return tuple(stages.values()) or (_DRAFT, _REVISION)


def hands_of(value: str | None) -> tuple[Hand, ...]:
    """The hands that are listed."""
    rows = [row for row in _list(value) if _texts(row, 2) and all(row)]
    return tuple({row[0]: Hand(*row) for row in rows}.values())


def classification_of(value: str | None) -> Classification:
    """The level when drafted and now, and the steps between."""
    row = _list(value)
    if len(row) != 3 or not _texts(row[:2], 2) or not isinstance(row[2], list):
        return Classification()
    steps = [_step(each) for each in row[2]]
    return Classification(row[0], row[1], tuple(step for step in steps if step is not None))


def _step(row: Any) -> Step | None:
    if not isinstance(row, list) or len(row) != 7:
        return None
    action, was, now, evidence, cert, when, pages = row
    fine = isinstance(action, str) and _texts([was, now, when], 3) and _words(evidence)
    if not (fine and isinstance(pages, list) and all(isinstance(page, int) for page in pages)):
        return None
    return Step(action, was, now, tuple(evidence), sure(cert), when, tuple(pages))


def marking_of(
    id_: str, kind: str, value: str | None, page: int, place: tuple[int, int], span: tuple[int, int]
) -> Marking | None:
    """A marking whose text stands at a place in the text, at `span` in the source."""
    said = _json(value)
    if not isinstance(said, dict):
        return None
    get = said.get
    texts = [get("was"), get("is"), get("action")]
    lists = [get("through", []), get("controls", [])]
    if not (_texts(texts, 3) and all(_words(each) for each in lists)):
        return None
    fields, text = get("fields", {}), get("text", "")
    edge, rule, number = get("place", "inline"), get("rule", ""), get("page", page)
    if not (isinstance(fields, dict) and _texts([text, edge, rule], 3) and type(number) is int):
        return None
    return Marking(
        id_,
        kind,
        number,
        edge,
        texts[0],
        tuple(lists[0]),
        texts[1],
        texts[2],
        tuple(lists[1]),
        MappingProxyType(fields),
        text,
        span,
        sure(get("cert")),
        *place,
        rule,
    )


def _json(value: str | None) -> Any:
    try:
        return json.loads(value or "null")
    except (ValueError, RecursionError):
        return None


def _list(value: str | None) -> list[Any]:
    found = _json(value)
    return found if isinstance(found, list) else []


def _texts(row: Any, size: int) -> bool:
    """Whether it is a row of so many texts, or nothing in their places."""
    return (
        isinstance(row, list)
        and len(row) == size
        and all(each is None or isinstance(each, str) for each in row)
    )


def _words(row: Any) -> bool:
    return isinstance(row, list) and all(isinstance(each, str) for each in row)
