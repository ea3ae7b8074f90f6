"""The judges, on as many documents as are wanted: see `tests.word.generated`."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.word.generated import documents, judged

count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
begun = time.perf_counter()
with tempfile.TemporaryDirectory() as folder:
    verdict = judged(list(documents(count)), Path(folder), with_pandoc=True, with_office=True)
for line in verdict.wrong:
    print(line)
for judge, number in verdict.asked.items():
    other = sum(line.startswith(f"{judge}, ") for line in verdict.wrong)
    print(f"{judge}: {number} readings of {count} documents, {other} otherwise")
print(f"{time.perf_counter() - begun:.0f} s")
sys.exit(bool(verdict.wrong))
