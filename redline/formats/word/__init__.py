"""Word files (.docx): read, and written with the revisions as tracked changes."""

from redline.formats.word.losses import losses
from redline.formats.word.read import from_docx
from redline.formats.word.write import to_docx

__all__ = ["from_docx", "losses", "to_docx"]
