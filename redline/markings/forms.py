"""Printed forms: the options of a review box and of a routing slip, which are no markings."""

import re

from redline.markings.vocabulary import level_words

# The words of the State Department's review box, as printed and as scanned.
_BOX = re.compile(
    r"\b(?:(?P<excise>EXC[I1l]SE)|(?P<deny>DENY)|(?P<part>(?:DE)?CLASS[I1l]FY IN PART)"
    r"|(?P<declassify>DECLASS[I1l]FY)|(?P<classify>CLA[SC][SC][I1l]FY)|(?P<downgrade>DOWNGRADE)"
    r"|(?P<delete>DELETE|NON-?RESPONSIVE)|(?P<citations>EO C[I1l]tat[i1l]ons)"
    r"|(?P<exemptions>(?:FOIA|PA)[ /]+(?:PA )?Exemptions)"
    r"|(?P<office>(?:IS/)?(?:IPS|FPC)/C(?:R/IR|DR)\b))"
)
_OPTION = re.compile(r"\(\s*[xX✓]?\s*\)|\[\s*[xX]?\s*\]|[☐□☒☑]|\|")
# What every level word of a slip has.
_LEVEL_STEMS = ("SECRET", "CONFIDENTIAL", "CLASSIFIED", "RESTRICTED")


def box_words(line: str) -> frozenset[str]:
    """Which options and fields of the review box a line holds.

    Only a line with check boxes or table cells is looked at.

    >>> sorted(box_words("| () EXCISE () DENY | DECLASSIFY |"))
    ['declassify', 'deny', 'excise']
    """
    if not _OPTION.search(line):
        return frozenset()
    return frozenset(m.lastgroup for m in _BOX.finditer(line) if m.lastgroup)


def is_slip(line: str) -> bool:
    """Whether a line holds the options of a routing slip (rule M4) and no banner.

    That is three level words and more, a grade beside an internal-use mark, or levels among boxes.
    """
    if len(line) > 160 or not any(name in line for name in _LEVEL_STEMS):
        return False
    names = level_words(line)
    if len(names) < 2 and not (names and "INTERNAL USE ONLY" in line):
        return False
    return (
        len(names) >= 3
        or names[0] == "UNCLASSIFIED"
        or "INTERNAL USE ONLY" in line
        or _OPTION.search(line) is not None
    )
