"""The report as people see it: in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from redline import corpus
from redline.corpus import plots
from tests.bench import papers
from tests.html.browser import chromium, opened, violations

ACTS = """SECRET

NOTE

The ~~certain~~ ^{likely} harbour, <b>not</b> bold & "quoted".

SECRET
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    papers.write(folder / "papers", 40)
    (folder / "papers" / "<i>odd & 'name'#?.txt").write_text(ACTS * 40, encoding="utf-8")
    corpus.build(folder / "papers", folder / "out", formats=["html"], workers=1)
    with corpus.open(folder / "out") as edition:
        edition.report(folder / "report.html")
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_drawn_and_has_no_fault(browser: Any, report: Path, width: int) -> None:
    """Nothing fetched, no error (`opened` sees to that), nothing that axe-core finds, and nothing
    wider than the window, be it a telephone's."""
    with opened(browser, report, viewport={"width": width, "height": 800}) as page:
        drawn = page.locator("figure svg")
        assert drawn.count() == len(plots.PLOTS)
        for n in range(drawn.count()):
            box = drawn.nth(n).bounding_box()
            assert box["width"] > 0.8 * min(width, 900)
            assert box["height"] > 80
            assert drawn.nth(n).locator("text").count() > 5
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("main i").count() == 0  # the odd name is text


def test_links_lead_to_the_page_of_the_paper(browser: Any, report: Path) -> None:
    with opened(browser, report) as page:
        links = page.eval_on_selector_all("td a", "all => all.map(each => each.href)")
    to_pages = [link for link in links if "#page-" in link]
    assert len(to_pages) > 30
    assert [link for link in links if "odd" in link]
    context = browser.new_context(viewport={"width": 1000, "height": 400})
    try:
        there = context.new_page()
        for link in [to_pages[0], to_pages[-1], *(link for link in links if "odd" in link)]:
            there.goto(link)
            _, _, anchor = link.partition("#")
            if anchor:
                assert there.locator(f"#{anchor}").count() == 1
                assert there.locator(f"#{anchor}").is_visible()
    finally:
        context.close()
