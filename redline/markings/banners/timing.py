"""Whether a marking fits the time of its paper, by the years the register gives.

A misfit lowers certainty and is reported; nothing is rejected for its date.
"""

from collections.abc import Iterable

from redline.markings.register import Level, control_named, valid_at
from redline.markings.register.rows import earlier

__all__ = ["DOUBLE_SLASH", "misfit"]

#: The double slash came with the marking system of this year.
DOUBLE_SLASH = "1995"


def misfit(
    levels: Iterable[Level],
    controls: Iterable[str],
    date: str | None,
    *,
    modern: bool = False,
    later: Iterable[Level] = (),
) -> str:
    """Why a marking does not fit the date of its paper (ISO 8601); empty when it does.

    `levels` and `controls` stood on the paper when it was written, `later` came afterwards.
    `modern`: its parts are separated by a double slash.

    >>> from redline.markings.register import level_named
    >>> misfit([level_named("RESTRICTED")], [], "1975-05-03")
    'RESTRICTED was not in use then'
    """
    if date is None:
        return ""
    if modern and earlier(date, DOUBLE_SLASH):
        return f"the double slash is used since about {DOUBLE_SLASH}"
    for level in levels:
        if not valid_at(level, date):
            return f"{level.name} was not in use then"
    for level in later:
        if level.until is not None and earlier(level.until, date):
            return f"{level.name} was in use no longer"
    for name in controls:
        control = control_named(name)
        if control is not None and not valid_at(control, date):
            return f"{control.name} was not in use then"
    return ""
