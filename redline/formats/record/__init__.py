"""The JSON record: everything redline knows of a paper, written and read back.

`form.py` says what a record holds, `write.py` and `read.py` do what their names say. The
members of the contract are for everybody; `model` is what redline itself needs besides, so
that a record gives the same document again whatever a later parser would make of the source.
"""

from redline.formats.record.form import schema
from redline.formats.record.read import from_json
from redline.formats.record.write import markings_json, to_json

__all__ = ["from_json", "markings_json", "schema", "to_json"]
