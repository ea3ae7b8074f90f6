"""What a collection's folder holds, to be compared."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redline import corpus
from redline.corpus.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]


def files(out: Path) -> dict[str, bytes]:
    """Every file that people use: papers and tables, not what a later run builds on."""
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and not name.startswith("state/") and name != "corpus.duckdb":
            found[name] = path.read_bytes()
    # The size of the database differs with its history; its rows do not.
    found.pop("corpus.json")
    return found


def rows(out: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the database, in its order."""
    with corpus.open(out) as edition:
        return {name: edition.query(f"SELECT * FROM {name}").fetchall() for name in TABLES}


def command(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """`redline corpus` with these arguments."""
    return subprocess.run(
        [sys.executable, "-m", "redline", "corpus", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        stdin=subprocess.DEVNULL,
        timeout=100,
        check=False,
        **more,
    )


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"}


def children(pid: int) -> Iterator[int]:
    """The processes that a process has started and that live."""
    import psutil

    try:
        for child in psutil.Process(pid).children(recursive=True):
            yield child.pid
    except psutil.NoSuchProcess:
        return
