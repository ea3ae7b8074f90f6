"""The text of the benchmark: invented prose with a revision every twelve words.

Typed lines of about 70 characters, numbered paragraphs, a heading now and then; deletions,
additions, substitutions in either order, one mark in another, marks over a line end. The
same words every time: a smaller text is the beginning of a larger one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

EVERY = 12  # words from one revision to the next
WIDTH = 70  # characters of a typed line

_WORDS = """
the of and to in a that for it on with as was by at from this which have not but had are were
committee harbour minister cable signal report estimate officer treaty garrison ferry railway
consul border delegation envoy council harvest customs pilot bridge island channel winter
summer coast province governor deputy secretary mission talks exchange proposal reply draft
supply coal timber grain shipping tariff licence quota depot survey inspection station tower
probable early recent doubtful limited formal joint northern southern inland coastal private
public firm cautious renewed final further earlier considerable moderate secret open present
expects reports believes doubts proposes accepts declines considers reviews intends continues
suggests remains appears agreed asked arrived returned moved opened closed reached raised
""".split()
_HEADINGS = ("PROBLEM", "DISCUSSION", "The harbour talks", "PROSPECTS", "The winter crossing")


def text(size: int) -> str:
    """At least `size` characters (all of them ASCII), ending with a whole paragraph."""
    blocks, length = [], 0
    for block in _blocks(random.Random(20240711)):
        blocks.append(block)
        length += len(block) + 2
        if length >= size:
            return "\n\n".join(blocks) + "\n"
    raise AssertionError("blocks never end")


_LEVELS = ("TOP SECRET", "SECRET", "CONFIDENTIAL")
_STAMP = """DOCUMENT NO. {n}
NO CHANGE IN CLASS. ☐
☒ DECLASSIFIED
CLASS. CHANGED TO: TS S C
NEXT REVIEW DATE: 1991
AUTH: HR 70-2
DATE: 11/2/81 REVIEWER: 0{n}"""


def marked_text(size: int) -> str:
    """At least `size` characters of marked pages: banners at both edges, struck and replaced on
    every third page, release lines, portion marks, marginal codes, now and then a stamp."""
    blocks, length, page = [], 0, 0
    paragraphs = _blocks(random.Random(20261121))
    while length < size:
        page += 1
        low = 1 + page % 2
        banner = _LEVELS[low]
        if page % 3 == 0:
            banner = f"~~{_LEVELS[low - 1]}~~\n{banner}"
        release = f"Approved For Release 2005/09/28 : CIA-RDP79R00904A{page:012}-3"
        portions = [f"({'TS' if n % 5 == 0 else 'C'}) {next(paragraphs)}" for n in range(4)]
        body = [release, banner, *portions, "25X1", banner, release]
        if page % 10 == 1:
            body.insert(3, _STAMP.format(n=10_000 + page))
        blocks += body
        length += sum(map(len, body)) + 2 * len(body)
    return "\n\n".join(blocks) + "\n"


def _blocks(rng: random.Random) -> Iterator[str]:
    number = 0
    while True:
        if number % 12 == 0:
            yield rng.choice(_HEADINGS)
        number += 1
        yield _typed([f"{number}.", *_sentences(rng, rng.randint(60, 180))])


def _sentences(rng: random.Random, count: int) -> Iterator[str]:
    """`count` words in sentences; a revision takes the place of every twelfth."""
    left, start = 0, True
    for k in range(count):
        if left == 0:
            left, start = rng.randint(8, 25), True
        left -= 1
        stop = "." if left == 0 or k == count - 1 else "," if rng.random() < 0.05 else ""
        if k % EVERY == 7:
            yield _revision(rng) + stop
        else:
            word = rng.choice(_WORDS)
            yield (word.capitalize() if start else word) + stop
        start = False


def _revision(rng: random.Random) -> str:
    def some(most: int) -> str:
        return " ".join(rng.choices(_WORDS, k=rng.randint(1, most)))

    kind = rng.random()
    if kind < 0.30:
        return f"~~{some(3)}~~ ^{{{some(3)}}}"
    if kind < 0.40:
        return f"^{{{some(3)}}} ~~{some(2)}~~"
    if kind < 0.65:
        return f"~~{some(4)}~~"
    if kind < 0.85:
        return f"^{{{some(4)}}}"
    if kind < 0.93:
        return f"~~{some(3)} ^{{{some(1)}}} {some(2)}~~"
    return f"^{{{some(2)} ~~{some(1)}~~ {some(2)}}}"


def _typed(words: list[str]) -> str:
    """Wrapped at WIDTH without looking at marks, so that some run over a line end."""
    lines, line, length = [], [], 0
    for word in " ".join(words).split(" "):
        if line and length + len(word) >= WIDTH:
            lines.append(" ".join(line))
            line, length = [], 0
        line.append(word)
        length += len(word) + 1
    lines.append(" ".join(line))
    return "\n".join(lines)
