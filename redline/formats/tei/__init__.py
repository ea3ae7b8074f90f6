"""TEI P5: reading and writing. What is promised of the file is in docs/explanation/tei.md."""

from redline.formats.tei.read import from_tei
from redline.formats.tei.write import to_tei

__all__ = ["from_tei", "to_tei"]
