"""Help pages of our own form: typer's differ from one release to the next."""

from __future__ import annotations

from typing import Any

import typer

__all__ = ["Command", "Group"]


def _write_help(command: Any, context: Any, formatter: Any) -> None:
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


class Command(typer.core.TyperCommand):
    """A verb."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Its page."""
        _write_help(self, ctx, formatter)


class Group(typer.core.TyperGroup):
    """The program."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Its page."""
        _write_help(self, ctx, formatter)
