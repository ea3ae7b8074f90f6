"""Check boxes as they are transcribed, and what scanning makes of them; printed choices."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from redline.markings.apparatus.patterns import GRADE, filled
from redline.markings.register import Register, active, level_named, level_short
from redline.model import Cert

__all__ = ["BOX", "Choice", "Option", "choose", "name_of", "options", "read_box"]

#: Glyphs of an open box and of a ticked one.
_OPEN = "☐□▢❏❐❑❒◻◯○⬜"
_TICKED = "☒☑✓✔✗✘✖⊠◉●🗹🗷"
#: A filled square may be a ticked box or the ink of an open one.
_FILLED = "■▣◼⬛"
#: A letter in a circle, or a ring with a stroke in it.
_RINGS = "©®@"
#: What an open box becomes in scanning, when it stands where a box is printed.
_SCANNED_OPEN = frozenset(
    "1 l I | ! i 0 O o Q D C1 C] CJ Cl CI L: L1 LJ Ll LI C: 1: [1 [] [ ] ( ) ^ __ _ - n r-1 r1 ri"
    " □1 I_I |_| D: E] E1 EJ Fl F1 F] 0: O: l: I: L C 1] 7 n:".split()
)
_SCANNED_TICKED = frozenset(
    "x X xx XX v V Y / // \\/ * + X: x: [x [X x] X] (x x) (X X) J/ IX &".split()
)

#: A box in running words: glyphs, and brackets with at most one sign in them.
BOX = (
    rf"(?:[{_OPEN}{_TICKED}{_FILLED}©®]"
    r"|\[[ \t_]{0,4}[^\s\[\](){}]?[ \t_]{0,4}\]|\([ \t_]{0,4}[^\s\[\](){}\w]?[ \t_]{0,4}\)"
    r"|\([ \t]{0,2}[xXvV][ \t]{0,2}\))"
)
_BRACKETED = re.compile(r"[\[({]\s*(?P<inner>[^\])}]{0,3}?)\s*[\])}]\s*[:.]?\Z")


def read_box(raw: str) -> tuple[bool | None, Cert]:
    """Whether a box is ticked, and how sure; None when what stands there is no box.

    >>> read_box("☐"), read_box("[x]"), read_box("C1"), read_box("")
    ((False, 'high'), (True, 'high'), (False, 'medium'), (None, 'high'))
    """
    raw = raw.strip()
    if not raw:
        return None, "high"
    first = raw.rstrip(" .:,")
    if len(first) == 1:
        if first in _OPEN:
            return False, "high"
        if first in _TICKED:
            return True, "high"
        if first in _FILLED:
            return True, "medium"
        if first in _RINGS:
            return True, "low"
    match = _BRACKETED.match(raw)
    if match is not None:
        inner = match["inner"].strip(" _")
        if not inner:
            return False, "high"
        if inner in _TICKED or inner in "xX✓":
            return True, "high"
        if inner in _SCANNED_TICKED or inner in _FILLED:
            return True, "medium"
        return (False, "medium") if inner in _SCANNED_OPEN or inner in ".,'" else (None, "low")
    if raw in _SCANNED_TICKED:
        return True, "medium"
    if raw in _SCANNED_OPEN or first in _SCANNED_OPEN:
        return False, "medium"
    return None, "low"


# -- printed choices: TS S C -------------------------------------------------------------------

Mark = Literal["plain", "struck", "ringed", "ticked", "open", "unread"]

_SHORT = {"5": "S", "Ⓢ": "S", "ⓢ": "S", "Ⓒ": "C", "ⓒ": "C", "©": "C", "Ⓤ": "U", "ⓤ": "U"}
_PART = (
    rf"(?P<strike>~~)|(?P<name>(?<!\w){GRADE}(?!\w))"
    r"|[\[({<]\s{0,2}(?P<ring>TS|[SCU5])\s{0,2}[\])}>]|(?P<circled>[SCU])\u20dd|"
    r"(?P<glyph>[ⓈⓢⒸⓒⓊⓤ©])"
    r"|\^[{<]\s?(?P<added>TS|[SCU])\s?[}>]|(?P<stress>\*{1,3}|_{1,2})(?P<strong>TS|[SCU])"
    r"(?P=stress)"
    rf"|(?P<box>{BOX})|(?<!\w)(?P<plain>TS|[SCU])(?!\w)|(?P<odd>[^\s~]+)"
)
#: The grades as reviewers' stamps print them.
_PRINTED = ("TS", "S", "C")
_NAMING = ("plain", "ring", "circled", "added", "strong", "glyph")
_LONGEST = 200


class Option(NamedTuple):
    """One of several printed choices: `TS`, `S`, `C`, or the name of a level; empty when it cannot
    be read."""

    name: str
    start: int
    end: int
    mark: Mark


class Choice(NamedTuple):
    """The level chosen, as in `Option`, or None; how sure; `several`: more than one is marked."""

    name: str | None
    cert: Cert
    several: bool = False


def name_of(choice: str | None) -> str | None:
    """The name in the register of a level that was chosen.

    >>> name_of("TS"), name_of("NATO SECRET"), name_of(None)
    ('TOP SECRET', 'NATO SECRET', None)
    """
    level = (level_short(choice) or level_named(choice)) if choice else None
    return level.name if level is not None else None


def _parts(register: Register) -> re.Pattern[str]:
    return re.compile(filled(_PART, register))


def options(text: str, start: int, end: int) -> list[Option]:
    """The printed choices in text[start:end] and how each is marked.

    >>> [(o.name, o.mark) for o in options("TS ~~S~~ ©", 0, 10)]
    [('TS', 'plain'), ('S', 'struck'), ('C', 'ringed')]
    """
    out: list[Option] = []
    struck = False
    ticks: list[tuple[bool | None, int]] = []
    for match in active().derived(_parts).finditer(text, start, min(end, start + _LONGEST)):
        if match["strike"]:
            struck = not struck
            continue
        if match["box"]:
            ticks.append((read_box(match["box"])[0], len(out)))
            continue
        name = next((match[group] for group in _NAMING if match[group]), "")
        name = _SHORT.get(name, name)
        if match["name"]:
            name = _short_of(match["name"])
        mark: Mark = "plain" if match["plain"] or match["name"] else "ringed"
        if match["odd"]:
            if match["odd"] in ("X", "x", "✓"):
                ticks.append((True, len(out)))
                continue
            if not any(char.isalnum() or char in _RINGS + "€$&%" for char in match["odd"]):
                continue
            mark = "unread"
        out.append(Option(name, *match.span(), "struck" if struck else mark))
    return _ticked(out, ticks)


def _short_of(name: str) -> str:
    """A level's short form where it is one that stamps print, else its name."""
    level = level_named(name)
    if level is None:
        return name
    return level.short if level_short(level.short) == level else level.name


