"""What neighbours and the rest of the paper say about banner lines, before anything is lifted.

A line may read as a banner and be none: an option of a form, a codeword line that no other page
edge repeats, the last word of a paragraph. Works on the list of lines and gives the findings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from redline.layout.lines import Line
from redline.layout.repeated import codewords_below, settle_repeated
from redline.layout.shapes import opens_low
from redline.layout.wording import APPARATUS, EDGE, apart, closed, in_prose, is_heading, is_word
from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.forms import is_slip
from redline.markings.apparatus.lines import Kind
from redline.markings.banners.edges import Shown, read_banner_line
from redline.markings.fields.boxes import name_of, options
from redline.markings.register import Register, active, control_named

__all__ = ["Finding", "settle_banners"]

#: A diagnostic to be: its code, source range, and what is particular to it.
Finding = tuple[str, int, int, str]

#: How many lines from a banner line the words of a routing slip make it an option of it (M4).
_GUARD = 6
_SLIP = re.compile(
    r"\bROUTING (?:SLIP|AND RECORD|SHEET)|SENDER WILL C\w+ CLASSIFICATION|\bTRANSMITTAL SLIP"
)
_BOX = r"(?:[☐□■☒☑✓]|\[ ?[xX✓]? ?\]|\( ?[xX✓]? ?\))"
_LOWER = re.compile(r"[a-z]{3}")
_WIDEST = 160
#: Different levels one under another: so many on adjacent lines, or so many near each other.
_LISTED = 3
_LISTED_APART = 4
_NEAR = 2
#: Apparatus of words that a text may have, too: where one stands decides.
_WORDED = frozenset(
    "control schedule form authority-line release released-in notice copy-line page-number"
    " cable-end".split()
)
#: So many lines under a level may be captions.
_CAPTIONS = 4
_SEPARATOR = re.compile(r"[|\s:-]+")
#: A line struck from one end to the other.
_STRUCK = re.compile(r"[*_#\s]*~~[^~\r\n]+~~[*_\s]*")


class _Key(NamedTuple):
    """What makes two codeword lines the same."""

    level: str
    controls: tuple[str, ...]
    codewords: tuple[str, ...]


def settle_banners(text: str, lines: list[Line]) -> list[Finding]:
    """Give banner lines the kind that their place in the paper says; the findings about them."""
    _cells(text, lines)
    marked = any(line.kind == "banner" for line in lines)
    for k in [k for k, line in enumerate(lines) if line.kind in _WORDED]:
        if is_word(text, lines, k) or (not marked and is_heading(text, lines, k)):
            lines[k].kind, lines[k].data = "", None
    repeated = settle_repeated(text, lines)
    forms = [k for k, line in enumerate(lines) if line.kind == "form"]
    places = [k for k, line in enumerate(lines) if line.kind == "banner"]
    if not places:
        return repeated + _reported(text, lines, forms)
    alone = {one.level for k in places if apart(lines, k) for one in lines[k].data}
    for k in places:
        if in_prose(text, lines, k, alone):
            lines[k].kind, lines[k].data = "", None
    forms += _forms(text, lines, [k for k in places if lines[k].kind])
    findings = repeated + _reported(text, lines, forms)
    places = [k for k in places if lines[k].kind == "banner"]
    _systems(text, lines, places)
    places = [k for k in places if lines[k].kind == "banner"]
    codewords_below(text, lines, places)
    for k in places:
        _captions(text, lines, k)
    findings += _codewords(text, lines, places)
    _never_raise(lines, places)
    return findings


def _cells(text: str, lines: list[Line]) -> None:
    """A table of one row with a level alone in it, or one replaced, is a banner in a frame."""
    k = 0
    while k < len(lines):
        if lines[k].kind != "row":
            k += 1
            continue
        first = k
        while k < len(lines) and lines[k].kind == "row" and (k == first or not lines[k].blank):
            k += 1
        rows = lines[first:k]
        if len(rows) > 2 or (len(rows) == 2 and not _SEPARATOR.fullmatch(_words(text, rows[1]))):
            continue
        words = _words(text, rows[0])
        shown = read_banner_line(words, rows[0].start)
        alone = sum(bool(cell.strip()) for cell in words.split("|")) == 1
        if shown and (alone or not _plain(shown)):
            rows[0].kind, rows[0].data = "banner", shown
            for row in rows[1:]:
                row.kind, row.data = "rule", None


def _words(text: str, line: Line) -> str:
    return text[line.start : line.end]


# -- forms and systems ----------------------------------------------------------------------


def _forms(text: str, lines: list[Line], places: Sequence[int]) -> list[int]:
    """Rule M4 over several lines: levels listed one under another, and levels on a slip."""
    options: set[int] = set()
    for run in _runs(lines, places):
        if _is_list(lines, run):
            options.update(k for k in run if _plain(lines[k].data))
    slips: dict[int, bool] = {}
    left = [k for k in places if k not in options]
    near = {k for k in left if _on_slip(text, lines, k, slips)}
    # What stands elsewhere on the paper may stand here too; an option says no more than that.
    known = {one.level for k in left if k not in near for one in lines[k].data}
    options.update(
        k
        for k in near
        if _bare(lines[k].data) and any(one.level not in known for one in lines[k].data)
    )
    for k in options:
        lines[k].kind, lines[k].data = "form", Kind("form", "options")
    return list(options)


def _reported(text: str, lines: list[Line], forms: Iterable[int]) -> list[Finding]:
    """A finding for each run of lines with the levels of a form, and which of them is ticked."""
    findings: list[Finding] = []
    last = -2
    for k in sorted(forms):
        line = lines[k]
        if line.kind != "form":
            continue
        ticked = _ticked(_words(text, line))
        if line.data.role != "options" and not ticked:
            continue
        told = f"{name_of(ticked[0]) or ticked[0]} is ticked" if len(ticked) == 1 else ""
        if k - 1 == last:
            code, start, _, detail = findings.pop()
            findings.append((code, start, line.end, detail or told))
        else:
            findings.append(("level-options", line.start, line.end, told))
        last = k
    return findings


def _ticked(words: str) -> list[str]:
    """The levels of a form's line whose box is ticked."""
    first = active().derived(_options)(words)
    printed = options(words, first.start(), len(words)) if first is not None else ()
    return [one.name for one in printed if one.mark == "ticked" and one.name]


