"""`python -m tests.bench.corpus`: a collection at its size, and what it costs.

    truths   20,000 papers, 60,000 pages: all that was planted is found by SQL; pages a second,
             and the peak memory of all processes together
    scaling  two workers beside one, five runs of each in turn, median of the ratios
    cluster  a Dask cluster of two workers beside two local ones, in the same way
    kills    thirty runs killed at random moments and resumed: what differs
    stream   one file of a gigabyte, cut at form feeds, read and written again: peak memory

Exit status 1 when a figure misses its target. `--only PART` takes one; sizes can be given.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from redline.corpus.tables import TABLES
from tests.bench import kills, papers
from tests.bench.measure import PEAK
from tests.corpus.outputs import environment
from tests.corpus.test_planted import counted

_MB = 1 << 20


class Figure(NamedTuple):
    what: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None


class Took(NamedTuple):
    seconds: float
    cpu: float
    peak: int  # bytes, of the process and all below it at one moment


def run(*arguments: str | Path) -> Took:
    """Run a command of redline, and watch it."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "redline", "corpus", *map(str, arguments)],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    watched = psutil.Process(process.pid)
    peak = cpu = 0.0
    while process.poll() is None:
        memory = spent = 0.0
        try:
            for each in (watched, *watched.children(recursive=True)):
                # Proportional: what processes share is counted once.
                memory += each.memory_full_info().pss
                times = each.cpu_times()
                spent += times.user + times.system
        except psutil.Error:
            pass
        peak, cpu = max(peak, memory), max(cpu, spent)
        time.sleep(0.2)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{arguments} ended with status {process.returncode}")
    return Took(time.perf_counter() - before, cpu, int(peak))


def truths(folder: Path, count: int) -> Iterator[Figure]:
    source, out = folder / "papers", folder / "out"
    planted = papers.write(source, count)
    took = run("build", source, "-o", out, "--workers", "2")
    found = counted(out)
    expected = {key if isinstance(key, tuple) else (key,): n for key, n in planted.items()}
    wrong = sum(1 for key in found.keys() | expected.keys() if found[key] != expected.get(key, 0))
    pages = planted["pages",]
    yield Figure("papers", count, "")
    yield Figure("pages", pages, "")
    yield Figure("kinds of truth planted", len(expected), "")
    yield Figure("counted otherwise by SQL", wrong, "", "= 0", wrong == 0)
    yield Figure("two workers", pages / took.seconds, "pages/s")
    yield Figure("a core", pages / took.cpu, "pages/s of CPU time")
    yield Figure("peak of all processes", took.peak / _MB, "MB", "< 1024", took.peak < 1024 * _MB)
    again = run("build", source, "-o", out, "--workers", "2")
    yield Figure("again, nothing changed", again.seconds, "s")
    size = sum((out / "tables" / f"{name}.parquet").stat().st_size for name in TABLES)
    yield Figure("tables as Parquet", size / _MB, "MB")
    yield Figure("database", (out / "corpus.duckdb").stat().st_size / _MB, "MB")
    from redline import corpus

    with corpus.open(out) as edition:
        for words in ("may have been for the", "gravely"):
            start = time.perf_counter()
            edition.search(words, stage="either", limit=1000)
            yield Figure(f"search {words!r}", time.perf_counter() - start, "s")


def paired(
    folder: Path, count: int, one: tuple[str, ...], other: tuple[str, ...], rounds: int
) -> float:
    """The median of how many times as long `one` takes as `other`, run in turn."""
    source, out = folder / "few", folder / "few-out"
    if not source.exists():
        papers.write(source, count)
    ratios = []
    for _ in range(rounds):
        seconds = []
        for options in (one, other):
            shutil.rmtree(out, ignore_errors=True)
            seconds.append(run("build", source, "-o", out, *options).seconds)
        ratios.append(seconds[0] / seconds[1])
        print("  ", *(f"{s:.1f} s" for s in seconds), file=sys.stderr)
    return statistics.median(ratios)


