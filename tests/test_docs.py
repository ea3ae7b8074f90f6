"""Every block of the README and of docs/ is run, read or compared; none is decoration.

What the language after the fence means:

- ``console``: a session. The lines after ``$ `` run in a shell, in a folder that has a copy of
  samples/; what follows each is its output. ``…`` stands for any text, alone on a line for any
  lines.
- ``python``: run, page by page in one namespace; with ``>>>`` as a doctest.
- ``json``, ``xml``: must be well formed.
- any other language with a file name (`` ```text letter.txt``): the file, written to that folder
  for the blocks after it.
- ``sh``: the README's set-up, which `.ci/run` runs.

`python -m tests.test_docs` writes the outputs of sessions, and docs/reference/diagnostics.md,
as they are now.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

import redline
from redline.diagnostics import CODES

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "schemas" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
DIAGNOSTICS = ROOT / "docs" / "reference" / "diagnostics.md"
#: Pages with tables of their own, executed by the tests of what they define.
NORMATIVE = {"notation.md", "markings.md"}

_FENCE = re.compile(r"^```(\w*)(?: ([\w./-]+))?\n(.*?)^```$", re.M | re.S)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


class Block(NamedTuple):
    language: str
    file: str | None
    text: str
    start: int  # of `text` in the page
    line: int


def blocks(page: str) -> list[Block]:
    return [
        Block(m[1], m[2], m[3], m.start(3), page.count("\n", 0, m.start()) + 1)
        for m in _FENCE.finditer(page)
    ]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# -- running ------------------------------------------------------------------------------


def workplace(folder: Path) -> dict[str, str]:
    """Fill `folder` with what the pages rely on; the environment for their sessions."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    commands = folder / ".bin"
    commands.mkdir()
    for name, arguments in {"redline": "-m redline", "python": ""}.items():
        script = commands / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        script.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR"}}
    return {
        **kept,
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
    }


def session(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output that is shown."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command += "\n" + more
        yield command, output


def run(command: str, folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    shown = done.stdout.decode("utf-8").replace(str(folder), ".")
    return re.sub(r"[ \t]+$", "", shown, flags=re.M)


def matches(expected: str, got: str) -> bool:
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…\n" else re.escape(line).replace("…", ".*?")
        for line in expected.splitlines(keepends=True)
    )
    return re.fullmatch(pattern, got) is not None


def check(block: Block, folder: Path, env: dict[str, str], namespace: dict[str, Any]) -> None:
    match block.language:
        case "console":
            for command, expected in session(block.text):
                got = run(command, folder, env)
                assert matches(expected, got), f"$ {command}\n{got}"
        case "python" if ">>>" in block.text:
            example = doctest.DocTestParser().get_doctest(
                block.text, namespace, "block", None, block.line
            )
            report: list[str] = []
            runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
            runner.run(example, out=report.append, clear_globs=False)
            namespace.update(example.globs)
            assert not report, "".join(report)
        case "python":
            exec(compile(block.text, "block", "exec"), namespace)
        case "json":
            json.loads(block.text)
        case "xml":
            etree.fromstring(block.text)
        case _:
            assert block.file, f"line {block.line}: a block of {block.language!r} nobody checks"
    if block.file:
        (folder / block.file).write_text(block.text, encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_blocks(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = blocks(path.read_text(encoding="utf-8"))
    if path.name in NORMATIVE:
        found = [block for block in found if block.language in {"console", "python"}]
    env = workplace(tmp_path)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {"__name__": "page"}
    for block in found:
        if block.language == "sh":
            assert path.name == "README.md", "set-up stands in the README alone"
            continue
        check(block, tmp_path, env, namespace)


# -- reading ------------------------------------------------------------------------------


def anchors(page: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", page), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    page = _FENCE.sub("", path.read_text(encoding="utf-8"))
    for target in _LINK.findall(page):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there.read_text(encoding="utf-8")), target


def test_every_page_can_be_reached() -> None:
    listed = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [str(p.relative_to(ROOT / "docs")) for p in PAGES if ROOT / "docs" in p.parents]
    assert pages
    assert [page for page in pages if f": {page}\n" not in listed] == []


def diagnostics_page() -> str:
    """docs/reference/diagnostics.md, from the table in the code."""
    rows = [
        "# Diagnostics",
        "",
        "What `redline check` can find, from the table in `redline/diagnostics.py`. Codes are",
        "stable: new ones may come, none is ever used for something else. An *error* means that",
        "the input could not be taken as it is, a *warning* that a mark is probably not what its",
        "writer meant, an *info* that a doubtful case was decided and may be looked at. Numbers",
        "with `R` and `M` are rules of the [notation](notation.md) and the",
        "[markings](markings.md).",
    ]
    for severity in ("error", "warning", "info"):
        rows += ["", f"## {severity.capitalize()}"]
        for code, row in sorted(CODES.items()):
            if row.severity == severity:
                rows += ["", f"### {code}", "", f"*{row.title}*", "", row.explanation]
    return "\n".join(rows) + "\n"


def test_diagnostics_page_is_the_table_in_the_code() -> None:
    assert DIAGNOSTICS.read_text(encoding="utf-8") == diagnostics_page()


def test_the_example_of_the_package() -> None:
    found = doctest.testmod(redline)
    assert found.attempted > 5
    assert found.failed == 0


def test_an_output_that_differs_is_seen() -> None:
    assert matches("a\n…\nz\n", "a\nb\nc\nz\n")
    assert matches("at … today\n", "at 10:31 today\n")
    assert not matches("a\n…\nz\n", "a\nb\n")
    assert not matches("", "Traceback\n")


# -- writing ------------------------------------------------------------------------------


def answer(example: doctest.Example, namespace: dict[str, Any]) -> str:
    """What Python shows after an example."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        try:
            exec(compile(example.source, "block", "single"), namespace)
        except Exception as fault:
            (line,) = traceback.format_exception_only(fault)
            print("Traceback (most recent call last):", "    ...", line, sep="\n", end="")
    return shown.getvalue()


def renewed(block: Block, folder: Path, env: dict[str, str], namespace: dict[str, Any]) -> str:
    """The block with the outputs of today, where they differ."""
    if block.language == "console":
        out = ""
        for command, expected in session(block.text):
            got = run(command, folder, env)
            out += f"$ {command}\n{expected if matches(expected, got) else got}"
        return out
    if block.language == "python" and ">>>" in block.text:
        out = ""
        for part in doctest.DocTestParser().parse(block.text):
            if isinstance(part, str):
                out += part
                continue
            first, *more = part.source.splitlines(keepends=True)
            out += "".join([">>> " + first, *("... " + line for line in more)])
            out += answer(part, namespace)
        return out
    if block.language != "sh":
        with contextlib.redirect_stdout(io.StringIO()):
            check(block, folder, env, namespace)
    return block.text


def rewrite(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        env = workplace(Path(name))
        namespace: dict[str, Any] = {"__name__": "page"}
        out, at = [], 0
        for block in blocks(page):
            out += [page[at : block.start], renewed(block, Path(name), env, namespace)]
            at = block.start + len(block.text)
        out.append(page[at:])
    path.write_text("".join(out), encoding="utf-8")


if __name__ == "__main__":
    DIAGNOSTICS.write_text(diagnostics_page(), encoding="utf-8")
    for each in PAGES:
        if each.name not in NORMATIVE:
            rewrite(each)
