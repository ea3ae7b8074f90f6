"""What has to agree between the rows of a register, in one file and with the files before it.

Every row that comes here has passed `validation`: its keys are known and its values of their kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from redline.markings.register.building import control_forms, level_forms, schedule_tokens
from redline.markings.register.rows import code_key, earlier, notice_words, phrase

__all__ = ["CHECKS", "Fault", "Row"]

Row = Mapping[str, Any]
#: Of what is wrong: its path in the tables, and what is wrong and what to do.
Fault = tuple[tuple[str | int, ...], str]
Check = Callable[[Row, Sequence[Row]], Iterator[Fault]]

_PERIODS = (("since", "until"), ("signed", "effective"), ("effective", "until"))


def _each(tables: Row, table: str) -> Iterator[tuple[int, Row]]:
    yield from enumerate(tables.get(table, ()))


def _dates(tables: Row, _before: Sequence[Row]) -> Iterator[Fault]:
    for table in tables.keys() - {"words"}:
        for at, row in _each(tables, table):
            for first, last in _PERIODS:
                if first in row and last in row and earlier(row[last], row[first]):
                    message = f"{last} {row[last]} is before {first} {row[first]}; exchange them"
                    yield (table, at, last), message


# -- what only one row may have -------------------------------------------------------------


class _Claim(NamedTuple):
    """A value that only one row may have: of what sort, as shown, where, and whose it is."""

    sort: str
    value: object
    shown: str
    path: tuple[str | int, ...]
    owner: str


def _claims(tables: Row, prefixes: Mapping[str, Sequence[str]]) -> Iterator[_Claim]:
    for at, row in _each(tables, "scheme"):
        path, owner = ("scheme", at), f"scheme {row['id']}"
        yield _Claim("scheme", row["id"], row["id"], (*path, "id"), owner)
        for k, prefix in enumerate(row.get("prefixes", ())):
            yield _Claim("prefix", phrase(prefix), prefix, (*path, "prefixes", k), owner)
    for at, row in _each(tables, "level"):
        path, owner = ("level", at), f"level {row['id']}"
        yield _Claim("id", row["id"], row["id"], (*path, "id"), owner)
        short = row["short"]
        yield _Claim("short form", (row["scheme"], short), short, (*path, "short"), owner)
        for form, where in level_forms(row, prefixes.get(row["scheme"], ())):
            yield _Claim("printed form", phrase(form), form, (*path, *where), owner)
    for table in ("suffix", "control"):
        for at, row in _each(tables, table):
            path, owner = (table, at), f"{table} {row['name']}"
            yield _Claim("name", row["name"], row["name"], (*path, "name"), owner)
            for form, where in control_forms(table, row):
                yield _Claim("printed form", phrase(form), form, (*path, *where), owner)
            for k, short in enumerate(row.get("short", ())):
                yield _Claim("short form", short, short, (*path, "short", k), owner)
    for at, row in _each(tables, "order"):
        number = row["number"]
        yield _Claim("number", number, number, ("order", at, "number"), f"order {number}")
    for at, row in _each(tables, "schedule"):
        order = row.get("order")
        owner = f"schedule {row['token']}" + (f" of {order}" if order else "")
        for text, where in _texts(row, "token"):
            for token in schedule_tokens(text, row):
                key = (order, code_key(token))
                yield _Claim("token", key, token, ("schedule", at, *where), owner)
    for at, row in _each(tables, "exemption"):
        owner = f"exemption {row['code']}"
        for text, where in _texts(row, "code"):
            yield _Claim("code", code_key(text), text, ("exemption", at, *where), owner)
    for at, row in _each(tables, "notice"):
        owner = f"notice {row['name']}"
        for text, where in _texts(row, "name"):
            yield _Claim("notice", notice_words(text), text, ("notice", at, *where), owner)
    for at, row in _each(tables, "fuzzy"):
        word = row["word"]
        yield _Claim("word", word, word, ("fuzzy", at, "word"), f"fuzzy {word}")


def _texts(row: Row, key: str) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    yield row[key], (key,)
    for k, form in enumerate(row.get("forms", ())):
        yield form, ("forms", k)


def _duplicates(tables: Row, before: Sequence[Row]) -> Iterator[Fault]:
    prefixes = {
        row["id"]: row.get("prefixes", ())
        for each in (*before, tables)
        for _, row in _each(each, "scheme")
    }
    owners: dict[tuple[str, object], tuple[object, str]] = {}
    told = set()
    for file, each in enumerate((*before, tables)):
        for claim in _claims(each, prefixes):
            row = (file, claim.path[:2])
            other, owner = owners.setdefault((claim.sort, claim.value), (row, claim.owner))
            if other != row and each is tables and claim.path not in told:
                told.add(claim.path)
                message = f"{claim.sort} {claim.shown!r} is taken by {owner}; give another"
                yield claim.path, message


# -- what must be there ---------------------------------------------------------------------


def _references(tables: Row, before: Sequence[Row]) -> Iterator[Fault]:
    every = (*before, tables)
    schemes = {row["id"]: row for each in every for _, row in _each(each, "scheme")}
    levels = {row["id"] for each in every for _, row in _each(each, "level")}
    orders = {row["number"] for each in every for _, row in _each(each, "order")}
    for at, row in _each(tables, "level"):
        scheme = schemes.get(row["scheme"])
        if scheme is None:
            known = ", ".join(schemes) or "none yet"
            message = f"no scheme {row['scheme']!r}; add a [[scheme]] with this id, or use: {known}"
            yield ("level", at, "scheme"), message
        elif "national" in row and not scheme.get("prefixes"):
            message = f"national forms, and scheme {row['scheme']} has no prefixes; use forms"
            yield ("level", at, "national"), message
    for at, row in _each(tables, "order"):
        for k, level in enumerate(row["levels"]):
            if level not in levels:
                yield ("order", at, "levels", k), f"no level {level!r}; give the id of a level"
    for table, key in (("order", "amends"), ("schedule", "order"), ("exemption", "order")):
        for at, row in _each(tables, table):
            if key in row and row[key] not in orders:
                message = f"no order {row[key]!r}; add an [[order]] with this number"
                yield (table, at, key), message


def _ranks(tables: Row, before: Sequence[Row]) -> Iterator[Fault]:
    """Two grades of one scheme that are valid at one time have different ranks."""
    every = (*before, tables)
    schemes = [row for each in every for _, row in _each(each, "scheme")]
    unordered = {row["id"] for row in schemes if not row.get("grade", True)}
    same: dict[tuple[str, int], list[Row]] = {}
    for each in every:
        for at, row in _each(each, "level"):
            if row["scheme"] in unordered:
                continue
            others = same.setdefault((row["scheme"], row["rank"]), [])
            twin = next((other for other in others if _together(row, other)), None)
            others.append(row)
            if twin is not None and each is tables:
                message = (
                    f"rank {row['rank']} is that of level {twin['id']}, valid at the same time; "
                    "give another rank, or dates that do not overlap"
                )
                yield ("level", at, "rank"), message


def _together(one: Row, other: Row) -> bool:
    """Whether two rows are surely valid at one time; where one ends as the other begins, not."""
    begins = one.get("since"), other.get("since")
    if begins[0] is not None and begins[0] == begins[1]:
        return True
    return not any(
        first.get("until") is not None
        and second.get("since") is not None
        and not earlier(second["since"], first["until"])
        for first, second in ((one, other), (other, one))
    )


def _fuzzy(tables: Row, before: Sequence[Row]) -> Iterator[Fault]:
    every = (*before, tables)
    known = {
        word
        for each in every
        for _, row in _each(each, "level")
        for key in ("forms", "national")
        for form in (row["name"], *row.get(key, ()))
        for word in phrase(form)
    }
    bounded = {row["word"] for each in every for _, row in _each(each, "fuzzy")}
    for at, row in _each(tables, "fuzzy"):
        word, most = row["word"], (len(row["word"]) - 1) // 2
        if word not in known:
            message = f"{word} is a word of no level; add the level, or take this row out"
            yield ("fuzzy", at, "word"), message
        if row["edits"] > most:
            message = (
                f"{row['edits']} wrong letters in a word of {len(word)} make another word; "
                f"give at most {most}"
            )
            yield ("fuzzy", at, "edits"), message
    for name in ("stop", "stop-top"):
        for k, word in enumerate(tables.get("words", {}).get(name, ())):
            if word in bounded:
                message = f"{word} is a word of a level, and a stop word is none; take it out"
                yield ("words", name, k), message


CHECKS: tuple[Check, ...] = (_dates, _references, _duplicates, _ranks, _fuzzy)
