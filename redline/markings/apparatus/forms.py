"""Printed forms: the options of a review box and of a routing slip, which are no markings."""

import re

from redline.markings.banners.vocabulary import level_words
from redline.markings.register import Register, active, level_named

# The words of the State Department's review boxes without their blanks, as printed and as scanned:
# the cells of a table break them anywhere.
_BOX = re.compile(
    r"(?P<part>(?:DE)?CLASS[I1l]FYINPART)|(?P<excise>EXC[I1l]SE)|(?P<deny>DENY|RELEASEDENIED)"
    r"|(?P<declassify>DECLASS[I1l]FY|DECLASS[I1l]F[I1l]ED(?=[\[(☐□☒☑])|RELEASABLE)"
    r"|(?P<classify>CLA[SC][SC][I1l]FY)|(?P<downgrade>DOWNGRADE(?!D))"
    r"|(?P<delete>DELETE|NON-?RESPONSIVE)|(?P<citations>EOC[I1l]tat[i1l]ons)"
    r"|(?P<exemptions>(?:FOIA|PA)/?(?:orPA|PA)?Exemptions|PAorFOIEXEMPTIONS)"
    r"|(?P<office>(?:IPS|FPC)/C(?:R/IR|DR)|A/CDC/MR)|(?P<endorse>ENDORSEEXISTINGMARK)"
    r"|(?P<release>RELEASE(?=[\[(☐□☒☑]|\Z))"
)
_GAPS = re.compile(r"[\s|_]+")
# An option alone on its line, its check box before or after it.
_CHECK = r"(?:\([xX✓ ]{0,2}\)|\[[xX✓ ]{0,2}\]|[☐□☒☑■])"
_NAMES = (
    r"(?:EXCISE|DENY|DELETE|DECLASSIFY(?: IN PART)?|RELEASE|RELEASABLE|RELEASE DENIED"
    r"|NON-RESPONSIVE|CLASSIFY AS .{1,20}|DOWNGRADE .{2,24})"
)
_LONE = re.compile(rf"{_CHECK} ?{_NAMES}|{_NAMES} ?{_CHECK}")
_OPTION = re.compile(r"\(\s*[xX✓]?\s*\)|\[\s*[xX✓]?\s*\]|[☐□☒☑]|\|")
_LONGEST_BOX = 4000


def box_words(line: str) -> frozenset[str]:
    """Which options and fields of the review box a line holds.

    Only a line with check boxes or table cells is looked at.

    >>> sorted(box_words("| () EXCISE () DENY | DECLASSIFY |"))
    ['declassify', 'deny', 'excise']
    """
    if not _OPTION.search(line):
        return frozenset()
    words = _GAPS.sub("", line[:_LONGEST_BOX])
    return frozenset(m.lastgroup for m in _BOX.finditer(words) if m.lastgroup)


def is_option(line: str) -> bool:
    """Whether a line is one option of the review box and its check box: `DENY [ ]`."""
    return _LONE.fullmatch(line.strip(" .,;")) is not None


def _last_words(register: Register) -> tuple[str, ...]:
    """What every line with the name of a grade has in it: few words, the commonest first."""
    words = dict.fromkeys(form[-1] for form in reversed(register.grade_forms))
    return tuple(word for word in words if not any(each in word for each in words if each != word))


def _is_free(name: str) -> bool:
    level = level_named(name)
    return level is not None and level.rank == 0


def is_slip(line: str) -> bool:
    """Whether a line holds the options of a routing slip (rule M4) and no banner.

    That is three level words and more, a grade beside an internal-use mark, or levels among boxes.
    """
    if len(line) > 160 or not any(word in line for word in active().derived(_last_words)):
        return False
    names = level_words(line)
    if len(names) < 2 and not (names and "INTERNAL USE ONLY" in line):
        return False
    return (
        len(names) >= 3
        or _is_free(names[0])
        or "INTERNAL USE ONLY" in line
        or _OPTION.search(line) is not None
    )
