"""The grammar of a banner line: levels, controls, codewords and page numbers, and nothing else.

The words come from `words.py`, the phrases from `vocabulary.py` and `phrases.py`, the reading of
damaged lines from `repair.py`. Rules M1-M4 of `docs/reference/markings.md`.
"""

import re
from collections.abc import Sequence

from redline.markings import register
from redline.markings.banners.phrases import compartment, phrase
from redline.markings.banners.repair import repaired
from redline.markings.banners.shown import Form, Shown, least, plausible
from redline.markings.banners.surroundings import (
    Cert,
    around,
    declass_end,
    declass_field,
    is_page,
    is_page_number,
)
from redline.markings.banners.vocabulary import Vocabulary
from redline.markings.banners.words import State, Word, Words
from redline.markings.register import Level

__all__ = ["Cert", "Form", "Shown", "least", "read_words"]


_OWNER = re.compile(r"[A-Z]{2,}")
_CODEWORD = re.compile(r"[A-Z]{3,}\d{0,2}")
# In the slots that `//` makes, unlisted words are codewords whatever their length.
_SLOT_WORD = re.compile(r"[A-Z][A-Z0-9]+")
_MOST_CODEWORDS = 5
# `COPY NO 5 OF 10 SERIES A` is six words.
_MOST_BEFORE = 7
# Codewords stand beside CONFIDENTIAL and what is above it: `RESTRICTED AREA` is a phrase.
_CODEWORD_RANK = 30
# What may stand between the words of one level or control, and before a control or codeword.
_JOINTS = frozenset("-–—.'’\"“”()")
_BEFORE_CODEWORD = frozenset("-–—/,;()")
# Between two levels that stand unstruck beside each other anything else makes a list.
_BETWEEN_LEVELS = frozenset("-–—.'’")
#: The precedence of a telegram, after its level: no codeword.
_PRECEDENCES = frozenset("ROUTINE PRIORITY IMMEDIATE FLASH NIACT DEFERRED".split())


def read_words(found: Words, table: Vocabulary, start: int) -> tuple[Shown, ...] | None:
    """What the words of one line show; None when they are no banner."""
    words = found.words
    cert = around(found)
    if cert is None:
        return None
    if not found.balanced:
        cert = least(cert, "medium")
    shown = _Reader(words, table, start).read()
    if shown is None:
        repair = repaired(words, table)
        shown = _Reader(repair.words, table, start).read() if repair else None
        if repair is None or shown is None:
            return None
        clean = repair.noise and not any(word.folded for word in repair.words)
        cert = least(cert, repair.cert)
        shown = [one._replace(form="exact" if clean else "fuzzy") for one in shown]
    if not plausible(shown):
        return None
    return tuple(one._replace(cert=least(one.cert, cert)) for one in shown)


