"""What is counted as one: characters, words, lines, sentences, blocks; and texts aligned by them.

Units tile the text. White space between them is a unit of its own (but for "char"); it is
kept, so that both texts come back exactly, and never sought: `align_texts` aligns what stands
between, then looks which white space beside it is the same.

Words repeat, so a text is split at its spaces, and each piece between two spaces is looked up
in a table; only a piece that was never seen is taken apart by the pattern.
"""

from __future__ import annotations

import re
import time
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, count, islice
from operator import ne, sub
from typing import NamedTuple

import regex

from redline.collation.align import Alignment, Run, matches, tiled

__all__ = ["UNITS", "Units", "align_texts", "numbered", "units"]

UNITS = ("char", "word", "line", "sentence", "block")

_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_SPACE = re.compile(f"[{_SPACES}]").search
# Without a dictionary, each character (with the marks on it) is a word in scripts that do not
# part words by spaces.
_SINGLE = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\u30fc\uff70\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\p{Tai_Tham}\p{New_Tai_Lue}\p{Tai_Le}\p{Tai_Viet}"
)
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_SINGLE}]]"
# Soft hyphens, joiners and marks of direction do not end a word.
_LETTERS = rf"{_LETTER}(?:{_LETTER}|\p{{Cf}})*+"
_WORD = regex.compile(
    rf"""
    \p{{L}}\p{{M}}*\.(?:\p{{L}}\p{{M}}*\.)+        # initials: U.S.S.R., e.g.
  | [{_SINGLE}][\p{{M}}\u200c\u200d]*
  | {_LETTERS}
    (?:['’ʼ\-‐‑]{_LETTERS}                         # o'clock, well-to-do
      |(?<=\p{{Nd}})[.,:](?=\p{{Nd}}){_LETTERS}    # 1,000.50, 14:30
    )*
  | [{_SPACES}]+
  | \p{{Regional_Indicator}}{{2}}
  | .(?:[\p{{M}}\u200c\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]
      |\u200d\p{{Extended_Pictographic}})*
    """,
    regex.V1 | regex.S | regex.X,
).findall
_GRAPHEME = regex.compile(r"\X", regex.S).findall
#: Below U+0300 only \r\n is more than one code point to a reader; quotation marks and dashes
#: are as harmless.
_CLUSTERING = re.compile("\r\n|[^\0-\u02ff\u2010-\u2027]").search

_SENTENCE_END = regex.compile(
    r"(?<![.!?…])[.!?…]++[\p{Pe}\p{Pf}\"']*+(?=\s|$)|[。！？｡]++[\p{Pe}\p{Pf}]*+"
).finditer
_LAST_WORD = re.compile(r"[^\W_]+$").search
_ABBREVIATIONS = frozenset(
    "Adm Brig Capt Cmdr Col Cpl Dr Fr Gen Gov Hon Lt Maj Messrs Mr Mrs Ms Prof Rep Rev Sen Sgt St "
    "Dept Fig No Nos Vol ca cf fig no nos p pp viz vol vs".split()
)

#: A text is split in parts of so many characters, to keep the pieces of one part in memory only.
_PART = 1 << 20
#: Below so many characters a table does not pay.
_SHORT = 400
#: Units that are compared at once where white space differs somewhere among many.
_STRETCH = 32


class Units(NamedTuple):
    """Where units begin and end: half-open code points; they tile the text."""

    starts: array[int]
    ends: array[int]


class _Solids(NamedTuple):
    """The units that are not white space, as integers, and where they end.

    `sizes` has the length of each by its integer, so that where they begin need not be kept.
    """

    ids: Sequence[int]
    ends: Sequence[int]
    sizes: Sequence[int]


def units(text: str, unit: str = "word") -> Units:
    """The units of a text: one of `UNITS`. Raises `ValueError` for another."""
    _check(unit)
    if unit == "char":
        ends = _ends(_graphemes(text))
    elif unit == "word" and len(text) < _SHORT:
        ends = _ends(_WORD(text))
    elif unit == "word":
        ids, stops, sizes = _words(text, _Pieces())
        ends = _tiling(map(sub, stops, map(sizes.__getitem__, ids)), stops, len(text))
    else:
        ends = _tiling(*_parts(text, unit), len(text))
    return Units(array("q", [0, *ends[:-1]] if ends else []), ends)


