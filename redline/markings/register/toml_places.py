"""On which line of a TOML file each table, key and array item stands.

`tomllib` gives values and no places, so the text is walked once more, by tokens. It has been read
by `tomllib` before: nothing here has to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Path", "Places"]

#: Names of tables and keys, numbers of tables and items: ``("level", 2, "forms", 0)``.
Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"{3}(?:\\.|[^\\])*?"{3,5}'
    r"|'{3}.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\n\[\]{}=,.]"
    r"|[^\s\"'\#\[\]{}=,.]+",
    re.DOTALL,
)


class Places:
    """The lines (from 1) of what a TOML text holds."""

    def __init__(self, text: str) -> None:
        self.lines: Mapping[Path, int] = dict(_walk(text))

    def line(self, *path: str | int) -> int:
        """The line of a table, a key or an item; that of what it stands in, if not known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, at = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if not match.group().startswith("#"):
            yield match.group(), line
    yield "\n", line


def _walk(text: str) -> Iterator[tuple[Path, int]]:
    """Statement by statement: a header, or a key with its value."""
    counts: dict[Path, int] = {}  # how many of each array of tables there have been
    header: Path = ()
    tokens = _tokens(text)
    for token, line in tokens:
        if token == "\n":
            continue
        statement = [token]
        for word, _ in tokens:
            if word in ("\n", "="):
                break
            statement.append(word)
        names = [word.strip("\"'") for word in statement if word not in "[]."]
        if token != "[":
            path = _numbered(header, names, counts)
            yield path, line
            yield from _items(path, tokens)
            continue
        if statement[:2] == ["[", "["]:
            array = (*_numbered((), names[:-1], counts), names[-1])
            counts[array] = counts.get(array, -1) + 1
        header = _numbered((), names, counts)
        yield header, line


def _numbered(path: Path, names: Iterable[str], counts: Mapping[Path, int]) -> Path:
    """`path` with `names` after it, and after each array of tables the number it is at."""
    for name in names:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    return path


def _items(path: Path, tokens: Iterator[tuple[str, int]]) -> Iterator[tuple[Path, int]]:
    """Reads one value, to the end of its line; gives the items of an array."""
    depth, item, fresh = 0, 0, False
    array = None
    for token, line in tokens:
        if token == "\n":
            if not depth:
                return
            continue
        if token in "]}":
            depth -= 1
            continue
        array = token == "[" if array is None else array
        if array and depth == 1:
            if token == ",":
                item, fresh = item + 1, True
                continue
            if fresh:
                yield (*path, item), line
                fresh = False
        if token in "[{":
            depth += 1
            fresh = depth == 1