class _Reader:
    """Reads the words of one line by the grammar; one use each."""

    def __init__(self, words: tuple[Word, ...], table: Vocabulary, start: int) -> None:
        self.words = words
        self.table = table
        self.start = start
        self.at = 0
        self.shown: list[Shown] = []
        self.slotted = any("//" in word.before for word in words)
        self.proven = False  # a slash or a known control shows the line to be a marking
        self.joint = False
        self.owners: list[str] = []  # whose the level is, after `//`

    def read(self) -> list[Shown] | None:
        cert: Cert = "high"
        if "//" in self.words[0].before:
            self._owner()
        elif self._page_before():
            cert = "medium"
        if not self.shown and not self._level():
            return None
        while self.at < len(self.words):
            if not (
                self._control()
                or self._level()
                or self._declass()
                or self._page()
                or self._page_between()
                or self._owners()
                or self._codeword()
            ):
                return None
        if self.owners:
            owned = " ".join(["JOINT" if self.joint else "FGI", *self.owners])
            first = self.shown[0]
            self.shown[0] = first._replace(
                controls=(owned, *first.controls), order=(owned, *first.order)
            )
        return [self._sure(one, cert) for one in self.shown]

    def _sure(self, one: Shown, cert: Cert) -> Shown:
        if one.codewords:
            changed = len(self.shown) > 1
            if not self.proven and not changed:
                return one._replace(cert="low")
            return one._replace(cert=least(one.cert, "medium"))
        return one._replace(cert=least(one.cert, cert))

    # -- what stands before -----------------------------------------------------------------

    def _owner(self) -> None:
        """`//DEU SECRET`, `//JOINT CAN GBR SECRET`: whose the level is, where no scheme says."""
        words = self.words
        short = register.level_short(words[0].text, "nato")
        if short is not None and (len(words) == 1 or "//" in words[1].before):
            self._show(short, words[0].state, words[:1])  # //CTS//BOHEMIA
            self.at = 1
            return
        first = words[0].text
        while (
            self.at + 1 < len(words)
            and _OWNER.fullmatch(words[self.at].text)
            and not self._level_here(self.at)
        ):
            text = words[self.at].text
            self.joint = self.joint or text == "JOINT"
            if text not in ("JOINT", "FGI"):
                self.owners.append(text)
            self.at += 1
        here = self._level_here(self.at)
        if here and not self.owners and here[1].scheme not in ("us", "nato") and here[0] > 1:
            self.owners.append(first)  # //GBR SECRET: a level of theirs

    def _owners(self) -> bool:
        """`//JOINT SECRET CAN GBR USA`: the countries after the level."""
        word = self.words[self.at]
        if self.joint and not word.before and re.fullmatch(r"[A-Z]{3,4}", word.text):
            self.owners.append(word.text)
            self.at += 1
            return True
        return False

    def _page_before(self) -> bool:
        """`- 2 - SECRET`, `PAGE 2 SECRET`, `COPY NO. 5 OF 10 SECRET`."""
        words = self.words
        for end in range(1, min(_MOST_BEFORE, len(words))):
            if self._level_here(end):
                # A number alone is the page's only between hyphens.
                marked = end > 1 or ("-" in words[0].before and "-" in words[1].before)
                if marked and is_page(words[:end]):
                    self.at = end
                    return True
        return False

    def _page_between(self) -> bool:
        """`SECRET - 2 - SECRET`: one level stamped on both sides of the page's number."""
        if not self.shown:
            return False
        last = self.shown[-1]
        for end in (self.at + 1, self.at + 2):
            here = self._level_here(end) if end < len(self.words) else None
            if (
                here
                and here[1] == last.level
                and not last.codewords
                and is_page_number(self.words[self.at : end])
            ):
                self.at = end
                return True
        return False

    # -- levels -----------------------------------------------------------------------------

    def _phrase(self, form: tuple[str, ...], at: int) -> bool:
        words = self.words[at : at + len(form)]
        return (
            len(words) == len(form)
            and all(word.text == text for word, text in zip(words, form, strict=True))
            and all(
                _JOINTS.issuperset(word.before)
                # CONFIDENTIAL/MODIFIED HANDLING AUTHORIZED, where no word after it is a level.
                or (word.before == "/" and word.text not in self.table.levels)
                for word in words[1:]
            )
        )

    def _level_here(self, at: int) -> tuple[int, Level] | None:
        for form, level in self.table.levels.get(self.words[at].text, ()):
            if self._phrase(form, at):
                return len(form), level
        return None

    def _level(self) -> bool:
        here = self._level_here(self.at)
        last = self.shown[-1] if self.shown else None
        if here is None or (last and last.codewords and last.state != "struck"):
            return False
        length, level = here
        first = self.words[self.at]
        rows = self.table.controls.get(first.text, ())
        if any(len(form) > length and self._phrase(form, self.at) for form, _ in rows):
            return False  # RESTRICTED DATA, RESTRICTED HANDLING: controls, no level
        words = self.words[self.at : self.at + length]
        if last and words[0].state == last.state == "plain":
            if last.level == level and words[0].before == "/":
                self.at += length  # in two languages
                return True
            if not _BETWEEN_LEVELS.issuperset(words[0].before):
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
            return self._changed_in_part(level, words, draft, final)
        return True

    def _changed_in_part(
        self, level: Level, words: tuple[Word, ...], draft: list[Word], final: list[Word]
    ) -> bool:
        """`~~TOP~~ SECRET`: one level before, another after."""
        was = self._level_of(draft)
        now = self._level_of(final)
        if was is None or now is None:
            # A sloppy stroke: how most of the letters stand.
            if all(word.state != "struck" for word in words):
                self._show(level, "added", words)
                return True
            struck = sum(len(word.text) for word in words if word.state == "struck")
            if struck * 2 < sum(len(word.text) for word in words):
                return False
            self._show(level, "struck", words)
            self.shown[-1] = self.shown[-1]._replace(cert="medium")
            return True
        self._show(was, "struck", words if len(draft) == len(words) else tuple(draft))
        added = any(word.state == "added" for word in final)
        self._show(now, "added" if added else "plain", tuple(final))
        return True

    def _level_of(self, words: Sequence[Word]) -> Level | None:
        text = tuple(word.text for word in words)
        rows = self.table.levels.get(text[0], ())
        return next((level for form, level in rows if form == text), None)

    def _show(self, level: Level, state: State, words: Sequence[Word]) -> None:
        form: Form = "exact"
        cert: Cert = "low" if level.weak else "high"
        if any(word.spelled for word in words):
            form = "spelled"
        if any(word.folded for word in words):
            form, cert = "fuzzy", least(cert, "medium")
        span = (self.start + words[0].start, self.start + words[-1].end)
        self.shown.append(Shown(level, state, (), (), span, cert, form))

    # -- controls ---------------------------------------------------------------------------

    def _known(self, at: int) -> tuple[str, int] | None:
        """The control of the register that begins at a place: its name, and where it ends."""
        word = self.words[at]
        for form, control in self.table.controls.get(word.text, ()):
            if self._phrase(form, at):
                return control.name, at + len(form)
        listed = self.shown[-1].controls and word.before in ("-", ",")
        if "/" in word.before or listed or (word.before == "-" and word.tight):
            short = self.table.short_controls.get(word.text)
            if short:
                return short.name, at + 1
        return None

    def _control(self) -> bool:
        if not self.shown:
            return False
        word = self.words[self.at]
        found = phrase(
            self.words,
            self.at,
            lambda at: self._known(at) is not None,
            lambda at: self._level_here(at) is not None,
        )
        if found is None:
            found = self._known(self.at)
            if found is not None and self.slotted:
                name, end = compartment(
                    self.words, self.at, found[1], lambda at: self._known(at) is not None
                )
                found = (name if end > found[1] else found[0]), end
        if found is None and "/" in word.before:
            here = self._level_here(self.at)
            # UNCLASSIFIED//FOR OFFICIAL USE ONLY
            if here and not here[1].grade and here[1] != self.shown[-1].level:
                found = here[1].short, self.at + here[0]
        if found is None:
            return False
        name, end = found
        last = self.shown[-1]
        states = {one.state for one in self.words[self.at : end]}
        if states == {"struck"}:
            last = last._replace(gone=(*last.gone, name))
        elif states == {"added"}:
            last = last._replace(put=(*last.put, name))
        if states != {"struck"} or last.state == "struck":
            last = last._replace(controls=(*last.controls, name), order=(*last.order, name))
        self.shown[-1] = last
        self.proven = True
        self.at = end
        return True

    # -- what stands after ------------------------------------------------------------------

    def _declass(self) -> bool:
        """When it is to be declassified, or why not; which law restricts the data."""
        if not self.shown:
            return False
        word = self.words[self.at]
        end = declass_end(self.words, self.at)
        if end > self.at:
            self._say(*declass_field(self.words[self.at : end]))
        elif word.text in _PRECEDENCES and (word.before or self.proven):
            end = self.at + 1
            self._say("precedence", word.text)
        moved = end > self.at
        self.at = end
        return moved

    def _say(self, name: str, value: str) -> None:
        if value:
            last = self.shown[-1]
            self.shown[-1] = last._replace(said=(*last.said, (name, value)))

    def _page(self) -> bool:
        """A page or copy number; nothing follows it."""
        if not self.shown:
            return False
        rest = self.words[self.at :]
        if not is_page(rest):
            return False
        if self.shown[-1].codewords and len(rest) == 1 and len(rest[0].text) > 2:
            return False  # a telegram's number after its station
        self.at = len(self.words)
        return True

    def _codeword(self) -> bool:
        word = self.words[self.at]
        last = self.shown[-1] if self.shown else None
        if (
            last is None
            or len(self.shown) > 1
            or not (self.slotted or (last.level.grade and last.level.rank >= _CODEWORD_RANK))
            or len(last.codewords) == _MOST_CODEWORDS
            or not _BEFORE_CODEWORD.issuperset(word.before)
            or (word.state != last.state and word.state != "struck")
        ):
            return False
        number = word.text.isdecimal() and len(word.text) <= 2 and last.codewords
        if number:  # STRAP 2: part of the name, as more follows
            named = f"{last.codewords[-1]} {word.text}"
            self.shown[-1] = last._replace(
                codewords=(*last.codewords[:-1], named), order=(*last.order[:-1], named)
            )
            self.at += 1
            return True
        printed = word.printed.upper()  # never repaired
        if not (_SLOT_WORD if self.slotted else _CODEWORD).fullmatch(printed):
            return False
        lists = register.words()
        if (
            word.text in lists.function
            or (word.text in lists.noun and not self.slotted)
            or word.text in lists.stop
            or word.text in self.table.levels
        ):
            return False
        name, end = printed, self.at + 1
        if printed == "VIA" and end < len(self.words):
            name, end = f"VIA {self.words[end].printed.upper()}", end + 1
        if self.slotted:
            name, end = compartment(
                self.words, self.at, end, lambda at: self._known(at) is not None
            )
        self.proven = self.proven or "/" in word.before
        if word.state == "struck":
            last = last._replace(gone=(*last.gone, name))
        if word.state == last.state:
            last = last._replace(codewords=(*last.codewords, name), order=(*last.order, name))
        self.shown[-1] = last
        self.at = end
        return True