def _plain(shown: tuple[Shown, ...]) -> bool:
    return all(one.state == "plain" for one in shown)


def _bare(shown: tuple[Shown, ...]) -> bool:
    """Whether a line says nothing but levels, as the options of a form do."""
    return _plain(shown) and not any(one.controls or one.codewords for one in shown)


def _runs(lines: list[Line], places: Sequence[int]) -> Iterator[list[int]]:
    """Banner lines that follow one another with at most two empty lines between."""
    run: list[int] = []
    for k in places:
        if run and (k != run[-1] + 1 or lines[k].blank > _NEAR or lines[k].feed):
            yield run
            run = []
        run.append(k)
    if run:
        yield run


def _is_list(lines: list[Line], run: Sequence[int]) -> bool:
    """Whether a run lists levels: more different ones than a page edge has."""
    if len(run) < 2:
        return False
    levels: list[str] = []
    apart = False
    for k in run:
        shown = lines[k].data
        if not _plain(shown):
            return False
        apart = apart or (k != run[0] and lines[k].blank > 0)
        levels += [one.level.id for one in shown]
    if len(set(levels)) >= (_LISTED_APART if apart else _LISTED):
        return True
    internal = any("INTERNAL" in one.level.name for k in run for one in lines[k].data)
    return internal and not apart and len(set(levels)) > 1


