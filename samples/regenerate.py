"""Make every projection of every sample again, and the picture in the README.

    python samples/regenerate.py

A projection is what a command prints about the transcription beside it; the table says which.
The tests compare each byte for byte with what the command prints today.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
PICTURE = ROOT / "docs" / "images" / "show.svg"
PICTURED = SAMPLES / "memo" / "memo.txt"
PICTURE_WIDTH = 84  # cells

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

#: What follows the name of the sample → the command that prints it.
PROJECTIONS = {
    ".draft.txt": ("show", "--reading", "draft"),
    ".final.txt": ("show", "--reading", "final"),
    ".show.txt": ("show", "--width", "80", "--no-color"),
    ".check.txt": ("check",),
    ".json": ("convert", "--to", "json"),
    ".xml": ("convert", "--to", "tei"),
}
#: The same where a later print of the paper lies beside it: what follows the two names.
PRINT = ".print.txt"
COMPARISONS = {
    ".compare.txt": ("compare", "--width", "80", "--no-color"),
    ".stages.txt": ("compare", "--stages", "--width", "80", "--no-color"),
    ".print.xml": ("compare", "--to", "tei"),
}
_FONTS = "DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace"


def samples() -> Iterator[Path]:
    """The transcriptions, in order."""
    for folder in sorted(path for path in SAMPLES.iterdir() if path.is_dir()):
        transcription = folder / f"{folder.name}.txt"
        if transcription.exists():
            yield transcription


def project(sample: Path, command: tuple[str, ...], *others: str) -> bytes:
    """What a command of redline prints about a sample, into a pipe; `others` are files beside."""
    from redline.cli import main

    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    plain = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    with (
        contextlib.chdir(sample.parent),
        contextlib.redirect_stdout(out),
        patch.dict(os.environ, plain, clear=True),
    ):
        status = main([*command, sample.name, *others])
        out.flush()
    if status not in (0, 1):
        raise SystemExit(f"redline {' '.join(command)} {sample.name}: exit status {status}")
    return raw.getvalue()


def projections(sample: Path) -> Iterator[tuple[Path, bytes]]:
    """The file of each projection of a sample, and what should be in it."""
    for ending, command in PROJECTIONS.items():
        yield sample.with_name(sample.stem + ending), project(sample, command)
    printed = sample.with_name(sample.stem + PRINT)
    if printed.exists():
        for ending, command in COMPARISONS.items():
            yield (
                sample.with_name(sample.stem + ending),
                project(sample, command, printed.name),
            )


def picture() -> tuple[str, str]:
    """`redline show` of one sample as an SVG drawing that asks for no font from elsewhere,
    and as text."""
    import redline
    from redline.formats import terminal

    document = redline.parse(PICTURED.read_text(encoding="utf-8"), name=PICTURED.name)
    with patch.dict(os.environ, {"TERM": "xterm-256color"}, clear=True):
        screen = terminal.Screen(
            PICTURE_WIDTH,
            file=io.StringIO(),
            record=True,
            force_terminal=True,
            color_system="truecolor",
        )
        terminal.show(document, screen)
    text = screen.console.export_text(clear=False)
    svg = screen.console.export_svg(title=f"redline show {PICTURED.name}")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    svg = re.sub(r"font-family: Fira Code, monospace", f"font-family: {_FONTS}", svg)
    # A style has one text-decoration; rich writes two for what is struck and underlined.
    svg = re.sub(
        r"text-decoration: underline;[;\s]*text-decoration: line-through",
        "text-decoration: underline line-through",
        svg,
    )
    svg = re.sub(r"^\s*<!-- Generated .*?-->\n", "", svg, flags=re.M)
    return re.sub(r"[ \t]+$", "", svg, flags=re.M) + "\n", text


def main() -> None:
    """Write them all."""
    for sample in samples():
        for path, data in projections(sample):
            path.write_bytes(data)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(picture()[0], encoding="utf-8")


if __name__ == "__main__":
    main()
