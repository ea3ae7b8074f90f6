"""What recognition engines write: PAGE XML and ALTO, read with their regions and coordinates.

`tree.py` reads the XML, `page.py` and `alto.py` find regions and lines in it (`sheets.py` says what
those are), `order.py` has the order they are read in, `paper.py` makes a document of them by way of
the native notation.
"""

from redline.formats.recognition.alto import from_alto
from redline.formats.recognition.page import from_page

__all__ = ["from_alto", "from_page"]
