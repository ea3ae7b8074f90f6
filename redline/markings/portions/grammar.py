"""What stands between the brackets of a portion mark: `S`, `TS//SI//NF`, `C/WN/NC`, `//GBR S`.

One small grammar for every scheme and era; levels and controls come from the register.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeVar

from redline.markings import register
from redline.markings.register import Level, Register

__all__ = ["Inner", "may_hold_marks", "read_inner"]

T = TypeVar("T")

# Abbreviations of portion marks that are no banner words: control systems, and what stands after
# RESTRICTED DATA. The name is what `controls` gives.
_CODES = {
    "HCS": "HCS",
    "KDK": "KDK",
    "COMINT": "COMINT",
    "SCI": "SCI",
    "CCO": "COMINT CHANNELS ONLY",
    "VRK": "VRK",
    "N": "CNWDI",
    "REL": "REL",
    "WAIVED": "WAIVED",
    "CODEWORD": "CODEWORD",
}
# Marks written as one word: the level, and what goes with it.
_JOINED = {
    "TSRD": ("TS", "RD"),
    "SRD": ("S", "RD"),
    "CRD": ("C", "RD"),
    "TSFRD": ("TS", "FRD"),
    "SFRD": ("S", "FRD"),
    "CFRD": ("C", "FRD"),
    "SNF": ("S", "NF"),
    "CNF": ("C", "NF"),
    "TSC": ("TS", "CODEWORD"),
    "CTSA": ("CTS", "ATOMAL"),
    "NSAT": ("NS", "ATOMAL"),
    "NCA": ("NC", "ATOMAL"),
}
_NATO_LEVELS = {"TS": "CTS", "S": "NS", "C": "NC", "R": "NR", "U": "NU"}
_NATO_CONTROLS = {"A": "ATOMAL", "B": "BOHEMIA"}
# Whose papers were marked `(UK-C)` before the double slash; any other country is doubtful.
_COUNTRIES = frozenset("NATO UK GBR CAN AUS NZ NZL FRG".split())
# Programmes whose own names follow, up to the next double slash.
_PROGRAMMES = frozenset(["SAR", "ACCM", "SAP"])
# Controls that take compartments after a hyphen: SI-G, HCS-P, SI-G ABCD.
_COMPOUND = frozenset(["SI", "HCS", "TK", "COMINT", "SP"])
_DECLASS = re.compile(r"MR|(?:25|50)?X[1-9]|(?:19|20)\d{6}")
_NATION = re.compile(r"[A-Z]{2,5}")
_FIGURES = re.compile(r"\d{1,2}")
_CODEWORD = re.compile(r"[A-Z]{2,12}")
_CODEWORD_RANK = 30
# So many different marks are remembered; a paper has a dozen.
_REMEMBERED = 2000

_INNER = re.compile(r"[A-Z0-9\s/,;.–—-]{1,90}")
_TOKEN = re.compile(r"(?P<sep>[\s/,;–—-]*)(?P<word>[A-Z0-9]+)")
_ENTIRE = re.compile(r"\s*[-–—]{1,2}\s*entire\s+(?:text|message|document)\.?\s*$", re.IGNORECASE)
_SEPARATORS = frozenset(["", " ", "/", "//", "-", ",", ";"])


class Inner(NamedTuple):
    """What stands between the brackets of a mark.

    `doubt` names what makes it uncertain by itself: a weak level (`weak`), a word the register
    does not have (`unknown`), letters run together (`joined`); empty for none. `modern`: with a
    double slash. `known`: at least one control of the register stands after the level.
    """

    level: Level
    controls: tuple[str, ...] = ()
    doubt: str = ""
    modern: bool = False
    known: bool = False
    entire: bool = False


# -- between the brackets -----------------------------------------------------------------


Forms = dict[str, tuple[tuple[tuple[str, ...], T], ...]]


class _Tables(NamedTuple):
    """What one register has for portion marks: phrases by their first word, longest first."""

    levels: Forms[Level]
    controls: Forms[str]
    shorts: dict[str, Level]
    hint: re.Pattern[str]
    read: dict[str, Inner | None]  # what was read before


def _tables() -> _Tables:
    return register.active().derived(_make_tables)


def _make_tables(source: Register) -> _Tables:
    shorts: dict[str, Level] = {}
    for level in source.levels:
        shorts.setdefault(level.short, level)
    levels: dict[tuple[str, ...], Level] = {}
    for short, level in shorts.items():
        levels.setdefault(tuple(re.split(r"[ -]", short)), level)
    for form, level in source.forms:
        levels.setdefault(form, level)
    if "C-MHA" in shorts:
        levels.setdefault(("CMHA",), shorts["C-MHA"])
    controls: dict[tuple[str, ...], str] = {}
    for control in source.controls:
        for text in (*control.forms, *control.short):
            controls.setdefault(tuple(re.split(r"[ -]", text)), control.name)
    for code, name in _CODES.items():
        controls.setdefault((code,), name)
    for level in source.levels:
        if not level.grade and len(level.short) > 2:
            controls.setdefault((level.short,), level.short)  # U//FOUO
    first_words = sorted({form[0] for form in levels if form[0]} | set(_JOINED))
    hint = re.compile(
        rf"\([\s~^{{<*_]{{0,6}}(?:{'|'.join(map(re.escape, first_words))}"
        r"|[A-Z]{2,4}-(?:TS|S|C|R))(?![A-Za-z0-9])|\(\s?//|\([\s*_]{0,3}(?:~~|\^[{<])"
    )
    return _Tables(_by_first(levels), _by_first(controls), shorts, hint, {})


def _by_first(rows: dict[tuple[str, ...], T]) -> Forms[T]:
    found: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for form, value in sorted(rows.items(), key=lambda row: -len(row[0])):
        if form and form[0]:
            found.setdefault(form[0], []).append((form, value))
    return {word: tuple(forms) for word, forms in found.items()}


def read_inner(text: str) -> Inner | None:
    """What a mark says whose brackets hold `text`; None when that is no mark.

    >>> read_inner("S//REL TO USA, GBR").controls
    ('REL TO USA, GBR',)
    >>> read_inner("C-130"), read_inner("s")
    (None, None)
    """
    tables = _tables()
    if text in tables.read:
        return tables.read[text]
    entire = _ENTIRE.search(text)
    words = text[: entire.start()] if entire is not None else text
    found = _Reader(words, tables).read() if _INNER.fullmatch(words) else None
    if found is not None and entire is not None:
        found = found._replace(entire=True)
    if len(tables.read) < _REMEMBERED:
        tables.read[text] = found
    return found


def may_hold_marks(text: str) -> bool:
    """Whether a text has anything that looks like a portion mark: quick, and never wrong for no."""
    return _tables().hint.search(text) is not None


class _Reader:
    """Reads the words between two brackets from left to right; one use each."""

    def __init__(self, text: str, tables: _Tables) -> None:
        self.tables = tables
        self.words: list[str] = []
        self.seps: list[str] = []
        self.tokens_end = 0
        self.text = text.strip()
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in iter(_TOKEN.finditer(self.text)):
            if match.start() != self.tokens_end:
                break
            self.words.append(match["word"])
            sep = match["sep"]
            plain = sep.strip().replace("–", "-").replace("—", "-")
            self.seps.append(plain or sep[:1].replace("\n", " ").replace("\t", " "))
            self.starts.append(match.start("word"))
            self.ends.append(match.end())
            self.tokens_end = match.end()
        self.at = 0
        self.level: Level | None = None
        self.controls: list[str] = []
        self.doubt = ""
        self.known = False

    def read(self) -> Inner | None:
        words, seps = self.words, self.seps
        if not words or self.tokens_end != len(self.text):
            return None
        foreign = seps[0] == "//"
        if seps[0] not in ("", "//") or not _SEPARATORS.issuperset(seps):
            return None
        if not (self._foreign() if foreign else self._national()):
            return None
        while self.at < len(words):
            if not self._item():
                return None
        assert self.level is not None
        if self.level.weak:
            self.doubt = self.doubt or "weak"
        modern = "//" in seps
        return Inner(self.level, tuple(self.controls), self.doubt, modern, self.known)

    # the level

    def _form_at(self, at: int) -> tuple[int, Level] | None:
        if at >= len(self.words):
            return None
        for form, level in self.tables.levels.get(self.words[at], ()):
            if self._phrase(form, at):
                return len(form), level
        return None

    def _phrase(self, form: tuple[str, ...], at: int) -> bool:
        end = at + len(form)
        return tuple(self.words[at:end]) == form and all(
            sep in (" ", "-") for sep in self.seps[at + 1 : end]
        )

    def _national(self) -> bool:
        word = self.words[0]
        joined = _JOINED.get(word)
        if joined is not None and joined[0] in self.tables.shorts:
            self.level, self.at, self.doubt = self.tables.shorts[joined[0]], 1, "joined"
            self._control_named(joined[1])
            return True
        here = self._form_at(0)
        if here is not None:
            self.at, self.level = here
            return True
        if len(self.words) > 1 and self.seps[1] == "-" and _NATION.fullmatch(word):
            here = self._form_at(1)  # UK-C, NATO-S
            if here is None or len(word) > 4 or not here[1].grade:
                return False
            self._of_nation(here[1], word)
            self.doubt = "" if word in _COUNTRIES else "joined"
            self.at = 1 + here[0]
            return True
        return False

    def _foreign(self) -> bool:
        """After a leading `//`: NATO's own levels, `GBR S`, `FGI GBR S`, `JOINT S GBR USA`."""
        words, seps = self.words, self.seps
        here = self._form_at(0)
        if here is not None and here[1].scheme != "us":
            self.at, self.level = here
            return True
        joined = _JOINED.get(words[0])
        if joined is not None and joined[1] == "ATOMAL":
            return self._national()
        at = 1 if words[0] in ("FGI", "JOINT") else 0
        first = at
        while at < len(words) and self._form_at(at) is None:
            if not _NATION.fullmatch(words[at]) or (at and seps[at] not in (" ", ",", "-")):
                return False
            at += 1
        here = self._form_at(at)
        if here is None or at == 0:
            return False
        nations = words[first:at]
        at += here[0]
        if words[0] == "JOINT":
            begin = at
            while at < len(words) and seps[at] in (" ", ",") and _NATION.fullmatch(words[at]):
                at += 1
            self.level = here[1]
            self.controls.append(" ".join(["JOINT", *nations, *words[begin:at]]))
            self.known = True
        else:
            self._of_nation(here[1], " ".join(nations))
        self.at = at
        return True

    def _of_nation(self, level: Level, nation: str) -> None:
        """The level of another country or alliance: its own row, else its namesake."""
        scheme = register.scheme_of(nation) if nation else None
        own = register.level_short(level.short, scheme.id) if scheme is not None else None
        if own is None and scheme is not None:
            own = register.level_named(level.name, scheme.id)
        if nation == "NATO":
            own = self.tables.shorts.get(_NATO_LEVELS.get(level.short, ""))
        self.level, self.known = own or level, True
        if nation != "NATO":
            self.controls.append(f"FGI {nation}" if nation else "FGI")

    # what follows it

    def _item(self) -> bool:
        at, word, sep = self.at, self.words[self.at], self.seps[self.at]
        if word == "REL":
            return self._list(1 + self._phrase(("REL", "TO"), at), "REL TO", "REL")
        if self._phrase(("DISPLAY", "ONLY"), at):
            return self._list(2, "DISPLAY ONLY", "DISPLAY ONLY")
        if word == "FGI":
            return self._list(1, "FGI", "FGI", joint=" ")
        if self._eyes():
            return True
        if word in _PROGRAMMES:
            return self._programme()
        if word in ("SG", "SIGMA"):
            return self._list(1, "SIGMA", "SIGMA", names=_FIGURES, joint=" ")
        for form, name in self.tables.controls.get(word, ()):
            if self._phrase(form, at) and (len(form) > 1 or word != "N" or self._nuclear()):
                self._known(name, len(form), compound=form[-1] in _COMPOUND)
                return True
        assert self.level is not None
        if self.level.scheme == "nato" and sep == "-" and word in _NATO_CONTROLS:
            self._known(_NATO_CONTROLS[word], 1, compound=False)
            return True
        if _DECLASS.fullmatch(word) and sep in ("//", "/"):
            self.at += 1
            return True
        if word == "SP" and self.level.short == "CUI":
            self._known("SP", 1, compound=True)
            return True
        high = self.level.grade and self.level.rank >= _CODEWORD_RANK
        if (high or self.level.short == "CUI") and sep in ("//", "/") and _CODEWORD.fullmatch(word):
            if sep == "/" and len(word) < 3:
                return False
            if sep == "/" and not self.known:
                self.doubt = self.doubt or "unknown"  # (S/PRS) may be an office
            self.controls.append(word)
            self.at += 1
            return True
        return False

    def _nuclear(self) -> bool:
        return "RESTRICTED DATA" in " ".join(self.controls)

    def _control_named(self, code: str) -> None:
        rows = self.tables.controls.get(code, ())
        self.controls.append(next((name for form, name in rows if form == (code,)), code))
        self.known = True

    def _known(self, name: str, length: int, *, compound: bool) -> None:
        """A control of the register, with the compartments that hang on it."""
        first = self.at
        self.known = True
        self.at += length
        if compound and not self._control_here():
            while self.at < len(self.words) and self._compartment():
                self.at += 1
        if self.at > first + length:
            name += self.text[self.ends[first + length - 1] : self.ends[self.at - 1]]
        self.controls.append(name)

    def _control_here(self) -> bool:
        """After a hyphen a control of its own may follow: RD-N, SI-NF."""
        word = self.words[self.at] if self.at < len(self.words) else ""
        return any(self._phrase(form, self.at) for form, _ in self.tables.controls.get(word, ()))

    def _compartment(self) -> bool:
        sep, word = self.seps[self.at], self.words[self.at]
        if sep == "-":
            return len(word) <= 12 and not (len(word) > 1 and self._control_here())
        return sep == " " and (word.isdigit() or (len(word) <= 4 and not self._control_here()))

    def _list(
        self,
        skip: int,
        head: str,
        bare: str,
        *,
        names: re.Pattern[str] = _NATION,
        joint: str = ", ",
    ) -> bool:
        """A control with a list after it: countries, or figures."""
        at = self.at + skip
        found: list[str] = []
        while at < len(self.words) and self.seps[at] in (" ", ","):
            if self.words[at] != "AND":
                if not names.fullmatch(self.words[at]):
                    return False
                found.append(self.words[at])
            at += 1
        self.controls.append(f"{head} {joint.join(found)}" if found else bare)
        self.at, self.known = at, True
        return True

    def _eyes(self) -> bool:
        """`USA/GBR EYES ONLY`."""
        at = self.at
        while at < len(self.words) and self.words[at] != "EYES":
            if not _NATION.fullmatch(self.words[at]) or (
                at > self.at and self.seps[at] not in ("/", ",", " ")
            ):
                return False
            at += 1
        if at == self.at or at >= len(self.words):
            return False
        self.at = at + 1 + (self.words[at + 1 : at + 2] == ["ONLY"])
        self.controls.append("EYES ONLY")
        self.known = True
        return True

    def _programme(self) -> bool:
        at = self.at + 1
        while at < len(self.words) and self.seps[at] != "//":
            at += 1
        self.controls.append(self.text[self.starts[self.at] : self.ends[at - 1]])
        self.at, self.known = at, True
        return True
