"""The TEI in CETEIcean, with the page and the style sheet that the how-to has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import redline
from tests.html.browser import ROOT, chromium

HOW_TO = ROOT / "docs" / "how-to" / "tei-in-a-browser.md"
STYLE = ROOT / "docs" / "how-to" / "redline.css"
SAMPLES = ("memo", "estimate", "survey")
MADE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><facsimile><surface><graphic url="no.jpg"/>
</surface></facsimile><text><body><p>It <subst><add>is</add><del>was</del></subst> so.</p>
<p><stamp>SEEN<lb/>5 May</stamp></p><ab xml:space="preserve">One

two</ab></body></text></TEI>"""


def ceteicean() -> Path:
    """The script of CETEIcean, as npm has installed it."""
    places = [Path(each) for each in (os.environ.get("REDLINE_NODE_MODULES"),) if each]
    places.append(ROOT / "node_modules")
    if shutil.which("npm"):
        command = ["npm", "root", "--global"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        places.append(Path(done.stdout.strip() or "."))
    for place in places:
        script = place / "CETEIcean" / "dist" / "CETEI.js"
        if script.is_file():
            return script
    pytest.skip("no CETEIcean (npm install CETEIcean, here or with --global)")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The how-to's page for some samples, served on this machine."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ceteicean(), folder / "CETEI.js")
    shutil.copy(STYLE, folder / "redline.css")
    found = re.search(r"^```html memo\.html\n(.*?)^```$", HOW_TO.read_text("utf-8"), re.M | re.S)
    assert found
    for name in SAMPLES:
        document = redline.read(ROOT / "samples" / name / f"{name}.txt")
        redline.write(document, folder / f"{name}.xml")
        page = found[1].replace("memo.xml", f"{name}.xml")
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    (folder / "made.xml").write_text(MADE, encoding="utf-8")
    (folder / "made.html").write_text(found[1].replace("memo.xml", "made.xml"), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize("name", SAMPLES)
def test_deletions_are_struck_and_additions_marked(browser: Any, site: str, name: str) -> None:
    document = redline.read(ROOT / "samples" / name / f"{name}.txt")
    page = browser.new_page()
    page.goto(f"{site}/{name}.html")
    page.wait_for_selector("tei-body")
    for element, line in (("tei-del", "line-through"), ("tei-add", "underline")):
        lines = page.eval_on_selector_all(
            f"tei-body {element}", "all => all.map(e => getComputedStyle(e).textDecorationLine)"
        )
        assert lines
        assert set(lines) == {line}
    assert not page.is_visible("tei-teiHeader")
    for stage in ("draft", "final"):
        page.evaluate("stage => { document.getElementById('tei').className = stage; }", stage)
        assert words_of(page) == "".join(document.reading(stage).text.split())
    page.close()


def test_what_it_looks_like(browser: Any, site: str) -> None:
    """Words of a substitution stand apart, a stamp has its lines, and so on."""
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{site}/made.html")
    page.wait_for_selector("tei-body")
    assert page.eval_on_selector("tei-subst", """each => {
      const [one, other] = [...each.children].map(part => part.getBoundingClientRect());
      return other.left - one.right;
    }""") > 3
    lines = page.eval_on_selector("tei-stamp", """each => {
      const words = [...each.childNodes].filter(node => node.nodeType === 3).map(node => {
        const range = document.createRange();
        range.selectNode(node);
        return range.getBoundingClientRect();
      });
      return words[1].top - words[0].top;
    }""")
    assert lines > 10
    assert page.inner_text("tei-ab").split("\n") == ["One", "", "two"]
    assert not page.is_visible("tei-facsimile img")
    light = page.eval_on_selector_all(
        "html, tei-del", "all => all.map(e => getComputedStyle(e).color)"
    )
    assert light == ["rgb(232, 227, 216)", "rgb(255, 159, 151)"]
    page.close()


def words_of(page: Any) -> str:
    """The words of the body that are to be seen, without what a page carries beside its text."""
    text: str = page.evaluate(
        """() => {
          const out = [];
          const walk = node => {
            for (const child of node.childNodes) {
              if (child.nodeType === 3) out.push(child.data);
              else if (child.nodeType === 1 && !child.matches("tei-fw, tei-note, tei-stamp") &&
                       getComputedStyle(child).display !== "none") walk(child);
            }
          };
          walk(document.querySelector("tei-body"));
          return out.join("");
        }"""
    )
    return "".join(text.split())


def test_the_style_sheet_is_the_one_of_the_how_to() -> None:
    found = re.search(r"^```css redline\.css\n(.*?)^```$", HOW_TO.read_text("utf-8"), re.M | re.S)
    assert found
    assert STYLE.read_text("utf-8") == found[1]
