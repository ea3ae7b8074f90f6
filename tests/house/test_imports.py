"""What `import redline` costs: no heavy package, and a small multiple of bare Python."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.targets import IMPORT_FLOOR, TARGETS

ROOT = Path(__file__).resolve().parents[2]
#: Imported where they are used: each alone costs more than the whole of redline's own code.
HEAVY = ("argparse", "diff_match_patch", "lxml", "rich", "typer")


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_import_brings_in_nothing_heavy() -> None:
    loaded = python("import sys, redline; print(*sys.modules)").split()
    assert "redline" in loaded
    assert not set(HEAVY) & set(loaded)


def test_parsing_and_reading_bring_in_nothing_heavy() -> None:
    code = """
import sys, redline
assert redline.parse("a ~~b~~ ^{c} d").reading("final").text == "a c d"
print(*sys.modules)
"""
    assert not set(HEAVY) & set(python(code).split())


def test_import_time() -> None:
    best = dict.fromkeys((IMPORT_FLOOR, "import redline"), float("inf"))
    for _ in range(7):
        for code in best:
            start = time.perf_counter()
            python(code)
            best[code] = min(best[code], time.perf_counter() - start)
    floor, ours = best.values()
    assert TARGETS["import"].met(ours / floor), f"{ours * 1e3:.0f} ms; {floor * 1e3:.0f} ms"
