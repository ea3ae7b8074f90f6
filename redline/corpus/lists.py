"""Lists of papers: a file with a path or URL a line."""

from __future__ import annotations

import os

from redline.corpus.places import at_once, is_url

__all__ = ["SUFFIXES", "beside", "is_list", "listed_path", "name_in_list"]

#: What ends the name of a list, whatever its lines say.
SUFFIXES = (".list", ".lst")
#: So many lines of a file are looked at to see whether it is a list; no path is longer.
_FIRST = 10
_LONGEST = 1 << 14


def listed_path(line: bytes) -> str | None:
    """The path or URL on a line of a list, if there is one."""
    path = line.decode("utf-8", "surrogateescape").removeprefix("\ufeff").strip("\r\n")
    return None if not path.strip() or path.startswith("# ") else path


def beside(path: str, folder: str) -> str:
    """A path of a list: relative to it, or else to where we are."""
    where = os.path.join(folder, path)
    return path if not os.path.lexists(where) and os.path.lexists(path) else where


def name_in_list(path: str, where: str, root: str) -> str:
    """The id of a listed paper: as it is listed, or below the folder of the list, or its whole
    path; the same wherever we are."""
    name = os.path.normpath(path)
    if os.path.isabs(name) or name.split(os.sep)[0] == os.pardir:
        name = os.path.splitdrive(where)[1].lstrip(os.sep)
        if where.startswith(root.rstrip(os.sep) + os.sep):
            name = os.path.relpath(where, root)
    return name


def is_list(source: str) -> bool:
    """Whether a file is a list of papers: by its name, or because one of its first lines is the
    path of a file, or a URL and nothing else."""
    if source.lower().endswith(SUFFIXES):
        return True
    try:
        with open(source, "rb", opener=at_once) as file:
            for _ in range(_FIRST):
                path = listed_path(file.readline(_LONGEST))
                if path is None:
                    continue
                if is_url(path) and " " not in path:
                    return True
                if os.path.isfile(beside(path, os.path.dirname(source))):
                    return True
    except (OSError, ValueError):  # no name of a file; or it cannot be read: told later
        pass
    return False
