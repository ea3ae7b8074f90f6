"""The command line. Thin: every verb is a few lines that call the library.

Results go to standard output, everything else to standard error. Exit status 0: done; 1:
done, and something was found; 2: could not be done, and one line says why and what to do.
A reader that closes the pipe ends the command without a word (141), an interrupt too (130).
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Annotated, Any

import typer

from redline.diagnostics import RedlineError
from redline.model import Document

__all__ = ["main"]

DONE, FOUND, FAILED = 0, 1, 2
_INTERRUPTED = 128 + 2  # as a shell reports SIGINT
_CLOSED = 128 + 13  # as a shell reports SIGPIPE


def _write_help(command: Any, context: Any, formatter: Any) -> None:
    """Help pages of our own form: typer's differ from one release to the next."""
    verbs = getattr(command, "commands", {})
    arguments = " ".join(p.metavar for p in command.params if p.param_type_name == "argument")
    formatter.write_usage(context.command_path, f"{arguments or 'COMMAND …'} [OPTIONS]")
    formatter.write_paragraph()
    formatter.write_text(command.help)
    rows = {
        "Commands": [(name, verbs[name].help) for name in verbs],
        "Arguments": [
            (p.metavar, p.help) for p in command.params if p.param_type_name == "argument"
        ],
        "Options": [
            (f"{', '.join(p.opts)} {p.metavar or ''}".rstrip(), p.help)
            for p in command.params
            if p.param_type_name == "option"
        ]
        + [("--help", "Show this page.")],
    }
    for title, table in rows.items():
        if table:
            with formatter.section(title):
                formatter.write_dl(table)


