"""A `Register` from the tables of its files, as TOML gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from types import MappingProxyType
from typing import Any

from redline.markings.register import Layer, Register
from redline.markings.register.rows import (
    Bound,
    Control,
    Exemption,
    Level,
    Notice,
    Order,
    Phrase,
    Schedule,
    Scheme,
    Words,
    phrase,
)

__all__ = ["build", "control_forms", "level_forms", "schedule_tokens"]

#: Where in a row a form stands: a key, and the number of the item.
Where = tuple[str | int, ...]


def build(layers: tuple[Layer, ...]) -> Register:
    """A register from layers that are known to be sound."""
    schemes = tuple(_scheme(row) for row in _rows(layers, "scheme"))
    scheme_of = {scheme.id: scheme for scheme in schemes}
    forms: dict[Phrase, Level] = {}
    levels = []
    for row in _rows(layers, "level"):
        scheme = scheme_of[row["scheme"]]
        level = _level(row, scheme)
        levels.append(level)
        forms.update((phrase(form), level) for form, _ in level_forms(row, scheme.prefixes))
    return Register(
        layers,
        schemes,
        tuple(levels),
        tuple(sorted(forms.items(), key=lambda item: -len(item[0]))),
        tuple(
            _control(table, row) for table in ("control", "suffix") for row in _rows(layers, table)
        ),
        tuple(_order(row) for row in _rows(layers, "order")),
        tuple(found for row in _rows(layers, "schedule") for found in _schedules(row)),
        tuple(_exemption(row) for row in _rows(layers, "exemption")),
        tuple(_notice(row) for row in _rows(layers, "notice")),
        MappingProxyType(
            {
                row["word"]: Bound(row["word"], row["edits"], row.get("same-length", False))
                for row in _rows(layers, "fuzzy")
            }
        ),
        _words(layers),
    )


def _rows(layers: Iterable[Layer], table: str) -> Iterator[Mapping[str, Any]]:
    for layer in layers:
        yield from layer.tables.get(table, ())


def level_forms(
    row: Mapping[str, Any], prefixes: Iterable[str]
) -> Iterator[tuple[str, Where]]:
    """The printed forms of a level: its own, and the national ones after a prefix."""
    yield row["name"], ("name",)
    for k, form in enumerate(row.get("forms", ())):
        yield form, ("forms", k)
    for prefix, (k, form) in product(prefixes, enumerate(row.get("national", ()))):
        yield f"{prefix} {form}", ("national", k)


def control_forms(table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Where]]:
    """The printed forms of a control: its name, where no others are given; a suffix's always."""
    if table == "suffix" or "forms" not in row:
        yield row["name"], ("name",)
    for k, form in enumerate(row.get("forms", ())):
        yield form, ("forms", k)


def schedule_tokens(token: str, row: Mapping[str, Any]) -> Iterator[str]:
    """The tokens that one stands for: `XGDS-n` for one of each of the row's numbers."""
    for number in row.get("numbers", ("n",)):
        yield token.replace("n", str(number))


def _scheme(row: Mapping[str, Any]) -> Scheme:
    return Scheme(
        row["id"], row["name"], tuple(row.get("prefixes", ())), row.get("grade", True)
    )


def _level(row: Mapping[str, Any], scheme: Scheme) -> Level:
    return Level(
        row["id"],
        row["name"],
        row["short"],
        row["rank"],
        scheme.id,
        row.get("since"),
        row.get("until"),
        row.get("weak", False),
        scheme.grade,
    )


def _control(table: str, row: Mapping[str, Any]) -> Control:
    suffix = table == "suffix"
    return Control(
        row["name"],
        tuple(form for form, _ in control_forms(table, row)),
        tuple(row.get("short", ())),
        "suffix" if suffix else row["group"],
        row.get("since"),
        row.get("until"),
        False if suffix else row.get("alone", True),
    )


def _order(row: Mapping[str, Any]) -> Order:
    return Order(
        row["number"],
        row["signed"],
        row.get("effective", row["signed"]),
        row.get("until"),
        tuple(row["levels"]),
        row.get("portions", "no"),
        row.get("amends"),
    )


def _schedules(row: Mapping[str, Any]) -> Iterator[Schedule]:
    forms = [tuple(schedule_tokens(form, row)) for form in row.get("forms", ())]
    for k, token in enumerate(schedule_tokens(row["token"], row)):
        yield Schedule(
            token,
            tuple(form[k] for form in forms),
            row.get("order"),
            row["effect"],
            row.get("wording", ""),
            row.get("since"),
            row.get("until"),
            row.get("exempt", False),
        )


def _exemption(row: Mapping[str, Any]) -> Exemption:
    return Exemption(
        row["code"],
        tuple(row.get("forms", ())),
        row["family"],
        row.get("meaning", ""),
        row.get("order"),
        row.get("since"),
        row.get("until"),
    )


def _notice(row: Mapping[str, Any]) -> Notice:
    forms = (row["name"], *row.get("forms", ()))
    return Notice(row["name"], forms, row.get("agency"), row.get("since"), row.get("until"))


def _words(layers: Iterable[Layer]) -> Words:
    tables = [layer.tables["words"] for layer in layers if "words" in layer.tables]

    def every(name: str) -> frozenset[str]:
        return frozenset(word for table in tables for word in table.get(name, ()))

    return Words(
        every("stop"), every("stop-top"), every("short"), every("function"), every("noun")
    )
