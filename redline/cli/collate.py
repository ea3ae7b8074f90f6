"""`redline collate`: two witnesses or more, laid beside each other."""

from __future__ import annotations

import os
import re
from typing import Annotated

import typer

from redline.cli import inputs
from redline.cli.inputs import Encoding, From, Registers, Width
from redline.cli.readings import read_once, reading_of
from redline.cli.running import DONE, FAILED, complain, write_bytes

__all__ = ["collate"]

_TABLE = "table"
_NAMED = re.compile(r"([^\s=@/\\]+)=(.+)", re.S)


def collate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Transcriptions, FILE@draft, FILE@STAGE, SIGLUM=FILE; - is standard input.",
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORM",
            help="table, tei-app, json or html (by the suffix of OUT, else table).",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write (standard output)."),
    ] = None,
    unit: Annotated[
        str, typer.Option(metavar="UNIT", help="word (the default), char, line, sentence, block.")
    ] = "word",
    width: Width = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour.")] = False,
    from_: From = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Lay two witnesses or more beside each other."""
    from redline.collation.units import UNITS
    from redline.collation.witnesses import WitnessError
    from redline.collation.witnesses import collate as collated
    from redline.formats import collation as forms

    if output == "-":
        output = None
    to = to or (output and forms.by_suffix(output)) or _TABLE
    if to != _TABLE and to not in forms.FORMS:
        complain(f"no form {to!r}; say --to {', '.join([_TABLE, *forms.FORMS])}")
        return FAILED
    if unit not in UNITS:
        complain(f"no unit {unit!r}; say --unit {', '.join(UNITS)}")
        return FAILED
    named = _sigla(files)
    if not read_once(spec for _, spec in named):
        complain("standard input can be read once; save it in a file")
        return FAILED
    if len(named) < 2:
        raise WitnessError("one witness is no collation; name two or more: FILE@draft FILE@final")
    with inputs.registered(register):
        read = [reading_of(spec, from_, encoding) for _, spec in named]
    found = collated(
        {siglum: reading for (siglum, _), (_, reading) in zip(named, read, strict=True)},
        unit,
        names=[name for name, _ in read],
    )
    if to == _TABLE and output is None:
        from redline.formats.collation.terminal import show_table
        from redline.formats.terminal import Screen

        show_table(found.joined(), Screen(width, color=not no_color))
        return DONE
    if to == _TABLE:
        from redline.formats.collation.terminal import to_text

        text = to_text(found.joined(), width or 80)
    else:
        text = forms.dumps(found, to)
    data = text.encode("utf-8", "replace")
    if output is None:
        write_bytes(data)
    else:
        from redline.formats.files import save

        save(data, output)
    return DONE


def _sigla(files: list[str]) -> list[tuple[str, str]]:
    """Siglum and FILE@STAGE of each; who has no siglum gets a letter."""
    from redline.collation.witnesses import WitnessError, sigla_for

    found: list[tuple[str | None, str]] = []
    for file in files:
        named = None if os.path.exists(file) else _NAMED.fullmatch(file)
        found.append((named[1], named[2]) if named else (None, file))
    given = [siglum for siglum, _ in found if siglum is not None]
    for siglum in given:
        if given.count(siglum) > 1:
            raise WitnessError(f"two witnesses are called {siglum}; give each its own siglum")
    free = (siglum for siglum in sigla_for(len(files) + len(given)) if siglum not in given)
    return [(siglum if siglum is not None else next(free), spec) for siglum, spec in found]
