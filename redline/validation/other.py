"""Another schema: compiled in a process of its own, which a time limit ends.

lxml compiles most RELAX NG in seconds and hangs on some (trimmed TEI schemas among them), and a
thread that hangs in C cannot be stopped. So the schema is compiled, and the files are judged by
it, in a child process; this module is both sides of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from redline.validation.findings import Finding, SchemaError, SchemaTimeout

__all__ = ["SECONDS", "another"]

#: How long it may take, schema and files together: tei_all compiles in about five seconds.
SECONDS = 60.0
_COMPILED = b"compiled\n"
_JING = "jing, where it is installed, may do it: --explain"
_NO_RNG = {
    ".sch": "is Schematron, which jing runs: jing {0} FILE",
    ".isosch": "is Schematron, which jing runs: jing {0} FILE",
    ".rnc": "is RELAX NG in its compact form; trang makes the other one of it: trang {0} OUT.rng",
    ".xsd": "is XML Schema; redline takes RELAX NG (.rng)",
    ".odd": "is an ODD; redline takes the RELAX NG that is made from it (.rng)",
    ".dtd": "is a DTD; redline takes RELAX NG (.rng)",
}


def another(
    documents: Sequence[bytes], schema: str, *, seconds: float = SECONDS
) -> list[list[Finding]]:
    """What is wrong with each of the documents by the RELAX NG file `schema`.

    The documents are well-formed. Raises `SchemaError` for a schema that is not there or is
    none, `SchemaTimeout` for one that is not done with in `seconds`.
    """
    if not os.path.isfile(schema):
        raise SchemaError(f"no schema {schema}; name a RELAX NG file (.rng)")
    why = _NO_RNG.get(os.path.splitext(schema)[1].lower())
    if why:
        raise SchemaError(f"{schema} {why.format(schema)}")
    given = b"".join(b"%d\n%s" % (len(data), data) for data in documents)
    command = [sys.executable, "-P", "-m", "redline.validation.child", schema]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=seconds, check=False, env=_paths()
        )
    except subprocess.TimeoutExpired as late:
        if (late.stdout or b"").startswith(_COMPILED):
            raise SchemaTimeout(
                f"not done by {schema} in {seconds:g} s; give it more: --time-limit"
            ) from None
        raise SchemaTimeout(
            f"{schema} did not compile in {seconds:g} s, as happens with some trimmed schemas "
            f"(--time-limit gives it more); {_JING}"
        ) from None
    if done.returncode or not done.stdout.startswith(_COMPILED):
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SchemaError(f"{schema}: {lines[-1] if lines else 'its compiler broke off'}")
    rows = json.loads(done.stdout[len(_COMPILED) :])
    return [[Finding(*each) for each in found] for found in rows]


def _paths() -> dict[str, str]:
    """The environment in which the child finds the same modules."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
