"""A comparison as text. Its document can be written in every format; what a comparison has more
than that goes into the record, and on the terminal.

`record.py` is JSON; `redline.formats.terminal` has what `redline compare` prints.
"""

from __future__ import annotations

from redline.collation.comparison import Comparison

__all__ = ["dumps", "report", "statistics", "write_file"]


def dumps(comparison: Comparison, format: str) -> str | bytes:
    """The comparison in a format: its document in it, but JSON has the variants too.

    Raises `FormatError` for a format redline does not write.
    """
    if format == "json":
        from redline.formats.comparison.record import to_json

        return to_json(comparison)
    from redline.formats import written

    return written(comparison.document, format)


def report(comparison: Comparison) -> str:
    """The second text checked against the stages of the first, as JSON."""
    from redline.formats.comparison.record import report_json

    return report_json(comparison.stages, comparison)


def statistics(comparison: Comparison) -> str:
    """The figures alone, as JSON."""
    from redline.formats.comparison.record import statistics_json

    return statistics_json(comparison)


def write_file(comparison: Comparison, name: str, format: str | None = None) -> None:
    """Write a file; its format is told by its suffix, unless `format` names it."""
    from redline.formats import by_suffix
    from redline.formats.comparison.record import to_json
    from redline.formats.files import save
    from redline.formats.files import write_file as write_document

    format = format or by_suffix(name)
    if format == "json":
        save(to_json(comparison).encode("utf-8"), name)
    else:
        write_document(comparison.document, name, format=format)
