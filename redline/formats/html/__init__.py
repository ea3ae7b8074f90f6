"""HTML: one page that needs nothing else: no script, no font, no network.

Revisions stand in place, as `del` and `ins`; three buttons show the draft or the final text
alone. Page rules carry the banners; stamps and releases stand apart from the text; what else a
page carries is left out. `inline.py` has the words of a block, `page.py` the page around them,
`style.py` how it looks.
"""

from redline.formats.html.page import to_html

__all__ = ["to_html"]
