"""TEI P5: writing. What is promised of the file is in docs/explanation/tei.md."""

from redline.formats.tei.write import to_tei

__all__ = ["to_tei"]
