"""How the tests of fields ask: the record of one marking, held to what must be in it."""

from __future__ import annotations

from typing import Any

from redline.markings.fields import Context, Fields, cable_fields, read_fields


def read(kind: str, text: str, date: str | None = None) -> Fields:
    """The fields of a marking; every one checked against the text it was read from."""
    context = Context(date)
    found = cable_fields(text, context) if kind == "cable" else read_fields(kind, text, context)
    for field in found.found:
        assert text[field.start : field.end] == field.raw, field
    for finding in found.findings:
        assert 0 <= finding.start <= finding.end <= len(text), finding
    return found


def check(kind: str, text: str, expected: dict[str, Any], date: str | None = None) -> None:
    """`expected` has values by name; `cert` and `raw` those of some names; `codes` of findings."""
    found = read(kind, text, date)
    record = found.record()
    for name, value in expected.items():
        if name == "codes":
            assert sorted(finding.code for finding in found.findings) == value
        elif name in ("cert", "raw"):
            for key, each in value.items():
                default = "high" if name == "cert" else None
                assert record.get(name, {}).get(key, default) == each, (name, key)
        else:
            assert record.get(name) == value, name
    if "codes" not in expected:
        assert found.findings == ()
