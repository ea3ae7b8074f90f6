"""Answers on standard output: tables, CSV, JSON."""

from __future__ import annotations

import csv
import datetime
import decimal
import io
import json
import math
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redline.corpus.questions import Answer

__all__ = ["FORMS", "show"]

FORMS = ("table", "csv", "json")


def show(
    answers: Sequence[Answer], to: str, *, titles: bool = True, names: Sequence[str] = ()
) -> None:
    """Print answers; several as JSON are an object by `names`."""
    if to == "json":
        objects = [
            [dict(zip(answer.columns, map(_finite, row), strict=True)) for row in answer.rows]
            for answer in answers
        ]
        told: Any = dict(zip(names, objects, strict=True)) if names else objects[0]
        print(json.dumps(told, ensure_ascii=False, indent=1, default=_plain, allow_nan=False))
        return
    for n, answer in enumerate(answers):
        if n:
            print()
        if titles:
            print(answer.title)
        if to == "csv":
            _csv(answer)
        else:
            _table(answer)


def _finite(value: Any) -> Any:
    """A value that JSON has: NaN and infinity are null there."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [_finite(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _finite(each) for key, each in value.items()}
    return value


def _plain(value: object) -> object:
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return str(value)
    return float(value) if isinstance(value, decimal.Decimal) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(map(_cell, value))
    return str(value)


def _csv(answer: Answer) -> None:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(value) for value in row] for row in answer.rows)
    sys.stdout.write(made.getvalue())


def _table(answer: Answer) -> None:
    """Columns under their names, cut to the terminal; in a pipe they are as wide as they are."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not answer.columns:
        return
    if not answer.rows:
        print("nothing")
        return
    tty = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold" if tty else "")
    numeric = [
        all(isinstance(row[k], (int, float)) or row[k] is None for row in answer.rows)
        for k in range(len(answer.columns))
    ]
    for name, right in zip(answer.columns, numeric, strict=True):
        table.add_column(name, justify="right" if right else "left", no_wrap=not tty)
    for row in answer.rows:
        table.add_row(*(Text(" ".join(_cell(value).split())) for value in row))
    console = Console(highlight=False) if tty else Console(highlight=False, width=100_000)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        print(line if tty else line.rstrip())
