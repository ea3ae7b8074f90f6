"""TEI P5: reading. What is read and how is in docs/reference/tei.md."""

from redline.formats.tei.read.document import from_tei

__all__ = ["from_tei"]
