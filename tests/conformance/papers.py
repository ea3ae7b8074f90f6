"""Every paper that the outside judges see: the seeds, the samples and the edge cases."""

from __future__ import annotations

import functools

import pytest

import redline
from tests.conformance.edges import EDGES
from tests.judges.schemas import ROOT

SEEDS = ROOT.parent / "shared" / "seeds"


def _papers() -> dict[str, str]:
    samples = [
        file
        for file in sorted((ROOT / "samples").glob("*/*.txt"))
        if file.stem == file.parent.name  # the transcription, not its projections
    ]
    files = [*sorted(SEEDS.glob("*.txt")), *samples]
    real = {f"{file.parent.name}/{file.name}": file.read_bytes().decode() for file in files}
    return {**real, **{f"edge/{name}": text for name, text in EDGES.items()}}


PAPERS = _papers()
"""Name to notation."""

each_paper = pytest.mark.parametrize("name", PAPERS)


@functools.cache
def document(name: str) -> redline.Document:
    """A paper, parsed; once a process."""
    return redline.parse(PAPERS[name], name=name)
