"""Read-only mappings, which no pickle can hold, as plain ones and back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["frozen", "thawed"]


def thawed(value: Any) -> Any:
    """A value in which read-only mappings are plain ones, so that it can be pickled."""
    if isinstance(value, Mapping):
        return {key: thawed(each) for key, each in value.items()}
    return value


def frozen(value: Any) -> Any:
    """The value with its mappings read-only again."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(each) for key, each in value.items()})
    return value
