"""Where the schemas are.

They live in the folder `schemas` of the project, beside what they are made from. A wheel has
that folder inside the package, so that `redline validate` finds them wherever it is installed;
a checkout, or an editable install, has it beside the package. There is one copy in either.
"""

from __future__ import annotations

from pathlib import Path

from redline.validation.findings import SchemaError

__all__ = ["own"]

_PACKAGE = Path(__file__).resolve().parents[1]
_FOLDERS = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")


def own(name: str) -> str:
    """The path of one of redline's schemas."""
    for folder in _FOLDERS:
        path = folder / name
        if path.is_file():
            return str(path)
    raise SchemaError(f"no {name} in {_FOLDERS[0]}; install redline again")
