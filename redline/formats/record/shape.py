"""Shapes of JSON values. One description checks a value, says where it fails, and is a schema.

A shape answers three questions: `fits` (fast, no explanation), `fault` (where and what, for
a value that does not fit) and `schema` (the same as JSON Schema 2020-12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

__all__ = [
    "ANYTHING",
    "Array",
    "Constant",
    "Either",
    "Fault",
    "Fixed",
    "Flag",
    "Integer",
    "Keyed",
    "Named",
    "Number",
    "Shape",
    "Text",
    "Whole",
    "either",
    "maybe",
]


class Fault(NamedTuple):
    """Where (a path such as ``pages[2].span[0]``) and what is wrong there."""

    path: str
    what: str


class Shape(Protocol):
    """What every shape can do."""

    def fits(self, value: object) -> bool:
        """Whether the value has this shape."""

    def fault(self, value: object, path: str) -> Fault:
        """What is wrong with a value that does not fit; `path` is where it stands."""

    def schema(self) -> dict[str, Any]:
        """The shape as JSON Schema."""


def _seen(value: object) -> str:
    """What stands there, in a few words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case dict():
            return "an object"
        case list():
            return f"an array of {len(value)}"
        case str():
            return ascii(value) if len(value) <= 40 else f"{value[:37]!a}…"
    return str(value)


class Text(NamedTuple):
    """A string: any, or one of a few words, or one that a pattern (of JSON Schema) describes."""

    words: tuple[str, ...] = ()
    pattern: str = ""

    def fits(self, value: object) -> bool:
        """Whether it is a string, and one of the words."""
        return type(value) is str and (not self.words or value in self.words)

    def fault(self, value: object, path: str) -> Fault:
        """Not a string, or none of the words."""
        wanted = f"one of {', '.join(self.words)}" if self.words else "a string"
        return Fault(path, f"{_seen(value)} is not {wanted}")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        if self.words:
            return {"enum": list(self.words)}
        return {"type": "string", "pattern": self.pattern} if self.pattern else {"type": "string"}


class Integer(NamedTuple):
    """A whole number, at least `least`."""

    least: int = 0

    def fits(self, value: object) -> bool:
        """Whether it is a whole number (true and 1.0 are none) and large enough."""
        return type(value) is int and value >= self.least

    def fault(self, value: object, path: str) -> Fault:
        """Not a number, or too small."""
        return Fault(path, f"{_seen(value)} is not a whole number from {self.least} on")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "integer", "minimum": self.least}


class Number(NamedTuple):
    """A number from 0 on, at most `most`."""

    most: float | None = None

    def fits(self, value: object) -> bool:
        """Whether it is a number (true is none), and in its range."""
        if type(value) is not int and type(value) is not float:
            return False
        return value >= 0 and (self.most is None or value <= self.most)

    def fault(self, value: object, path: str) -> Fault:
        """Not a number, or out of its range."""
        wanted = "from 0 on" if self.most is None else f"from 0 to {self.most}"
        return Fault(path, f"{_seen(value)} is not a number {wanted}")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        most = {} if self.most is None else {"maximum": self.most}
        return {"type": "number", "minimum": 0, **most}


class Constant(NamedTuple):
    """One number."""

    value: int

    def fits(self, value: object) -> bool:
        """Whether it is that number."""
        return type(value) is int and value == self.value

    def fault(self, value: object, path: str) -> Fault:
        """Another value."""
        return Fault(path, f"{_seen(value)} is not {self.value}")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"const": self.value}


class Flag(NamedTuple):
    """True or false."""

    def fits(self, value: object) -> bool:
        """Whether it is a truth value."""
        return type(value) is bool

    def fault(self, value: object, path: str) -> Fault:
        """Anything else."""
        return Fault(path, f"{_seen(value)} is not true or false")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "boolean"}


class Either(NamedTuple):
    """Null, or one of several shapes."""

    shapes: tuple[Shape, ...]
    null: bool = True

    def fits(self, value: object) -> bool:
        """Whether it is null or has one of the shapes."""
        if value is None:
            return self.null
        return any(shape.fits(value) for shape in self.shapes)

    def fault(self, value: object, path: str) -> Fault:
        """What is wrong by the first of the shapes."""
        found = self.shapes[0].fault(value, path)
        if self.null and found.path == path:
            return Fault(path, f"{found.what}, nor null")
        return found

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        null: list[dict[str, Any]] = [{"type": "null"}] if self.null else []
        return {"anyOf": [shape.schema() for shape in self.shapes] + null}


def maybe(shape: Shape) -> Shape:
    """The shape, or null."""
    return Either((shape,))


def either(*shapes: Shape) -> Shape:
    """One of the shapes, not null."""
    return Either(shapes, null=False)


class Array(NamedTuple):
    """An array of any length whose items have one shape."""

    item: Shape
    least: int = 0

    def fits(self, value: object) -> bool:
        """Whether it is an array and every item fits."""
        fits = self.item.fits
        return type(value) is list and len(value) >= self.least and all(map(fits, value))

    def fault(self, value: object, path: str) -> Fault:
        """Not an array, or the first item that does not fit."""
        if type(value) is not list:
            return Fault(path, f"{_seen(value)} is not an array")
        for k, item in enumerate(value):
            if not self.item.fits(item):
                return self.item.fault(item, f"{path}[{k}]")
        return Fault(path, f"fewer than {self.least} items")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": self.item.schema(), **least}


