"""Runs the sessions in tests/command/*.md, and what a page cannot hold: terminals, signals.

A page is prose with sessions in it:

    ```console
    $ redline check letter.txt
    letter.txt:1:4: warning unclosed-deletion a strike that is never closed
    2> what came on standard error
    [1]
    ```

The lines after ``$ `` run in a shell, in a folder of the page's own that has a copy of the
samples. What follows is standard output, then standard error with ``2> `` before each line,
then the exit status where it is not 0. ``…`` stands for any text, alone on a line for any
lines. A block that names a file (``text letter.txt``) writes it.

`python -m tests.test_command` writes the outputs of today under the commands; read the
difference before you commit it.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "tests" / "command").glob("*.md"))
MEMO = ROOT / "samples" / "memo" / "memo.txt"
_FENCE = re.compile(r"^```(\w+)(?: ([\w./-]+))?\n(.*?)^```$", re.M | re.S)
_COLOR = "\x1b["


class Session(NamedTuple):
    command: str
    expected: str
    start: int  # of `expected` in the page
    line: int


# -- pages ----------------------------------------------------------------------------------


def environment(folder: Path) -> dict[str, str]:
    """A folder with the samples and commands; the environment that finds it."""
    if not (folder / "samples").exists():
        shutil.copytree(ROOT / "samples", folder / "samples")
        (folder / ".bin").mkdir()
        for name, more in {"redline": "-m redline", "python": ""}.items():
            command = folder / ".bin" / name
            command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {more} "$@"\n')
            command.chmod(0o755)
    dropped = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "LINES"}
    dropped |= {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    return {
        **{k: v for k, v in os.environ.items() if k not in dropped},
        "PATH": f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / ".compiled"),  # compile once a page
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
    }


def steps(page: str) -> Iterator[Session | tuple[str, str]]:
    """The sessions of a page and the files it has (name, text), in order."""
    for block in _FENCE.finditer(page):
        language, name, text = block.groups()
        if name:
            yield name, text
        if language != "console":
            continue
        for found in re.finditer(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", text, re.M):
            at = block.start(3) + found.start(2)
            yield Session(found[1], found[2], at, page.count("\n", 0, at))


def run(command: str, folder: Path, env: dict[str, str]) -> str:
    """What a command did, as a page shows it."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    out = done.stdout.decode("utf-8")
    shown = out if out.endswith("\n") or not out else f"{out}%\n"
    shown += "".join(f"2> {line}\n" for line in done.stderr.decode("utf-8").splitlines())
    if done.returncode:
        shown += f"[{done.returncode}]\n"
    return shown.replace(str(folder), ".")


def matches(expected: str, got: str) -> bool:
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…\n" else re.escape(line).replace("…", ".*?")
        for line in expected.splitlines(keepends=True)
    )
    return re.fullmatch(pattern, got) is not None


