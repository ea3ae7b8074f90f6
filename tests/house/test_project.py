"""What stands around the package: versions that agree, typing, what a wheel must hold."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import redline
from redline.formats.record import schema

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_one_version() -> None:
    assert redline.__version__ == PROJECT["version"]


def test_changelog_has_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)", changelog, re.M)
    assert versions[0] == PROJECT["version"]


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "redline" / "py.typed").read_bytes() == b""


def test_the_extra_all_is_all_of_them() -> None:
    extras = PROJECT["optional-dependencies"]
    (everything,) = extras["all"]
    named = set(everything.removeprefix("redline[").removesuffix("]").split(","))
    assert named == set(extras) - {"all"}


def test_no_dependency_is_capped() -> None:
    wanted = list(chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()))
    assert not [each for each in wanted if "<" in each or "==" in each]


def test_ci_runs_the_readme() -> None:
    """`.ci/run` takes its commands from the README's `sh` blocks: two lines, a venv each."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", readme, re.M | re.S)
    commands = "".join(blocks).splitlines()
    assert len(commands) == 2
    assert all(".venv/bin/" in command for command in commands)
    assert commands[1].endswith("pytest")


def test_the_schema_file_is_what_the_code_says() -> None:
    file = ROOT / "schemas" / "redline.schema.json"
    assert file.read_text(encoding="utf-8") == schema()


def test_a_wheel_has_the_schemas_that_validate_looks_for() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    included = build["build"]["targets"]["wheel"]["force-include"]
    assert included == {
        f"schemas/{name}": f"redline/schemas/{name}" for name in ("redline.rng", "redline.sch")
    }
    assert [name for name in included if not (ROOT / name).is_file()] == []
