"""No sign of native notation comes into the words that another notation is read as."""

from __future__ import annotations

from random import Random

import pytest

from redline.formats import loads

#: Signs of a notation, thrown together in any order.
SIGNS = {
    "bentham": ("<del>", "</del>", "<add>", "</add>", "<p>", "</p>", "<head>", "</head>", "<lb/>"),
    "criticmarkup": ("{++", "++}", "{--", "--}", "{==", "==}", "{>>", "<<}"),
    "latex": (r"\added{", r"\deleted{", "}", r"\section{", r"\replaced{a}{"),
    "leiden": ("〚", "〛", "\\", "/", "<:", "|subst|", ":>", "||left:", "||"),
    "smithsonian": ("[[strikethrough]]", "[[/strikethrough]]", "^[[", "]]", "[[?]]", "|"),
    "wdiff": ("[-", "-]", "{+", "+}"),
}
WORDS = ("a", "Word ", "one. ", " ", "\n", "\n\n", "- ", "# ", "\f", "[Page 2]")


@pytest.mark.parametrize("format", SIGNS)
def test_no_sign_is_left(format: str) -> None:
    for seed in range(400):
        random = Random(seed)
        text = "".join(
            random.choice(SIGNS[format] + WORDS) for _ in range(random.randint(2, 30))
        )
        document = loads(text, format)
        for stage in ("draft", "final"):
            words = document.reading(stage).text
            assert not any(sign in words for sign in ("~~", "^{", "{id=", "{stage=")), text
