"""Runs the specification by example: tests/spec/*.md and docs/reference/notation.md.

How an example is written stands at the head of tests/spec/README.md. A test's id is the
file and the line of the example's opening fence.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import redline
from tests.spec.runner import PAGES, Example, SpecError, complaints, examples_of, read, shown


def all_examples() -> list[Any]:
    """Every example of every page; a page that cannot be read fails in the test below."""
    found = []
    for path in PAGES:
        try:
            of_page = examples_of(path)
        except (OSError, SpecError):
            continue
        found += [pytest.param(each, id=f"{each.page}:{each.line}") for each in of_page]
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_has_examples(path: Path) -> None:
    assert examples_of(path), f"{path.name} has no example"


@pytest.mark.parametrize("example", all_examples())
def test_example(example: Example) -> None:
    case = read(example)
    found = list(complaints(case, redline.parse(case.text)))
    if found:
        where = f"{example.page}:{example.line}"
        pytest.fail("\n".join([where, "input", shown(case.text), *found]), pytrace=False)


def test_no_example_stands_twice() -> None:
    counted = Counter(read(each.values[0]).text for each in all_examples()
                      if each.values[0].page.startswith("tests/"))
    assert [text for text, times in counted.items() if times > 1] == []
