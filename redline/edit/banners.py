"""What a banner says, changed."""

from __future__ import annotations

from dataclasses import replace

from redline.diagnostics import EditError
from redline.edit.offsets import Edit
from redline.edit.select import near
from redline.edit.words import RULE, Edited
from redline.model import Document, Marking, Stage

__all__ = ["reclassify"]

_REGRADE = Stage("regrade", "security re-marking")


def reclassify(document: Document, id_: str, was: str | None, is_: str | None) -> Edited:
    """A banner that says other levels: what it `was` and what it `is_`, by their names.

    Alike where nothing changed; `is_` None for one that was struck and not replaced, `was` None
    for one that was added. Its controls stay. What the banners amount to is found anew; offsets
    of the text stay, for the words of a banner are in no reading. Raises `EditError` for an id
    that is no banner of the document, or a level that no register has.
    """
    from redline.markings.history.again import action_of, classification_of

    row = next((each for each in document.markings if each.id == id_), None)
    if row is None or row.kind != "banner":
        banners = [each.id for each in document.markings if each.kind == "banner"]
        raise EditError(f"no banner {id_!r} in {document.source.name}{near(id_, banners)}")
    action = action_of(was, is_)
    made = row._replace(
        was=was, through=(), is_=is_, action=action, cert="high", rule=RULE,
        text=_words(row, was, is_),
    )
    markings = tuple(made if each is row else each for each in document.markings)
    dates = [step.when for step in document.classification.history if step.action == "classified"]
    stages = document.stages
    if action != "unchanged" and all(stage.id != _REGRADE.id for stage in stages):
        stages = (*stages, _REGRADE)
    return Edited(
        replace(
            document,
            markings=markings,
            classification=classification_of(markings, document.pages, next(iter(dates), None)),
            stages=stages,
            edited=True,
        ),
        Edit(),
    )


def _words(row: Marking, was: str | None, is_: str | None) -> str:
    """The banner in the notation."""
    controls = "".join(f" {name}" for name in row.controls)
    if was == is_:
        return f"{is_}{controls}"
    if is_ is None:
        return f"~~{was}{controls}~~"
    return f"^{{{is_}{controls}}}" if was is None else f"~~{was}~~\n{is_}{controls}"
