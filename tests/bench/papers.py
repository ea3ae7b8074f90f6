"""The collection of the benchmark: invented papers, with a plan of what was put into them.

`papers(count, seed)` gives so many papers of three pages on average (one to five), each a
memorandum with a letterhead, a date, numbered paragraphs and a banner at both edges of every
page. What is planted is told beside the text, in `Paper.planted`:

- **deletions, additions, substitutions**, about one in eighty words, from small lists of words;
  one paper in seven has a *softened* verb (``were`` → ``may have been``), one in eleven a
  *hardened* one (``may`` → ``will``), one in thirteen ``certain`` → ``likely``;
- **levels**: the banners of every third paper are struck and replaced by the next lower level;
- **release lines** on every page of every second paper, with a year;
- **reviewers' stamps** on every tenth paper;
- **an exemption code**, ``25X1``, in the margin of every fifth.

The same seed gives the same papers on every machine: only `random.Random.random` is asked, whose
numbers Python promises not to change.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["Paper", "paper", "papers", "write"]

SEED = 20261121
LEVELS = ("TOP SECRET", "SECRET", "CONFIDENTIAL")
_WORDS = """
harbour cable signal estimate garrison ferry railway consul border delegation envoy council
harvest customs pilot bridge island channel winter coast province governor deputy talks proposal
supply timber grain shipping tariff licence quota depot survey station tower northern southern
inland coastal private public cautious formal early recent limited joint considerable moderate
""".split()
_VERBS = "reached opened closed crossed guarded supplied surveyed repaired visited watched".split()
_STRUCK = "gravely openly largely promptly quietly".split()
_PUT_IN = "perhaps later partly gradually briefly".split()
_PAIRS = (
    ("ministers", "officials"),
    ("in spring", "before summer"),
    ("many", "several"),
    ("the fleet", "two ships"),
)
_MONTHS = "January March May July September November".split()


class Paper(NamedTuple):
    """A paper: its name, its text, and what is planted in it, counted by what it is."""

    name: str
    text: str
    pages: int
    year: int
    was: str
    now: str
    planted: Counter[tuple[str, ...]]


def papers(count: int, seed: int = SEED) -> Iterator[Paper]:
    """So many papers; a smaller collection is the beginning of a larger one."""
    for n in range(count):
        yield paper(n, seed)


def paper(n: int, seed: int = SEED) -> Paper:
    """The paper of this number."""
    rng = random.Random(seed * 1_000_003 + n)
    planted: Counter[tuple[str, ...]] = Counter()
    pages = 1 + (n * 2 + n // 5) % 5
    year = 1947 + n % 40
    was = LEVELS[n % 2]
    now = LEVELS[n % 2 + 1] if n % 3 == 0 else was
    if was != now:
        planted["downgrade", was, now] += 1
    banner = f"~~{was}~~\n{now}" if was != now else was
    released = f"{1995 + n % 15}/0{1 + n % 9}/1{n % 9}"
    release = f"Approved For Release {released} : CIA-RDP79R00904A{n:012}-3"
    blocks: list[str] = []
    for page in range(pages):
        if n % 2:
            blocks.append(release)
            planted["release"] += 1
        blocks.append(banner)
        if page == 0:
            blocks += [
                "OFFICE OF COASTAL ESTIMATES",
                f"{1 + n % 28} {_MONTHS[n % 6]} {year}",
                f"SUBJECT: The {_of(rng, _WORDS)} of paper {n}",
            ]
            planted["dated", str(year)] += 1
            if n % 10 == 4:
                blocks.append(_stamp(n))
                planted["reviewer", f"{100_000 + n % 37:06}"] += 1
        for k in range(3):
            blocks.append(_paragraph(rng, 3 * page + k + 1, planted))
        if page == 0:
            blocks += _verbs(n, planted)
            if n % 5 == 2:
                blocks.append("25X1")
                planted["code", "25X1"] += 1
        blocks.append(banner)
    name = f"box{n // 1000:03}/folder{n // 100 % 10}/paper{n:06}.txt"
    return Paper(name, "\n\n".join(blocks) + "\n", pages, year, was, now, planted)


def _of(rng: random.Random, words: Sequence[str]) -> str:
    return words[int(rng.random() * len(words))]


def _sentence(rng: random.Random, planted: Counter[tuple[str, ...]]) -> str:
    words = ["The", _of(rng, _WORDS), _of(rng, _WORDS)]
    what = rng.random()
    if what < 0.06:
        struck = _of(rng, _STRUCK)
        words.append(f"~~{struck}~~")
        planted["deletion", struck] += 1
    elif what < 0.12:
        added = _of(rng, _PUT_IN)
        words.append(f"^{{{added}}}")
        planted["addition", added] += 1
    words += [_of(rng, _VERBS), "the", _of(rng, _WORDS), "of"]
    if 0.12 <= what < 0.2:
        old, new = _PAIRS[int(rng.random() * len(_PAIRS))]
        # Typists did it in either order.
        words.append(f"~~{old}~~ ^{{{new}}}" if rng.random() < 0.5 else f"^{{{new}}} ~~{old}~~")
        planted["substitution", old, new] += 1
    words += ["the", _of(rng, _WORDS), "beyond", "the", _of(rng, _WORDS)]
    return " ".join(words) + "."


def _paragraph(rng: random.Random, number: int, planted: Counter[tuple[str, ...]]) -> str:
    count = 5 + int(rng.random() * 6)
    return f"{number}. " + " ".join(_sentence(rng, planted) for _ in range(count))


def _verbs(n: int, planted: Counter[tuple[str, ...]]) -> Iterator[str]:
    for every, old, new in (
        (7, "were", "may have been"),
        (11, "may", "will"),
        (13, "certain", "likely"),
    ):
        if n % every == 0:
            yield f"Losses at sea ~~{old}~~ ^{{{new}}} for the convoy of that winter."
            planted["substitution", old, new] += 1


def _stamp(n: int) -> str:
    return f"""DOCUMENT NO. {1 + n % 90}
NO CHANGE IN CLASS. ☐
☒ DECLASSIFIED
CLASS. CHANGED TO: TS S C
NEXT REVIEW DATE:
AUTH: HR 70-2
DATE: 11/2/81 REVIEWER: {100_000 + n % 37:06}"""


def write(folder: Path, count: int, seed: int = SEED) -> Counter[tuple[str, ...]]:
    """Write a collection to a folder; gives what is planted in all of it, with the number of
    pages under ``("pages",)``."""
    planted: Counter[tuple[str, ...]] = Counter()
    for each in papers(count, seed):
        path = folder / each.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each.text, encoding="utf-8")
        planted.update(each.planted)
        planted["pages",] += each.pages
    return planted
