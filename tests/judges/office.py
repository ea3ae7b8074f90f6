"""LibreOffice and pandoc as judges of Word files: what is left when all changes are decided."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

__all__ = [
    "needs_office", "needs_pandoc", "office", "pandoc_paragraphs", "readable", "same",
]

#: Debian's Python: the only one that has LibreOffice's `uno`.
PYTHON = Path("/usr/bin/python3")
SCRIPT = Path(__file__).with_name("office_script.py")
SECONDS = 900
_COMMENT = re.compile(rb"<w:comment(?:Reference|RangeStart|RangeEnd)[^>]*/>")


def _has_office() -> bool:
    if shutil.which("soffice") is None or not PYTHON.exists():
        return False
    done = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return done.returncode == 0


needs_office = pytest.mark.skipif(
    not _has_office(),
    reason="needs LibreOffice and its Python: apt-get install libreoffice-writer-nogui python3-uno",
)
needs_pandoc = pytest.mark.skipif(
    shutil.which("pandoc") is None, reason="needs pandoc: apt-get install pandoc"
)


def office(jobs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One LibreOffice does all the jobs (see `office_script`) and ends."""
    with tempfile.TemporaryDirectory(prefix="redline-office-") as folder:
        lines = [
            json.dumps({**job, "file": _without_comments(job["file"], Path(folder) / f"{k}.docx")})
            for k, job in enumerate(jobs)
        ]
        pipe = f"redline{os.getpid()}{abs(hash(folder)) % 10**6}"
        program = subprocess.Popen(
            [
                *("soffice", "--headless", "--norestore", "--nologo", "--nodefault"),
                f"-env:UserInstallation={Path(folder).as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            done = subprocess.run(
                [PYTHON, SCRIPT, pipe], input="\n".join(lines), capture_output=True,
                text=True, timeout=SECONDS, check=False,
            )
            answers = [json.loads(line) for line in done.stdout.splitlines()]
            assert len(answers) == len(lines), done.stderr[-2000:]
            return answers
        finally:
            try:
                program.wait(timeout=20)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()


def _without_comments(file: str, copy: Path) -> str:
    """The file, or a copy of it without its comments: Debian's LibreOffice without windows ends
    when a file with any comment at all is opened over its bridge (opened by `soffice
    --convert-to`, it is read)."""
    with zipfile.ZipFile(file) as old:
        if not any(b"comments" in old.read(n) for n in old.namelist() if n.endswith(".rels")):
            return file
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name)
                if re.fullmatch(r"word/\w*\.xml", name):
                    data = _COMMENT.sub(b"", data)
                new.writestr(name, data)
    return str(copy)


def pandoc_paragraphs(path: Path, decision: str) -> list[str]:
    """The paragraphs that pandoc reads, cells row by row, notes left out."""
    done = subprocess.run(
        ["pandoc", "-f", "docx", "-t", "json", f"--track-changes={decision}", path],
        capture_output=True, check=True, timeout=120,
    )
    return list(_leaves(json.loads(done.stdout)["blocks"]))


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _leaves(each)
    elif isinstance(node, dict) and node.get("t") in ("Para", "Plain"):
        yield "".join(_words(node["c"]))
    elif isinstance(node, dict) and node.get("t") == "Header":
        yield "".join(_words(node["c"][2]))
    elif isinstance(node, dict) and node.get("t") == "CodeBlock":
        yield node["c"][1]
    elif isinstance(node, dict) and "c" in node:
        yield from _leaves(node["c"])


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            yield content
        elif kind in ("Space", "SoftBreak"):
            yield " "
        elif kind == "LineBreak":
            yield "\n"
        elif kind in ("Code", "Math", "RawInline"):
            yield content[1]
        elif kind == "Quoted":
            marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            yield marks[0]
            yield from _words(content[1])
            yield marks[1]
        elif kind != "Note":
            yield from _words(content)


def readable(paragraphs: Iterable[str]) -> str:
    """Paragraphs as a reading has them: empty ones are none."""
    return re.sub(r"\n\n\n+", "\n\n", "\n\n".join(p for p in paragraphs if p.strip(" \t\n")))


def same(text: str) -> str:
    """Words as pandoc keeps them: runs of white space are one space."""
    return re.sub(r"[ \t\r\n\u00a0\u2000-\u200a\u3000]+", " ", text).strip()
