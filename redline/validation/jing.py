"""jing, where it is installed, as a second voice: it explains in the words of the schema."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence

from redline.validation.findings import SchemaError
from redline.validation.parsing import has_doctype

__all__ = ["is_here", "jing"]

_SECONDS = 120


def is_here() -> bool:
    """Whether it can be run."""
    return shutil.which("jing") is not None


def jing(data: bytes, name: str, schemas: Sequence[str]) -> Iterator[str]:
    """What it says of one file by each of the schemas, a line each, under the file's name.

    Raises `SchemaError` where jing is not installed, does not end, or would load a DTD.
    """
    program = shutil.which("jing")
    if program is None:
        raise SchemaError("jing is not installed (Debian: apt install jing); leave out --explain")
    if has_doctype(data):
        raise SchemaError(f"{name} has a DOCTYPE, which jing would load; take it out to --explain")
    with tempfile.TemporaryDirectory(prefix="redline-") as folder:
        path = os.path.join(folder, "file.xml")
        with open(path, "wb") as file:
            file.write(data)
        for schema in schemas:
            try:
                done = subprocess.run(
                    [program, schema, path],
                    capture_output=True,
                    timeout=_SECONDS,
                    check=False,
                    stdin=subprocess.DEVNULL,
                )
            except subprocess.TimeoutExpired:
                raise SchemaError(
                    f"jing did not end in {_SECONDS} s; leave out --explain"
                ) from None
            for line in done.stdout.decode("utf-8", "replace").splitlines():
                if line.strip():
                    yield line.replace(path, name)
