"""Validators: the schemas of the TEI Consortium under lxml and under jing, and the JSON record's.

The TEI schemas are read from `shared/tei` beside the checkout. Where a schema or a program is not
at hand the test that asks for it is skipped, and the skip says what is missing. Every validator
gives what it found, by name of the document; a document that is valid is not in the answer.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
TEI_SCHEMAS = ROOT.parent / "shared" / "tei"
RNG_NEW = "tei_all-4.12.0.rng"
RNG_OLD = "tei_all-4.3.0.rng"
SCHEMATRON = "tei_all-4.12.isosch"
RECORD_SCHEMA = ROOT / "schemas" / "redline.schema.json"

Findings = dict[str, list[str]]


def schema_file(name: str) -> Path:
    """The path of one TEI schema; skips the test where it is absent."""
    path = TEI_SCHEMAS / name
    if not path.is_file():
        pytest.skip(f"schema not found: ../shared/tei/{name}")
    return path


def jing_program() -> str:
    """The path of jing; skips the test where it is not installed."""
    program = shutil.which("jing")
    if program is None:
        pytest.skip("jing is not installed (Debian: apt install jing)")
    return program


@functools.cache
def _relax_ng(path: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(path))


def relax_ng(documents: Mapping[str, bytes], schema: str = RNG_NEW) -> Findings:
    """What lxml's RELAX NG says. Compiles `tei_all` once a process, which takes some seconds."""
    validator = _relax_ng(schema_file(schema))
    found: Findings = {}
    for name, document in documents.items():
        if not validator.validate(etree.fromstring(document).getroottree()):
            found[name] = [f"{e.line}: {e.message}" for e in validator.error_log]
    return found


def jing(documents: Mapping[str, bytes], schema: str) -> Findings:
    """What jing says by a RELAX NG or Schematron file (by the suffix `isosch`): one run for all.

    Under Schematron jing names no file in its messages. So the documents of a run that failed are
    halved and run again until the ones that fail are known: a run or two for each of them.
    """
    program, path = jing_program(), schema_file(schema)
    with tempfile.TemporaryDirectory(prefix="jing") as folder:
        files = {}
        for i, (name, document) in enumerate(documents.items()):
            file = Path(folder) / f"{i:04}.xml"
            file.write_bytes(document)
            files[file] = name
        return _jing_halves(program, path, files)


def _jing_halves(program: str, schema: Path, files: Mapping[Path, str]) -> Findings:
    messages = _jing_run(program, schema, list(files))
    if not messages:
        return {}
    if len(files) == 1:
        return dict.fromkeys(files.values(), messages)
    by_file: Findings = {}
    for message in messages:
        owner = next((f for f in files if message.startswith(f"{f}:")), None)
        if owner is None:
            break
        by_file.setdefault(files[owner], []).append(message.removeprefix(f"{owner}:"))
    else:
        return by_file
    items = list(files.items())
    middle = len(items) // 2
    return {
        **_jing_halves(program, schema, dict(items[:middle])),
        **_jing_halves(program, schema, dict(items[middle:])),
    }


def _jing_run(program: str, schema: Path, files: list[Path]) -> list[str]:
    if not files:
        return []
    command = [program, str(schema), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode == 0:
        return []
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return lines or [f"jing ended with {done.returncode}: {done.stderr.strip()}"]


@functools.cache
def _record_validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    if not RECORD_SCHEMA.is_file():
        pytest.skip("schema not found: schemas/redline.schema.json")
    schema = json.loads(RECORD_SCHEMA.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema, jsonschema.Draft202012Validator)
    kind.check_schema(schema)
    return kind(schema)


def record(text: str) -> list[str]:
    """What the JSON record's schema says about a record: one line a fault, none when valid."""
    faults = _record_validator().iter_errors(json.loads(text))
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in faults]
