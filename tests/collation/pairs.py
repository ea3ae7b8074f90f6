"""Pairs of texts: papers in two versions, and any two strings at all."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    *("the", "pilots", "may", "were", "not", "Strait", "of", "ice", "to-day", "today", "grain"),
    *("25", "twenty-five", "U.S.", "“so”", '"so"', "~~a~~", "^{b}", "<p>", "&", "SECRET", "modern"),
    *("modem", "é", "e\u0301", "\U0001d518", "水", "-", "...", "colour", "color"),
)
GAPS = (" ", " ", " ", " ", "\n", "\n\n", "\n\n", "  ", "\t", "\r\n", "\u00a0")
#: What breaks programs: halves of characters, ends of lines of every kind, marks.
ODD = "ab \n\r\t\f\x00\u0301\u2028\ud800\udc00\U0001f5ce~^{}<>&`$[]|*#-1."


def _joined(parts: list[tuple[str, str]]) -> str:
    return "".join(word + gap for word, gap in parts)


sentences = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=24)


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same with a few changes."""
    parts = draw(sentences)
    other = list(parts)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(other)))
        end = min(len(other), at + draw(st.integers(0, 5)))
        piece = draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=3))
        if draw(st.booleans()):
            piece = []
            to = draw(st.integers(0, len(other) - (end - at)))
            moved = other[at:end]
            del other[at:end]
            other[to:to] = moved
        else:
            other[at:end] = piece
    return _joined(parts), _joined(other)


strings = st.one_of(st.text(), st.text(alphabet=ODD), st.text(alphabet="ab \n"))
#: Any two strings at all, and any two versions of a text.
pairs = st.one_of(versions(), st.tuples(strings, strings))
