"""What a marking says, field by field: the values every reader of fields gives."""

from __future__ import annotations

from typing import Any, NamedTuple

from redline.model import Cert

__all__ = ["Context", "Field", "Fields", "Finding"]

#: Roles of parts that a writer may mark up and that are no value of the record.
_PARTS = frozenset({"label", "option"})


class Field(NamedTuple):
    """One thing a marking says.

    `value` can be written as JSON; dates are ISO 8601 strings, and None where the paper has no
    date or an impossible one. `raw` is what the paper says, exactly: text[start:end] of the text
    given, without its label. `role` is for writers: "date", "idno", "checkbox", "option" (one
    printed choice of several), "label" (the printed name of a field); the last two are parts of
    the paper, no values.
    """

    name: str
    value: Any
    raw: str
    start: int
    end: int
    cert: Cert = "high"
    role: str = ""


class Finding(NamedTuple):
    """Something doubtful about text[start:end]; `code` is a row of `diagnostics.CODES`."""

    code: str
    start: int
    end: int
    message: str


class Fields(NamedTuple):
    """All that a marking says. `form` names the kind of stamp or line that was recognised."""

    found: tuple[Field, ...] = ()
    findings: tuple[Finding, ...] = ()
    form: str = ""

    def get(self, name: str) -> Field | None:
        """The first field of that name; None if the marking does not have it."""
        return next((field for field in self.found if field.name == name), None)

    def record(self) -> dict[str, Any]:
        """The `fields` of the JSON record: values by name, `raw`, and `cert` where not high."""
        out: dict[str, Any] = dict.fromkeys(ALWAYS.get(self.form, ()))
        raw: dict[str, str] = {}
        cert: dict[str, str] = {}
        seen: set[str] = set()
        for field in self.found:
            if field.role in _PARTS or field.name in seen:
                continue
            seen.add(field.name)
            value = field.value
            out[field.name] = list(value) if isinstance(value, tuple) else value
            if field.raw:
                raw[field.name] = field.raw
            if field.cert != "high":
                cert[field.name] = field.cert
        if raw:
            out["raw"] = raw
        if cert:
            out["cert"] = cert
        return out


#: Fields the record of a form always has, None where the paper does not show them.
ALWAYS: dict[str, tuple[str, ...]] = {
    "review-stamp": (
        "authority",
        "reviewer",
        "date",
        "document_no",
        "declassified",
        "changed_to",
        "next_review",
    ),
}


class Context(NamedTuple):
    """What is known of the document a marking stands on: its date (ISO 8601), or None."""

    date: str | None = None
