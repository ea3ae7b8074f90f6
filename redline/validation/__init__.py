"""TEI files against a schema: what fails, where, what was expected, where to read more.

`validate` looks at a file by redline's own grammar (schemas/redline.rng) and by the rules that no
grammar can say (`rules`); `another` by any RELAX NG schema, in a process of its own that a time
limit ends. Needs no Java, resolves no entity, loads no DTD and asks no network.
"""

from redline.validation.findings import Finding, SchemaError, SchemaTimeout
from redline.validation.judge import validate
from redline.validation.other import another

__all__ = ["Finding", "SchemaError", "SchemaTimeout", "another", "validate"]
