"""`redline check`: what is doubtful, one finding a line."""

from __future__ import annotations

from typing import Annotated

import typer

from redline.cli import inputs
from redline.cli.inputs import Encoding, From, Means, Registers
from redline.cli.running import DONE, FAILED, FOUND, complain, one_line

__all__ = ["check"]


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...", help="Transcriptions; - is standard input.", show_default=False
        ),
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE", help="Say what a code means; needs no file.")
    ] = None,
    from_: From = None,
    ins: Means = "addition",
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Print what is doubtful, one finding a line: FILE:LINE:COL: severity CODE message."""
    if explain is not None:
        from redline.formats.terminal.explain import explain as page

        print(page(explain))
        return DONE
    if not files:
        complain("which FILE? or --explain CODE; see redline check --help")
        return FAILED

    from redline.formats.files import BadBytes

    def action(name: str) -> int:
        try:
            document = inputs.open_document(name, from_, encoding, ins)
        except BadBytes as fault:
            print(
                one_line(
                    f"{fault.name}:{fault.line}:{fault.column}: error input-encoding {fault.reason}"
                )
            )
            return FOUND
        where = document.source.name
        for d in document.diagnostics:
            place = f"{where}:{d.line}:{d.column}"
            print(one_line(f"{place}: {d.severity} {d.code} {d.message}"))
        return FOUND if any(d.severity == "error" for d in document.diagnostics) else DONE

    with inputs.registered(register):
        return inputs.each(files, action)
