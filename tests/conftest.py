"""Shared by all tests: where things stand, and hypothesis profiles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
#: Real transcriptions and the TEI Consortium's schemas lie beside a checkout, where they do.
SHARED = ROOT.parent / "shared"

# `HYPOTHESIS_PROFILE=thorough pytest tests/laws` looks longer, with new examples each time.
settings.register_profile(
    "default",
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=5000,
                          derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def _shared(folder: str) -> Path:
    path = SHARED / folder
    if not path.is_dir():
        pytest.skip(f"no ../shared/{folder} beside this checkout")
    return path


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The real transcriptions, in order; skips where they are not at hand."""
    return sorted(_shared("seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def tei_schemas() -> Path:
    """The folder of tei_all schemas; skips where it is not at hand."""
    return _shared("tei")
