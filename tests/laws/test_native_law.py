"""What is written in the native notation reads as the document that was written."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

import redline
from tests.laws.test_edit_law import decide, decisions, readings
from tests.strategies import papers


@given(papers, st.data())
def test_a_decided_document_is_written_without_the_marks(text: str, data: st.DataObject) -> None:
    document = redline.parse(text)
    decided = decide(document, data.draw(decisions(document)))
    written = redline.dumps(decided, "native")
    assert readings(redline.parse(written)) == readings(decided)
    assert redline.dumps(decided.settle(), "native") == written
