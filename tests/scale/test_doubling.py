"""Hostile papers, once and doubled, through everything that reads or writes a whole paper."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

import redline
from tests.scale.clock import grows_linearly
from tests.scale.hostile import HOSTILE

each_paper = pytest.mark.parametrize("name", HOSTILE)


@functools.lru_cache(maxsize=2)
def _paper(name: str, times: int) -> str:
    make, n = HOSTILE[name]
    return make(n * times)


@functools.lru_cache(maxsize=2)
def _document(name: str, times: int) -> redline.Document:
    return redline.parse(_paper(name, times))


def _readings(document: redline.Document) -> None:
    for stage in ("draft", "final"):
        assert isinstance(document.reading(stage).text, str)


WRITERS: dict[str, Callable[[redline.Document], Any]] = {
    "readings": _readings,
    "native": lambda document: redline.dumps(document, "native"),
    "json": lambda document: redline.dumps(document, "json"),
    "tei": lambda document: redline.dumps(document, "tei"),
}


@each_paper
def test_doubling(name: str) -> None:
    """One test a paper, so that no more than one paper is in memory at a time."""
    small, large = _paper(name, 1), _paper(name, 2)
    verdicts = {"parse": grows_linearly(lambda: redline.parse(small), lambda: redline.parse(large))}
    one, two = _document(name, 1), _document(name, 2)
    for step, write in WRITERS.items():
        verdicts[step] = grows_linearly(
            functools.partial(write, one), functools.partial(write, two)
        )
    slow = {step: told for step, (good, told) in verdicts.items() if not good}
    assert not slow
    assert redline.dumps(two, "native") == large


def _tei(times: int) -> str:
    row = (
        '<p n="1">No <subst><del>ship</del><add>boat</add></subst> left<del> the <hi>old</hi>\n'
        'harbour</del> on <persName ref="#x">Friday</persName><lb/>\n or later.</p>\n'
    )
    return f"<TEI><text><body>{row * (2_000 * times)}</body></text></TEI>"


def test_reading_tei() -> None:
    small, large = _tei(1), _tei(2)
    good, told = grows_linearly(
        lambda: redline.loads(small, "tei"), lambda: redline.loads(large, "tei")
    )
    assert good, told


def test_hostile_tei() -> None:
    spans = '<delSpan spanTo="#z"/>a ' * 20_000
    document = redline.loads(
        f'<TEI><text><body><p>{spans}<anchor xml:id="z"/></p></body></text></TEI>', "tei"
    )
    assert len(document.acts) == 64
    assert len(document.diagnostics) == 20_000 - 64
    assert document.reading("draft").text.count("a") == 20_000
