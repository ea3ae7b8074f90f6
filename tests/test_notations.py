"""Runs the pages of examples in tests/notations, and the laws every notation keeps on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import redline
from redline.formats import FORMATS, dumps, loads
from redline.model import Document
from tests.spec.runner import Case, Example, SpecError, complaints, examples_of, read, shown

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    path for path in (ROOT / "tests" / "notations").glob("*.md") if path.stem != "README"
)
STAGES = ("draft", "final")
#: Notations that have no mark for what was added.
ONE_WAY = frozenset({"loc", "gfm-underlined"})
#: The least number of examples a page has.
LEAST = 25


def short(page: str, text: str) -> Iterator[Example]:
    """The examples of fences whose info string is `cases`: see README.md."""
    for fence in re.finditer(r"(?m)^```cases\n((?s:.*?))^```$", text):
        line = text.count("\n", 0, fence.start(1)) + 1
        for block in fence[1].split("\n\n"):
            lines = block.strip("\n").split("\n")
            if lines != [""]:
                yield Example(page, line + (block[:1] == "\n"), tuple(_spelled(lines)))
            line += block.count("\n") + 2


def _spelled(lines: list[str]) -> Iterator[str]:
    """A short example as a long one."""
    source, *rest = lines
    yield source.replace("⏎", "\n")
    for sign, section in (("=", "both"), ("-", "draft"), ("+", "final"), ("!", "also")):
        found = [line[1:].strip() for line in rest if line.startswith(sign)]
        if found:
            yield f"---{section}---"
            yield from (line.replace("⏎", "\n") for line in found)
    strange = [line for line in rest if line[:1] not in "=-+!"]
    if strange:
        raise SpecError(f"not a line of a short example: {strange[0]}")


@cache
def of_page(path: Path) -> tuple[Example, ...]:
    found = (*examples_of(path), *short(path.stem, path.read_text(encoding="utf-8")))
    return tuple(each._replace(body=tuple("\n".join(each.body).split("\n"))) for each in found)


def all_examples() -> list[Any]:
    return [
        pytest.param(each, path.stem, id=f"{path.stem}:{each.line}")
        for path in PAGES
        for each in of_page(path)
    ]


def spoken(example: Example) -> tuple[Case, dict[str, str]]:
    """The case, and the options under `option:`."""
    case = read(example)
    options = dict(
        line.removeprefix("option:").strip().split("=", 1)
        for line in case.also
        if line.startswith("option:")
    )
    left = tuple(line for line in case.also if not line.startswith("option:"))
    return case._replace(also=left), options


def load(case: Case, format: str, options: dict[str, str]) -> Document:
    return loads(case.text, options.get("format", format))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_has_enough_examples(path: Path) -> None:
    assert path.stem in FORMATS
    assert len(of_page(path)) >= LEAST
    texts = [(read(each).text, str(spoken(each)[1])) for each in of_page(path)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("example", "format"), all_examples())
def test_example(example: Example, format: str) -> None:
    case, options = spoken(example)
    found = list(complaints(case, load(case, format, options)))
    if found:
        where = f"{example.page}:{example.line}"
        pytest.fail("\n".join([where, "input", shown(case.text), *found]), pytrace=False)


@pytest.mark.parametrize(("example", "format"), all_examples())
def test_text_maps_to_the_source(example: Example, format: str) -> None:
    case, options = spoken(example)
    document = load(case, format, options)
    assert document.format == options.get("format", format)
    assert document.source.text == case.text
    at = here = 0
    for begin, end, start, stop in document.origin.segments():
        assert begin == at
        assert here <= start <= stop <= len(case.text)
        if end - begin == stop - start:
            ours, theirs = document.text[begin:end], case.text[start:stop]
            ends = str.maketrans("\r\n\f", "   ")  # a line end is one space
            same = ours.translate(ends) == theirs.translate(ends)
            assert same or stop - start < 3  # or stands for a mark
        at, here = end, max(here, start)
    assert at == len(document.text)
    assert [s.start for s in document.spans] == sorted(s.start for s in document.spans)
    for k in range(len(document.spans)):
        first, last = document.extent(k)
        assert 0 <= first <= last <= len(case.text)
    assert {k for act in document.acts for k in act.parts} == {
        k for k, s in enumerate(document.spans) if s.kind in ("del", "add")
    }


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(("example", "format"), all_examples())
def test_native_notation_of_it_reads_the_same(example: Example, format: str) -> None:
    case, options = spoken(example)
    document = load(case, format, options)
    again = redline.parse(dumps(document, "native"))
    white = any(not p.text for r in document.revisions for p in (*r.deleted, *r.added))
    for stage in STAGES:
        ours, theirs = (plain(each.reading(stage).text) for each in (document, again))
        if white:  # a mark around white space alone has no native notation
            ours, theirs = ours.replace(" ", ""), theirs.replace(" ", "")
        assert theirs == ours


@pytest.mark.parametrize(("example", "format"), all_examples())
def test_written_it_is_its_source(example: Example, format: str) -> None:
    if FORMATS[format].writes is None:
        pytest.skip(f"{format} is read and not written")
    case, options = spoken(example)
    assert dumps(load(case, format, options), options.get("format", format)) == case.text


@pytest.mark.parametrize(("example", "format"), all_examples())
def test_written_anew_it_reads_the_same(example: Example, format: str) -> None:
    if FORMATS[format].writes is None:
        pytest.skip(f"{format} is read and not written")
    case, options = spoken(example)
    native = redline.parse(dumps(load(case, format, options), "native"))
    format = options.get("format", format)
    again = loads(dumps(native, format), format)
    for stage in STAGES if format not in ONE_WAY else ("final",):
        assert plain(again.reading(stage).text) == plain(native.reading(stage).text)
    if format not in ONE_WAY and not any(d.code == "crossing-marks" for d in native.diagnostics):
        assert parts(again) == parts(native)


def parts(document: Document) -> list[tuple[str, str]]:
    """What was struck and what was added. Which belong together, a notation may not say."""
    return sorted(
        (side, part.text)
        for revision in document.revisions
        for side, found in (("deleted", revision.deleted), ("added", revision.added))
        for part in found
    )