def scaling(folder: Path, count: int, rounds: int = 5) -> Iterator[Figure]:
    ratio = paired(folder, count, ("--workers", "1"), ("--workers", "2"), rounds)
    yield Figure("two workers beside one", ratio, "× as fast", "≥ 1.6", ratio >= 1.6)


def cluster(folder: Path, count: int, rounds: int = 5) -> Iterator[Figure]:
    with dask(2) as address:
        ratio = paired(folder, count, ("--scheduler", address), ("--workers", "2"), rounds)
    yield Figure("cluster of two beside local", ratio, "× the time", "≤ 1.3", ratio <= 1.3)


def dask(workers: int) -> object:
    from tests.corpus.test_cluster import scheduler

    class Address:
        def __enter__(self) -> str:
            self._started = scheduler(workers)
            address, self._processes = self._started.__enter__()
            # Nobody else reads what it says.
            said = self._processes[0].stderr
            threading.Thread(target=lambda: said and said.read(), daemon=True).start()
            return address

        def __exit__(self, *fault: object) -> None:
            self._started.__exit__(None, None, None)

    return Address()


def killing(folder: Path, count: int) -> Iterator[Figure]:
    source, reference = folder / "kill", folder / "kill-reference"
    papers.write(source, 300)
    undisturbed = run("build", source, "-o", reference, "--workers", "2")
    runs = []
    longest = undisturbed.seconds
    for each in kills.killed(source, reference, folder / "kill-out", count, 5, longest):
        runs.append(each)
        print(f"   {each.whom} after {each.after:.1f} s, {each.differs}", file=sys.stderr)
    differing = sum(bool(each.differs) for each in runs)
    yield Figure("runs killed and resumed", len(runs), "")
    yield Figure("killed while at work", sum(each.at_work for each in runs), "")
    yield Figure("that differ in the end", differing, "", "= 0", differing == 0)


_EXPORT = f"""
import sys, time
{PEAK}
from redline import corpus
start = time.time()
count = corpus.write(corpus.papers(sys.argv[1], split="ff"), sys.argv[2])
print(count, peak(), time.time() - start)
"""


def stream(folder: Path, size: int) -> Iterator[Figure]:
    big = folder / "big.txt"
    block = "\f".join(paper.text for paper in papers.papers(2000)).encode()
    with open(big, "wb") as file:
        file.write(block)
        while file.tell() < size:
            file.write(b"\f" + block)
    done = subprocess.run(
        [sys.executable, "-c", _EXPORT, big, folder / "again.txt"],
        env=environment(), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    count, peak, seconds = done.stdout.split()
    yield Figure("one file", big.stat().st_size / _MB, "MB")
    yield Figure("papers in it", int(count), "")
    yield Figure("read and written", big.stat().st_size / _MB / float(seconds), "MB/s")
    same = filecmp.cmp(big, folder / "again.txt", shallow=False)
    yield Figure("written otherwise than read", not same, "", "= 0", same)
    yield Figure("peak memory", int(peak) / _MB, "MB", "< 300", int(peak) < 300 * _MB)


PARTS: dict[str, Callable[[Path, argparse.Namespace], Iterator[Figure]]] = {
    "truths": lambda folder, chosen: truths(folder, chosen.papers),
    "scaling": lambda folder, chosen: scaling(folder, max(20, chosen.papers // 3)),
    "cluster": lambda folder, chosen: cluster(folder, max(20, chosen.papers // 3)),
    "kills": lambda folder, chosen: killing(folder, chosen.kills),
    "stream": lambda folder, chosen: stream(folder, chosen.megabytes * _MB),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.corpus",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--megabytes", type=int, default=1024)
    chosen = parser.parse_args(arguments)
    missed = 0
    for name in chosen.only:
        with tempfile.TemporaryDirectory() as folder:
            for figure in PARTS[name](Path(folder), chosen):
                verdict = {True: "pass", False: "MISS", None: ""}[figure.met]
                missed += figure.met is False
                row = f"{figure.what:<30} {figure.value:>12,.2f} {figure.unit:<20}"
                print(f"{name:<8} {row} {figure.target:>7} {verdict}".rstrip(), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
