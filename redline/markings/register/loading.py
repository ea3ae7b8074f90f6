"""Register files: read, checked, and added to a register. Every fault has its line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from os import PathLike
from typing import Any, NamedTuple

from redline.diagnostics import RegisterError
from redline.markings.register import Layer, Register, active, builtin, using
from redline.markings.register.building import build
from redline.markings.register.toml_places import Places
from redline.markings.register.validation import faults, shape_faults

__all__ = [
    "Extension",
    "Given",
    "extend",
    "load_extension",
    "read_layer",
    "registered",
    "resolve",
]

_LINE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)\Z")
#: What `tomllib` fails on without saying where: a number too long, brackets too deep.
_TOO_LONG = re.compile(r"[0-9_]{4300}|(?:[\[{]\s*){50}")


class Extension(NamedTuple):
    """A project's own register file: its tables, and the lines they stand on.

    What it holds is of the right form; whether it goes together with a register shows when it is
    added to one.
    """

    layer: Layer
    places: Places


#: What a caller may give for a register: one, a file, or several files that add to one another.
Given = Register | str | PathLike[str] | Sequence[str | PathLike[str]]


def resolve(given: Given) -> Register:
    """The register a caller means; files add to the built-in one, in their order."""
    if isinstance(given, Register):
        return given
    paths = [given] if isinstance(given, str | PathLike) else given
    return _extended(tuple((os.fspath(path), _state(path)) for path in paths))


@contextmanager
def registered(given: Given | None) -> Iterator[Register]:
    """Put the register a caller means in force; with None, the one that is goes on."""
    with using(active() if given is None else resolve(given)) as register:
        yield register


def _state(path: str | PathLike[str]) -> tuple[int, int] | None:
    """What changes when a file is written; None for one that cannot be had."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=8)
def _extended(files: tuple[tuple[str, object], ...]) -> Register:
    """The register of these files, read once for as long as they do not change."""
    return builtin().extended(*(load_extension(path) for path, _ in files))


def load_extension(path: str | PathLike[str]) -> Extension:
    """See `redline.markings.register.load`."""
    name = os.fspath(path)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        raise RegisterError(f"cannot read register {name}: {reason}; name a TOML file") from None
    found = read_layer(data, name)
    _raise(found, shape_faults(found.layer.tables))
    return found


def extend(register: Register, extensions: Iterable[Extension]) -> Register:
    """See `Register.extended`."""
    layers = register.layers
    for extension in extensions:
        before = [layer.tables for layer in layers]
        _raise(extension, faults(extension.layer.tables, before))
        layers = (*layers, extension.layer)
    return build(layers)


def _raise(file: Extension, found: Iterable[tuple[tuple[str | int, ...], str]]) -> None:
    told = sorted((file.places.line(*path), message) for path, message in found)
    if told:
        raise RegisterError(*(f"{file.layer.name}:{line}: {message}" for line, message in told))


def read_layer(data: bytes, name: str) -> Extension:
    """The tables of a file, not yet checked. Raises `RegisterError` for what is no TOML."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        byte = f"0x{data[fault.start]:02x}"
        raise RegisterError(f"{name}:{line}: not UTF-8 ({byte}); save the file as UTF-8") from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        said = str(fault)
        found = _LINE.search(said)
        line = int(found["line"] or text.rstrip().count("\n") + 1) if found else 1
        said = _LINE.sub("", said)
        raise RegisterError(f"{name}:{line}: not TOML: {said}; mend this line") from None
    except (ValueError, RecursionError):
        long = _TOO_LONG.search(text)
        line = text.count("\n", 0, long.start()) + 1 if long else 1
        message = "a number too long, or brackets too deep; no register has that"
        raise RegisterError(f"{name}:{line}: {message}") from None
    return Extension(Layer(name, _plain(tables)), Places(text))


def _plain(value: Any) -> Any:
    """Values with TOML's own dates as the ISO strings that the register has."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value
