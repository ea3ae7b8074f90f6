"""Edits: every one gives a new document, and the old one is the undo."""

from redline.edit.cuts import Cuts, cut
from redline.edit.offsets import Change, Edit, Side
from redline.edit.select import select
from redline.edit.settle import dropped, settle
from redline.edit.words import Edited, delete, insert, move, replace

__all__ = [
    "Change",
    "Cuts",
    "Edit",
    "Edited",
    "Side",
    "cut",
    "delete",
    "dropped",
    "insert",
    "move",
    "replace",
    "select",
    "settle",
]
