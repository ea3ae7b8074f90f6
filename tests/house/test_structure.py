"""How the package is put together: what may import what, how large a file may grow."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "redline"
MAX_LINES = 460

#: A room imports from the rows above it and, without circles, from its own row.
LAYERS = (
    (
        *("collector", "frozen", "notation_codes", "source", "origin", "spans", "surfaces"),
        *("tei_codes", "tokens", "word_codes"),
    ),
    ("diagnostics",),
    ("model",),
    ("reading", "edit", "explanation"),
    ("markings",),
    ("layout", "facts"),
    ("notation",),
    ("collation",),
    ("formats", "validation"),
    ("corpus", "cli"),
)
LEVEL = {room: level for level, row in enumerate(LAYERS) for room in row}
#: The doors: they import rooms and no room imports them.
DOORS = {"__init__", "__main__"}
#: Imports upwards, inside a function or for types alone: methods of `Document` that only
#: pass the document on to the room which does the work.
#: And a verb that changes a banner asks the register and finds the history anew.
UPWARD = {
    *(("model", "reading"), ("model", "edit"), ("model", "explanation")),
    ("edit", "markings"),
}


class Import(NamedTuple):
    importer: str  # dotted module
    imported: str
    deferred: bool  # inside a function, or under TYPE_CHECKING
    line: int


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)
        found[name] = path
    return found


def room(module: str) -> str:
    """`redline.formats.tei.write` stands in the room `formats`."""
    return module.split(".")[1] if "." in module else "__init__"


def walk(node: ast.AST, deferred: bool = False) -> Iterator[tuple[ast.stmt, bool]]:
    for child in ast.iter_child_nodes(node):
        inner = deferred or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            inner = True
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, deferred
        yield from walk(child, inner)


def names(node: ast.stmt, module: str, path: Path) -> list[str]:
    """The dotted names an import statement brings in, relative ones resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    assert isinstance(node, ast.ImportFrom)
    base = node.module or ""
    if node.level:
        up = node.level - (path.name == "__init__.py")
        parts = module.removesuffix(".__init__").split(".")
        package = parts[: len(parts) - up] if up else parts
        base = ".".join([*package, base] if base else package)
    return [f"{base}.{alias.name}" for alias in node.names]


@cache
def imports() -> tuple[tuple[Import, ...], tuple[Import, ...]]:
    """(those of redline's own modules, those of other packages)"""
    own, other = [], []
    for module, path in modules().items():
        for node, deferred in walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in names(node, module, path):
                if name.split(".")[0] != "redline":
                    other.append(Import(module, name.split(".")[0], deferred, node.lineno))
                    continue
                while name not in modules() and "." in name:
                    name = name.rsplit(".", 1)[0]
                own.append(
                    Import(module, "redline.__init__" if name == "redline" else name,
                           deferred, node.lineno)
                )
    return tuple(own), tuple(other)


def rank(name: str) -> tuple[int, str]:
    """Constants first, then classes, then functions (as ruff's RUF022 has it)."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def told(faults: list[str]) -> str:
    return "\n" + "\n".join(faults)


def test_the_package_is_there() -> None:
    assert {"redline.__init__", "redline.__main__", "redline.cli", "redline.model"} <= set(
        modules()
    )


def test_every_module_stands_in_a_room_of_the_table() -> None:
    strange = [name for name in modules() if room(name) not in LEVEL and room(name) not in DOORS]
    assert not strange, f"not in LAYERS: {strange}"


def test_no_room_is_called_utils() -> None:
    vague = re.compile(r"^(utils?|helpers?|misc|common|base)$")
    assert not [name for name in modules() if any(map(vague.match, name.split(".")))]


def test_imports_run_one_way() -> None:
    faults = []
    for importer, imported, deferred, line in imports()[0]:
        here, there = room(importer), room(imported)
        if here == there or here in DOORS:
            continue
        if deferred and (here, there) in UPWARD:
            continue
        if there in DOORS or LEVEL[there] > LEVEL[here]:
            faults.append(f"{modules()[importer].relative_to(ROOT)}:{line} imports {imported}")
    assert not faults, told(faults)


def test_the_exceptions_are_all_in_use() -> None:
    used = {(room(i.importer), room(i.imported)) for i in imports()[0] if i.deferred}
    assert used >= UPWARD


def test_imports_make_no_circle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for importer, imported, deferred, _ in imports()[0]:
        if not deferred and importer != imported:
            graph[importer].add(imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))


@pytest.mark.parametrize("path", modules().values(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_readable(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_LINES, f"{lines} lines: is it still one natural thing?"


@pytest.mark.parametrize("name", modules())
def test_all_is_sorted_and_true(name: str) -> None:
    """`__all__` is sorted and names only what the module has; the package's must exist."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    listed, bound = None, set()
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name("__all__")], value=value):
                listed = ast.literal_eval(value)
            case ast.Assign(targets=targets):
                bound |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id_)):
                bound.add(id_)
            case ast.FunctionDef(name=id_) | ast.ClassDef(name=id_):
                bound.add(id_)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                bound |= {a.asname or a.name for a in aliases}
            case ast.If() | ast.Try():
                bound |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    if listed is None:
        assert name != "redline.__init__", "the package must list its public names"
        return
    assert len(listed) == len(set(listed))
    assert listed == sorted(listed, key=rank), f"should be {sorted(listed, key=rank)}"
    if not any(isinstance(n, ast.FunctionDef) and n.name == "__getattr__" for n in tree.body):
        assert set(listed) <= bound, set(listed) - bound


def test_every_public_name_can_be_had() -> None:
    import redline

    missing = [name for name in redline.__all__ if not hasattr(redline, name)]
    assert not missing


#: What is imported by another name than it is installed by.
IMPORTED_AS = {"docx": "python_docx"}


def test_third_party_imports_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared, heavy = (
        {re.split(r"[^\w-]", wanted)[0].lower().replace("-", "_") for wanted in wanteds}
        for wanteds in (
            (
                *project["dependencies"],
                *(each for name, row in extras.items()
                  if name not in ("all", "cluster", "corpus", "docs", "test") for each in row),
            ),
            extras["corpus"] + extras["cluster"],
        )
    )
    faults = [
        f"{modules()[i.importer].relative_to(ROOT)}:{i.line} imports {i.imported}"
        for i in imports()[1]
        if i.imported not in sys.stdlib_module_names
        and IMPORTED_AS.get(i.imported, i.imported).lower() not in declared
        # What the extras of collections bring is imported where it is used.
        and not (i.deferred and room(i.importer) == "corpus" and i.imported.lower() in heavy)
    ]
    assert not faults, told(faults)
