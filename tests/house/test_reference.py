"""docs/reference/library.md names all that a program may use: whoever adds a name says it there."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import redline
from redline import diagnostics, edit, model

WHOLE = (Path(__file__).resolve().parents[2] / "docs/reference/library.md").read_text("utf-8")
PAGE = re.sub(r"^```.*?^```\n", "", WHOLE, flags=re.M | re.S)
#: Which section tells of which class; a member stands in the left column of a table there.
SECTIONS = {
    "Document": redline.Document,
    "Edits": edit.Edit,
    "Reading": redline.Reading,
    "compare": redline.Comparison,
    "collate": redline.Collation,
}
#: What other modules of the package need of `redline.edit`; programs have the verbs.
INTERNAL = {"Cuts", "cut", "dropped"}


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found, f"no section {title}"
    return found[1]


def told(text: str) -> set[str]:
    """The names at the left of its tables, without what is called and with which arguments."""
    cells = re.findall(r"^\| (.*?) \|", text, re.M)
    return {
        name.split(".")[-1]
        for cell in cells
        for code in re.findall(r"`([^`]+)`", cell)
        for name in re.findall(r"^[\w.]+", code)
    }


def members(class_: type) -> set[str]:
    """Public attributes: fields, properties and methods."""
    names = {*vars(class_), *inspect.get_annotations(class_)}
    return {name for name in names if not name.startswith("_")}


def test_every_name_of_the_package() -> None:
    assert [name for name in redline.__all__ if f"`redline.{name}" not in PAGE
            and f"a `{name}`" not in PAGE] == []


@pytest.mark.parametrize("title", SECTIONS)
def test_every_member(title: str) -> None:
    assert members(SECTIONS[title]) - told(section(title)) == set()


def test_every_verb() -> None:
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", section("Edits")))))
    assert set(edit.__all__) - words - INTERNAL == set()


def test_every_argument() -> None:
    """What is written as a call has the arguments that there are."""
    faults = []
    for name in redline.__all__:
        function = getattr(redline, name)
        call = re.search(rf"`redline\.{name}\(([^`]*)\)`", PAGE)
        if not inspect.isfunction(function):
            continue
        assert call, name
        written = [part.split("=")[0].strip() for part in call[1].split(", ")]
        if written != list(inspect.signature(function).parameters):
            faults.append((name, written, list(inspect.signature(function).parameters)))
    assert faults == []


def test_every_value_and_its_fields() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|$", section("Values"), re.M))
    values = {name: getattr(model, name) for name in model.__all__}
    values["Diagnostic"] = redline.Diagnostic
    fields = {name: " ".join(v._fields) for name, v in values.items() if hasattr(v, "_fields")}
    fields["Classification"] = "draft final history"
    assert rows == fields


def test_every_error() -> None:
    errors = {
        name
        for name in diagnostics.__all__
        if isinstance(getattr(diagnostics, name), type)
        and issubclass(getattr(diagnostics, name), redline.RedlineError)
    }
    assert errors - told(section("Errors")) == {"RedlineError"}
