"""`redline convert`: a transcription in another format."""

from __future__ import annotations

from typing import Annotated

import typer

from redline.cli import inputs
from redline.cli.inputs import Encoding, File, From, Registers
from redline.cli.running import DONE, FAILED, complain, write_bytes

__all__ = ["convert"]


def convert(
    file: File,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="Format of the output: tei, json, native (by the suffix of OUT).",
        ),
    ] = None,
    from_: From = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write (standard output)."),
    ] = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Write a transcription in another format."""
    from redline.formats import by_suffix, find
    from redline.formats.files import encode_document, write_file

    if output == "-":
        output = None
    to = to or (by_suffix(output) if output else None)
    if to is None:
        complain("which format? say --to tei, --to json or --to native")
        return FAILED
    find(to)
    with inputs.registered(register):
        document = inputs.open_document(file, from_, encoding)
        if output is not None:
            write_file(document, output, format=to)
            return DONE
        data = encode_document(document, to)
    write_bytes(data)
    return DONE
