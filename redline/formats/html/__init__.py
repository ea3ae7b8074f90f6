"""HTML: one page that needs nothing else, and a fragment for other pages that can be read back.

Revisions stand in place, as `del` and `ins`. The page shows the draft or the final text alone,
or both side by side; it has lists that lead to revisions and markings, and says the source line
that is pointed at. Without its script it is still a page. Page rules carry the banners; stamps
and releases stand apart from the text.

`inline.py` has the words of a block, `banners.py` page rules and markings, `body.py` the blocks,
`page.py` the page around them with `page.css` and `page.js`, `fragment.py` the article around
them; `palette.css` is the inks and types of this page and of the one of a collation. `walk.py`
follows the tags of a fragment, `said.py` has what its attributes say, `read.py` makes the document.
"""

from redline.formats.html.fragment import to_fragment
from redline.formats.html.page import to_html

__all__ = ["to_fragment", "to_html"]
