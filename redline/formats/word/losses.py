"""What a Word file cannot say of a document."""

from __future__ import annotations

from redline.formats.losses import Loss
from redline.model import Document

__all__ = ["losses"]


def losses(document: Document) -> list[Loss]:
    """What `to_docx` leaves out, or writes as something else."""
    return []
