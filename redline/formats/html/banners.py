"""Page rules with the banners of the pages, and what else stands apart from the text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from redline.formats.tei.escape import attribute, escape, storable
from redline.formats.tei.names import APPARATUS, MARKING_STAGES
from redline.model import Document, Marking, Page
from redline.reading import apart

__all__ = ["Banners", "change", "words"]


class Banners:
    """The markings of a document as elements; each has its `id` once (`placed`)."""

    def __init__(self, document: Document, *, kept: bool = False) -> None:
        self.kept = kept
        self.text = document.text
        self.rows = {row.id: row for row in document.markings}
        self.placed: set[str] = set()
        self.pages = len(document.pages)
        self._edges: dict[tuple[int, bool], list[Marking]] = {}
        for row in document.markings:
            if row.kind == "banner":
                self._edges.setdefault((row.page, row.place == "bottom"), []).append(row)
        #: Stamps, releases and what else is read with the paper but not in its text.
        self.aside = [
            (row.start, row)
            for row in apart(document)
            if row.kind != "banner" and row.end > row.start
        ]

    @property
    def shown(self) -> bool:
        """Whether there is anything to say of pages."""
        return self.pages > 1 or bool(self._edges) or self.kept

    def rule(self, page: Page) -> str:
        """The rule above a page, between two blocks."""
        if not self.shown:
            return ""
        foot = "".join(self._edge(page.n - 1, bottom=True))
        head = "".join(self._edge(page.n, bottom=False))
        said = [
            f'<div class="foot">{foot}</div>' if foot else "",
            f'<div class="folio">{self._place(page)}</div>',
            f'<div class="head">{head}</div>' if head else "",
        ]
        return f'<div class="page">{"".join(said)}</div>\n'

    def turn(self, page: Page) -> str:
        """The sign of a page that turns within a block."""
        banners = [*self._edge(page.n - 1, bottom=True), *self._edge(page.n, bottom=False)]
        return (
            f'<span class="page turn"><span class="slip">{self._place(page)}'
            f'{"".join(banners)}</span></span>'
        )

    def last(self) -> str:
        """The foot of the last page."""
        banners = "".join(self._edge(self.pages, bottom=True))
        return f'<div class="page end"><div class="foot">{banners}</div></div>\n' if banners else ""

    def apart(self, row: Marking) -> str:
        """A stamp, a release line, a marginal code."""
        said = self.text[row.start : row.end] or row.text
        lines = (" ".join(line.split()) for line in said.splitlines())
        text = words("\n".join(filter(None, lines)))
        return f'<aside class="furniture" role="note"{self._named(row)}>{text}</aside>\n'

    def more(self, row: Marking) -> str:
        """What a reader needs to have the marking again."""
        fields = {
            "place": row.place,
            "was": row.was,
            "through": row.through,
            "is": row.is_,
            "action": row.action,
            "controls": row.controls,
            "fields": dict(row.fields),
            "text": row.text,
            "cert": row.cert,
            "page": row.page,
            "rule": row.rule,
        }
        said = {key: value for key, value in fields.items() if value not in (None, (), {}, "")}
        # Not `attribute`: the line ends of a text count, and JSON writes them out.
        return escape(json.dumps(said)).replace('"', "&quot;")

    def _edge(self, page: int, *, bottom: bool) -> Iterator[str]:
        for row in self._edges.get((page, bottom), ()):
            said = change(row.was, row.is_, row.through, stage=MARKING_STAGES.get(row.action or ""))
            said = said or words(" ".join(row.text.split()))
            controls = words(" ".join(row.controls))
            if controls:
                said += f' <span class="controls">{controls}</span>'
            yield f'<span class="banner"{self._named(row)}>{said}</span>'

    def _named(self, row: Marking) -> str:
        name = attribute(row.id)
        first = row.id not in self.placed
        self.placed.add(row.id)
        identity = f' id="mark-{name}"' if first else ""
        settings = APPARATUS.get(row.kind)
        stage = f' data-stage="{settings.stage}"' if settings and settings.stage else ""
        kept = f' data-said="{self.more(row)}"' if self.kept else f' data-on="{row.page}"'
        kind = attribute(row.kind)
        return f'{identity} data-marking="{name}" data-kind="{kind}"{stage}{kept}'

    def _place(self, page: Page) -> str:
        """Where a page begins; what a reader needs to have the page again."""
        name = words(self._label(page))
        place = f'<span id="page-{page.n}" role="doc-pagebreak"'
        if not self.kept:
            return f"{place}>{name}</span>"
        label = "" if page.label is None else f' data-label="{attribute(page.label)}"'
        evidence = attribute(" ".join(page.evidence))
        return (
            f'{place} data-page="{page.n}"{label} data-cert="{page.cert}"'
            f' data-evidence="{evidence}">{name}</span>'
        )

    @staticmethod
    def _label(page: Page) -> str:
        label = f" ({page.label})" if page.label not in (None, str(page.n)) else ""
        return f"Page {page.n}{label}"


def change(
    was: str | None, now: str | None, through: tuple[str, ...] = (), *, stage: str | None = None
) -> str:
    """A level and what became of it."""
    if was == now and not through:
        return words(now)
    of = f' data-stage="{stage}"' if stage else ""
    gone = [f"<del{of}>{words(each)}</del>" for each in (was, *through) if each]
    new = [f"<ins{of}>{words(now)}</ins>"] if now else []
    return " ".join([*gone, *new])


def words(text: str | None) -> str:
    """Text in a page."""
    return escape(storable(text or ""))
