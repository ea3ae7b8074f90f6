"""Debian's Chromium, driven by Playwright; tests skip where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import redline

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Nothing but the page itself is loaded: what else is asked for is a fault.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on the path (Debian: apt-get install chromium)"
)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install '.[test]')"
    )
    if CHROMIUM is None:
        pytest.skip("no chromium on the path (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Faults(list[str]):
    """What went wrong in a page: errors of its script, what it would have fetched."""


@contextmanager
def opened(browser: Any, path: Path, **context: Any) -> Iterator[Any]:
    """A page of a file; at the end nothing may have gone wrong in it."""
    settings = {"viewport": {"width": 1280, "height": 900}, **context}
    made = browser.new_context(**settings)
    page = made.new_page()
    faults = Faults()
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda asked: faults.append(asked.url) if asked.url != page.url.split("#")[0] else None,
    )
    page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    try:
        page.goto(path.as_uri())
        faults[:] = [each for each in faults if each.split("#")[0] != path.as_uri()]
        yield page
        assert faults == []
    finally:
        made.close()


def saved(document: redline.Document, folder: Path, name: str = "page.html") -> Path:
    """The page of a document, in a file."""
    path = folder / name
    path.write_text(redline.dumps(document, "html"), encoding="utf-8")
    return path


@cache
def axe() -> str:
    """The script of axe-core."""
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe is not installed (pip install '.[test]')"
    )
    return files(package).joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """What axe-core finds, best practices too, of any weight."""
    page.evaluate(axe())
    found = page.evaluate("async () => await axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{row['impact']}: {row['id']}: {row['nodes'][0]['html'][:200]}"
        for row in found["violations"]
    ]


def shown(page: Any, selector: str = "main") -> str:
    """The words that are to be seen, without white space and what stands apart."""
    text: str = page.evaluate(
        """selector => {
          const out = [];
          const walk = node => {
            for (const child of node.childNodes) {
              if (child.nodeType === 3) out.push(child.data);
              else if (child.nodeType === 1 && !child.matches(".page, .furniture, .noteref") &&
                       getComputedStyle(child).display !== "none") walk(child);
            }
          };
          for (const each of document.querySelectorAll(selector)) walk(each);
          return out.join("");
        }""",
        selector,
    )
    return "".join(text.split())


def plain(text: str) -> str:
    """A reading without white space."""
    return "".join(text.split())
