"""`redline compare`: what differs between two texts, and which stage of a draft a print has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from redline.cli import inputs
from redline.cli.inputs import Encoding, From, Registers, Width
from redline.cli.readings import FirstText, SecondText, names_one_of, read_once, reading_of
from redline.cli.running import DONE, FAILED, FOUND, complain, write_bytes
from redline.formats import writable

if TYPE_CHECKING:
    from redline.collation.comparison import Comparison

__all__ = ["compare"]

#: What `--to` takes, and what of it goes with `--stages` and `--summary`.
FORMATS = ("terminal", *writable())
REPORTS = ("terminal", "json")

_Repeated = list[str] | None


def compare(
    a: FirstText,
    b: SecondText,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="terminal (the default), json, tei, html, native or another that redline "
            "convert writes (by the suffix of OUT).",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write (standard output)."),
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            metavar="UNIT",
            help="What is compared as one: char, word (the default), line, sentence or block.",
        ),
    ] = "word",
    stages: Annotated[
        bool, typer.Option("--stages", help="For each revision of A, whose words B has.")
    ] = False,
    summary: Annotated[bool, typer.Option("--summary", help="The figures alone.")] = False,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="A and B beside each other, whole.")
    ] = False,
    ignore: Annotated[
        _Repeated,
        typer.Option(
            metavar="WHAT",
            help="What is no difference: accidental, a kind (transposition …), or a class of "
            "accidentals (spelling, capitals …). May be repeated.",
            show_default=False,
        ),
    ] = None,
    spacing: Annotated[
        bool, typer.Option("--spacing", help="White space alone is a difference.")
    ] = False,
    include: Annotated[
        _Repeated,
        typer.Option(
            metavar="WHAT",
            help="What is to be compared besides the text: notes, furniture. May be repeated.",
            show_default=False,
        ),
    ] = None,
    deadline: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS", min=0, help="How long to search for the best alignment (no end)."
        ),
    ] = None,
    width: Width = None,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="[-was-] {+is+} instead of colour.")
    ] = False,
    from_: From = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Say what differs between two texts, and of what kind it is."""
    from redline.collation.comparison import compare as collated

    to = to or _told_by(output) or "terminal"
    fault = _misuse(to, unit, ignore or (), include or ())
    if fault is None and (stages or summary) and to not in REPORTS:
        fault = f"--stages and --summary are for --to {' and '.join(REPORTS)}, not for {to}"
    if fault is None and to == "terminal" and output not in (None, "-"):
        fault = "which format? name it with --to; redline convert --help lists them"
    if fault is None and output is not None and names_one_of(output, (a, b)):
        fault = f"{output} is what is to be compared; name another file"
    if fault is None and not read_once((a, b)):
        fault = "standard input can be read once; save it in a file"
    if fault:
        complain(fault)
        return FAILED
    with inputs.registered(register):
        one, other = (reading_of(spec, from_, encoding)[1] for spec in (a, b))
        found = collated(one, other, unit=unit, deadline=deadline, include=include or ())
        shown = found.differences(ignore or (), spacing=spacing)
        if to == "terminal":
            _print(found, shown, ignore or (), stages, summary, side_by_side, width, not no_color)
        else:
            _write(_text(found, to, stages, summary), output)
    return FOUND if shown or found.markings else DONE


def _told_by(output: str | None) -> str | None:
    """The format that the suffix of a file tells."""
    from redline.formats import by_suffix

    return by_suffix(output) if output and output != "-" else None


def _misuse(to: str, unit: str, ignore: Iterable[str], include: Iterable[str]) -> str | None:
    """What is wrong with words that options were given."""
    from redline.collation.accidentals import ACCIDENTALS
    from redline.collation.documents import INCLUDED
    from redline.collation.units import UNITS
    from redline.collation.variants import KINDS

    classes = ("accidental", "substantive", *KINDS, *ACCIDENTALS)
    for given, known, option in (
        ((to,), FORMATS, "--to"),
        ((unit,), UNITS, "--unit"),
        (ignore, classes, "--ignore"),
        (include, tuple(INCLUDED), "--include"),
    ):
        for word in given:
            if word not in known:
                return f"{option} takes {', '.join(known)}, not {word!r}"
    return None


def _print(
    found: Comparison,
    shown: tuple[int, ...],
    ignore: Iterable[str],
    stages: bool,
    summary: bool,
    side_by_side: bool,
    width: int | None,
    color: bool,
) -> None:
    from redline.formats import terminal

    screen = terminal.Screen(width, color=color)
    if stages:
        terminal.show_report(found, screen, ignore)
    elif summary:
        terminal.show_figures(found, screen, shown)
    elif side_by_side:
        terminal.show(found.document, screen, side_by_side=True)
    else:
        terminal.show_comparison(found, screen, shown)


def _text(found: Comparison, to: str, stages: bool, summary: bool) -> str | bytes:
    from redline.formats.comparison import dumps, report, statistics

    return report(found) if stages else statistics(found) if summary else dumps(found, to)


def _write(text: str | bytes, output: str | None) -> None:
    from redline.formats.files import save

    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if output in (None, "-"):
        write_bytes(data)
    else:
        assert output is not None
        save(data, output)