def _on_slip(text: str, lines: list[Line], k: int, slips: dict[int, bool]) -> bool:
    """Whether the words or boxes of a slip stand within six lines; `slips` are those known."""
    for step in (-1, 1):
        distance, j = 0, k
        while 0 <= j + step < len(lines):
            lower = lines[j] if step < 0 else lines[j + 1]
            distance += 1 + lower.blank
            j += step
            if distance > _GUARD:
                break
            if j not in slips:
                slips[j] = _of_slip(text, lines[j])
            if slips[j]:
                return True
    return False


def _of_slip(text: str, line: Line) -> bool:
    if line.kind == "banner" or line.rows > 1 or line.end - line.start > _WIDEST:
        return False
    words = _words(text, line)
    if _LOWER.search(words):
        return False
    return bool(_SLIP.search(words) or active().derived(_options)(words) or is_slip(words))


def _options(register: Register) -> Callable[[str], re.Match[str] | None]:
    """Looks for a level of a register beside a box."""
    names = {" ".join(form) for form, level in register.forms if not level.weak}
    level = "|".join(map(re.escape, sorted({"INTERNAL USE", *names}, key=len, reverse=True)))
    return re.compile(rf"{_BOX}[\s|*]*(?:{level})|(?:{level})[\s|*]*{_BOX}").search


def _systems(text: str, lines: list[Line], places: Sequence[int]) -> None:
    """Levels that a release header or a system's footer says, not the paper."""
    open_: list[int] = []  # UNCLASSIFIED alone, which the release prints on every page
    headed = any(line.kind == "release" and line.data.role == "state-foia" for line in lines)
    for k in places:
        line = lines[k]
        before = lines[k - 1] if k else None
        if before is not None and before.kind == "sas-footer" and line.blank <= 1:
            value = ((before.data.data or {}).get("value") or "").strip("~* ")
            if not value:
                line.kind, line.data = "sas-footer", before.data
                continue
        if not (len(line.data) == 1 and line.data[0].level.short == "U" and _bare(line.data)):
            continue
        after = lines[k + 1] if k + 1 < len(lines) else None
        headed = headed or any(
            other is not None and blank <= 1 and _state_release(other)
            for other, blank in ((before, line.blank), (after, after.blank if after else 0))
        )
        if not _replaces_struck(before, line):
            open_.append(k)
    if headed:
        for k in open_:
            lines[k].kind, lines[k].data = "released-in", Kind("released-in", "header")


def _replaces_struck(before: Line | None, line: Line) -> bool:
    """Whether a level stands in the place of a struck one on the line before (M5)."""
    return (
        before is not None
        and before.kind == "banner"
        and line.blank <= _NEAR
        and before.data[-1].state == "struck"
    )


def _state_release(line: Line) -> bool:
    return line.kind == "released-in" or (line.kind == "release" and line.data.role == "state-foia")


# -- captions and codewords -----------------------------------------------------------------


def _captions(text: str, lines: list[Line], k: int) -> None:
    """Controls on the line under the level are its own: there `SECURITY INFORMATION` is one."""
    line = lines[k]
    for at in range(k + 1, min(k + 1 + _CAPTIONS, len(lines))):
        after = lines[at]
        # What is known as such may stand an empty line below the level, not below each other.
        apart = 1 if at == k + 1 else 0
        if after.blank > apart or after.feed:
            return
        last: Shown = line.data[-1]
        found = _caption(text, after, last)
        if not found or (after.blank and after.kind != "control" and not _suffixes(found)):
            return
        after.kind, after.data = "control", Kind("control", "caption", {"controls": found})
        if _STRUCK.fullmatch(text, after.start, after.end):
            last = last._replace(gone=tuple(dict.fromkeys((*last.gone, *found))))
            if last.state != "struck":
                found = ()
        controls = tuple(dict.fromkeys((*last.controls, *found)))
        line.data = (*line.data[:-1], last._replace(controls=controls))


