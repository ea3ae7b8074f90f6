"""`python -m tests.bench`: redline against its neighbours and its floor, in one run.

Times are the least CPU seconds of several runs, taken in turn; figures are ratios wherever
the machine would matter. Exit status 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import redline
from tests.bench import collation, editing, measure, subjects
from tests.bench.shares import marking_share
from tests.bench.targets import IMPORT_FLOOR, KB, MB, TARGETS
from tests.bench.texts import marked_text, text

SIZES = (10 * KB, 100 * KB, MB, 10 * MB)
PANDOC_UP_TO = MB  # larger texts take it minutes
GROWTH_FROM, DOUBLINGS = 125 * KB, 4


class Figure(NamedTuple):
    key: str  # of TARGETS
    size: int | None  # characters of text
    value: float

    @property
    def met(self) -> bool | None:
        return TARGETS[self.key].met(self.value, self.size)


def both_readings(document: redline.Document) -> int:
    return len(document.reading("draft").text) + len(document.reading("final").text)


def speed(size: int, budget: float) -> Iterator[Figure]:
    words = text(size)
    floor = subjects.Floor(subjects.to_tei(words))
    running: dict[str, Callable[[], object]] = {
        "tei": lambda: subjects.to_tei(words),
        "markdown-it": lambda: subjects.to_html_by_markdown_it(words),
        "floor": floor.build,
    }
    if subjects.PANDOC and size <= PANDOC_UP_TO:
        running["pandoc"] = lambda: subjects.to_html_by_pandoc(words)
    seconds = measure.contest(running, budget=budget)
    yield Figure("tei", size, len(words) / MB / seconds["tei"])
    for rival in ("markdown-it", "pandoc"):
        if rival in seconds:
            yield Figure(rival, size, seconds[rival] / seconds["tei"])
    yield Figure("floor", size, seconds["tei"] / seconds["floor"])
    reading = measure.least(lambda: redline.parse(words), both_readings, rounds=3)
    yield Figure("readings", size, len(words) / MB / reading)


def shares(size: int) -> Iterator[Figure]:
    yield Figure("markings", size, marking_share(marked_text(size)))
    yield Figure("markings-prose", size, marking_share(text(size)))


def growth(start: int, doublings: int) -> Iterator[Figure]:
    """How much longer twice the text takes, step by step; linear work gives 2."""
    steps: dict[str, Callable[[redline.Document], object]] = {
        "growth-parse": lambda document: redline.parse(document.source.text),
        "growth-tei": lambda document: redline.dumps(document, "tei"),
        "growth-readings": both_readings,
    }
    before: dict[str, float] = {}
    for size in (start << n for n in range(doublings + 1)):
        words = text(size)
        for key, run in steps.items():
            now = measure.least(lambda words=words: redline.parse(words), run, rounds=3)
            if key in before:
                yield Figure(key, size, now / before[key])
            before[key] = now


def peaks(size: int) -> Iterator[Figure]:
    words = text(size)
    found = measure.memory(words)
    yield Figure("memory-parse", size, found["parse"] / len(words))
    yield Figure("memory-tei", size, found["tei"] / len(words))


def startup() -> Iterator[Figure]:
    best = measure.startups(
        {
            "bare": ["-c", "pass"],
            "floor": ["-c", IMPORT_FLOOR],
            "import": ["-c", "import redline"],
            "version": ["-m", "redline", "--version"],
        }
    )
    yield Figure("import", None, best["import"] / best["floor"])
    yield Figure("import-ms", None, (best["import"] - best["bare"]) * 1e3)
    yield Figure("version-ms", None, best["version"] * 1e3)


def projections(sizes: list[int], quick: bool) -> Iterator[Figure]:
    """Reading papers, and writing them."""
    if not subjects.PANDOC:
        print("pandoc is not installed: no figures against it", file=sys.stderr)
    yield from startup()
    yield from peaks(max(sizes))
    for size in sizes:
        yield from speed(size, budget=3.0 if quick else 20.0)
    yield from shares(min(max(sizes), MB))
    yield from growth(GROWTH_FROM, 2 if quick else DOUBLINGS)


def comparisons(sizes: list[int], quick: bool) -> Iterator[Figure]:
    """Comparing texts."""
    for peer in collation.missing():
        print(f"{peer} is absent: no figures against it", file=sys.stderr)
    for size in sizes:
        if peers := set(collation.left_out(size)) - set(collation.missing()):
            told = ", ".join(sorted(peers))
            print(f"not at {size:,} characters, too slow or too large: {told}", file=sys.stderr)
    for row in collation.figures(sizes, rounds=2 if quick else 5):
        yield Figure(*row)


def editors(sizes: list[int], quick: bool) -> Iterator[Figure]:
    """What an editor waits for."""
    for row in editing.figures(sizes, rounds=3 if quick else 5):
        yield Figure(*row)


PARTS = {"projections": projections, "collation": comparisons, "editing": editors}


def show(figure: Figure) -> str:
    target = TARGETS[figure.key]
    size = ""
    if figure.size:
        size = f"{figure.size / MB:.3g} MB" if figure.size >= MB else f"{figure.size / KB:.3g} KB"
    bound, verdict = "", ""
    if target.most is not None:
        bound = f"{'≤' if target.most else '≥'} {target.bound:g}"
        verdict = {True: "pass", False: "MISS", None: "not bound at this size"}[figure.met]
    return (
        f"{target.what:<52} {size:>8} {figure.value:>8.2f} {target.unit:<6} {bound:>6}  {verdict}"
    ).rstrip()


def bytes_of(word: str) -> int:
    """`10KB`, `1MB`, `20000`: a size as the option takes it."""
    word = word.upper().removesuffix("B")
    factor = {"K": KB, "M": MB}.get(word[-1:], 1)
    return int(float(word.rstrip("KM")) * factor)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=bytes_of,
        metavar="SIZE",
        help="of the texts, as 10KB or 1MB (default: 10KB 100KB 1MB 10MB)",
    )
    parser.add_argument("--only", choices=PARTS, help="one part of the figures")
    parser.add_argument("--quick", action="store_true", help="10 KB and 100 KB, fewer rounds")
    parser.add_argument("--json", action="store_true", help="the figures as JSON lines")
    chosen = parser.parse_args(arguments)
    sizes = chosen.sizes or list(SIZES[:2] if chosen.quick else SIZES)
    parts = [PARTS[chosen.only]] if chosen.only else PARTS.values()
    missed = 0
    for figure in (figure for part in parts for figure in part(sizes, chosen.quick)):
        missed += figure.met is False
        if chosen.json:
            print(json.dumps({**figure._asdict(), "met": figure.met}), flush=True)
        else:
            print(show(figure), flush=True)
    if missed and not chosen.json:
        print(f"\n{missed} figures miss their target")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