def numbered(
    a_text: str,
    a_units: Units,
    b_text: str,
    b_units: Units,
    key: Callable[[str], str] | None = None,
) -> tuple[array[int], array[int]]:
    """The units of two texts as integers: equal strings (equal by `key`) have equal integers."""
    ids: defaultdict[str, int] = defaultdict(count().__next__)
    made = []
    for text, (starts, ends) in ((a_text, a_units), (b_text, b_units)):
        strings = map(text.__getitem__, map(slice, starts, ends))
        made.append(array("q", map(ids.__getitem__, map(key, strings) if key else strings)))
    return made[0], made[1]


def align_texts(a: str, b: str, unit: str = "word", *, deadline: float | None = None) -> Alignment:
    """Two texts aligned by units: blocks are ranges of characters, equal ones the same text.

    `align_texts(b, a)` is the same seen from the other side. `deadline`, in seconds from the
    call, bounds the search (see `align`). Raises `ValueError` for a unit that does not exist.
    """
    _check(unit)
    end = None if deadline is None else time.monotonic() + deadline
    turned = (len(b), b) < (len(a), a)
    if turned:
        a, b = b, a
    left, right = _solids(a, b, unit)
    if end is not None:
        deadline = max(0.0, end - time.monotonic())
    found, exact = matches(left.ids, right.ids, deadline=deadline)
    runs, lengths = _runs(a, b, left, right, found), (len(a), len(b))
    if turned:
        runs, lengths = [(j, i, size) for i, j, size in runs], lengths[::-1]
    return Alignment(tiled(runs, *lengths), exact)


def _check(unit: str) -> None:
    if unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}: one of {', '.join(UNITS)}")


def _runs(a: str, b: str, left: _Solids, right: _Solids, found: Iterable[Run]) -> list[Run]:
    """Runs of the same text, from runs of the same units."""
    runs: list[Run] = []
    ids, ends, sizes = left
    other_ends = right.ends
    i = j = 0  # what comes before is done

    def same(k: int, m: int, length: int) -> None:
        nonlocal i, j
        if not length:
            return
        i, j = k + length, m + length
        if runs:
            before, beside, size = runs[-1]
            if before + size == k and beside + size == m:
                runs[-1] = before, beside, size + length
                return
        runs.append((k, m, length))

    def space(k: int, m: int) -> None:
        """White space that is the same at either end of a[i:k] and b[j:m]."""
        most = min(k - i, m - j)
        if not most:
            return
        head = tail = 0
        while head < most and a[i + head] == b[j + head] and a[i + head].isspace():
            head += 1
        most -= head
        while tail < most and a[k - 1 - tail] == b[m - 1 - tail] and a[k - 1 - tail].isspace():
            tail += 1
        same(i, j, head)
        same(k - tail, m - tail, tail)

    def stretch(first: int, stop: int, other: int, step: int) -> None:
        """Equal units; white space between them may differ."""
        while first < stop:
            last = min(first + step, stop) - 1
            size = sizes[ids[first]]
            k, m = ends[first] - size, other_ends[other] - size
            length = ends[last] - k
            to = other_ends[other + last - first]
            space(k, m)
            if last == first or (length == to - m and a[k : k + length] == b[m:to]):
                same(k, m, length)
            else:
                stretch(first, last + 1, other, _STRETCH if step > _STRETCH else 1)
            first, other = last + 1, other + last + 1 - first

    for first, other, size in found:
        stretch(first, first + size, other, size)
    space(len(a), len(b))
    return runs


# -- the units of a text ----------------------------------------------------------------------


def _solids(a: str, b: str, unit: str) -> tuple[_Solids, _Solids]:
    if unit == "word":
        pieces = _Pieces()
        return _words(a, pieces), _words(b, pieces)
    ids: defaultdict[str, int] = defaultdict(count().__next__)
    found = []
    for text in (a, b):
        if unit == "char":  # white space is a character like any other
            strings: Iterable[str] = _graphemes(text)
            ends = range(1, len(text) + 1) if strings is text else _ends(strings)
        else:
            starts, ends = _parts(text, unit)
            strings = map(text.__getitem__, map(slice, starts, ends))
        found.append((list(map(ids.__getitem__, strings)), ends))
    sizes = list(map(len, ids))
    return _Solids(*found[0], sizes), _Solids(*found[1], sizes)


def _tiling(starts: Iterable[int], ends: Iterable[int], length: int) -> array[int]:
    """The ends of all units, of those that are not white space and of what lies between."""
    edges = array("q", chain.from_iterable(zip(starts, ends, strict=True)))
    edges.append(length)
    # Where nothing lies between two units, an end is the next start.
    return array("q", compress(edges, map(ne, edges, chain([0], edges))))