def _ticked(found: list[Option], ticks: list[tuple[bool | None, int]]) -> list[Option]:
    """Boxes belong to the choice after them, or to the one before when the first comes before."""
    if not ticks or not found:
        return found
    shift = 1 if ticks[0][1] > 0 else 0
    for value, place in ticks:
        at = place - shift
        if 0 <= at < len(found):
            found[at] = found[at]._replace(mark="ticked" if value else "open")
    return found


def choose(found: list[Option]) -> Choice:
    """Which of the printed choices was taken.

    A ticked or ringed one; else the one that a strike left; else the one of the three grades
    that a pen made unreadable. All printed and none marked: nothing was chosen.
    """
    named = [option for option in found if option.name]
    for mark, cert in (("ticked", "high"), ("ringed", "medium")):
        marked = [option for option in named if option.mark == mark]
        if len(marked) == 1:
            return Choice(marked[0].name, cert)  # type: ignore[arg-type]
        if marked:
            return Choice(None, "low", several=True)
    struck = [option for option in named if option.mark == "struck"]
    left = [option for option in named if option.mark == "plain"]
    if struck:
        if len(left) == 1:
            return Choice(left[0].name, "high" if len(struck) > 1 else "medium")
        # One stroke among three is the mark of the choice itself.
        return Choice(struck[0].name, "low") if len(struck) == 1 else Choice(None, "low")
    unread = [option for option in found if option.mark == "unread"]
    missing = [name for name in _PRINTED if name not in {option.name for option in named}]
    if len(unread) == 1 and len(missing) == 1 and len(found) == len(_PRINTED):
        order = [option.name or missing[0] for option in found]
        if order == list(_PRINTED):
            return Choice(missing[0], "low")
    if len(left) == 1 and not unread:
        return Choice(left[0].name, "high" if left[0].end - left[0].start > 2 else "low")
    return Choice(None, "high" if len(left) == len(_PRINTED) else "low")
