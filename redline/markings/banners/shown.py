"""A level as one line shows it, and what levels may share a line (rule M4)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from redline.markings.banners.surroundings import Cert
from redline.markings.banners.words import State
from redline.markings.register import Level

__all__ = ["Cert", "Form", "Shown", "least", "plausible"]

_CERTS: tuple[Cert, ...] = ("low", "medium", "high")
Form = Literal["exact", "fuzzy", "spelled"]


class Shown(NamedTuple):
    """One level as it stands on a line.

    `span` is in raw offsets of the source and takes in the level's own words, without the marks
    around them. `codewords` are words of no register. With `cert` low they are provisional: the
    line is a banner only if another page edge repeats it. `order` are controls and codewords as
    they follow one another; `said` is what else the line says, by the name of a field. `gone` are
    the controls that were struck, among `controls` only where the level is struck, too; `put` are
    those that were added.
    """

    level: Level
    state: State
    controls: tuple[str, ...]
    codewords: tuple[str, ...]
    span: tuple[int, int]
    cert: Cert
    form: Form
    order: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    put: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether only another page edge can say that this is a marking."""
        return bool(self.codewords) and self.cert == "low"


def least(*certs: Cert) -> Cert:
    """The lowest of several certainties."""
    return min(certs, key=_CERTS.index)


def plausible(shown: Sequence[Shown]) -> bool:
    """Rule M4: more than two levels, rising ones, an administrative one beside a grade: options."""
    if len(shown) == 1:
        return True
    if all(one.state == "plain" for one in shown):
        first, last = shown[0].level, shown[-1].level
        # Listed upwards they are options; downwards the strike was lost (M6).
        if len(shown) > 2 or (first != last and first.rank <= last.rank):
            return False
    elif len(shown) > 2 and not _chain(shown):
        return False
    if shown[0].state == "struck" and shown[-1].state != "struck":
        return True  # one gives way to another, whatever the two are
    return all(one.level.grade for one in shown)


def _chain(shown: Sequence[Shown]) -> bool:
    """Levels that fall, all but the last struck; or in any order before one that stands."""
    if any(one.state != "struck" for one in shown[:-1]):
        return False
    falling = all(upper.level.rank > lower.level.rank for upper, lower in pairwise(shown))
    return falling or shown[-1].state != "struck"
