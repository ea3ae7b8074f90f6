"""Edits: every one gives a new document, and the old one is the undo."""

from redline.edit.cuts import Cuts, cut
from redline.edit.offsets import Change, Edit, Side
from redline.edit.select import select
from redline.edit.settle import dropped, settle

__all__ = ["Change", "Cuts", "Edit", "Side", "cut", "dropped", "select", "settle"]