def faults(path: Path, folder: Path) -> list[str]:
    """What a page says otherwise than the commands do."""
    env = environment(folder)
    found, ran = [], 0
    for step in steps(path.read_text(encoding="utf-8")):
        if not isinstance(step, Session):
            (folder / step[0]).write_text(step[1], encoding="utf-8")
            continue
        got = run(step.command, folder, env)
        ran += 1
        if not matches(step.expected, got):
            found.append(
                f"{path.relative_to(ROOT)}:{step.line}\n$ {step.command}\n"
                f"-- expected\n{step.expected}-- got\n{got}"
            )
    return found if ran else [f"{path.name} has no session"]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Path, Future[list[str]]]]:
    """All pages at once, each in a folder of its own: they wait for processes."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {
            path: pool.submit(faults, path, tmp_path_factory.mktemp(path.stem)) for path in PAGES
        }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page(path: Path, results: dict[Path, Future[list[str]]]) -> None:
    found = results[path].result()
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_an_output_that_differs_is_seen() -> None:
    assert matches("a\n…\nz\n[2]\n", "a\nb\nc\nz\n[2]\n")
    assert not matches("a\n", "a\n[2]\n")
    assert not matches("", "2> Traceback\n")


def test_every_exit_status_and_no_traceback_is_shown() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert {"[1]", "[2]", "[141]"} <= set(re.findall(r"^\[\d+\]$", pages, re.M))
    assert "Traceback" not in pages


# -- terminals ------------------------------------------------------------------------------


def in_a_terminal(arguments: list[str], **env: str) -> tuple[int, str]:
    """Exit status and output of redline in a terminal of 80 columns."""
    leader, follower = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "redline", *arguments],
        cwd=ROOT,
        env={**clean, "TERM": "xterm-256color", "COLUMNS": "80", "PYTHONUTF8": "1", **env},
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    out = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([leader], [], [], 0.5)[0]:
            try:
                read = os.read(leader, 1 << 16)
            except OSError:  # how Linux says that the other side is closed
                break
            if not read:
                break
            out += read
    os.close(leader)
    return process.wait(timeout=60), out.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_has_colour_and_no_brackets() -> None:
    status, shown = in_a_terminal(["show", str(MEMO)])
    assert status == 0
    assert "\x1b[9;31mwill\x1b[0m \x1b[4;32mmay\x1b[0m" in shown
    assert "[-" not in shown
    assert "{+" not in shown


@pytest.mark.parametrize(
    ("arguments", "env"),
    [(["--no-color"], {}), ([], {"NO_COLOR": "1"})],
    ids=["option", "NO_COLOR"],
)
def test_a_terminal_without_colour_has_brackets(
    arguments: list[str], env: dict[str, str]
) -> None:
    status, shown = in_a_terminal(["show", *arguments, str(MEMO)], **env)
    assert status == 0
    assert "[-will-] {+may+}" in shown
    codes = {code for group in re.findall(r"\x1b\[([\d;]*)m", shown) for code in group.split(";")}
    assert codes <= {"0", "1", "2", "3"}, "no colour, no strike: bold, dim and italic at most"


def test_a_dumb_terminal_gets_plain_text() -> None:
    status, shown = in_a_terminal(["show", str(MEMO)], TERM="dumb")
    assert status == 0
    assert "[-will-] {+may+}" in shown
    assert _COLOR not in shown


def test_a_reading_is_wrapped_in_a_terminal_and_whole_in_a_pipe() -> None:
    status, shown = in_a_terminal(["show", "--reading", "final", str(MEMO)])
    assert status == 0
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in shown.splitlines()) <= 80
    piped = redline("show", "--reading", "final", str(MEMO))
    assert max(map(len, piped.stdout.splitlines())) > 80


def test_no_control_character_reaches_a_terminal(tmp_path: Path) -> None:
    bad = tmp_path / "bad\x1b]0;name.txt"
    bad.write_bytes("ring\a \x1b[31mred\x00 \x9b".encode())
    for arguments in (["show"], ["show", "--reading", "final"], ["check"], ["show", "--bogus"]):
        _, shown = in_a_terminal([*arguments, str(bad)])
        assert "\x1b[31mred" not in shown, arguments
        ours = re.sub(r"\x1b\[[\d;]*m", "", shown)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ours), arguments


# -- what happens to the program ------------------------------------------------------------


def redline(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "redline", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        **options,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("verb", ["show", "check", "convert"])
def test_an_interrupt_ends_it_without_a_word(verb: str) -> None:
    more = ["--to", "tei"] if verb == "convert" else []
    process = subprocess.Popen(
        [sys.executable, "-m", "redline", verb, "-", *more],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # It waits for input; how long until it does depends on the machine.
    wchan = Path(f"/proc/{process.pid}/wchan")
    for _ in range(100):
        time.sleep(0.05)
        if not wchan.exists() or "pipe" in wchan.read_text():
            break
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_file_of_fifty_megabytes(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    line = "The pilots were not asked, and nobody told them of it afterwards either. " * 1000
    with large.open("w") as file:
        file.write("~~SECRET~~\n")
        for _ in range(50 * 2**20 // len(line)):
            file.write(f"\n{line}\n")
    size = large.stat().st_size
    assert 49 * 2**20 < size < 51 * 2**20
    done = redline("show", "--reading", "final", str(large))
    assert (done.returncode, done.stderr) == (0, "")
    assert abs(len(done.stdout) - size) < size / 100


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from redline.diagnostics import InputError
    from redline.formats.files import read_file

    path = tmp_path / "closed.txt"
    path.write_text("text")
    path.chmod(0)
    if os.access(path, os.R_OK):  # whoever is root may read anything: say no in its place

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match=r"^not permitted to read .*closed\.txt; "):
        read_file(path)


def test_a_fault_of_redline_itself_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from redline import cli

    def broken(*_: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr(cli.inputs, "open_document", broken)
    assert cli.main(["check", str(MEMO)]) == 2
    shown = capfd.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "ZeroDivisionError: division\\nby zero" in shown.err


def test_too_little_memory_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from redline import cli

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cli.inputs, "open_document", full)
    assert cli.main(["show", str(MEMO)]) == 2
    assert capfd.readouterr().err.startswith("redline: not enough memory")


def test_the_example_in_the_package_runs() -> None:
    import doctest

    import redline as package

    assert doctest.testmod(package).attempted > 5
    assert doctest.testmod(package).failed == 0


def test_help_names_every_option() -> None:
    import typer

    from redline import cli

    for verb, command in typer.main.get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        page = redline(verb, "--help").stdout
        for parameter in command.params:
            # Lines are broken at hyphens, too.
            assert "".join(parameter.help.split()) in "".join(page.split()), parameter.name
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option in page


# -- writing --------------------------------------------------------------------------------


def rewrite(path: Path) -> None:
    """Put what the commands of a page do today under them, where it differs."""
    page = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        env = environment(folder)
        out, at = [], 0
        for step in steps(page):
            if not isinstance(step, Session):
                (folder / step[0]).write_text(step[1], encoding="utf-8")
                continue
            got = run(step.command, folder, env)
            out.append(page[at : step.start])
            out.append(step.expected if matches(step.expected, got) else got)
            at = step.start + len(step.expected)
        out.append(page[at:])
    path.write_text("".join(out), encoding="utf-8")


if __name__ == "__main__":
    for each in PAGES:
        rewrite(each)
