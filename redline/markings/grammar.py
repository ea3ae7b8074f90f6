"""The grammar of a banner line: levels, controls, codewords and page numbers, and nothing else.

The words come from `words.py`, the phrases from `vocabulary.py`. Rules M1-M4 of
`docs/reference/markings.md`.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from redline.markings import register
from redline.markings.register import Level
from redline.markings.vocabulary import Vocabulary, damaged
from redline.markings.words import State, Word, Words

Cert = Literal["high", "medium", "low"]
Form = Literal["exact", "fuzzy", "spelled"]

_COUNTRY = re.compile(r"NATO|COSMIC|JOINT|[A-Z]{2,4}")
_DECLASS = re.compile(r"MR|X[1-8]|25X[1-9]|(?:19|20)\d{6}")
_CODEWORD = re.compile(r"[A-Z]{3,}")
_MOST_CODEWORDS = 5
# Codewords stand beside CONFIDENTIAL and what is above it: `RESTRICTED AREA` is a phrase.
_CODEWORD_RANK = 30
# Between the words of one marking stand at most these.
_JOINTS = frozenset(["", "-", "–", "—", "."])
_CERTS: tuple[Cert, ...] = ("low", "medium", "high")


class Shown(NamedTuple):
    """One level as it stands on a line.

    `span` is in raw offsets of the source and takes in the level's own words, without the marks
    around them. `codewords` are provisional: the line is a banner only if it stands at a page edge
    and another edge repeats it.
    """

    level: Level
    state: State
    controls: tuple[str, ...]
    codewords: tuple[str, ...]
    span: tuple[int, int]
    cert: Cert
    form: Form


def least(*certs: Cert) -> Cert:
    """The lowest of several certainties."""
    return min(certs, key=_CERTS.index)


def read_words(found: Words, table: Vocabulary, start: int) -> tuple[Shown, ...] | None:
    """What the words of one line show; None when they are no banner."""
    words = found.words
    cert: Cert = "high" if found.balanced else "medium"
    shown = _Reader(words, table, start).read()
    if shown is None:
        words, form_cert = _repaired(words, table)
        shown = _Reader(words, table, start).read() if words else None
        if shown is None:
            return None
        shown = [
            one._replace(
                cert=least(one.cert, form_cert),
                form="exact" if form_cert == "low" and _clean(words) else "fuzzy",
            )
            for one in shown
        ]
    if not _plausible(shown):
        return None
    return tuple(one._replace(cert=least(one.cert, cert)) for one in shown)


def _clean(words: Sequence[Word]) -> bool:
    return not any(word.folded for word in words)


def _repaired(words: tuple[Word, ...], table: Vocabulary) -> tuple[tuple[Word, ...], Cert]:
    """The line with its damage repaired, if it holds nothing but one level; else no words.

    Tried in turn: words broken by a space (`CONFI DENTIAL`), misread letters, one or two glyphs
    of noise before or after an exact level.
    """
    joined = "".join(word.text for word in words)
    for form in table.exact:
        if joined == "".join(form) and len(words) <= len(form) + 2:
            return _regrouped(words, form), "medium"
    if len(words) <= 2:
        repaired: list[Word] = []
        worst = 0
        for word in words:
            exact = word.text in ("TOP", "SECRET")
            read = (word.text, 0) if exact else damaged(word.text)
            if read is None:
                break
            worst = max(worst, read[1])
            repaired.append(word._replace(text=read[0], folded=True))
        else:
            texts = tuple(word.text for word in repaired)
            if texts in table.exact:
                return tuple(repaired), "medium" if worst <= 1 else "low"
    lists = register.words()
    for noise, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        glyphs = noise.text
        if (
            len(glyphs) <= 2
            and glyphs.upper() not in lists.short
            and tuple(word.text for word in rest) in table.exact
        ):
            return rest, "low"
    return (), "low"


def _regrouped(words: tuple[Word, ...], form: tuple[str, ...]) -> tuple[Word, ...]:
    """The words of `form`, each with the place of the pieces that make it up."""
    result: list[Word] = []
    at, used = 0, 0
    for text in form:
        first = at
        while used + len(words[at].text) < len(text) and at + 1 < len(words):
            used += len(words[at].text)
            at += 1
        used = used + len(words[at].text) - len(text)
        result.append(words[first]._replace(text=text, end=words[at].end, before="", folded=True))
        if used <= 0:
            at, used = min(at + 1, len(words) - 1), 0
        else:  # a piece that runs over into the next word
            used = -(len(words[at].text) - used)
    return tuple(result)


class _Reader:
    """Reads the words of one line by the grammar; one use each."""

    def __init__(self, words: tuple[Word, ...], table: Vocabulary, start: int) -> None:
        self.words = words
        self.table = table
        self.start = start
        self.at = 0
        self.shown: list[Shown] = []

    def read(self) -> list[Shown] | None:
        words = self.words
        if "//" in words[0].before:
            while (
                self.at + 1 < len(words)
                and _COUNTRY.fullmatch(words[self.at].text)
                and not self._level_here()
            ):
                self.at += 1
        if not self._level():
            return None
        while self.at < len(words):
            if not (self._control() or self._level() or self._page() or self._codeword()):
                return None
        return self.shown

    def _phrase(self, form: tuple[str, ...]) -> bool:
        end = self.at + len(form)
        words = self.words[self.at : end]
        return (
            len(words) == len(form)
            and all(word.text == text for word, text in zip(words, form, strict=True))
            and all(word.before in _JOINTS for word in words[1:])
        )

    def _level_here(self) -> tuple[int, Level] | None:
        for form, level in self.table.levels.get(self.words[self.at].text, ()):
            if self._phrase(form):
                return len(form), level
        return None

    def _level(self) -> bool:
        here = self._level_here()
        if here is None or (self.shown and self.shown[-1].codewords):
            return False
        length, level = here
        if any(
            len(form) > length and self._phrase(form)
            for form, _ in self.table.controls.get(level.name, ())
        ):
            return False  # RESTRICTED DATA, RESTRICTED HANDLING: controls, no level
        words = self.words[self.at : self.at + length]
        if (
            self.shown
            and "/" in words[0].before
            and words[0].state == self.shown[-1].state == "plain"
        ):
            return False  # SECRET/CONFIDENTIAL: options, or words
        self.at += length
        draft = [word for word in words if word.state != "added"]
        final = [word for word in words if word.state != "struck"]
        if len(draft) == length and len(final) == length:
            self._show(level, "plain", words)
        elif not final:
            self._show(level, "struck", words)
        elif not draft:
            self._show(level, "added", words)
        else:
            return self._changed_in_part(words, draft, final)
        return True

    def _changed_in_part(
        self, words: tuple[Word, ...], draft: list[Word], final: list[Word]
    ) -> bool:
        """`~~TOP~~ SECRET`: one level before, another after."""
        was = self.table.exact.get(tuple(word.text for word in draft))
        now = self.table.exact.get(tuple(word.text for word in final))
        if was is None or now is None:
            return False
        self._show(was, "struck", words if len(draft) == len(words) else tuple(draft))
        added = any(word.state == "added" for word in final)
        self._show(now, "added" if added else "plain", tuple(final))
        return True

    def _show(self, level: Level, state: State, words: Sequence[Word]) -> None:
        form: Form = "exact"
        cert: Cert = "low" if level.weak else "high"
        if any(word.spelled for word in words):
            form = "spelled"
        if any(word.folded for word in words):
            form, cert = "fuzzy", least(cert, "medium")
        span = (self.start + words[0].start, self.start + words[-1].end)
        self.shown.append(Shown(level, state, (), (), span, cert, form))

    def _control(self) -> bool:
        if not self.shown:
            return False
        word = self.words[self.at]
        for form, control in self.table.controls.get(word.text, ()):
            if self._phrase(form):
                self.at += len(form)
                self._add(control.name)
                return True
        if word.text == "REL" and self._phrase(("REL", "TO")):
            return self._release_list()
        if "/" in word.before or (self.shown[-1].controls and word.before in ("-", ",")):
            short = self.table.short_controls.get(word.text)
            if short:
                self.at += 1
                self._add(short.name)
                return True
        if "/" in word.before:
            here = self._level_here()
            if here and here[1].scheme == "admin":  # UNCLASSIFIED//FOR OFFICIAL USE ONLY
                self.at += here[0]
                self._add(here[1].short)
                return True
        if self._phrase(("HANDLE", "VIA")):
            return self._channels()
        return False

    def _add(self, control: str) -> None:
        last = self.shown[-1]
        self.shown[-1] = last._replace(controls=(*last.controls, control))

    def _release_list(self) -> bool:
        end = self.at + 2
        while end < len(self.words) and (
            end == self.at + 2 or self.words[end].before == "," or self.words[end].text == "AND"
        ):
            end += 1
        if end == self.at + 2:
            return False
        names = [word.text for word in self.words[self.at + 2 : end] if word.text != "AND"]
        self._add("REL TO " + ", ".join(names))
        self.at = end
        return True

    def _channels(self) -> bool:
        for end in range(self.at + 3, min(self.at + 8, len(self.words))):
            if self.words[end].text == "ONLY" and self.words[end - 1].text.startswith("CHANNEL"):
                self._add(" ".join(word.text for word in self.words[self.at : end + 1]))
                self.at = end + 1
                return True
        return False

    def _page(self) -> bool:
        """A page number, a copy number or a date of declassification; nothing else follows."""
        if not self.shown:
            return False
        rest = [word.text for word in self.words[self.at :]]
        text = " ".join(rest)
        if re.fullmatch(
            r"(?:PAGE )?\d{1,3}|PAGE \d{1,3} OF \d{1,3}|COPY (?:NO )?\d{1,4}(?: OF \d{1,4})?", text
        ):
            self.at = len(self.words)
            return True
        if _DECLASS.fullmatch(rest[0]):
            self.at += 1
            return True
        return False

    def _codeword(self) -> bool:
        word = self.words[self.at]
        lists = register.words()
        last = self.shown[-1] if self.shown else None
        if (
            last is None
            or len(self.shown) > 1
            or not (last.level.grade and last.level.rank >= _CODEWORD_RANK)
            or len(last.codewords) == _MOST_CODEWORDS
            or not _CODEWORD.fullmatch(word.text)
            or word.text in lists.function
            or word.text in lists.noun
            or word.text in lists.stop
            or word.text in self.table.levels
            or word.state != last.state
        ):
            return False
        self.shown[-1] = last._replace(codewords=(*last.codewords, word.text), cert="low")
        self.at += 1
        return True


def _plausible(shown: Sequence[Shown]) -> bool:
    """Rule M4: more than two levels, or an administrative one beside a grade, are form options."""
    if len(shown) == 1:
        return True
    if all(one.state == "plain" for one in shown):
        if len(shown) > 2 or shown[0].level.short == "U":
            return False
    elif len(shown) > 2 and not _chain(shown):
        return False
    return not any(not one.level.grade for one in shown)


def _chain(shown: Sequence[Shown]) -> bool:
    """Strictly descending levels, all but the last struck."""
    return all(one.state == "struck" for one in shown[:-1]) and all(
        upper.level.rank > lower.level.rank for upper, lower in pairwise(shown)
    )
