"""Edits of a paper and of one twice as long; ten thousand decisions."""

from __future__ import annotations

import functools
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

import redline
from redline import edit
from tests.scale.clock import grows_linearly

_LINE = "The ships ~~lay~~ ^{lie} in the roads of the harbour[^1], and so *it* ~~was~~ seen.\n\n"

STEPS: dict[str, Callable[[redline.Document], Any]] = {
    "insert": lambda doc: edit.insert(doc, len(doc.text) // 2 - 3, "x"),
    "delete all": lambda doc: edit.delete(doc, 0, len(doc.text)),
    "delete all for good": lambda doc: edit.delete(doc, 0, len(doc.text), tracked=False),
    "replace": lambda doc: edit.replace(doc, 4, len(doc.text) - 4, "x"),
    "join": lambda doc: edit.join(doc, *[act.id for act in doc.acts]),
    "write": lambda doc: redline.dumps(edit.delete(doc, 0, len(doc.text)).document, "native"),
}


@functools.cache
def _document(lines: int) -> redline.Document:
    return redline.parse(_LINE * lines)


@pytest.mark.parametrize("step", STEPS)
def test_doubling(step: str) -> None:
    one, two = _document(1500), _document(3000)
    work = STEPS[step]
    good, told = grows_linearly(functools.partial(work, one), functools.partial(work, two))
    assert good, told


def test_ten_thousand_decisions() -> None:
    document = _document(6000)
    ids = [act.id for act in document.acts[:10_000]]
    document.accept(ids[0])  # the table of ids is made once
    begin = process_time()
    made = document.accept(*ids)
    spent = process_time() - begin
    assert len(made.decisions) == 10_000
    assert spent < 0.1, f"{spent:.3f} s"
