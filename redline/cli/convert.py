"""`redline convert`: a transcription, or what differs between two, in another format."""

from __future__ import annotations

from typing import Annotated

import typer

from redline.cli import inputs
from redline.cli.inputs import Encoding, Means, Registers
from redline.cli.readings import read_once, reading_of
from redline.cli.running import DONE, FAILED, complain, write_bytes
from redline.formats import AUTO, readable, writable
from redline.model import Document

__all__ = ["convert"]

#: Stands for a format where two texts make one document: the first its draft, the second its
#: final text.
PAIR = "pair"


def convert(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help=f"A transcription; - is standard input. Two with --from {PAIR}: the draft and "
            "the final text. Several of PAGE XML or ALTO: the pages of one paper.",
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help=f"Format of the output: {', '.join(writable())} (by the suffix of OUT).",
        ),
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=f"Format of the input: {', '.join(readable())}; {AUTO}: by its marks, and says "
            f"why; {PAIR}: two files (by its suffix, else native).",
        ),
    ] = None,
    ins: Means = "addition",
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write (standard output)."),
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="Say on standard error what the format cannot say.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing where the format cannot say all.")
    ] = False,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Write a transcription in another format."""
    from redline.formats import by_suffix, find
    from redline.formats.files import encode_document, read_pages, write_file

    if output == "-":
        output = None
    to = to or (by_suffix(output) if output else None)
    if to is None:
        complain("which format? name it with --to; redline convert --help lists them")
        return FAILED
    to = find(to).name
    if from_ == PAIR and len(files) != 2:
        complain("--from pair takes two files: the draft and the final text")
        return FAILED
    if not read_once(files):
        complain("standard input can be read once; save it in a file")
        return FAILED
    with inputs.registered(register):
        if from_ == PAIR:
            document = _compared(files[0], files[1], encoding)
        elif len(files) > 1:
            document = read_pages(files, format=from_, encoding=encoding)
        else:
            document = inputs.open_document(files[0], from_, encoding, ins)
        if report or strict:
            _weigh(document, to, report, strict)
        if output is not None:
            write_file(document, output, format=to)
            return DONE
        data = encode_document(document, to)
    write_bytes(data)
    return DONE


def _compared(draft: str, final: str, encoding: str | None) -> Document:
    """Two texts as one document."""
    from redline.collation.comparison import compare

    one, other = (reading_of(spec, None, encoding)[1] for spec in (draft, final))
    return compare(one, other).document


def _weigh(document: Document, to: str, report: bool, strict: bool) -> None:
    """Say what the format leaves out; with `strict` raise where it leaves out anything."""
    from redline.formats.losses import losses, refused, sentences

    found = losses(document, to)
    name = document.source.name
    if report:
        for sentence in sentences(found, to):
            complain(f"{name}: {sentence}")
        if not found:
            complain(f"{name}: {to} says all of it")
    if strict and found:
        raise refused(found, to, name)
