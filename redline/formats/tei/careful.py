"""The content of any stretch of text: marks that cross, notes, furniture, page edges, decisions.

Items in (`items`), properly nested fragments from `redline.spans.nest`, tags out. What this
module answers for: `subst` holds parts that touch and nothing else, fragments point to each
other, parts that cannot stand in one `subst` are joined by `substJoin`, and a line break
gives exactly the space that each reading has there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redline.formats.tei.acts import Acts
from redline.formats.tei.escape import Ids, escape
from redline.formats.tei.items import Item, close_gaps
from redline.formats.tei.joins import Joins
from redline.formats.tei.names import INLINE, LEAVES, POINTS, REVISIONS, Element, gap_attributes
from redline.formats.tei.escape import word
from redline.spans import ADDITION, DELETION, Fragment, nest

__all__ = ["Careful"]

_SPACE = " \t\r\n"
_LB, _LB_MAYBE = POINTS["lb"], POINTS["lb-maybe"]