def _caption(text: str, line: Line, last: Shown) -> tuple[str, ...]:
    """The controls of a line under a level, when it holds nothing else."""
    if line.kind == "control":
        return tuple((line.data.data or {}).get("controls", ()))
    handling = line.kind == "notice" and line.data.role == "handling"
    if (line.kind and not handling) or line.rows > 1 or line.end - line.start > _WIDEST:
        return ()
    read = read_banner_line(f"{last.level.name} {_words(text, line).strip('~*_ ')}", 0)
    return read[0].controls if read and len(read) == 1 and not read[0].codewords else ()


def _suffixes(names: Iterable[str]) -> bool:
    """Whether all are words that belong to the level they stand under."""
    rows = (control_named(name) for name in names)
    return all(row is not None and row.group == "suffix" for row in rows)


def _codewords(text: str, lines: list[Line], places: Sequence[int]) -> list[Finding]:
    """Codewords are certain where another page edge repeats the line; provisional ones are text
    where none does. What is settled is a control."""
    marked = [
        k for k in places if any(one.codewords or one.level.weak for one in lines[k].data)
    ]
    if not marked:
        return []
    texts = [j for j, line in enumerate(lines) if line.kind not in APPARATUS]
    first, last = (texts[0], texts[-1]) if texts else (len(lines), -1)
    at_edge = {k for k in marked if k < first or k > last or _at_edge(text, lines, k)}
    repeated = Counter(_key(lines[k].data) for k in at_edge)
    findings: list[Finding] = []
    demoted: list[int] = []
    for k in marked:
        line = lines[k]
        shown: tuple[Shown, ...] = line.data
        certain = k in at_edge and repeated[_key(shown)] > 1
        # A word of nobody's register needs the edge of a page, with a slash before it or without.
        alone = k not in at_edge and _bare_words(shown)
        if any(not certain if one.provisional else alone for one in shown):
            demoted.append(k)
            words = " ".join(word for one in shown for word in one.codewords)
            if words:
                findings.append(("codeword", line.start, line.end, words))
            continue
        line.data = tuple(_settled(one, certain) for one in shown)
    for k in demoted:
        kind = is_transmission_line(_words(text, lines[k]))
        lines[k].kind, lines[k].data = (kind.kind, kind) if kind else ("", None)
    return findings


def _bare_words(shown: tuple[Shown, ...]) -> bool:
    """Whether nothing on a line but the level itself shows that it is a marking."""
    return _plain(shown) and not any(one.controls for one in shown)


def _key(shown: tuple[Shown, ...]) -> tuple[_Key, ...]:
    return tuple(_Key(one.level.id, one.controls, one.codewords) for one in shown)


def _settled(one: Shown, certain: bool) -> Shown:
    if not one.codewords:
        return one
    controls = tuple(dict.fromkeys((*one.order, *one.codewords, *one.controls)))
    cert = "high" if certain else one.cert
    return one._replace(controls=controls, codewords=(), cert=cert)


def _at_edge(text: str, lines: list[Line], k: int) -> bool:
    """Whether something beside the line, or a sentence that it interrupts, shows a page edge."""
    line = lines[k]
    before, after = lines[k - 1], lines[k + 1]
    if line.feed or after.feed or before.kind in EDGE or after.kind in EDGE:
        return True
    if closed(text, before):
        return False
    return opens_low(text[after.start : min(after.end, after.start + 60)])


def _never_raise(lines: list[Line], places: Sequence[int]) -> None:
    """Rule M2: a damaged reading above every exact one of the paper is hardly a reading."""
    shown = [one for k in places if lines[k].kind == "banner" for one in lines[k].data]
    exact = [one.level.rank for one in shown if one.form != "fuzzy" and one.level.grade]
    if not exact or all(one.form != "fuzzy" for one in shown):
        return
    highest = max(exact)
    for k in places:
        if lines[k].kind == "banner":
            lines[k].data = tuple(
                one._replace(cert="low")
                if one.form == "fuzzy" and one.level.grade and one.level.rank > highest
                else one
                for one in lines[k].data
            )