class _Command(typer.core.TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write_help(self, ctx, formatter)


class _Group(typer.core.TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write_help(self, ctx, formatter)


app = typer.Typer(
    help="Revised drafts: what was struck, what was added, what the paper said before and after.",
    cls=_Group,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

File = Annotated[str, typer.Argument(metavar="FILE", help="A transcription; - is standard input.")]
Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Transcriptions; - is standard input.")
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        help="Format of the input: native, json (by its suffix, else native).",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Encoding of the input (by its byte order mark, else utf-8).",
    ),
]
Width = Annotated[
    int | None, typer.Option(min=20, metavar="CELLS", help="Width (the terminal's, else 80).")
]
Registers = Annotated[
    list[str] | None,
    typer.Option(
        "--register",
        metavar="TOML",
        help="A register of markings that adds to the built-in one; may be repeated.",
        show_default=False,
    ),
]


# -- what verbs have in common --------------------------------------------------------------


def complain(message: object) -> None:
    """One line on standard error, if that is open."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):  # where nobody listens
        print(f"redline: {one_line(str(message))}", file=sys.stderr)


def one_line(text: str) -> str:
    """Text without line ends and control characters, whatever a file is called."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def verb(run: Callable[..., int]) -> Callable[..., None]:
    """A command from a function that gives its exit status: no traceback leaves it."""

    @wraps(run)
    def command(**options: Any) -> None:
        raise typer.Exit(_guarded(lambda: run(**options)))

    return command


def _guarded(run: Callable[[], int]) -> int:
    if sys.stdout is None:
        complain("standard output is closed; redirect it to a file or to /dev/null")
        return FAILED
    if hasattr(sys.stdout, "reconfigure"):
        # What the terminal's encoding lacks, and half surrogates, come out as "?".
        sys.stdout.reconfigure(errors="replace")
    try:
        status = run()
        sys.stdout.flush()
        return status
    except RedlineError as fault:
        complain(fault)
    except BrokenPipeError:
        _let_go()
        return _CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as fault:
        # Files have errors of their own (`InputError`, `OutputError`): this is a full disk.
        _let_go()
        complain(f"cannot write to standard output: {fault.strerror}")
    except MemoryError:
        complain("not enough memory for a file of this size; split it between two pages")
    except Exception as fault:
        if os.environ.get("REDLINE_TRACEBACK"):
            raise
        complain(
            f"a fault of redline itself ({type(fault).__name__}: {fault}); please report it "
            "with the file; REDLINE_TRACEBACK=1 says where it is"
        )
    return FAILED


def _let_go() -> None:
    """Keep Python from writing what is left to a standard output that takes no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _write_bytes(data: bytes) -> None:
    """All of it to standard output, which is unbuffered where PYTHONUNBUFFERED is set."""
    left = memoryview(data)
    while left:
        left = left[sys.stdout.buffer.write(left) :]


def open_document(name: str, format: str | None, encoding: str | None) -> Document:
    """The document in a file, or on standard input."""
    from redline.formats.files import read_file, read_stdin

    if name == "-":
        return read_stdin(format=format, encoding=encoding)
    return read_file(name, format=format, encoding=encoding)


def registered(paths: list[str] | None) -> contextlib.AbstractContextManager[object]:
    """Put the built-in register of markings in force, with what these files add to it."""
    if not paths:
        return contextlib.nullcontext()
    from redline.markings.register.loading import registered as in_force

    return in_force(paths)


def each(files: Iterable[str], action: Callable[[str], int]) -> int:
    """Do it with every file; one that cannot be read is reported, and the others go on."""
    worst = DONE
    for name in files:
        try:
            worst = max(worst, action(name))
        except RedlineError as fault:
            complain(fault)
            worst = FAILED
    return worst


# -- verbs ----------------------------------------------------------------------------------


@app.command(cls=_Command)
@verb
def show(
    files: Files,
    reading: Annotated[
        str | None,
        typer.Option(
            metavar="STAGE",
            help="draft, final, or another stage; marked (the default): all in place.",
        ),
    ] = None,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Draft and final beside each other.")
    ] = False,
    width: Width = None,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="[-was-] {+is+} instead of colour.")
    ] = False,
    from_: From = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Show the revisions in place, one reading, or draft and final side by side."""
    if side_by_side and reading:
        complain("--side-by-side shows draft and final; leave out --reading")
        return FAILED
    reading = reading or "marked"
    wrapped = width is not None or sys.stdout.isatty()
    shown = 0

    def action(name: str) -> int:
        nonlocal shown
        document = open_document(name, from_, encoding)
        plain = reading != "marked" and not side_by_side and not wrapped
        text = document.reading(reading).text if plain else ""
        if plain and not text:
            return DONE
        if shown:
            print()
        if plain:
            # As it is, one block a line: for other programs to work with.
            print(text)
        else:
            from redline.formats import terminal

            screen = terminal.Screen(width, color=not no_color)
            terminal.show(document, screen, reading, side_by_side=side_by_side)
        shown += 1
        return DONE

    with registered(register):
        return each(files, action)


@app.command(cls=_Command)
@verb
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
    with registered(register):
        document = open_document(file, from_, encoding)
        if output is not None:
            write_file(document, output, format=to)
            return DONE
        data = encode_document(document, to)
    _write_bytes(data)
    return DONE


@app.command(cls=_Command)
@verb
def markings(
    files: Files,
    to: Annotated[
        str, typer.Option(metavar="FORM", help="table (the default) or json.")
    ] = "table",
    width: Width = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour.")] = False,
    from_: From = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Show the security markings page by page, and the history they tell."""
    if to not in ("table", "json"):
        complain(f"no form {to!r}; say --to table or --to json")
        return FAILED
    made: list[str] = []
    shown = 0

    def action(name: str) -> int:
        nonlocal shown
        document = open_document(name, from_, encoding)
        if to == "json":
            from redline.formats.record import markings_json

            made.append(markings_json(document))
            return DONE
        from redline.formats import terminal

        if shown:
            print()
        terminal.show_markings(document, terminal.Screen(width, color=not no_color))
        shown += 1
        return DONE

    with registered(register):
        status = each(files, action)
    if to == "json" and len(files) > 1:
        print("[", ",\n".join(text.rstrip() for text in made), "]", sep="\n")
    else:
        print(*made, sep="", end="")
    return status


@app.command(cls=_Command)
@verb
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
            document = open_document(name, from_, encoding)
        except BadBytes as fault:
            print(one_line(f"{fault.name}:{fault.line}:{fault.column}: error input-encoding "
                           f"{fault.reason}"))
            return FOUND
        where = document.source.name
        for d in document.diagnostics:
            place = f"{where}:{d.line}:{d.column}"
            print(one_line(f"{place}: {d.severity} {d.code} {d.message}"))
        return FOUND if any(d.severity == "error" for d in document.diagnostics) else DONE

    with registered(register):
        return each(files, action)


# -- the door -------------------------------------------------------------------------------


def _version(wanted: bool) -> None:
    if wanted:
        package: Any = sys.modules["redline"]
        print(f"redline {package.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _door(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        complain("show, convert, markings or check? redline --help says what they do")
        raise typer.Exit(FAILED)


#: typer has click inside it, but of click's errors only this kind's child is public.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; gives the exit status."""
    return _guarded(lambda: _main(arguments))


def _main(arguments: list[str] | None) -> int:
    command: Any = typer.main.get_command(app)
    try:
        status = command.main(arguments, prog_name="redline", standalone_mode=False)
    except _UsageError as fault:
        complain(_misuse(fault))
        return FAILED
    except typer.Abort:
        return _INTERRUPTED
    except SystemExit:  # typer's end when the pipe closes under a help page
        raise BrokenPipeError from None
    return status if isinstance(status, int) else DONE


def _misuse(fault: Any) -> str:
    """What was wrong with the arguments, and where to look."""
    path = fault.ctx.command_path if fault.ctx is not None else "redline"
    return f"{fault.format_message().rstrip('.')} ({path} --help)"
