"""The table of page edges: what each run of `edges.toml` must give."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from redline.markings.banners.edges import Banner, EdgeLine, read_banner_line, read_edge

TABLE = tomllib.loads((Path(__file__).parent / "edges.toml").read_text(encoding="utf-8"))


def edge(text: str) -> list[EdgeLine]:
    """The run of banner lines that a text is."""
    lines, blank, at = [], 0, 0
    for number, line in enumerate(text.split("\n")):
        if line:
            shown = read_banner_line(line, at)
            assert shown is not None, line
            lines.append(EdgeLine(number, blank, shown))
        blank = 0 if line else blank + 1
        at += len(line) + 1
    return lines


def said(banner: Banner) -> str:
    """A banner in the words of the table."""
    names = [level.name if level else "nothing" for level in (banner.was, banner.is_)]
    names[1:1] = [level.name for level in banner.through]
    if banner.action == "unchanged":
        names = names[:1]
    return f"{' > '.join(names)}: {banner.action}, {banner.cert}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(row["text"], row["banners"], id=f"{section}: {name}")
        for section, rows in TABLE.items()
        for name, row in rows.items()
    ],
)
def test_a_page_edge(text: str, expected: list[str]) -> None:
    banners = read_edge(edge(text))
    assert [said(banner) for banner in banners] == expected
    spans = [banner.span for banner in banners]
    assert spans == sorted(spans)
    assert all(text[span[0]].isalpha() and text[span[1] - 1].isalpha() for span in spans)