def _ends(strings: Iterable[str]) -> array[int]:
    return array("q", accumulate(map(len, strings)))


def _graphemes(text: str) -> Sequence[str]:
    return _GRAPHEME(text) if _CLUSTERING(text) else text


class _Pieces(dict[str, "tuple[int, ...]"]):
    """What stands between two spaces → the words in it, each a form.

    A form is a word and whether it stands after a space, as it must be told where words are.
    A piece that is empty has one form, 0, which is no word: there were two spaces.
    """

    def __init__(self) -> None:
        super().__init__({"": (0,)})
        self.forms: dict[tuple[str, bool], int] = {}
        self.words: defaultdict[str, int] = defaultdict(count().__next__)
        self.sizes: list[int] = []  # of each word
        # Of each form:
        self.word = [-1]
        self.length = [1]  # with the space before

    def __missing__(self, piece: str) -> tuple[int, ...]:
        if piece.isalpha() and piece.isascii():
            made: tuple[int, ...] = (self.form(piece, True),)
        else:
            made = tuple([self.form(word, not k) for k, word in enumerate(_WORD(piece))])
        self[piece] = made
        return made

    def form(self, word: str, spaced: bool) -> int:
        found = self.forms.get((word, spaced))
        if found is None:
            found = self.forms[word, spaced] = len(self.word)
            number = self.words[word]
            if number == len(self.sizes):
                self.sizes.append(len(word))
            self.word.append(number)
            self.length.append(len(word) + spaced)
        return found


def _words(text: str, pieces: _Pieces) -> _Solids:
    forms: list[int] = []
    for part in _spaced(text):
        forms.extend(chain.from_iterable(map(pieces.__getitem__, part.split(" "))))
    # There is no space before the first piece; form 0 is no word.
    edges = islice(accumulate(map(pieces.length.__getitem__, forms), initial=-1), 1, None)
    ends = array("q", compress(edges, forms))
    words = list(map(pieces.word.__getitem__, filter(None, forms)))
    return _Solids(words, ends, pieces.sizes)


def _spaced(text: str) -> Iterator[str]:
    """The text with spaces for all its white space, in parts that end before a space."""
    start = 0
    while start <= len(text):
        end = start + _PART
        found = _SPACE(text, end)
        end = found.start() if found else len(text)
        part = text[start:end]
        for space in _SPACES:
            if space in part:
                part = part.replace(space, " ")
        yield part
        start = end + 1


def _parts(text: str, unit: str) -> tuple[array[int], array[int]]:
    """Where lines, sentences or blocks begin and end, without the white space around them."""
    found: Iterable[tuple[int, int]] = _lines(text)
    if unit != "line":
        found = _blocks(text)
    if unit == "sentence":
        found = _sentences(text, found)
    starts, ends = array("q"), array("q")
    for start, end in found:
        starts.append(start)
        ends.append(end)
    return starts, ends


def _lines(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for line in text.splitlines(keepends=True):
        start, end = end, end + len(line)
        inner = line.strip()
        if inner:
            start += len(line) - len(line.lstrip())
            yield start, start + len(inner)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Lines without an empty one among them; a new page, too, begins a new block."""
    start = last = -1
    end = 0
    for line in text.splitlines(keepends=True):
        begin, end = end, end + len(line)
        inner = line.strip()
        if inner:
            if start < 0:
                start = begin + len(line) - len(line.lstrip())
            last = begin + len(line.rstrip())
        if start >= 0 and (not inner or line[-1] in "\f\u2029"):
            yield start, last
            start = -1
    if start >= 0:
        yield start, last


def _sentences(text: str, blocks: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in blocks:
        for match in _SENTENCE_END(text, start, end):
            stop = match.end()
            if match[0] != "." or _full_stop(text, start, match.start(), end):
                yield start, stop
                while stop < end and text[stop].isspace():
                    stop += 1
                start = stop
        if start < end:
            yield start, end


def _full_stop(text: str, start: int, at: int, end: int) -> bool:
    """Whether the full stop at `at` ends the sentence that begins at `start`: not one in an
    abbreviation, after an initial or a paragraph's number, or before a small letter."""
    following = at + 1
    while following < end and text[following].isspace():
        following += 1
    if following == end:
        return True
    if text[following].islower():
        return False
    word = _LAST_WORD(text, max(start, at - 16), at)
    if word is None:
        return True
    if word[0] in _ABBREVIATIONS or (len(word[0]) == 1 and word[0].isupper()):
        return False
    return not (word[0].isdecimal() and word.start() == start)
