"""Papers that bring a careless reader to its knees, each of any size."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Maker = Callable[[int], str]

SENTENCE = "the dues of the harbour were not ~~paid in~~ ^{counted for} the year before "


class Hostile(NamedTuple):
    """A paper of any size: `make(n)` has n of what makes it hostile. It is judged at n and 2n."""

    make: Maker
    n: int


def _crossing(n: int) -> str:
    return "~~a ^{b~~ c} " * n


def _crossing_ladder(n: int) -> str:
    """Marks in which each crosses its neighbours, all in one paragraph."""
    return "~~a " + "^{b~~ c ~~d} " * n


def _nested(n: int) -> str:
    return "^{a " * n + "b" + " c}" * n


def _one_line(n: int) -> str:
    return SENTENCE * (n // len(SENTENCE) + 1)


def _cells(n: int) -> str:
    return "| a | ~~b~~ |\n|---|---|\n" + "| c ~~d~~ | ^{e} |\n" * n


def _page_marks(n: int) -> str:
    return "".join(f"The dues were [Page {i}] not ~~paid~~ ^{{counted}} yet.\n\n" for i in range(n))


def _note_references(n: int) -> str:
    references = "".join(f"The dues.^{{{i}}} " for i in range(1, n))
    bodies = "".join(f"^{{{i}}} A note of few words.\n\n" for i in range(1, n))
    return f"{references}\n\n---\n\n{bodies}"


def _banners(n: int) -> str:
    return "~~TOP SECRET~~\nCONFIDENTIAL\n\n" * n


def _pages(n: int) -> str:
    """Each page ends within a sentence and within a struck passage."""
    return "SECRET\n\nthe dues ~~of the\n\nSECRET\n\nSECRET\n\nharbour~~ were not\n\nSECRET\n\n" * n


HOSTILE = {
    "unclosed strikes": Hostile("~~a ".__mul__, 50_000),
    "unopened strikes": Hostile("a~~ ".__mul__, 25_000),
    "runs of strikes": Hostile("~~".__mul__, 25_000),
    "additions nested": Hostile(_nested, 50_000),
    "unclosed additions": Hostile("^{".__mul__, 50_000),
    "unclosed angles": Hostile("^<a ".__mul__, 25_000),
    "closers": Hostile("} > ".__mul__, 25_000),
    "one line": Hostile(_one_line, 2_500_000),
    "one word": Hostile("a".__mul__, 2_500_000),
    "carets": Hostile("^".__mul__, 50_000),
    "banners": Hostile("SECRET\n\n".__mul__, 10_000),
    "struck banners": Hostile(_banners, 3_000),
    "blank lines": Hostile("\n".__mul__, 100_000),
    "spaces": Hostile(" ".__mul__, 500_000),
    "spaced strikes": Hostile(lambda n: "a" + " " * n + "~~b~~" + " " * n + "c", 100_000),
    "backticks": Hostile(lambda n: " ".join("`" * (1 + i % 300) for i in range(n // 150)), 50_000),
    "single backticks": Hostile(lambda n: "`" + " ``" * n, 25_000),
    "dollars": Hostile("$a ".__mul__, 25_000),
    "brackets": Hostile("[".__mul__, 25_000),
    "brackets with words": Hostile("[Page [hw: [x ".__mul__, 20_000),
    "asterisks": Hostile("*".__mul__, 25_000),
    "asterisks with words": Hostile("*a **b ".__mul__, 12_500),
    "underscores": Hostile("_a ".__mul__, 25_000),
    "backslashes": Hostile("\\".__mul__, 100_000),
    "hyphens": Hostile("a-\n".__mul__, 10_000),
    "fences": Hostile("```\na\n\n````\n".__mul__, 5_000),
    "crossing pairs": Hostile(_crossing, 4_000),
    "crossing ladder": Hostile(_crossing_ladder, 5_000),
    "marks in a row": Hostile("~~a~~ ^{b} ".__mul__, 10_000),
    "one mark over a long line": Hostile(lambda n: "~~" + "a b " * n + "~~ ^{c}", 100_000),
    "words as paragraphs": Hostile("word\n\n".__mul__, 10_000),
    "sentences as paragraphs": Hostile(
        "The harvest was good that year, and the men went home by the ferry.\n\n".__mul__, 2_000
    ),
    "portion marks": Hostile("(S/NF) The pier is old.\n\n".__mul__, 2_000),
    "hyphens beside strikes": Hostile("~~a-~~\n".__mul__, 10_000),
    "bare lines": Hostile("the dues were not\n".__mul__, 20_000),
    "struck lines": Hostile("~~a~~\n".__mul__, 10_000),
    "headings": Hostile("# A ~~b~~\n\n## C\n\n".__mul__, 3_000),
    "headings one in another": Hostile("#### A\n\n### B\n\n## C\n\n# D\n\n".__mul__, 2_500),
    "list items": Hostile("- a ~~b~~ ^{c}\n".__mul__, 5_000),
    "lists one in another": Hostile(
        lambda n: "".join("  " * (i % 60) + "- a\n" for i in range(n)), 5_000
    ),
    "table": Hostile(_cells, 10_000),
    "pipes": Hostile("|".__mul__, 100_000),
    "page marks": Hostile(_page_marks, 3_000),
    "marks over pages": Hostile(_pages, 1_500),
    "note references": Hostile(_note_references, 2_500),
    "paragraph numbers": Hostile(
        lambda n: "".join(f"{i}. The dues ~~were~~ paid.\n\n" for i in range(n)), 4_000
    ),
    "boxes": Hostile("☐ DECLASSIFIED\nNEXT REVIEW DATE:\n\n".__mul__, 4_000),
    "release lines": Hostile(
        "Approved For Release 2004/05/06 : ABC-RDP11A22222R000300040005-6\n\n".__mul__, 5_000
    ),
    "unlike code points": Hostile("é\U0001f5ce\u0301 ~~\u202e~~ ".__mul__, 10_000),
}
"""Name to paper."""
