"""`redline validate`: TEI files against redline's schema, or another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from redline.cli.running import DONE, FAILED, FOUND, complain, one_line
from redline.diagnostics import RedlineError

if TYPE_CHECKING:
    from redline.validation import Finding

__all__ = ["validate"]

_STDIN = "<stdin>"


def validate(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="TEI files; - is standard input.")
    ],
    schema: Annotated[
        str | None,
        typer.Option(
            metavar="RNG", help="Another RELAX NG schema, instead of redline's and its rules."
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            min=0.1,
            help="How long another schema may take, files and all (60).",
        ),
    ] = 60,
    explain: Annotated[
        bool, typer.Option("--explain", help="Let jing, where it is installed, explain too.")
    ] = False,
) -> int:
    """Say what is not valid TEI as redline writes it: FILE:LINE:COL: error RULE message."""
    from redline.validation import Finding, SchemaTimeout, another
    from redline.validation import validate as judged
    from redline.validation.parsing import parse

    worst = DONE
    whole: dict[str, bytes] = {}  # what can be judged
    found: dict[str, list[Finding]] = {}
    for file in dict.fromkeys(files):
        name = _STDIN if file == "-" else file
        try:
            data = _bytes(file)
            if schema is None:
                found[name] = judged(data, name)
            else:
                root = parse(data, name)
                found[name] = [root] if isinstance(root, Finding) else []
            if not any(each.rule == "xml" for each in found[name]):
                whole[name] = data
        except RedlineError as why:
            complain(why)
            worst = FAILED
    if schema is not None and whole:
        try:
            rows = another([*whole.values()], schema, seconds=time_limit)
        except SchemaTimeout as why:
            if not explain:
                raise
            complain(why)
            return _by_jing_alone(whole, schema)
        found.update(zip(whole, rows, strict=True))
    for name, faults in found.items():
        for fault in faults:
            print(_line(name, fault))
        if faults:
            worst = max(worst, FOUND)
            if explain and name in whole:
                _explain(whole[name], name, schema)
    if any(found[name] for name in whole) and not explain:
        _hint()
    return worst


def _bytes(file: str) -> bytes:
    from redline.diagnostics import InputError
    from redline.formats.files import read_bytes

    if file != "-":
        return read_bytes(file)
    if sys.stdin is None:
        raise InputError("standard input is closed; give a file, or open it with < FILE")
    try:
        return sys.stdin.buffer.read()
    except OSError as fault:
        raise InputError(f"cannot read standard input: {fault.strerror}") from None


def _line(name: str, fault: Finding) -> str:
    more = f" [{fault.more}]" if fault.more else ""
    place = f"{name}:{fault.line}:{fault.column}"
    return one_line(f"{place}: error {fault.rule} {fault.message}{more}")


def _by_jing_alone(files: dict[str, bytes], schema: str) -> int:
    """A schema that lxml cannot do: jing is asked whether the files are valid."""
    return max(_explain(data, name, schema) for name, data in files.items())


def _explain(data: bytes, name: str, schema: str | None) -> int:
    """Print what jing says; `FOUND` if it says anything."""
    from redline.validation import files
    from redline.validation.jing import jing

    schemas = [files.own(own) for own in ("redline.rng", "redline.sch")]
    status = DONE
    for line in jing(data, name, schemas if schema is None else [schema]):
        print(one_line(f"jing: {line}"))
        status = FOUND
    return status


def _hint() -> None:
    """Where it is likely to be wanted: at a terminal."""
    from redline.validation.jing import is_here

    if sys.stdout.isatty() and is_here():
        complain("jing is installed; --explain lets it say more")
