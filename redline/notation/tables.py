"""Pages, markings and furniture of a document, from its layout and the places in its text."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple

from redline.layout.plan import Plan
from redline.markings.banners.edges import Banner
from redline.markings.fields import NOTICE
from redline.markings.register import notice_of
from redline.model import Classification, Furniture, Marking, Page, Step
from redline.notation.suffix import without
from redline.origin import Origin

__all__ = [
    "NOTICES",
    "SYSTEM_NOTICES",
    "Places",
    "Tables",
    "banner_fields",
    "marking_table",
    "page_table",
]

#: Kinds of lifted lines that are markings, and their kind in the record.
_MARKING_KINDS = {
    "release": "release",
    "released-in": "release",
    "stamp": "stamp",
    "form": "stamp",
    "exemption": "exemption",
    "schedule": "schedule",
    "control": "control",
}
#: Notices by their subject: of archives and of those who release, or on how to handle the paper.
NOTICES = {
    "denied": "release",
    "jfk-number": "release",
    "mori": "release",
    "nara-page": "release",
    "on-file": "release",
    "program": "release",
    "review-completed": "release",
    "sanitized": "release",
    "handling": "control",
    "law": "control",
    "property": "control",
    "removal": "control",
    "reproduction": "control",
    "return": "control",
}
#: What offices and systems put on a paper: the subject of the notice, and its kind in the record.
_SYSTEMS = {
    "cable-end": ("end-of-transmission", "control"),
    "copy-line": ("copy", "control"),
    "sas-footer": ("system-record", "release"),
}
#: The same by the subject.
SYSTEM_NOTICES = dict(_SYSTEMS.values())


class Tables(NamedTuple):
    """What `marking_table` finds."""

    markings: tuple[Marking, ...]
    furniture: tuple[Furniture, ...]
    classification: Classification


class Places(NamedTuple):
    """Where apparatus stands in the text: `furniture` by its number in the layout, `stamps`
    (source range, text range) that the notation itself marks, `origin` for what is inline."""

    furniture: dict[int, tuple[int, int]]
    stamps: list[tuple[tuple[int, int], int, int]]
    origin: Origin


def page_table(
    plan: Plan, starts: dict[int, int], length: int, source_length: int
) -> tuple[Page, ...]:
    """The pages: text and source ranges tile the document."""
    places = {piece.ref: piece.start for piece in plan.pieces if piece.kind == "page"}
    out = []
    count = len(plan.pages)
    for k, (label, cert, evidence) in enumerate(plan.pages):
        begin, end = starts.get(k, 0), starts.get(k + 1, length)
        span = (places.get(k, 0), places.get(k + 1, source_length))
        if k + 1 == count:
            end, span = length, (span[0], source_length)
        out.append(Page(k + 1, label, span, cert, evidence, begin, end))
    return tuple(out)


def marking_table(
    source: str,
    plan: Plan,
    places: Places,
    pages: tuple[Page, ...],
) -> Tables:
    """Markings and other furniture in page order, with the history the banners tell."""
    spans = {p.ref: (p.start, p.end) for p in plan.pieces if p.kind == "furniture"}
    edge_of = {edge.lifted[0]: edge for edge in plan.edges if edge.lifted}
    in_edges = {number for edge in plan.edges for number in edge.lifted}
    starts = [page.start for page in pages]
    markings: list[Marking] = []
    furniture: list[Furniture] = []
    banner_ids: _Ids = {}
    for number, (kind, place, n, data) in enumerate(plan.lifted):
        begin, end = places.furniture[number]
        span = spans[number]
        page = _page_at(starts, begin)
        if number in edge_of:
            edge = edge_of[number]
            banner = edge.banner
            last = edge.lifted[-1]
            span = (span[0], spans[last][1])
            id_ = f"m{len(markings) + 1}"
            banner_ids.setdefault((edge.page - 1, edge.place), []).append((id_, banner))
            markings.append(
                Marking(
                    id_,
                    "banner",
                    edge.page,
                    edge.place,
                    banner.was.name if banner.was else None,
                    tuple(level.name for level in banner.through),
                    banner.is_.name if banner.is_ else None,
                    banner.action,
                    tuple(banner.controls),
                    banner_fields(banner),
                    without(source[span[0] : span[1]]),
                    span,
                    banner.cert,
                    begin,
                    places.furniture[last][1],
                    banner.rule,
                )
            )
        elif number in in_edges:
            continue
        elif kind in _SYSTEMS or (kind == "notice" and n in NOTICES):
            words = source[span[0] : span[1]]
            subject, of_kind = _SYSTEMS.get(kind) or (n, NOTICES[n or ""])
            named = of_kind == "control" and kind == "notice"
            markings.append(
                Marking(
                    f"m{len(markings) + 1}",
                    of_kind,
                    page,
                    "margin" if place == "inline" else place,
                    None,
                    (),
                    None,
                    None,
                    (_printed(words),) if named else (),
                    {"notice": subject},
                    words,
                    span,
                    "high",
                    begin,
                    end,
                    NOTICE,
                )
            )
        elif kind in _MARKING_KINDS and (kind != "form" or n == "review-box"):
            fields: dict[str, Any] = {}
            found = data[2]
            if kind == "exemption":
                codes = (found.data or {}).get("codes", ())
                fields = {"code": codes[0] if len(codes) == 1 else list(codes)}
            controls: tuple[str, ...] = ()
            if kind == "control":
                controls = tuple((found.data or {}).get("controls", ()))
            markings.append(
                Marking(
                    f"m{len(markings) + 1}",
                    _MARKING_KINDS[kind],
                    page,
                    "margin" if place == "inline" else place,
                    None,
                    (),
                    None,
                    None,
                    controls,
                    fields,
                    source[span[0] : span[1]],
                    span,
                    "high",
                    begin,
                    end,
                )
            )
        else:
            furniture.append(Furniture(f"f{number + 1}", kind, page, place, n, span, begin, end))
    for inline in plan.inline:
        span = (inline.start, inline.end)
        begin = places.origin.to_text(inline.start)
        end = max(begin, places.origin.to_text(inline.end - 1) + 1)
        markings.append(
            Marking(
                "",
                "line",
                _page_at(starts, begin),
                "inline",
                inline.level,
                (),
                inline.level,
                "unchanged",
                inline.controls,
                {},
                source[span[0] : span[1]],
                span,
                "high",
                begin,
                end,
            )
        )
    for span, begin, end in places.stamps:
        words = source[span[0] : span[1]]
        page = _page_at(starts, begin)
        markings.append(
            Marking(
                "",
                "stamp",
                page,
                "inline",
                None,
                (),
                None,
                None,
                (),
                {},
                words,
                span,
                "high",
                begin,
                end,
            )
        )
    markings.sort(key=lambda marking: marking.span)
    ids = {marking.id: f"m{k}" for k, marking in enumerate(markings, 1)}
    markings = [marking._replace(id=f"m{k}") for k, marking in enumerate(markings, 1)]
    banner_ids = {
        place: [(ids[id_], banner) for id_, banner in found] for place, found in banner_ids.items()
    }
    return Tables(tuple(markings), tuple(furniture), _classification(plan, banner_ids))


def _printed(words: str) -> str:
    """The name of a notice in the register; one that is not there by its words."""
    line = " ".join(words.split())
    notice = notice_of(line)
    return notice.name if notice is not None else line.strip(" ~*_#|.").upper()


def banner_fields(banner: Banner) -> dict[str, Any]:
    """The fields of a banner; what it says more than once of one name is a list."""
    found: dict[str, list[str]] = {}
    for name, value in banner.said:
        found.setdefault(name, []).append(value)
    fields: dict[str, Any] = {
        name: values[0] if len(values) == 1 else values for name, values in found.items()
    }
    for name, controls in (("struck_controls", banner.gone), ("added_controls", banner.put)):
        if controls:
            fields[name] = list(controls)
    return fields


def _page_at(starts: list[int], offset: int) -> int:
    return max(1, bisect_right(starts, offset))


#: The banners of each page edge, with their ids; between the edges there may be several.
_Ids = dict[tuple[int, str], list[tuple[str, Banner]]]


def _classification(plan: Plan, ids: _Ids) -> Classification:
    found = plan.classified
    if found is None:
        return Classification()
    history = tuple(
        Step(
            step.action,
            step.was.name if step.was else None,
            step.is_.name if step.is_ else None,
            tuple(
                id_
                for place in dict.fromkeys(step.evidence)
                for id_, banner in ids.get(place, ())
                if step.is_ == banner.is_ or step.is_ in banner.through
            ),
            step.cert,
        )
        for step in found.steps
    )
    return Classification(
        found.draft.name if found.draft else None,
        found.final.name if found.final else None,
        history,
    )
