"""`--hypothesis-seed` means new examples: the default profile has the same ones every time."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("seeded", settings.get_profile("default"), derandomize=False)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("hypothesis_seed", None) is not None:
        settings.load_profile("seeded")
