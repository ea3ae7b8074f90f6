"""Law 6: decisions in any order; the settled text reads as it did before settling."""

from __future__ import annotations

from typing import Literal

from hypothesis import example, given
from hypothesis import strategies as st

import redline
from redline.model import Document
from redline.spans import Span
from tests.laws.test_source_law import check_origin, check_ranges
from tests.laws.test_span_law import read_naively
from tests.strategies import flat, papers

Decision = Literal["accepted", "rejected"]
STAGES = ("draft", "final")


def decide(document: Document, decisions: list[tuple[str, Decision]]) -> Document:
    for id_, decision in decisions:
        document = document.accept(id_) if decision == "accepted" else document.reject(id_)
    return document


def readings(document: Document) -> dict[str, str]:
    return {stage: document.reading(stage).text for stage in STAGES}


@st.composite
def decisions(draw: st.DrawFn, document: Document) -> list[tuple[str, Decision]]:
    """Some revisions in some order, each with a decision."""
    ids = [act.id for act in document.acts]
    chosen = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    verdicts: st.SearchStrategy[Decision] = st.sampled_from(("accepted", "rejected"))
    return [(id_, draw(verdicts)) for id_ in chosen]


@given(papers)
@example("a ~~b ^{c} d~~ e ~~f~~ ^{g ~~h~~ i} j ~~k ^{l~~ m} n")
def test_all_accepted_is_final_and_all_rejected_is_draft(text: str) -> None:
    document = redline.parse(text)
    before = readings(document)
    ids = [act.id for act in document.acts]
    assert readings(document.accept(*ids)) == dict.fromkeys(STAGES, before["final"])
    assert readings(document.reject(*ids)) == dict.fromkeys(STAGES, before["draft"])
    assert readings(document) == before


@given(papers, st.data())
def test_decisions_hold_in_any_order(text: str, data: st.DataObject) -> None:
    document = redline.parse(text)
    some = data.draw(decisions(document))
    decided = decide(document, some)
    assert decide(document, data.draw(st.permutations(some))) == decided
    turned = [(id_, data.draw(st.sampled_from(("accepted", "rejected")))) for id_, _ in some]
    assert decide(decide(document, turned), some) == decided


@given(papers, st.data())
@example("a ~~b ^{c} d~~ e", None)
def test_settled_reads_as_before(text: str, data: st.DataObject | None) -> None:
    document = redline.parse(text)
    ids = [act.id for act in document.acts]
    some = data.draw(decisions(document)) if data else [(id_, "accepted") for id_ in ids]
    decided = decide(document, some)
    settled = decided.settle()
    assert readings(settled) == readings(decided)
    assert all(read_naively(settled, stage) == readings(settled)[stage] for stage in STAGES)
    assert settled.source == document.source
    left = {act.id for act in settled.acts}
    assert left <= set(ids) - {id_ for id_, _ in some}
    check_tables(settled)
    if settled.acts == ():
        assert readings(settled)["draft"] == readings(settled)["final"]


def check_tables(document: Document) -> None:
    """Everything stands in the text, and maps to its like in the source."""
    check_ranges(document)
    check_origin(document)
    starts = [span.start for span in document.spans]
    assert starts == sorted(starts)
    names = {span.id for span in document.spans}
    for act in document.acts:
        assert act.parts
        assert {document.spans[k].id for k in act.parts} == {act.id}
        assert act.within is None or act.within in names
        assert set(act.joined) <= {other.id for other in document.acts}


@given(papers, st.data())
def test_settling_in_steps_is_settling_at_once(text: str, data: st.DataObject) -> None:
    document = redline.parse(text)
    some = data.draw(decisions(document))
    decided = decide(document, some)
    at_once = decided.settle()
    stepwise = decided
    for id_, _ in data.draw(st.permutations(some)):
        if id_ in stepwise.act_of:
            stepwise = stepwise.settle(id_)
    assert (stepwise.text, stepwise.origin) == (at_once.text, at_once.origin)
    for table in ("revisions", "blocks", "pages", "notes", "markings", "furniture"):
        assert getattr(stepwise, table) == getattr(at_once, table)
    assert marks(stepwise) == marks(at_once)
    assert at_once.settle() == at_once


def marks(document: Document) -> list[Span]:
    """The spans but for line edges: whether one stands inside of what goes may depend on steps."""
    return [span for span in document.spans if not span.kind.startswith("lb")]


@given(flat, st.data())
@example("So ^{it} ~~he~~ ^{is} ~~was~~ ^{then} ~~now~~ there.", None)
def test_decided_prose_doubles_no_space(text: str, data: st.DataObject | None) -> None:
    document = redline.parse(text)
    some = data.draw(decisions(document)) if data else [(document.acts[1].id, "accepted")]
    for reading in readings(decide(document, some)).values():
        assert "  " not in reading
