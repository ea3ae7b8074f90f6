"""Edits: every one gives a new document, and the old one is the undo."""

from redline.edit.acts import (
    add_hand,
    add_stage,
    join,
    part,
    set_certainty,
    set_hand,
    set_stage,
)
from redline.edit.banners import reclassify
from redline.edit.cuts import Cuts, cut
from redline.edit.notes import annotate, mark_unclear
from redline.edit.offsets import Change, Edit, Side
from redline.edit.select import select
from redline.edit.settle import dropped, settle
from redline.edit.words import Edited, delete, insert, move, replace, settled

__all__ = [
    "Change",
    "Cuts",
    "Edit",
    "Edited",
    "Side",
    "add_hand",
    "add_stage",
    "annotate",
    "cut",
    "delete",
    "dropped",
    "insert",
    "join",
    "mark_unclear",
    "move",
    "part",
    "reclassify",
    "replace",
    "select",
    "set_certainty",
    "set_hand",
    "set_stage",
    "settle",
    "settled",
]
