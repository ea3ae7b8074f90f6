"""Which words are words, so that `country` for `county` is never called a slip of the pen.

Not a dictionary: words of English (and names) that look like other words. What is not in it
the texts may still know (see `accidentals.Judge`).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["GRAMMAR", "stem"]

#: Words of grammar: never a slip for one another, and no content in a moved passage.
GRAMMAR = frozenset(
    """a about above after again against all almost also although always am among an and another
    any are as at be because been before being below between both but by can cannot could did do
    does down during each either even ever every few first for from further had has have having he
    hence her here hers him his how however if in indeed into is it its itself last least less let
    lest like many may me might mine more most much must my near neither never no none nor not
    nothing now of off often on once one only or other others ought our ours out over own per
    perhaps quite rather same shall she should since so some soon still such than that the their
    theirs them then thence there therefore these they this those though through thus till to
    together too under unless until up upon us very was we well were what when whence where
    whether which while whither who whom whose why will with within without would yet you your
    yours""".split()
)

#: Endings that make another form of a word, and what they have taken away; the first that fits.
_ENDINGS = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("'s", ""), ("’s", ""), ("d", ""), ("ied", "y")),
    *(("ed", ""), ("ing", "e"), ("ing", ""), ("r", ""), ("er", ""), ("ly", "")),
)
#: What no e may stand before: `hoping` is of `hope`.
_VOWELS = ("ed", "ing", "er")


@cache
def _words() -> frozenset[str]:
    text = resources.files(__package__).joinpath("words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return GRAMMAR.union(*(line.split() for line in lines))


def stem(word: str) -> str | None:
    """The known word that this is a form of, perhaps itself; case does not count."""
    word, known = word.casefold(), _words()
    if word in known:
        return word
    for ending, lost in _ENDINGS:
        if not word.endswith(ending):
            continue
        base = word[: -len(ending)] + lost
        if ending in _VOWELS and not lost:
            if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
                continue
            if base not in known and len(base) > 3 and base[-1] == base[-2]:
                base = base[:-1]  # `planned` is of `plan`, not of `plane`
        if base in known:
            return base
    return None
