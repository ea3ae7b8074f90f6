from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from redline import corpus
from tests.bench import papers


class Built(NamedTuple):
    source: Path
    out: Path
    planted: Counter[tuple[str, ...]]
    summary: corpus.Summary


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A collection of 156 papers, built by one worker and never disturbed."""
    folder = tmp_path_factory.mktemp("collection")
    planted = papers.write(folder / "papers", 156)
    summary = corpus.build(folder / "papers", folder / "out", workers=1)
    return Built(folder / "papers", folder / "out", planted, summary)
