"""What each figure should be, in one table."""

from __future__ import annotations

from typing import NamedTuple

#: `import redline` is held against what no reader of marks can do without, in one run.
IMPORT_FLOOR = "import bisect, dataclasses, hashlib, regex, typing"


class Target(NamedTuple):
    """`most`: the figure may be at most `bound`; otherwise at least."""

    what: str
    unit: str
    most: bool | None = None  # None: measured, not bound
    bound: float = 0.0

    def met(self, figure: float) -> bool | None:
        if self.most is None:
            return None
        return figure <= self.bound if self.most else figure >= self.bound


TARGETS = {
    "tei": Target("notation → TEI", "MB/s"),
    "markdown-it": Target("  speed against markdown-it-py → HTML", "×", False, 1.0),
    "pandoc": Target("  speed against pandoc → HTML", "×", False, 5.0),
    "floor": Target("  time against lxml building the same tree", "×", True, 2.5),
    "readings": Target("both readings of a parsed document", "MB/s", False, 20.0),
    "memory-parse": Target("peak memory, parse", "× text", True, 25.0),
    "memory-tei": Target("peak memory, notation → TEI", "× text", True, 25.0),
    "import": Target("import redline, against " + IMPORT_FLOOR, "×", True, 2.0),
    "import-ms": Target("import redline, above bare Python", "ms"),
    "version-ms": Target("redline --version, all of it", "ms"),
    "growth-parse": Target("parse, time for twice the text", "×", True, 2.5),
    "growth-tei": Target("write TEI, time for twice the text", "×", True, 2.5),
    "growth-readings": Target("both readings, time for twice the text", "×", True, 2.5),
}
