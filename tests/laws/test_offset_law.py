"""Law 10: an edit's offset map agrees with applying it; its inverse undoes it; two are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.diagnostics import EditError
from redline.edit import Change, Edit

_words = st.text(alphabet="ab ", max_size=4)


@st.composite
def edits(draw: st.DrawFn, text: str) -> Edit:
    """Any edit of a text: insertions, removals, replacements, side by side too."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    changes = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        inserted = draw(_words)
        changes.append(Change(start, text[start:end], inserted))
    return Edit.of(changes)


def naive(text: str, edit: Edit) -> list[int | str]:
    """The text after: for every character kept its old offset, for every new one itself."""
    cells: list[int | str] = list(range(len(text)))
    for change in reversed(edit.changes):
        cells[change.start : change.end] = list(change.inserted)
    return cells


@given(_words.map(lambda text: text * 3), st.data())
def test_the_map_agrees_with_applying(text: str, data: st.DataObject) -> None:
    edit = data.draw(edits(text))
    after = naive(text, edit)
    assert edit.apply(text) == "".join(text[c] if isinstance(c, int) else c for c in after)
    for at, cell in enumerate(after):
        if isinstance(cell, int):
            assert edit.map(cell, "after") == at
            assert edit.map(cell + 1, "before") == at + 1
            assert edit.inverse.map(at, "after") == cell
    for side in ("before", "after"):
        mapped = [edit.map(k, side) for k in range(len(text) + 1)]
        assert mapped == sorted(mapped)
        assert 0 <= mapped[0] <= mapped[-1] <= len(after)
    assert all(edit.map(k, "before") <= edit.map(k, "after") for k in range(len(text) + 1))


@given(_words.map(lambda text: text * 3), st.data())
def test_the_inverse_undoes_it(text: str, data: st.DataObject) -> None:
    edit = data.draw(edits(text))
    after = edit.apply(text)
    assert edit.inverse.apply(after) == text
    assert edit.inverse.inverse == edit
    assert edit.then(edit.inverse) == Edit()


@given(_words.map(lambda text: text * 3), st.data())
def test_two_edits_are_one(text: str, data: st.DataObject) -> None:
    one = data.draw(edits(text))
    middle = one.apply(text)
    two = data.draw(edits(middle))
    both = one.then(two)
    after = two.apply(middle)
    assert both.apply(text) == after
    assert both.inverse.apply(after) == text
    assert both == Edit.of(both.changes)
    three = data.draw(edits(after))
    end = three.apply(after)
    assert one.then(two).then(three).apply(text) == one.then(two.then(three)).apply(text) == end


def test_another_text_is_refused() -> None:
    edit = Edit((Change(4, "old", "new"),))
    with pytest.raises(EditError, match="at 4 it has 'new' for 'old'"):
        edit.apply("the new pier")
    with pytest.raises(EditError, match="-1 is no offset"):
        edit.map(-1)
    with pytest.raises(EditError, match="two changes at 3"):
        Edit.of([Change(2, "ab", "c"), Change(3, "b", "d")])
