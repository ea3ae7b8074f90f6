"""Witnesses whose alignment is known, because it was planted.

An archetype is copied along a random tree. Each copyist changes words at the places that
`Copying` says how often: another spelling, another word, a word or a phrase left out or put in, a
phrase moved. Every word carries a number through all copies, so two words belong together where
their numbers are the same, whatever became of their letters.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

#: Short words make up half of running text and are what alignments trip over.
SHORT = (
    "the of and to in a that it was for on with as at by from or not be this which had have is "
    "are were their its an all they no one but any into upon some would may been so such"
).split()
STEMS = (
    "har vor pil tam ster men lon grat brin dal fes cor ven mar sul tor wend kel pran ost ral "
    "bur nim thal gos lam wick fern dol hast"
).split()
ENDS = "er ing ed ment ly ness ous al ive or age ish ant ion ard".split()
VOWELS = "aeiou"


class Word(NamedTuple):
    """A word or a stop of a witness; the same `number`: the same place of the archetype."""

    number: int
    text: str


class Copying(NamedTuple):
    """Words from one change of a kind to the next, on average; 0 is never."""

    spelling: int = 60
    other: int = 60
    omission: int = 60
    addition: int = 60
    phrase: int = 250
    move: int = 400


class Planted(NamedTuple):
    """Texts by siglum, and the words of each, in order."""

    texts: dict[str, str]
    words: dict[str, list[Word]]


def planted(seed: int, count: int, length: int = 300, copying: Copying | None = None) -> Planted:
    """`count` witnesses of an archetype of `length` words."""
    return _Scriptorium(random.Random(seed), copying or Copying()).run(count, length)


class _Scriptorium:
    def __init__(self, chance: random.Random, copying: Copying) -> None:
        self.chance = chance
        self.copying = copying
        self.last = 0
        self.long = sorted(
            {
                chance.choice(STEMS)
                + chance.choice(VOWELS) * chance.randrange(2)
                + chance.choice(STEMS) * chance.randrange(2)
                + chance.choice(ENDS)
                for _ in range(900)
            }
        )

    def run(self, count: int, length: int) -> Planted:
        archetype = [self.word() for _ in range(length)]
        copies = [archetype]
        while len(copies) < 2 * count:
            copies.append(self.copy(self.chance.choice(copies)))
        kept = self.chance.sample(copies[1:], count)
        words = {chr(ord("A") + k): copy for k, copy in enumerate(kept)}
        return Planted({siglum: joined(copy) for siglum, copy in words.items()}, words)

    def word(self) -> Word:
        self.last += 1
        draw = self.chance.random()
        if draw < 0.1:
            return Word(self.last, self.chance.choice(",,,,;..."))
        if draw < 0.5:
            return Word(self.last, SHORT[int(len(SHORT) * self.chance.random() ** 2)])
        return Word(self.last, self.long[int(len(self.long) * self.chance.random() ** 1.5)])

    def copy(self, words: Sequence[Word]) -> list[Word]:
        out: list[Word] = []
        skip = 0
        for word in words:
            if skip:
                skip -= 1
                continue
            match self.change():
                case "spelling" if len(word.text) > 3:
                    out.append(Word(word.number, self.respelt(word.text)))
                case "other" if word.text.isalpha():
                    out.append(Word(word.number, self.another(word.text)))
                case "omission":
                    pass
                case "addition":
                    out += [word, self.word()]
                case "phrase" if self.chance.random() < 0.5:
                    skip = self.chance.randint(2, 12)
                case "phrase":
                    out += [word, *(self.word() for _ in range(self.chance.randint(3, 12)))]
                case "move":
                    out.append(word)
                    self.move(out)
                case _:
                    out.append(word)
        return out

    def change(self) -> str | None:
        for kind, every in self.copying._asdict().items():
            if every and self.chance.random() < 1 / every:
                return str(kind)
        return None

    def respelt(self, text: str) -> str:
        at = self.chance.randrange(1, len(text))
        return self.chance.choice(
            (text[:at] + text[at + 1 :], text[:at] + text[at - 1] + text[at:], text.capitalize())
        )

    def another(self, text: str) -> str:
        while True:
            word = self.word().text
            if word.isalpha() and word != text:
                return word

    def move(self, out: list[Word]) -> None:
        """The last words of what is written so far go some way back."""
        size, back = self.chance.randint(2, 6), self.chance.randint(4, 20)
        if len(out) > size + back:
            phrase = out[-size:]
            del out[-size:]
            out[len(out) - back : len(out) - back] = phrase


def joined(words: Sequence[Word]) -> str:
    """Running text: no blank before a stop."""
    text = "".join(word.text if not word.text[0].isalpha() else f" {word.text}" for word in words)
    return text.lstrip()


# -- how much of it was found ---------------------------------------------------------------


class Recovery(NamedTuple):
    """Shares, 0 to 1, of the pairs of words (each of another witness) that belong together."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


#: The row of each word of each witness, None for what no row has.
Rows = Mapping[str, Sequence[int]]


def recovery(truth: Planted, rows: Rows) -> Recovery:
    """How many pairs that a table sets in one row were planted, and how many planted it has."""
    found = wanted = right = 0
    sigla = sorted(truth.words)
    for k, one in enumerate(sigla):
        by_number = {word.number: i for i, word in enumerate(truth.words[one])}
        by_row = {row: i for i, row in enumerate(rows[one])}
        for other in sigla[k + 1 :]:
            for j, word in enumerate(truth.words[other]):
                meant, met = by_number.get(word.number), by_row.get(rows[other][j])
                wanted += meant is not None
                found += met is not None
                right += meant is not None and meant == met
    return Recovery(right / wanted if wanted else 1.0, right / found if found else 1.0)
