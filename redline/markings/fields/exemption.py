"""Exemption codes: what was withheld and why, one code or several."""

from __future__ import annotations

import re

from redline.markings.apparatus.patterns import CODE
from redline.markings.dates import Sense
from redline.markings.fields.gather import Gathering
from redline.markings.fields.values import Context, Fields
from redline.markings.register import exemption
from redline.model import Cert

__all__ = ["read_exemption"]

_CODES = re.compile(rf"(?<![\w.-]){CODE}|(?<=[a-z]){CODE}")
_ORDER = re.compile(r"(?i:\bE\.? ?O\.? ?)(?P<n>1\d{4})\b")
_LONGEST = 2000


def read_exemption(text: str, context: Context) -> Fields:
    """`code`: the code, or all of them in the order of the paper; `order` and `date` if printed."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    order = _ORDER.search(text)
    if order is not None:
        gathering.add("order", order["n"], *order.span("n"))
    found = list(_CODES.finditer(text, order.end("n") if order else 0))
    codes: list[str] = []
    certs: list[Cert] = []
    for match in found:
        code = re.sub(r"\s+", "", match[0]) if match[0][0] not in "(bB" else match[0]
        known = exemption(code)
        # A family alone has lost its number; a code that no order has may be a misreading.
        cert: Cert = "low" if code == "25X" else "high" if known or code[0] in "(bB" else "medium"
        codes.append(code)
        certs.append(cert)
    if codes:
        least = min(certs, key=("low", "medium", "high").index)
        value = codes[0] if len(codes) == 1 else tuple(codes)
        gathering.add("code", value, found[0].start(), found[-1].end(), least)
        # `25X1, 20420309`: withheld until then.
        sense = Sense(context.date, None, context.date, "an exemption after the document's date")
        gathering.date("date", found[-1].end(), len(text), sense)
    return gathering.fields("exemption")
