"""What may be amiss in a TEI file: rows of `redline.diagnostics.CODES`, by their codes.

Severity, title, explanation. They stand here because they are read with the TEI reader.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["TEI_CODES"]

TEI_CODES: dict[str, tuple[Literal["error", "warning", "info"], str, str]] = {
    "tei-doctype": (
        "info",
        "a document type was not looked up",
        (
            "redline reads no DTD and opens no address, so defaults and entities that a DTD "
            "declares are not there. Nothing else is lost."
        ),
    ),
    "tei-encoding": (
        "warning",
        "the file is not in the encoding it declares",
        (
            "The bytes are UTF-8 and the XML declaration says something else. They were read as "
            "UTF-8: mend the declaration, or give `--encoding` if the declaration is right."
        ),
    ),
    "tei-entity": (
        "warning",
        "an entity that nothing declares",
        (
            "XML itself knows `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`; others come from "
            "a DTD, and redline reads none. The reference stays as it is written: put the "
            "character there."
        ),
    ),
    "tei-id": (
        "warning",
        "an xml:id that was given before",
        (
            "A pointer to it goes to the first element of that id. The element is read all the "
            "same, and its act gets an id of its own: rename one of them."
        ),
    ),
    "tei-namespace": (
        "warning",
        "the namespace is not that of TEI",
        (
            "The root is called TEI, so the file is read as TEI by the names of its elements. "
            'Write xmlns="http://www.tei-c.org/ns/1.0" in the root.'
        ),
    ),
    "tei-pointer": (
        "warning",
        "a pointer to nothing",
        (
            "The act is of a stage that the header does not describe. It is kept, the last of "
            "the stages: add a change with that xml:id to creation/listChange."
        ),
    ),
    "tei-span": (
        "error",
        "a delSpan or addSpan without an end",
        (
            "Its spanTo must name an element that comes after it. It is read as if it were not "
            "there, so that it swallows nothing: put an anchor where the revision ends and "
            "point to it."
        ),
    ),
    "tei-subst": (
        "warning",
        "a subst that is none",
        (
            "A substitution holds at least one del and one add, and no text of its own. A lone "
            "child is read as a deletion or an addition, text as text of the paper: mend the "
            "encoding."
        ),
    ),
    "tei-unread": (
        "info",
        "text that no reading has",
        (
            "Readings are of the body. What stands in front and back is kept and written back."
        ),
    ),
}
