"""What stamps and release lines decided: each act once, however often it is stamped.

Reads `Marking.fields` alone, by the names of the JSON record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from redline.markings.banners.grammar import least
from redline.model import Cert, Marking

__all__ = ["Decision", "decisions", "moved"]

_CERTS: tuple[Cert, ...] = ("low", "medium", "high")
#: Fields that only the form of a review has. A stamp that declassifies and has none of them is
#: an archive's: it says what was done, not that somebody looked.
_OF_A_REVIEW = ("document_no", "changed_to", "next_review", "no_change")
#: A stamp with none of these is no review: a registry's, a clerk's.
_REVIEWED = (*_OF_A_REVIEW, "authority", "reviewer", "declassified", "decision", "extent")
#: What says how a review ended, and the level it gives; a review box names options ticked.
_LEVELS = ("changed_to", "downgrade", "classify")
_OUTCOME = (*_LEVELS, "declassified", "declassify", "no_change", "decision")
#: Fields that identify one act of a kind where there is no date, or only tell acts of one day.
_NUMBERS = {"stamp": ("authority", "reviewer"), "release": ("number",)}
_DECLASSIFIED = re.compile(r"\bdeclassified\b", re.I)
_IN_PART = re.compile(r"\bin part\b|\bexcised\b|\bsaniti[sz]ed\b", re.I)
#: What the form of a review has beside the new level: without it a stamp only says by whose
#: authority the level was changed.
_FORM = ("document_no", "next_review", "no_change", "declassified", "reviewer")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Decision(NamedTuple):
    """One act of those who review and release: what it decided, when, and what shows it.

    `action` is ``reviewed``, ``declassified`` or ``released``. `changed_to` is a level name;
    `lifted` says that the paper was declassified, `kept` that its level was not changed.
    """

    action: str
    when: str | None
    evidence: tuple[Marking, ...]
    cert: Cert
    changed_to: str | None = None
    lifted: bool = False
    kept: bool = False

    @property
    def regrading(self) -> bool:
        """Whether it only says by whose authority the level was changed, and is no review."""
        return self.changed_to is not None and all(
            one.fields.get("authority") and not any(name in one.fields for name in _FORM)
            for one in self.evidence
        )


def moved(cert: Cert, by: int) -> Cert:
    """A certainty so many steps higher, or lower for a negative number."""
    return _CERTS[min(max(_CERTS.index(cert) + by, 0), len(_CERTS) - 1)]


def decisions(markings: Sequence[Marking], since: str | None = None) -> list[Decision]:
    """The decisions, in the order of the paper; `since` is its date (ISO) or None.

    A date before the paper's own is none.
    """
    reviews: list[Marking] = []
    lifts: list[Marking] = []
    releases: list[Marking] = []
    for marking in markings:
        if marking.kind == "stamp":
            if not any(name in marking.fields for name in _REVIEWED):
                continue
            lifted = _lifted(marking)
            if not lifted or _is_review(marking):
                reviews.append(marking)
            if lifted:
                lifts.append(marking)
        elif "notice" in marking.fields:
            continue  # what an archive prints on its copies is no act
        elif marking.kind == "release" and marking.fields.get("extent") != "none":
            releases.append(marking)
            if _lifting(marking):
                lifts.append(marking)
    return [
        *_decided("reviewed", reviews, since, _outcome),
        *_decided("declassified", lifts, since, lambda _: (None, True, False)),
        *_decided("released", releases, since, lambda _: (None, False, False)),
    ]


def _is_review(marking: Marking) -> bool:
    raw = marking.fields.get("raw", {})
    return any(marking.fields.get(name) is not None or name in raw for name in _OF_A_REVIEW)


def _lifted(marking: Marking) -> bool:
    """Whether a stamp says that the paper was declassified, as a whole."""
    fields = marking.fields
    return fields.get("declassified") is True or "declassify" in (fields.get("decision") or ())


def _lifting(marking: Marking) -> bool:
    """Whether a release line says that the whole paper was declassified."""
    if marking.fields.get("declassified") is not None:
        return marking.fields["declassified"] is True
    if marking.fields.get("extent") in ("part", "sanitized"):
        return False
    words = f"{marking.fields.get('wording') or ''} {marking.text}"
    return bool(_DECLASSIFIED.search(words)) and not _IN_PART.search(words)


#: A changed level, whether the paper was declassified, whether its level was kept.
Outcome = tuple[str | None, bool, bool]


def _outcome(marking: Marking) -> Outcome:
    fields = marking.fields
    lifted = _lifted(marking)
    levels = [fields[name] for name in _LEVELS if isinstance(fields.get(name), str)]
    kept = fields.get("no_change") is True or "deny" in (fields.get("decision") or ())
    return levels[0] if levels else None, lifted, kept and not lifted and not levels


def _decided(
    action: str,
    markings: Iterable[Marking],
    since: str | None,
    outcome: Callable[[Marking], Outcome],
) -> Iterable[Decision]:
    """One decision for all markings of one outcome that may be the same act."""
    by_outcome: dict[Outcome, list[Marking]] = {}
    for marking in markings:
        by_outcome.setdefault(outcome(marking), []).append(marking)
    for (changed, lifted, kept), same in by_outcome.items():
        for when, evidence in _acts(same, since):
            sure = max((_certainty(one) for one in evidence), key=_CERTS.index)
            if len(evidence) > 1 and not all(_is_bare(one) for one in evidence):
                sure = moved(sure, 1)
            yield Decision(action, when, tuple(evidence), sure, changed, lifted, kept)


def _acts(
    markings: Sequence[Marking], since: str | None
) -> Iterable[tuple[str | None, list[Marking]]]:
    """Markings that show one act, with its date.

    What has one date is one act. What has none goes with its number, and what has neither with
    the only act there is.
    """
    dated: dict[str, list[Marking]] = {}
    numbered: dict[str, list[Marking]] = {}
    number_of: dict[str, list[Marking]] = {}
    bare: list[Marking] = []
    undated = []
    for marking in markings:
        when = _date(marking.fields, since)
        if when is None:
            undated.append(marking)
            continue
        act = dated.setdefault(when, [])
        act.append(marking)
        number_of.setdefault(_number(marking), act)
    for marking in undated:
        number = _number(marking)
        if not number:
            bare.append(marking)
        elif number in number_of:
            number_of[number].append(marking)
        else:
            numbered.setdefault(number, []).append(marking)
    found: list[tuple[str | None, list[Marking]]] = [
        *dated.items(),
        *((None, act) for act in numbered.values()),
    ]
    if bare and len(found) == 1:
        found[0][1].extend(bare)
    elif bare:
        found.append((None, bare))
    for when, act in found:
        yield when, sorted(act, key=lambda marking: marking.span)


def _date(fields: Any, since: str | None) -> str | None:
    """The date of an act; None for one that is no date or lies before the paper's."""
    when = fields.get("date")
    if not isinstance(when, str) or not _ISO.fullmatch(when):
        return None
    return None if since is not None and when < since[: len(when)] else when


def _number(marking: Marking) -> str:
    values = (marking.fields.get(name) for name in _NUMBERS[marking.kind])
    return " ".join(value for value in values if isinstance(value, str))


def _is_bare(marking: Marking) -> bool:
    """Whether a marking only names a file, or says that somebody approved: the number of a case is
    no act, and words without date, number or name may be anyone's."""
    fields = marking.fields
    said = {name for name, value in fields.items() if value and name not in ("raw", "cert")}
    if marking.kind == "release":
        return said <= {"wording"} or said <= {"number", "case"}
    return said <= {"authority", "number"}


def _certainty(marking: Marking) -> Cert:
    """How sure one marking is of its act: what is not filled in says little."""
    fields = marking.fields
    said = [name for name in fields if name not in ("raw", "cert") and fields[name]]
    if not said or _is_bare(marking):
        return "low"
    if marking.kind == "stamp" and said == ["declassified"] and not _is_review(marking):
        return least(marking.cert, "medium")  # a word, without authority, name or date
    named = fields.get("cert", {})
    return least(marking.cert, *(named.get(name, "high") for name in _OUTCOME))
