"""Numbers that archives give papers, and what scanning makes of them.

One row a kind of number. A number has places for figures and places for letters, so a letter in
the place of a figure can be told and repaired; a lost figure can only be told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from redline.model import Cert

__all__ = ["Number", "canonical", "find_number"]

_FIGURE = str.maketrans("OoQDIl|!SBGZ", "000011115862")
_LETTER = str.maketrans("08514", "OBSIA")
_N = r"[\dOoQDIl|!SBGZ]"


class _Row(NamedTuple):
    """A kind of number: `found` as it may look, `exact` as it is printed.

    `shape`: N a figure, L a letter, H a hyphen or a letter, anything else itself; the places of a
    number without blanks. Empty where nothing is repaired.
    """

    series: str
    found: str
    exact: str
    shape: str = ""


# The order decides: a longer number comes before one that is a part of it.
_ROWS = (
    _Row(
        "CIA-RDP",
        rf"(?i:(?:C?[I1l])?A)? ?[-1–. ]? ?R[DO0]P ?{_N}{{2}} ?[-\w–] ?{_N}{{3,5}} ?\w"
        rf"(?: ?{_N}){{4,12}}"
        rf"(?: ?[-–.~ ] ?{_N}(?!\w))?",
        r"CIA-RDP\d\d[-A-Z]\d{5}[A-Z]\d{12}-\d",
        "CIA-RDPNNHNNNNNLNNNNNNNNNNNN-N",
    ),
    _Row("CIA-RDP", r"(?i:(?:C?[I1l])?A)?[-1–. ]?R?DP ?\d\d[-\w–]{0,24}", r"(?!)"),
    _Row(
        "C",
        rf"(?<!\w)C(?=\w*\d\d)(?:{_N}{{8}}|{_N}{{3,6}} {_N}{{2,5}}|[O0]{_N}{{5,6}})(?!\w)",
        r"C\d{8}",
        "CNNNNNNNN",
    ),
    _Row("PDN", r"(?<!\w)PDN ?\(\d{4}\) ?\d{3,5}(?!\d)", r"PDN.*"),
    _Row(
        "library", r"(?<!\w)NL[A-Z]{1,4}-[A-Z]{1,4}(?:-\d{1,4}){3,6}(?![\w-])", r"NL[A-Z]{1,4}.*"
    ),
    _Row("LOC-HAK", r"(?<!\w)L[O0]C-HAK-[\dOIl]{1,4}(?:-[\dOIl]{1,4}){1,5}", r"LOC-HAK-[\d-]+"),
    _Row(
        "library",
        r"(?<!\w)NL[A-Z]{1,4}(?:[ -](?:MR|SN|RAC|WHCF))?(?: Case)?(?: No\.?)? ?[-#]? ?"
        r"(?:[MF]?\d{1,4}(?:-\d{1,6}){1,6}(?:/\d{1,3})?|M\d{1,4}/\d{1,3})(?: ?# ?\d{1,6})?",
        r"NL[A-Z]{1,4}.*",
    ),
    _Row("ISCAP", r"ISCAP(?: Appeal| APPEAL)?(?: (?i:NO\.?|NUMBER))? ?\d{4}-\d{2,3}", r"ISCAP.*"),
    _Row("NND", r"(?<!\w)NN[DOI0] ?[-#]? ?[\dOIl]{5,7}(?!\d)", r"NND ?\d{5,6}"),
    _Row("RIF", r"(?<![\w-])1\d\d-\d{5}-\d{5}(?![\w-])", r"1\d\d-\d{5}-\d{5}"),
    _Row("DocId", r"(?i:Doc?k?[il1]d)\.?[:;]? ?(?P<n>\d{4,10})", r"\d{4,10}"),
    _Row("MORI", r"(?i:MORI ?Doc[il1]D):? ?(?P<n>\d{3,9})", r"\d{3,9}"),
)
_LONGEST = 60
_COMPILED: dict[str, re.Pattern[str]] = {}


class Number(NamedTuple):
    """A number found: its series, value, raw and place; `cert` is low when figures are lost."""

    series: str
    value: str
    raw: str
    start: int
    end: int
    cert: Cert = "high"


def find_number(text: str, start: int = 0, end: int | None = None) -> Number | None:
    """The first number of the archives in text[start:end], of the fullest kind there is.

    >>> find_number("Release 2005/09/28 : CIA-RDP79R00904A00O800030019-3").value
    'CIA-RDP79R00904A000800030019-3'
    """
    end = len(text) if end is None else end
    for row in _ROWS:
        match = _pattern(row.found).search(text, start, end)
        if match is None:
            continue
        group = "n" if "n" in match.groupdict() else 0
        first, last = match.span(group)
        raw = match[group]
        value = _repaired(raw, row)
        if _pattern(row.exact).fullmatch(raw):
            cert: Cert = "high"
        else:
            cert = "medium" if _pattern(row.exact).fullmatch(value) else "low"
        return Number(row.series, value, raw, first, last, cert)
    return None


@lru_cache(maxsize=1024)  # the same few numbers come back on every page
def canonical(raw: str) -> Number:
    """A number alone, repaired as far as its kind allows; of no kind (`series` empty), as it is.

    >>> canonical("RDP79R00904AO00800030019-3")[:2]
    ('CIA-RDP', 'CIA-RDP79R00904A000800030019-3')
    """
    words = raw.strip()
    found = find_number(words) if len(words) <= _LONGEST else None
    if found is not None and found.end - found.start == len(words):
        return found
    return Number("", " ".join(words.split()), raw, 0, len(raw))


def _pattern(text: str) -> re.Pattern[str]:
    found = _COMPILED.get(text)
    if found is None:
        found = _COMPILED[text] = re.compile(text)
    return found


def _repaired(raw: str, row: _Row) -> str:
    """A number without blanks, figures and letters put right place by place where all are there."""
    shape = row.shape
    if row.series == "NND":
        letters, figures = raw[:3], raw[3:]
        return " ".join(f"NND{figures.translate(_FIGURE)}".split()) if letters else raw
    if not shape and row.series != "CIA-RDP":
        return " ".join(raw.split())
    value = re.sub(r"\s+", "", raw).replace("–", "-")
    if row.series == "CIA-RDP":
        body = re.sub(r"(?i)^(?:(?:C?[I1l])?A)?[-1.]?R?[DO0]P", "", value)
        value = "CIA-RDP" + body.replace("~", "-").replace(".", "-")
        if shape and len(value) == len(shape) - 1 and "-" not in body[3:]:
            value = f"{value[:-1]}-{value[-1]}"
    if len(value) != len(shape):
        return value
    out = []
    for char, place in zip(value, shape, strict=True):
        if place == "N":
            out.append(char.translate(_FIGURE))
        elif place == "H" and char in "-1.~":
            out.append("-")
        elif place in "LH":
            out.append(char.upper().translate(_LETTER))
        else:
            out.append(place)
    return "".join(out)
