"""Numbers that stand on every page, repaired by majority in the markings of a document."""

from __future__ import annotations

from collections.abc import Sequence

from redline.markings.fields import NOTICE, Finding
from redline.markings.votes import ballots, vote
from redline.model import Marking

__all__ = ["voted"]


def voted(markings: Sequence[Marking], findings: list[Finding]) -> list[Marking]:
    """The markings, each release number as most of its prints have it; the odd ones are told."""
    out = list(markings)
    prints = [
        (k, raw)
        for k, marking in enumerate(out)
        if marking.kind == "release"
        and marking.rule != NOTICE
        and (raw := marking.fields.get("raw", {}).get("number"))
    ]
    if len(prints) < 2:
        return out
    numbers = [raw for _, raw in prints]
    for group in ballots(numbers):
        found = vote([numbers[i] for i in group])
        if found.value is None or len(group) < 2:
            continue
        odd = {group[i] for i in found.odd}
        for i in group:
            k = prints[i][0]
            marking = out[k]
            certs = {k: v for k, v in marking.fields.get("cert", {}).items() if k != "number"}
            if found.cert != "high":
                certs["number"] = found.cert
            fields = {**marking.fields, "number": found.value, "cert": certs}
            if not certs:
                del fields["cert"]
            out[k] = marking._replace(fields=fields)
            if i in odd:
                at = marking.span[0] + max(0, marking.text.find(numbers[i]))
                findings.append(
                    Finding("odd-number", at, at + len(numbers[i]), f"{numbers[i]}: {found.value}")
                )
    return out
