"""Files made by hand that are not valid, and what has to be found in each.

`invalid/NAME.xml` stands beside `invalid/NAME.txt`: line, column, rule and message, one finding a
line. `python -m tests.validation.test_invalid` writes what is found today; read the difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from redline.validation import files, validate
from redline.validation.rules import RULES
from tests.judges import schemas

FOLDER = Path(__file__).with_name("invalid")
CASES = sorted(FOLDER.glob("*.xml"))
#: What only a program that reads bytes finds: no validator gets so far.
NO_XML = {"not-closed", "cut-off", "bad-encoding"}

each_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


@cache
def found(path: Path) -> str:
    return "".join(
        f"{each.line}:{each.column} {each.rule} {each.message}\n"
        for each in validate(path.read_bytes(), path.name)
    )


@each_case
def test_what_is_found(path: Path) -> None:
    assert found(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_rule_has_its_case() -> None:
    rules = {line.split()[1] for path in CASES for line in found(path).splitlines()}
    grammar = {"xml", "element", "attribute", "value", "text", "missing"}
    assert rules == grammar | {rule.id for rule in RULES}


def said_by_jing(schema: str, paths: list[Path]) -> list[str]:
    told = schemas._jing_run(schemas.jing_program(), Path(files.own(schema)), paths)
    # The grammar says of an id that it is given once; here a rule does.
    return [line for line in told if " ID " not in line]


def by_rule(*, broken: bool) -> list[Path]:
    """The files in which a rule beside the grammar is broken, or none is."""
    ids = {rule.id for rule in RULES}
    read = [path for path in CASES if path.stem not in NO_XML]
    told = {path: {line.split()[1] for line in found(path).splitlines()} for path in read}
    return [path for path in read if broken != ids.isdisjoint(told[path])]


def test_jing_finds_the_same_files_by_the_grammar() -> None:
    ids = {rule.id for rule in RULES}
    read = [path for path in CASES if path.stem not in NO_XML]
    lines = said_by_jing("redline.rng", read)
    for path in read:
        ours = {line.split()[1] for line in found(path).splitlines()} - ids
        theirs = [line for line in lines if line.startswith(f"{path}:")]
        assert bool(ours) == bool(theirs), (path.stem, theirs)


def test_jing_finds_the_same_files_by_the_rules() -> None:
    assert said_by_jing("redline.sch", by_rule(broken=False)) == []
    for path in by_rule(broken=True):
        assert said_by_jing("redline.sch", [path]) != [], path.stem


if __name__ == "__main__":
    for each in CASES:
        each.with_suffix(".txt").write_text(found(each), encoding="utf-8")