class Whole(NamedTuple):
    """An array of whole numbers of either sign: a column of a table, checked at one go."""

    def fits(self, value: object) -> bool:
        """Whether it is an array of numbers."""
        return type(value) is list and set(map(type, value)) <= {int}

    def fault(self, value: object, path: str) -> Fault:
        """Not an array, or the first item that is no number."""
        if type(value) is not list:
            return Fault(path, f"{_seen(value)} is not an array")
        k = next(k for k, item in enumerate(value) if type(item) is not int)
        return Fault(f"{path}[{k}]", f"{_seen(value[k])} is not a whole number")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "array", "items": {"type": "integer"}}


class Fixed(NamedTuple):
    """An array of a fixed number of items, each with its own shape."""

    items: tuple[Shape, ...]
    says: str = ""

    def fits(self, value: object) -> bool:
        """Whether it is an array of that length and its items fit."""
        if type(value) is not list or len(value) != len(self.items):
            return False
        return all(shape.fits(item) for shape, item in zip(self.items, value, strict=True))

    def fault(self, value: object, path: str) -> Fault:
        """Not an array of that length, or the first item that does not fit."""
        if type(value) is not list or len(value) != len(self.items):
            return Fault(path, f"{_seen(value)} is not an array of {len(self.items)}")
        for k, (shape, item) in enumerate(zip(self.items, value, strict=True)):
            if not shape.fits(item):
                return shape.fault(item, f"{path}[{k}]")
        raise AssertionError("it fits")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        says = {"description": self.says} if self.says else {}
        return {
            "type": "array",
            **says,
            "prefixItems": [shape.schema() for shape in self.items],
            "items": False,
            "minItems": len(self.items),
        }


class Keyed(NamedTuple):
    """An object. `fields` must be there, `optional` ones may.

    A reader passes over members it does not know: a later version may add some. The schema,
    which says what this version writes, does not allow them. `others` is the shape of members
    with any other name. `more` are further words of the schema.
    """

    fields: Mapping[str, Shape]
    optional: Mapping[str, Shape] = {}
    others: Shape | None = None
    says: str = ""
    more: Mapping[str, Any] = {}

    def fits(self, value: object) -> bool:
        """Whether it is an object whose members are there and fit."""
        if type(value) is not dict:
            return False
        for key, shape in self.fields.items():
            if key not in value or not shape.fits(value[key]):
                return False
        for key, shape in self.optional.items():
            if key in value and not shape.fits(value[key]):
                return False
        if self.others is None:
            return True
        known = self.fields.keys() | self.optional.keys()
        return all(self.others.fits(value[key]) for key in value if key not in known)

    def fault(self, value: object, path: str) -> Fault:
        """Not an object, a member that is missing, or the first that does not fit."""
        if type(value) is not dict:
            return Fault(path, f"{_seen(value)} is not an object")
        for key, shape in {**self.fields, **self.optional}.items():
            if key not in value:
                if key in self.fields:
                    return Fault(path, f"{key!r} is missing")
            elif not shape.fits(value[key]):
                return shape.fault(value[key], f"{path}.{key}" if path else key)
        assert self.others is not None
        for key, item in value.items():
            if not self.others.fits(item):
                return self.others.fault(item, f"{path}[{key!a}]")
        raise AssertionError("it fits")

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        says = {"description": self.says} if self.says else {}
        members = {key: shape.schema() for key, shape in {**self.fields, **self.optional}.items()}
        required = {"required": list(self.fields)} if self.fields else {}
        return {
            "type": "object",
            **says,
            **({"properties": members} if members else {}),
            **required,
            "additionalProperties": False if self.others is None else self.others.schema(),
            **self.more,
        }


class Named(NamedTuple):
    """A shape that the schema writes once, under `$defs`."""

    name: str
    shape: Shape

    def fits(self, value: object) -> bool:
        """Whether the value has the shape."""
        return self.shape.fits(value)

    def fault(self, value: object, path: str) -> Fault:
        """What the shape says."""
        return self.shape.fault(value, path)

    def schema(self) -> dict[str, Any]:
        """As JSON Schema: a reference."""
        return {"$ref": f"#/$defs/{self.name}"}


class _Anything(NamedTuple):
    def fits(self, value: object) -> bool:
        return True

    def fault(self, value: object, path: str) -> Fault:
        raise AssertionError("anything fits")

    def schema(self) -> dict[str, Any]:
        return {}


#: Any JSON value.
ANYTHING: Shape = _Anything()


def spans(path: str, ranges: Sequence[Any], length: int) -> Fault | None:
    """The first of the ranges (or nulls) that does not lie in [0, length], if any does not."""
    for k, found in enumerate(ranges):
        if found is not None and not 0 <= found[0] <= found[1] <= length:
            where = path.replace("*", str(k))
            return Fault(where, f"{list(found)} is no range within 0 and {length}")
    return None
