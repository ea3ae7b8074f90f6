"""The drawings of the report: matplotlib's SVG, with text as text, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from redline.corpus.folder import CorpusError

__all__ = ["PLOTS", "Plot"]

Rows = Sequence[tuple[Any, ...]]
#: Colours that stay apart for the colour-blind (Okabe and Ito 2008), and in print.
_BLUE, _ORANGE, _GREEN, _GREY = "#0072b2", "#d55e00", "#009e73", "#8c959f"
_WIDTH = 9.0


@contextmanager
def _figure(height: float, columns: int = 1) -> Iterator[tuple[Any, Any, list[str]]]:
    """A figure, its axes, and a list that gets its SVG."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        raise CorpusError("the report needs matplotlib: pip install 'redline[corpus]'") from None
    style = {
        "svg.fonttype": "none",
        "svg.hashsalt": "redline",
        "font.family": "sans-serif",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": _GREY,
        "axes.titlesize": 11,
        "axes.titlelocation": "left",
        "legend.frameon": False,
        "path.simplify": False,
    }
    with matplotlib.rc_context(style):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = figure.subplots(1, columns)
        out: list[str] = []
        yield figure, axes, out
        drawn = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(drawn, format="svg", metadata=nothing)
    svg = drawn.getvalue()
    svg = svg[svg.index("<svg") :]
    # The size is the page's business; the ids of several drawings on a page are kept apart.
    svg = re.sub(r'(<svg [^>]*?)height="[^"]*" ', r"\1", svg, count=1)
    svg = re.sub(r'(<svg [^>]*?)width="[^"]*" ', r"\1", svg, count=1)
    out.append(svg)


def _apart(svg: str, name: str) -> str:
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    return re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", svg)


def _by_year(rows: Rows) -> str:
    """Acts of the security history by year: year, action, count."""
    shown = {"downgrade": _ORANGE, "declassified": _BLUE, "released": _GREEN}
    counted: dict[str, dict[int, int]] = defaultdict(dict)
    for year, action, count in rows:
        counted[action][year] = count
    first, last = min(row[0] for row in rows), max(row[0] for row in rows)
    years = range(first, last + 1)
    with _figure(3.2) as (_, axes, out):
        below = [0] * len(years)
        for action, color in shown.items():
            heights = [counted[action].get(year, 0) for year in years]
            if any(heights):
                axes.bar(years, heights, bottom=below, color=color, label=action, width=0.85)
                below = [a + b for a, b in zip(below, heights, strict=True)]
        axes.set_ylabel("acts")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.yaxis.get_major_locator().set_params(integer=True)
        axes.legend(loc="upper left", ncols=3, bbox_to_anchor=(0, 1.13))
    return _apart(out[0], "acts")


def _papers_by_year(rows: Rows) -> str:
    """Papers by their year: year, downgraded, other."""
    with _figure(3.0) as (_, axes, out):
        years = [row[0] for row in rows]
        down, rest = [row[1] for row in rows], [row[2] for row in rows]
        axes.bar(years, down, color=_ORANGE, label="downgraded since", width=0.85)
        axes.bar(years, rest, bottom=down, color=_GREY, label="not downgraded", width=0.85)
        axes.set_ylabel("papers")
        axes.set_xlabel("year of the paper")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.yaxis.get_major_locator().set_params(integer=True)
        axes.legend(loc="upper left", ncols=2, bbox_to_anchor=(0, 1.15))
    return _apart(out[0], "years")


def _levels(rows: Rows) -> str:
    """Levels before and after: level, written, now."""
    rows = list(reversed(rows))
    with _figure(0.9 + 0.42 * len(rows)) as (_, axes, out):
        places = range(len(rows))
        axes.barh([p + 0.2 for p in places], [row[1] for row in rows], 0.38, color=_ORANGE,
                  label="when written")  # fmt: skip
        axes.barh([p - 0.2 for p in places], [row[2] for row in rows], 0.38, color=_BLUE,
                  label="now")  # fmt: skip
        axes.set_yticks(list(places), [row[0] for row in rows])
        axes.set_xlabel("papers")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend(loc="lower right")
    return _apart(out[0], "levels")


def _density(rows: Rows) -> str:
    """Revisions in a thousand words: from, papers."""
    with _figure(2.8) as (_, axes, out):
        axes.bar([row[0] for row in rows], [row[1] for row in rows], width=4.6, align="edge",
                 color=_BLUE)  # fmt: skip
        axes.set_xlabel("revisions in 1,000 words of the draft")
        axes.set_ylabel("papers")
        axes.yaxis.get_major_locator().set_params(integer=True)
    return _apart(out[0], "density")


class Plot(NamedTuple):
    """A drawing: its title, what it shows, what draws it, the query it is drawn from, and one
    that counts what it cannot show for want of a date."""

    title: str
    caption: str
    draw: Callable[[Rows], str]
    sql: str
    missing: str = ""


PLOTS = (
    Plot(
        "Downgrades over time",
        "Acts of the security history, by the year in which the paper says they were done.",
        _by_year,
        """
SELECT year, action, count(*) FROM history
WHERE year IS NOT NULL AND action IN ('downgrade', 'declassified', 'released')
GROUP BY year, action ORDER BY year, action
""",
        """
SELECT count(*) FROM history
WHERE year IS NULL AND action IN ('downgrade', 'declassified', 'released')
""",
    ),
    Plot(
        "Downgrades by the year of the paper",
        "Papers that have a date and a level, by the year they were written in.",
        _papers_by_year,
        """
SELECT year, count(*) FILTER (down), count(*) FILTER (NOT down)
FROM (SELECT year, EXISTS (SELECT 1 FROM history h
                           WHERE h.doc = d.doc AND h.action = 'downgrade') AS down
      FROM documents d WHERE year IS NOT NULL AND level_draft IS NOT NULL)
GROUP BY year ORDER BY year
""",
        "SELECT count(*) FROM documents WHERE year IS NULL AND level_draft IS NOT NULL",
    ),
    Plot(
        "Levels before and after",
        "The level of each paper when it was written, and now.",
        _levels,
        """
WITH found AS (
    SELECT level_draft AS level, 1 AS written, 0 AS now FROM documents
    UNION ALL SELECT level_final, 0, 1 FROM documents)
SELECT level, sum(written)::INT AS written, sum(now)::INT FROM found WHERE level IS NOT NULL
GROUP BY level ORDER BY written DESC, level LIMIT 12
""",
    ),
    Plot(
        "Revision density",
        "Papers of 100 words or more, by how often they were revised; the last bar has all above.",
        _density,
        """
SELECT least(5 * floor(200.0 * revisions / words_draft), 100)::INT AS step, count(*)
FROM documents WHERE words_draft >= 100 GROUP BY step ORDER BY step
""",
    ),
)
