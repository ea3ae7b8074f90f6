"""What each figure should be, in one table."""

from __future__ import annotations

from typing import NamedTuple

#: `import redline` is held against what no reader of marks can do without.
IMPORT_FLOOR = "import bisect, dataclasses, hashlib, regex, typing"


KB, MB = 1_000, 1_000_000


class Target(NamedTuple):
    """`most`: the figure may be at most `bound`; otherwise at least.

    The bound holds for texts of `since` characters and more: below, what every text costs
    (a header, an import) weighs more than what is measured.
    """

    what: str
    unit: str
    most: bool | None = None  # None: measured, not bound
    bound: float = 0.0
    since: int = 0

    def met(self, figure: float, size: int | None = None) -> bool | None:
        if self.most is None or (size is not None and size < self.since):
            return None
        return figure <= self.bound if self.most else figure >= self.bound


TARGETS = {
    "tei": Target("notation → TEI", "MB/s"),
    "markdown-it": Target("  speed against markdown-it-py → HTML", "×", False, 1.0, MB),
    "pandoc": Target("  speed against pandoc → HTML", "×", False, 5.0, MB),
    "floor": Target("  time against lxml building the same tree", "×", True, 2.5, MB),
    "readings": Target("both readings of a parsed document", "MB/s", False, 20.0),
    "markings": Target("finding all markings, beside the rest", "×", True, 1.0, 100 * KB),
    "markings-prose": Target("  the same in text without markings", "×", True, 1.0, 100 * KB),
    "memory-parse": Target("peak memory, parse", "× text", True, 25.0, 10 * MB),
    "memory-tei": Target("peak memory, notation → TEI", "× text", True, 25.0, 10 * MB),
    "import": Target("import redline, against what it cannot do without", "×", True, 2.0),
    "import-ms": Target("import redline, above bare Python", "ms"),
    "version-ms": Target("redline --version, all of it", "ms"),
    "growth-parse": Target("parse, time for twice the text", "×", True, 2.5),
    "growth-tei": Target("write TEI, time for twice the text", "×", True, 2.5),
    "growth-readings": Target("both readings, time for twice the text", "×", True, 2.5),
    "align-distance": Target("words left over, for each that must be", "×", True, 1.01),
    "align-speed": Target("align: words ready, ranges out", "MB/s"),
    "align_texts-speed": Target("align_texts: texts in, ranges out", "MB/s"),
    "compare-speed": Target("compare: texts in, variants out", "MB/s"),
    **{
        f"{what}-{peer}": Target(f"  {what}, speed against {told}", "×", *bound)
        for peer, told, *bounds in (
            ("difflib", "difflib's opcodes", (), (False, 50.0, MB)),
            ("diff-match-patch", "diff-match-patch", (), ()),
            ("fast-diff-match-patch", "fast-diff-match-patch", (), ()),
            ("rapidfuzz", "rapidfuzz", (), ()),
            ("redlines", "redlines", (), ()),
            ("collatex", "collatex", (), ()),
            ("pygit2", "libgit2, one word a line", (), ()),
            ("wdiff", "wdiff", (False, 1.0, MB), ()),
            ("git", "git diff --word-diff", (), ()),
        )
        for what, bound in zip(("align", "compare"), bounds, strict=True)
    },
    "compare-growth": Target("compare, time for ten times the text", "×", True, 12.0, 10 * MB),
    "compare-difflib-words": Target(
        "compare, speed against difflib at 20,000 words", "×", False, 10.0, 100 * KB
    ),
    "align-memory": Target("peak memory, align_texts", "× text", True, 20.0, 10 * MB),
    "compare-memory": Target("peak memory, compare", "× text", True, 20.0, 10 * MB),
    "edit-parse": Target("parse, while somebody types", "ms"),
    "edit-accept": Target("accept up to 10,000 revisions", "ms", True, 5.0),
    "edit-undo": Target("  what the new document holds of its own", "× text", True, 0.2, 10 * MB),
    "edit-insert": Target("insert a word", "ms"),
    "read-tei": Target("read TEI", "MB/s"),
    "read-tei-lxml": Target("  time against lxml parsing alone", "×", True, 40.0, MB),
    "read-tei-memory": Target("  peak memory", "× file"),
    "read-tei-memory-lxml": Target("  peak memory against lxml's tree", "×", True, 2.0, 5 * MB),
    "read-tei-growth": Target("  time for each MB, five times the file", "×", True, 1.3, 5 * MB),
    "read-tei-memory-growth": Target(
        "  memory for each MB, five times the file", "×", True, 1.15, 5 * MB
    ),
}
