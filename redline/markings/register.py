"""The register of security markings: levels, controls and word lists, read once from its table.

The table is `register.toml`; `docs/reference/markings.md` is the text it follows. Nothing is read
before the first question, so importing the package costs no file access.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Level(NamedTuple):
    """A level of protection.

    `rank` orders the grades: a higher one protects more. `scheme` is who grants it: `us`, `nato`,
    `uk`; in `admin` and `ca-protected` it is no grade. `since` and `until` are ISO dates of
    validity, or None: priors for the certainty of a reading, never grounds to reject one.
    `weak` levels are everyday words.
    """

    id: str
    name: str
    short: str
    rank: int
    scheme: str
    since: str | None = None
    until: str | None = None
    weak: bool = False

    @property
    def grade(self) -> bool:
        """Whether it is a grade of classification, and no administrative mark."""
        return self.scheme in ("us", "nato", "uk")


class Control(NamedTuple):
    """A handling caption or dissemination control.

    `short` are abbreviations that count only after a slash; `alone` says whether the caption is a
    marking when nothing else is on its line; `group` is the family it comes from.
    """

    name: str
    forms: tuple[str, ...]
    short: tuple[str, ...]
    group: str
    since: str | None = None
    until: str | None = None
    alone: bool = True


class Bound(NamedTuple):
    """How far a damaged word may be from `word` and still be read as it."""

    word: str
    edits: int
    same_length: bool


class Words(NamedTuple):
    """Closed lists of ordinary words that decide what is no marking."""

    stop: frozenset[str]
    stop_top: frozenset[str]
    short: frozenset[str]
    function: frozenset[str]
    noun: frozenset[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(
        resources.files(__package__).joinpath("register.toml").read_text(encoding="utf-8")
    )


@cache
def levels() -> tuple[Level, ...]:
    """Every level, in the order of the register: the national grades first."""
    return tuple(
        Level(
            row["id"],
            row["name"],
            row["short"],
            row["rank"],
            row["scheme"],
            row.get("since"),
            row.get("until"),
            row.get("weak", False),
        )
        for row in _table()["level"]
    )


@cache
def level_forms() -> tuple[tuple[tuple[str, ...], Level], ...]:
    """Every printed form of every level as its words, longest form first."""
    forms = [
        (tuple(form.replace("-", " ").split()), level)
        for level, row in zip(levels(), _table()["level"], strict=True)
        for form in (row["name"], *row.get("forms", ()))
    ]
    return tuple(sorted(dict(forms).items(), key=lambda item: -len(item[0])))


@cache
def level_named(name: str) -> Level | None:
    """The level with this name, printed form or id; None when the register has no such level."""
    words = tuple(name.upper().replace("-", " ").split())
    for form, level in level_forms():
        if form == words:
            return level
    return next((level for level in levels() if level.id == name), None)


@cache
def controls() -> tuple[Control, ...]:
    """Every control, in the order of the register."""
    return tuple(
        Control(
            row["name"],
            tuple(row["forms"]),
            tuple(row.get("short", ())),
            row["group"],
            row.get("since"),
            row.get("until"),
            row.get("alone", True),
        )
        for row in _table()["control"]
    )


@cache
def bounds() -> dict[str, Bound]:
    """The bounds of fuzzy reading, by the word they belong to."""
    return {
        row["word"]: Bound(row["word"], row["edits"], row.get("same-length", False))
        for row in _table()["fuzzy"]
    }


@cache
def words() -> Words:
    """The closed lists of ordinary words."""
    lists = _table()["words"]
    return Words(
        frozenset(lists["stop"]),
        frozenset(lists["stop-top"]),
        frozenset(lists["short"]),
        frozenset(lists["function"]),
        frozenset(lists["noun"]),
    )
