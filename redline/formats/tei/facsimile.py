"""The pictures of the pages, what stands where on them, and the pointers from the text to that.

`facsimile` has a `surface` for each page and a `zone` for each region and line that recognition
found; a `pb` points to its surface, an `lb` to the zone of the line that it begins. A block whose
first line has a zone begins with an `lb`, which gives no space there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from urllib.parse import quote

from redline.formats.tei.escape import attribute, word
from redline.model import Document, Page
from redline.spans import HIDDEN
from redline.surfaces import Surface, Zone

__all__ = ["Facsimile"]

_NAME = re.compile(r"[\w.-]+", re.ASCII)
#: What begins a line in the content of a block, and what has lines of its own inside.
_TAG = re.compile(r"<(/?)([\w.:-]+)[^<>]*?(/?)>([^<]*)")
#: Page breaks at the head of a block, and the apparatus of the page before.
_PAGES = re.compile(r"(?:<fw\b(?:(?!</fw>).)*</fw>|<pb\b[^<>]*/>)*<pb\b[^<>]*/>", re.DOTALL)
_APART = frozenset({"fw", "note", "stamp", "table"})
_URL = "/:%#?=&~+,;@!$'()"


class Facsimile:
    """The zones of a document; one without any changes nothing that is written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        surfaces = document.surfaces
        self._ids: dict[int, str] = {}  # of a zone, by its identity
        self._lines: list[tuple[int, str]] = []
        taken: set[str] = set()
        origin = document.origin
        for surface in surfaces:
            for k, zone in enumerate(surface.zones, 1):
                id_ = f"facs_{surface.page}_{zone.id}"
                if not _NAME.fullmatch(zone.id) or id_ in taken:
                    id_ = f"facs_{surface.page}_z{k}"
                while id_ in taken:
                    id_ += "_"
                taken.add(id_)
                self._ids[id(zone)] = id_
                if zone.kind == "line" and zone.span is not None:
                    self._lines.append((origin.to_text(zone.span[0]), id_))
        self._lines.sort()
        self._starts = [at for at, _ in self._lines]
        self._paged = len(surfaces) == len(document.pages)
        self._known = {surface.page for surface in surfaces}
        self._hidden = sorted(
            (span.start, span.end)
            for span in (document.spans if surfaces else ())
            if span.kind in HIDDEN and span.end > span.start
        )

    # -- the element --------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        """The lines of the element; none where there are no pictures."""
        if not self.document.surfaces:
            return
        yield "  <facsimile>\n"
        for surface in self.document.surfaces:
            yield from self._surface(surface)
        yield "  </facsimile>\n"

    def _surface(self, surface: Surface) -> Iterator[str]:
        size = ""
        if surface.width is not None and surface.height is not None:
            size = f' ulx="0" uly="0" lrx="{surface.width}" lry="{surface.height}"'
        yield f'    <surface xml:id="facs_{surface.page}" n="{surface.page}"{size}>\n'
        if surface.image:
            url = attribute(quote(surface.image, safe=_URL))
            yield f'      <graphic url="{url}"/>\n'
        open_ = False
        for zone in surface.zones:
            if zone.within is None:
                if open_:
                    yield "      </zone>\n"
                open_ = True
                yield f"      {self._zone(zone)}>\n"
            else:
                yield f"        {self._zone(zone)}/>\n"
        if open_:
            yield "      </zone>\n"
        yield "    </surface>\n"

    def _zone(self, zone: Zone) -> str:
        said = f' subtype="{word(zone.label)}"' if zone.label else ""
        if len(zone.points) > 2:
            said += f' points="{" ".join(f"{x},{y}" for x, y in zone.points)}"'
        elif len(zone.points) == 2:
            (left, top), (right, low) = zone.points
            said += f' ulx="{left}" uly="{top}" lrx="{right}" lry="{low}"'
        return f'<zone xml:id="{self._ids[id(zone)]}" type="{zone.kind}"{said}'

    # -- the pointers -------------------------------------------------------------------------

    def of_page(self, page: Page) -> str:
        """The attribute of a page break."""
        if self._paged and page.n in self._known:
            return f' facs="#facs_{page.n}"'
        return ""

    def marked(self, content: str, start: int, end: int) -> str:
        """The content of the block text[start:end], each line with its zone.

        Where the lines of the content are not those of the zones, it stays as it is.
        """
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        zones = [id_ for at, id_ in self._lines[first:last] if not self._is_hidden(at)]
        if not zones:
            return content
        places = list(_breaks(content))
        lead = f'<lb facs="#{zones[0]}"/>'
        head = _PAGES.match(content)
        if head is not None and places and places[0] < 0:  # the block begins with its page
            lead, content = head[0] + lead, content[head.end() :]
            places = [place - head.end() if place > 0 else place for place in places[1:]]
        if len(zones) != len(places) + 1:
            return lead + content if self._starts[first] == start or head else content
        out, at = [lead], 0
        for place, zone in zip(places, zones[1:], strict=True):
            if place < 0:  # a page break, which has its own
                continue
            out += (content[at:place], f'<lb facs="#{zone}"')
            at = place + len("<lb")
        return "".join(out) + content[at:]

    def _is_hidden(self, at: int) -> bool:
        k = bisect_right(self._hidden, (at, len(self.document.text) + 1)) - 1
        return k >= 0 and self._hidden[k][1] > at


def _breaks(content: str) -> Iterator[int]:
    """Where each line of a block begins in its content; -1 where it begins with a page."""
    depth = 0
    waiting: int | None = None  # a break after which no words have come
    for match in _TAG.finditer(content):
        name = match[2]
        if name in _APART:
            depth += 0 if match[3] else -1 if match[1] else 1
        elif depth == 0 and name == "pb":
            # The line that the page breaks begins with the page.
            waiting = -1 if waiting is None else waiting
        elif depth == 0 and name == "lb" and waiting != -1:
            waiting = match.start()
        if waiting is not None and depth == 0 and match[4].strip():
            yield waiting
            waiting = None
