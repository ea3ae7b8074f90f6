"""A naive judge: `law.xsl`, a stylesheet that knows only the law, run by Saxon on every paper."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import redline
from tests.conformance.papers import document, each_paper
from tests.judges import tei_walker

LAW = Path(__file__).with_name("law.xsl")


@cache
def _saxon() -> Any:
    try:
        saxonche = importlib.import_module("saxonche")
    except ImportError:
        pytest.skip("saxonche is not installed (PyPI: pip install saxonche)")
    return saxonche.PySaxonProcessor(license=False)


@cache
def _law() -> Any:
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(LAW))


def read(tei: str, dropped: str) -> str:
    law = _law()
    law.set_parameter("dropped", _saxon().make_string_value(dropped))
    found: str = law.transform_to_string(xdm_node=_saxon().parse_xml(xml_text=tei)) or ""
    return found


@pytest.mark.parametrize(("stage", "dropped"), [("draft", "add"), ("final", "del")])
@each_paper
def test_the_stylesheet_reads_what_redline_reads(name: str, stage: str, dropped: str) -> None:
    paper = document(name)
    expected = tei_walker.as_xml(paper.reading(stage).text)
    assert read(redline.dumps(paper, "tei"), dropped) == expected
