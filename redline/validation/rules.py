"""What no grammar can say: where pointers lead, what belongs together.

One row a rule, in `RULES`; the same rules, under the same ids, are the patterns of
schemas/redline.sch. Each takes what one walk over the file gathered and gives the elements at
fault, by their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from lxml import etree

from redline.validation.explain import Fault, local_name

__all__ = ["RULES", "Rule", "broken"]

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PAGES = "docs/reference/tei-schema.md"
#: The attributes that point.
_POINTERS = (
    *("ana", "change", "corresp", "facs", "hand", "next"),
    *("prev", "scheme", "spanTo", "target", "who", "wit"),
)
#: What an attribute may point to, in words; `target` by the element that has it.
_KINDS: dict[str, tuple[frozenset[str], str]] = {
    "ana": (frozenset({"category"}), "a category of the taxonomy"),
    "change": (frozenset({"change"}), "a change of creation/listChange"),
    "hand": (frozenset({"handNote"}), "a handNote"),
    "scheme": (frozenset({"taxonomy"}), "the taxonomy"),
    "facs": (frozenset({"surface", "zone"}), "a surface or a zone"),
    "spanTo": (frozenset({"anchor"}), "an anchor"),
    "who": (frozenset({"handNote"}), "a handNote"),
    "wit": (frozenset({"witness"}), "a witness"),
    "catRef target": (frozenset({"category"}), "a category of the taxonomy"),
    "substJoin target": (
        frozenset({"add", "del", "subst", "addSpan", "delSpan"}),
        "add, del, subst, addSpan or delSpan",
    ),
}


class _Row(NamedTuple):
    """An element of interest: its number in the file, its name, the element."""

    number: int
    name: str
    element: etree._Element


class _Pointer(NamedTuple):
    """One pointer of an attribute; `target` is None where no element has that id."""

    row: _Row
    attribute: str
    words: str
    target: _Row | None


class _Survey:
    """What one walk over a file gathers."""

    def __init__(self, root: etree._Element) -> None:
        self.named: dict[str, _Row] = {}
        self.again: list[_Row] = []  # elements whose id another one has
        self.rows: dict[str, list[_Row]] = {name: [] for name in ("subst", "witness", "app")}
        self.pointers: list[_Pointer] = []
        pointing: list[_Row] = []
        for number, element in enumerate(root.iter("*")):
            name = local_name(element)
            found = self.rows.get(name)
            if found is not None:
                found.append(_Row(number, name, element))
            keys = element.keys()
            if not keys:
                continue
            id_ = element.get(_ID)
            if id_ is not None:
                row = _Row(number, name, element)
                if self.named.setdefault(str(id_), row) is not row:
                    self.again.append(row)
            if not _IS_POINTER.isdisjoint(keys):
                pointing.append(_Row(number, name, element))
        for row in pointing:
            for attribute in _POINTERS:
                for words in str(row.element.get(attribute, "")).split():
                    target = self.named.get(words[1:]) if words[0] == "#" else None
                    self.pointers.append(_Pointer(row, attribute, words, target))


_IS_POINTER = frozenset(_POINTERS)
_Found = Iterator[tuple[int, str]]


def _unique_id(survey: _Survey) -> _Found:
    for row in survey.again:
        id_ = str(row.element.get(_ID))
        line = survey.named[id_].element.sourceline
        yield row.number, f"the xml:id {id_!r} is given once more; line {line} has it already"


def _pointer(survey: _Survey) -> _Found:
    for row, attribute, words, target in survey.pointers:
        if target is None:
            why = "no element has that xml:id" if words[0] == "#" else "expected # and an xml:id"
            yield row.number, f"{attribute} of {row.name} points to {words!r}: {why}"


def _pointer_kind(survey: _Survey) -> _Found:
    for row, attribute, words, target in survey.pointers:
        kind = _KINDS.get(attribute) or _KINDS.get(f"{row.name} {attribute}")
        if kind is None or target is None:
            continue
        kinds, wanted = kind
        told = target.name
        if attribute == "change" and told == "change":
            around = (local_name(each) for each in target.element.iterancestors())
            if "creation" in around:
                continue
            told = "a change of the file"
        elif told in kinds:
            continue
        yield row.number, (
            f"{attribute} of {row.name} points to {words!r}, which is {told}; expected {wanted}"
        )


def _subst_parts(survey: _Survey) -> _Found:
    for number, _, element in survey.rows["subst"]:
        there = {local_name(child) for child in element.iterchildren("*")}
        missing = [name for name in ("add", "del") if name not in there]
        if missing:
            yield number, f"subst has no {' and no '.join(missing)}; expected at least one of each"


def _join_parts(survey: _Survey) -> _Found:
    counts: dict[int, int] = {}
    for row, attribute, _, _ in survey.pointers:
        if row.name == "substJoin" and attribute == "target":
            counts[row.number] = counts.get(row.number, 0) + 1
    for number, count in counts.items():
        if count < 2:
            yield number, "substJoin points to one element; expected two or more"


def _span_end(survey: _Survey) -> _Found:
    for row, attribute, words, target in survey.pointers:
        if attribute == "spanTo" and target is not None and target.number <= row.number:
            yield row.number, (
                f"{row.name} ends at {words!r}, which stands before it (line "
                f"{target.element.sourceline}); expected an anchor that follows"
            )


def _pieces(survey: _Survey) -> _Found:
    back = {"next": "prev", "prev": "next"}
    for row, attribute, words, target in survey.pointers:
        if attribute not in back or target is None:
            continue
        id_ = row.element.get(_ID)
        follows = target.number > row.number
        if (
            target.name != row.name
            or follows != (attribute == "next")
            or target.element.get(back[attribute]) != f"#{id_}"
        ):
            where = "further down" if attribute == "next" else "further up"
            yield row.number, (
                f"{attribute} of {row.name} points to {words!r}; expected another {row.name} "
                f"{where} whose {back[attribute]} points back"
            )


def _witness_id(survey: _Survey) -> _Found:
    names = [str(row.element.get(_ID) or "").lower() for row in survey.rows["witness"]]
    for k, (number, _, element) in enumerate(survey.rows["witness"]):
        around = next((o for n, o in enumerate(names) if n != k and names[k] and names[k] in o), "")
        if around:
            yield number, (
                f"the xml:id {element.get(_ID)!r} is a part of {around!r}; expected ids none of "
                "which is a part of another, as some viewers look for them anywhere in wit"
            )


def _one_reading(survey: _Survey) -> _Found:
    for number, _, element in survey.rows["app"]:
        wits = [str(child.get("wit", "")).split() for child in element.iterchildren("*")]
        found = [*chain.from_iterable(wits)]
        twice = sorted({wit for wit in found if found.count(wit) > 1})
        if twice:
            yield number, f"{', '.join(twice)} in two readings; expected each witness in one"


class Rule(NamedTuple):
    """A rule: its id, what it asks, who looks, where to read more."""

    id: str
    what: str
    look: Callable[[_Survey], _Found]
    more: str = _PAGES


RULES = (
    Rule("unique-id", "An xml:id is given once.", _unique_id),
    Rule("pointer", "Every pointer leads to an element of the file.", _pointer),
    Rule("pointer-kind", "It leads to an element of the kind that it is for.", _pointer_kind),
    Rule("subst-parts", "A substitution has what went and what came.", _subst_parts),
    Rule("join-parts", "A join joins at least two.", _join_parts),
    Rule("span-end", "What runs over the end of a block ends further down.", _span_end),
    Rule("pieces", "Pieces of one revision point to each other, in their order.", _pieces),
    Rule("witness-id", "No id of a witness is a part of another's.", _witness_id),
    Rule("one-reading", "A witness has one reading at a place.", _one_reading),
)


def broken(root: etree._Element) -> Iterator[Fault]:
    """The faults by every rule, rule by rule."""
    survey = _Survey(root)
    for rule in RULES:
        for number, message in rule.look(survey):
            yield Fault(rule.id, number, message, f"{rule.more}#{rule.id}")
