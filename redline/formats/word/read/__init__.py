"""Word files, read."""

from redline.formats.word.read.document import from_docx

__all__ = ["from_docx"]
