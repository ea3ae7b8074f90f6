"""Two texts compared: redline and its neighbours on the same words, in the same run.

The texts are the draft and the final reading of the benchmark's paper, cut to size. `align` and
the libraries that compare sequences are given the words as they want them (integers, strings, one
character a word), and only their search is measured; `compare`, the libraries that compare texts
and the programs get the texts and do all their work. Of a program the whole run counts: start,
reading, comparing, writing. difflib, whose time is that of equal pairs, gets words with their
punctuation, which are fewer and seldomer equal: with the same words as the others it takes twice
as long.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import redline
from redline.collation.align import Alignment, align
from redline.collation.comparison import compare
from redline.collation.units import align_texts, numbered, units
from tests.bench import measure
from tests.bench.targets import KB, MB
from tests.bench.texts import text

#: So many words is a size of its own.
WORDS = 20_000
#: Larger ones take minutes (difflib does so at 1 MB already, which a target names) or, with
#: rapidfuzz, which keeps a bit for every pair of words, gigabytes.
UP_TO = {
    "difflib": MB,
    "diff-match-patch": 100 * KB,
    "fast-diff-match-patch": MB,
    "rapidfuzz": 200 * KB,
    "redlines": 200 * KB,
    "collatex": 10 * KB,
}
#: A subject that has had so many seconds is not run again.
PATIENCE = 5.0
_MODULES = {
    "diff-match-patch": "diff_match_patch",
    "fast-diff-match-patch": "fast_diff_match_patch",
    "rapidfuzz": "rapidfuzz",
    "redlines": "redlines",
    "collatex": "collatex",
    "pygit2": "pygit2",
}
_PROGRAMS = {"wdiff": "wdiff", "git": "git"}
PEERS = ("difflib", *_MODULES, *_PROGRAMS)


class Row(NamedTuple):
    """A figure: its key in the table of targets, the size of its text, its value."""

    key: str
    size: int
    value: float


def missing() -> list[str]:
    """Which peers are not installed."""
    modules = [peer for peer, module in _MODULES.items() if find_spec(module) is None]
    return modules + [peer for peer, name in _PROGRAMS.items() if shutil.which(name) is None]


def left_out(size: int) -> list[str]:
    """Which peers are too slow, or too large, for texts of a size."""
    return [peer for peer, most in UP_TO.items() if size > most]


# -- the texts ----------------------------------------------------------------------------------


class Texts(NamedTuple):
    """Two texts, and their words (white space left out) as integers."""

    a: str
    b: str
    a_words: list[int]
    b_words: list[int]


def pair(size: int) -> tuple[str, str]:
    """Both readings of a paper, of about so many characters each."""
    paper = redline.parse(text(size * 6 // 5))  # a sixth of it is marks and the other reading
    return tuple(_cut(paper.reading(stage).text, size) for stage in ("draft", "final"))  # type: ignore[return-value]


def _cut(words: str, size: int) -> str:
    end = words.rfind(" ", 0, size + 1)
    return words if len(words) <= size or end < 0 else words[:end]


def texts(size: int) -> Texts:
    a, b = pair(size)
    all_a, all_b = units(a), units(b)
    numbers = numbered(a, all_a, b, all_b)
    a_words, b_words = (
        [n for n, start in zip(ids, found.starts, strict=True) if not whole[start].isspace()]
        for ids, found, whole in zip(numbers, (all_a, all_b), (a, b), strict=True)
    )
    return Texts(a, b, a_words, b_words)


# -- who compares -------------------------------------------------------------------------------


def _characters(items: Sequence[int]) -> str:
    """One character a word; none of them a surrogate."""
    return "".join(chr(n + 1 if n < 0xD7FF else n + 0x801) for n in items)


@contextmanager
def subjects(given: Texts) -> Iterator[dict[str, Callable[[], object]]]:
    """Everybody who is here, ready to run."""
    a, b, a_words, b_words = given
    x, y = _characters(a_words), _characters(b_words)
    run: dict[str, Callable[[], object]] = {
        "align": lambda: align(a_words, b_words),
        "align_texts": lambda: align_texts(a, b),
        "compare": lambda: compare(a, b),
        "difflib": _difflib(a, b),
    }
    gone = {*missing(), *left_out(max(len(a), len(b)))}
    if "diff-match-patch" not in gone:
        from diff_match_patch import diff_match_patch

        exact = diff_match_patch()
        exact.Diff_Timeout = 0
        run["diff-match-patch"] = lambda: exact.diff_main(x, y, False)
    if "fast-diff-match-patch" not in gone:
        from fast_diff_match_patch import diff

        run["fast-diff-match-patch"] = lambda: diff(x, y, timelimit=0, cleanup="No")
    if "rapidfuzz" not in gone:
        from rapidfuzz.distance import Indel

        run["rapidfuzz"] = lambda: Indel.opcodes(a_words, b_words)
    if "redlines" not in gone:
        from redlines import Redlines

        run["redlines"] = lambda: Redlines(a, b).opcodes
    if "collatex" not in gone:
        import collatex

        def tables() -> object:
            witnesses = collatex.Collation()
            witnesses.add_plain_witness("A", a)
            witnesses.add_plain_witness("B", b)
            return collatex.collate(witnesses)

        run["collatex"] = tables
    if "pygit2" not in gone:
        import pygit2

        # libgit2 knows lines only: one word a line.
        lines = ["".join(f"{n}\n" for n in items).encode() for items in (a_words, b_words)]
        run["pygit2"] = lambda: pygit2.Patch.create_from(*lines, context_lines=0).hunks
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, name)) for name in ("a.txt", "b.txt")]
        for path, words in zip(files, (a, b), strict=True):
            Path(path).write_text(words, encoding="utf-8")
        if "wdiff" not in gone:
            run["wdiff"] = lambda: _program("wdiff", *files)
        if "git" not in gone:
            run["git"] = lambda: _program("git", "diff", "--no-index", "--word-diff", *files)
        run = {name: subject for name, subject in run.items() if name not in gone}
        yield run


def _difflib(a: str, b: str) -> Callable[[], object]:
    left, right = a.split(), b.split()
    return lambda: SequenceMatcher(None, left, right, autojunk=False).get_opcodes()


def _program(*command: str) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):  # 1: there are differences
        raise subprocess.CalledProcessError(done.returncode, command)


def contest(run: dict[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """The least CPU seconds of each, in rounds; who is slow runs less often."""
    best = dict.fromkeys(run, float("inf"))
    spent = dict.fromkeys(run, 0.0)
    for _ in range(rounds):
        for name, subject in run.items():
            if spent[name] < PATIENCE:
                seconds = measure.cpu(subject)
                best[name] = min(best[name], seconds)
                spent[name] += seconds
    return best


# -- the figures --------------------------------------------------------------------------------


def distance(found: Alignment) -> int:
    """Words left over on either side."""
    return sum(
        block.a_end - block.a_start + block.b_end - block.b_start
        for block in found.blocks
        if not block.equal
    )


def figures(sizes: list[int], rounds: int = 5) -> Iterator[Row]:
    """All figures of texts of the sizes, and of one with so many words as the target names."""
    whole: dict[int, float] = {}
    for size in sizes:
        given = texts(size)
        if size <= UP_TO["rapidfuzz"] and "rapidfuzz" not in missing():
            yield Row("align-distance", size, _over(given))
        with subjects(given) as run:
            seconds = contest(run, rounds)
        whole[size] = seconds["compare"]
        for name in ("align", "align_texts", "compare"):
            yield Row(f"{name}-speed", size, len(given.a) / MB / seconds[name])
        for peer in PEERS:
            if peer in seconds:
                yield Row(f"align-{peer}", size, seconds[peer] / seconds["align"])
                yield Row(f"compare-{peer}", size, seconds[peer] / seconds["compare"])
        if size // 10 in whole:
            yield Row("compare-growth", size, whole[size] / whole[size // 10])
    yield from _by_words(rounds, WORDS if max(sizes) >= 100 * KB else max(sizes) // 6)
    found = memory(*pair(max(sizes)))
    yield Row("align-memory", max(sizes), found["align"])
    yield Row("compare-memory", max(sizes), found["compare"])


def _by_words(rounds: int, count: int) -> Iterator[Row]:
    a, b = (" ".join(words.split(" ")[:count]) for words in pair(count * 7))
    seconds = contest({"compare": lambda: compare(a, b), "difflib": _difflib(a, b)}, rounds)
    yield Row("compare-difflib-words", round(len(a), -3), seconds["difflib"] / seconds["compare"])


def _over(given: Texts) -> float:
    """Words left over, for each that must be."""
    from rapidfuzz.distance import Indel

    least = Indel.distance(given.a_words, given.b_words)
    return distance(align(given.a_words, given.b_words)) / least if least else 1.0


_MEMORY = f"""
import json, sys
{measure.PEAK}
from redline.collation.comparison import compare
from redline.collation.units import align_texts

compare("The old harbour was clsed.", "The harbour is closed. ")  # so that all is imported
before = peak()
a, b = (open(path, encoding="utf-8", newline="").read() for path in sys.argv[1:])
align_texts(a, b)
aligned = peak() - before
compare(a, b)
print(json.dumps({{"align": aligned, "compare": peak() - before}}))
"""


def memory(a: str, b: str) -> dict[str, float]:
    """Peak bytes above the imported program, for each character of the longer text; the texts
    themselves included."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, name)) for name in ("a.txt", "b.txt")]
        for path, words in zip(files, (a, b), strict=True):
            Path(path).write_text(words, encoding="utf-8", newline="")
        command = [sys.executable, "-c", _MEMORY, *files]
        done = subprocess.run(command, cwd=measure.ROOT, capture_output=True, text=True, check=True)
    size = max(len(a), len(b))
    return {name: peak / size for name, peak in json.loads(done.stdout).items()}
