"""`redline corpus build`: a collection made, or brought up to date."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from redline.cli.inputs import Encoding, Registers
from redline.cli.running import DONE, FAILED, FOUND, complain
from redline.diagnostics import RedlineError

__all__ = ["build", "export"]

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="A folder, 'PATTERN', ZIP, @LIST (a path a line), URL, or with --split a file.",
    ),
]
Split = Annotated[
    str | None,
    typer.Option(
        metavar="HOW",
        help="SOURCE is one file of many papers: ff cuts it at form feeds, a regular "
        "expression at the lines that match it.",
    ),
]


def build(
    source: Sources,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="Folder of the collection."),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT",
            help="Format of the papers beside TEI: html, json, native; may be repeated.",
            show_default=False,
        ),
    ] = None,
    split: Split = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Worker processes (one a processor).")
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="What a paper may take (60; 0: all).")
    ] = 60.0,
    memory: Annotated[
        str,
        typer.Option(metavar="SIZE", help="Memory that a paper may take, as 1G (512M; 0: all)."),
    ] = "512M",
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try papers again that failed before.")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A Dask scheduler: tcp://HOST:PORT, its --scheduler-file, or local to start one.",
        ),
    ] = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Make a collection of many papers: TEI, tables, a database. Again: bring it up to date."""
    from redline import corpus
    from redline.cli.corpus.progress import watcher

    bytes_ = _bytes(memory)
    if output is None or bytes_ is None:
        complain(
            "where to? say -o FOLDER"
            if output is None
            else f"--memory takes a size such as 500M or 1G, not {memory!r}"
        )
        return FAILED
    with watcher() as watching:
        found = corpus.build(
            source, output, formats=to or (), encoding=encoding, register=register or (),
            split=split, workers=workers, timeout=timeout, memory=bytes_,
            retry_failed=retry_failed, scheduler=scheduler, watcher=watching,
        )  # fmt: skip
    for suffix, count in found.skipped:
        complain(f"left out: {count} files {suffix or 'without suffix'}: no transcriptions")
    counted = f"{found.made} made now, {found.failed} failed"
    print(f"{found.papers} papers, {found.pages} pages; {counted}")
    if found.failed:
        complain(f"why: redline corpus stats {output} --only failed")
    return FOUND if found.failed else DONE


def export(
    source: Sources,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="x.jsonl (a record a line), x.zip (a file a paper), x.txt (form feeds between).",
        ),
    ] = None,
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="Of the files in a ZIP: tei, html, json, native.")
    ] = "tei",
    split: Split = None,
    encoding: Encoding = None,
    register: Registers = None,
) -> int:
    """Write papers to one file as they are read, in constant memory; no collection is made."""
    from redline import corpus
    from redline.cli import inputs

    if output is None:
        complain("where to? say -o FILE.jsonl, FILE.zip or FILE.txt")
        return FAILED
    failed = 0

    def left_out(_: str, fault: RedlineError) -> None:
        nonlocal failed
        failed += 1
        complain(fault)

    with inputs.registered(register):
        papers = corpus.papers(source, split=split, encoding=encoding, failed=left_out)
        count = corpus.write(papers, output, format=to)
    print(f"{count} papers" + (f"; {failed} cannot be read and are left out" if failed else ""))
    return FOUND if failed else DONE


def _bytes(size: str) -> int | None:
    """`500M` as bytes; None for what is no size."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", size.strip(), re.IGNORECASE)
    return int(float(match[1]) * _UNITS[match[2].upper()]) if match else None
