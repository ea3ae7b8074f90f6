"""What an editor waits for: reading while somebody types, decisions, edits, files in TEI.

Reading TEI is held against lxml, which parses the same file into its tree and finds no revision in
it: the growth of time and memory, from one size to five times it, says whether either is linear.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from lxml import etree

import redline
from redline import edit
from tests.bench import measure, subjects
from tests.bench.collation import Row
from tests.bench.targets import MB
from tests.bench.texts import text

DECISIONS = 10_000
TIMES = 5  # the largest file is so many times the one before
_EMPTY = "<TEI><text><body><p>a <del>b</del></p></body></text></TEI>"

_MEMORY = f"""
import json
import redline
from lxml import etree
{measure.PEAK}
redline.loads({_EMPTY!r}, "tei")  # so that all of it is imported
before = peak()
if sys.argv[1] == "lxml":
    made = etree.parse(sys.argv[2], etree.XMLParser(huge_tree=True))
else:
    made = redline.read(sys.argv[2])
print(json.dumps(peak() - before))
"""


def figures(sizes: list[int], rounds: int) -> Iterator[Row]:
    """All figures, for texts of the sizes; files in TEI of the largest and of five times it."""
    for size in sizes:
        yield from _editing(size, rounds)
    yield from _files(max(sizes), rounds)


def _milliseconds(run: Callable[[], object], rounds: int) -> float:
    """The least of several runs, by a clock that is fine enough; without the time to free."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        made = run()
        best = min(best, time.perf_counter() - begin)
        del made
    return best * 1e3


def _editing(size: int, rounds: int) -> Iterator[Row]:
    words = text(size)
    if size <= MB:
        yield Row("edit-parse", size, _milliseconds(lambda: redline.parse(words), rounds))
    document = redline.parse(words)
    ids = [act.id for act in document.acts[:DECISIONS]]
    document.accept(ids[0])  # the table of ids is made once
    yield Row("edit-accept", size, _milliseconds(lambda: document.accept(*ids), rounds))
    tracemalloc.start()
    decided = document.accept(*ids)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(decided.decisions) == len(ids)
    yield Row("edit-undo", size, held / len(words))
    place = next(at for at in range(size // 2, len(document.text)) if _plain(document, at))
    yield Row(
        "edit-insert", size, _milliseconds(lambda: edit.insert(document, place, "new "), rounds)
    )


def _plain(document: redline.Document, at: int) -> bool:
    try:
        edit.insert(document, at, "new ")
    except redline.RedlineError:
        return False
    return True


def _files(size: int, rounds: int) -> Iterator[Row]:
    before: dict[str, float] = {}
    for times in (1, TIMES):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "paper.xml")
            length = path.write_text(_tei(size * times), encoding="utf-8")
            running: dict[str, Callable[[], object]] = {
                "redline": partial(redline.read, path),
                "lxml": partial(_tree, path),
            }
            seconds = measure.contest(running, budget=10.0, rounds=rounds)
            memory = {each: _memory(each, path) for each in seconds}
        yield Row("read-tei", length, length / MB / seconds["redline"])
        yield Row("read-tei-lxml", length, seconds["redline"] / seconds["lxml"])
        yield Row("read-tei-memory", length, memory["redline"] / length)
        yield Row("read-tei-memory-lxml", length, memory["redline"] / max(1, memory["lxml"]))
        now = {"growth": seconds["redline"] / length, "memory-growth": memory["redline"] / length}
        for key, value in now.items():
            if before:
                yield Row(f"read-tei-{key}", length, value / max(before[key], 1e-9))
        before = now


def _tei(size: int) -> str:
    """A file of about so many characters: the paper of the benchmark, as TEI."""
    share = 0.56  # of the file, that is its text and marks
    return subjects.to_tei(text(int(size * share)))


def _tree(path: Path) -> object:
    return etree.parse(str(path), etree.XMLParser(huge_tree=True))


def _memory(who: str, path: Path) -> int:
    """Peak bytes to read a file, above the imported program."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, who, str(path)],
        cwd=measure.ROOT, capture_output=True, text=True, check=True,
    )
    return int(json.loads(done.stdout))
