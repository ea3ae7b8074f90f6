"""R14: one intervention in pieces, as `^{may} ~~were~~ from the outset ^{have been}`.

An addition a few words after a substitution is *proposed* as joined to it (TEI substJoin)
when both sides hold words of a verb group. No reading changes.
"""

from __future__ import annotations

import re
from itertools import pairwise

from redline.model import Act
from redline.notation.build import Builder
from redline.notation.pairing import Finding
from redline.spans import DELETION

__all__ = ["propose"]

_BETWEEN = 6  # words at most between the two
_DELETED = 3  # words at most in the deletion
_AUXILIARIES = frozenset(
    "am is are was were be been being have has had having do does did will would shall should"
    " may might can could must ought".split()
)
_WORD = re.compile(r"[^\W_]+")
_TOO_FAR = re.compile(rf"[\W_]*+(?:[^\W_]++[\W_]++){{{_BETWEEN}}}[^\W_]")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s")


def propose(acts: list[Act], builder: Builder) -> tuple[list[Act], list[Finding]]:
    """The acts of one block, with `joined` set where R14 says so, and what to say of it."""
    findings: list[Finding] = []
    spans = builder.spans
    for k, (first, then) in enumerate(pairwise(acts)):
        if then.kind != "addition" or first.kind != "substitution" or first.within or then.within:
            continue
        first = acts[k]  # which may be joined to the one before
        begin = max(spans[p].end for p in first.parts)
        end = spans[then.parts[0]].start
        if end < begin:
            continue
        # Offsets map to the source between the two marks: no other mark stands there.
        source = builder.source[
            max(builder.extents[2 * p + 1] for p in first.parts) : builder.extents[
                2 * then.parts[0]
            ]
        ]
        if _TOO_FAR.match(source) or _SENTENCE_END.search(source) or not _WORD.search(source):
            continue
        deleted = _words_of(builder, [p for p in first.parts if spans[p].kind == DELETION])
        added = _words_of(builder, [p for p in first.parts if spans[p].kind != DELETION])
        further = _words_of(builder, list(then.parts))
        if (
            len(deleted) <= _DELETED
            and not _AUXILIARIES.isdisjoint(deleted + added)
            and not _AUXILIARIES.isdisjoint(further)
        ):
            acts[k] = first._replace(joined=(*first.joined, then.id))
            acts[k + 1] = then._replace(joined=(first.id,), rule="R14", cert="medium")
            start, stop = builder.extents[2 * then.parts[0]], builder.extents[2 * then.parts[0] + 1]
            findings.append(("joined-addition", start, stop, ""))
    return acts, findings


def _words_of(builder: Builder, parts: list[int]) -> list[str]:
    words: list[str] = []
    for p in parts:
        start, end = builder.extents[2 * p], builder.extents[2 * p + 1]
        words += _WORD.findall(builder.source[start:end].lower())
    return words
