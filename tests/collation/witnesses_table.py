"""`python -m tests.collation.witnesses_table`: planted alignments, recovered side by side.

redline and, where it is installed, collatex (2.3, with and without near matches) are given the
same witnesses, cut into the same words, and asked which words belong together.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from redline.collation.witnesses import collate
from tests.collation.planted_witnesses import Copying, Planted, Recovery, Rows, planted, recovery

#: How many witnesses, each with as many plants as `SEEDS`.
COUNTS = (3, 4, 5, 6)
SEEDS = 6
#: Words of an archetype.
LENGTH = 300

By = Callable[[Planted], Rows]

#: By number of witnesses: what redline must reach, and the F1 of collatex with near matches for
#: the same witnesses (version 2.3).
FLOORS = {
    3: (Recovery(0.975, 0.990), 0.9811),
    4: (Recovery(0.965, 0.985), 0.9740),
    5: (Recovery(0.962, 0.984), 0.9706),
    6: (Recovery(0.962, 0.983), 0.9685),
}
#: Copyists of other habits, for the table alone: a change every fifth word; many moves; none.
HABITS = {
    "as above": Copying(),
    "careless": Copying(spelling=15, other=15, omission=15, addition=15, phrase=80, move=120),
    "no moves": Copying(move=0),
    "many moves": Copying(move=60),
}


def by_redline(truth: Planted) -> Rows:
    """The row in which each word's first letter stands."""
    table = collate(truth.texts)
    rows: dict[str, list[int]] = {}
    for k, siglum in enumerate(table.sigla):
        text, found, at, row = table.texts[k], rows.setdefault(siglum, []), 0, 0
        for word in truth.words[siglum]:
            at = text.index(word.text, at)
            while table.rows[row].cells[k][1] <= at:
                row += 1
            found.append(row)
            at += len(word.text)
    return rows


def by_collatex(truth: Planted, near: bool = True) -> Rows:
    """collatex's columns; it gets words, so how it would cut a text makes no difference."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import collatex

    witnesses = [
        {
            "id": siglum,
            "tokens": [{"t": f"{w.text} ", "n": w.text, "at": k} for k, w in enumerate(words)],
        }
        for siglum, words in truth.words.items()
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table: Any = collatex.collate({"witnesses": witnesses}, segmentation=False, near_match=near)
    rows = {siglum: [-1] * len(words) for siglum, words in truth.words.items()}
    for number, column in enumerate(table.columns):
        for siglum, tokens in column.tokens_per_witness.items():
            for token in tokens:
                rows[siglum][token.token_data["at"]] = number
    return rows


def recovered(
    by: By, count: int, seeds: int = SEEDS, copying: Copying | None = None
) -> list[Recovery]:
    """How well `count` witnesses were set beside each other, a figure for each plant."""
    plants = (planted(seed, count, LENGTH, copying) for seed in range(seeds))
    return [recovery(truth, by(truth)) for truth in plants]


def mean(found: list[Recovery]) -> Recovery:
    """Recall and precision, each on average."""
    return Recovery(
        sum(each.recall for each in found) / len(found),
        sum(each.precision for each in found) / len(found),
    )


def lines(competitors: dict[str, By]) -> Iterator[str]:
    """The table, a line a setting and competitor."""
    head = f"{'recall':>8}{'precision':>10}{'F1':>8}{'ms':>8}"
    yield f"{'copyists':12}{'witnesses':>10}  {'by':16}{head}"
    for habit, copying in HABITS.items():
        for count in COUNTS:
            for name, by in competitors.items():
                start = time.process_time()
                found = mean(recovered(by, count, copying=copying))
                ms = (time.process_time() - start) / SEEDS * 1000
                figures = f"{found.recall:8.4f}{found.precision:10.4f}{found.f1:8.4f}{ms:8.0f}"
                yield f"{habit:12}{count:10}  {name:16}{figures}"


def main() -> None:
    """Print it."""
    competitors: dict[str, By] = {"redline": by_redline}
    try:
        import collatex  # noqa: F401
    except ImportError:
        print("collatex is not installed (pip install collatex): redline alone")
    else:
        competitors["collatex"] = lambda truth: by_collatex(truth, near=False)
        competitors["collatex, near"] = by_collatex
    for line in lines(competitors):
        print(line, flush=True)


if __name__ == "__main__":
    main()
