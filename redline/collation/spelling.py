"""One word spelt in two ways: by the rules that part British and American, old and new
spelling, or by a slip of the pen.

`standard` writes a word one way: words that become the same are spellings of one word.
`slip` says that two words have the shape of one: whether they are two words all the same
(`trial`, `trail`) only the texts can tell.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["LONGEST", "plain", "slip", "standard"]

#: Longer words are not looked at.
LONGEST = 48

_LETTERS = str.maketrans(
    {"ſ": "s", "æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ð": "th", "þ": "th"}
)

#: (what is sought, what is written): each row writes one ending or one stem as if there were
#: one spelling; in order, since a word may need two.
RULES: tuple[tuple[str, str], ...] = (
    (r"(?<=pract)is(?=e[sd]?$|ing$)", "ic"),
    # favour, favourite
    (r"(?<=\w\w)our(?=(?:s|ed|ing|ers?|abl[ey]|ites?|less|ful|hood|al|i[sz]\w+)?$)", "or"),
    (r"(?<=[btcghdv])re(s?)$", r"er\1"),  # centre
    (r"(?<=[btcghdv])red$", "ered"),  # centred
    (r"(?<=\w\w\w)is(?=e[sdr]?$|ers$|ing$|ations?$|ational$|able$)", "iz"),  # organise
    (r"(?<=\w\w)ys(?=e[sdr]?$|ers$|ing$)", "yz"),  # analyse
    (r"ogue(s?)$", r"og\1"),  # catalogue
    # travelled, counsellor
    (r"([aeiouy][^aeiouy]+[aeiouy])ll(?=(?:ed|ing|ers?|ors?|ous|ery)$)", r"\1l"),
    (r"(?<=\w\w\w)ll(?=$|ment|ful)", "l"),  # fulfill, enrollment, skillful
    (r"^will(?=ful)", "wil"),
    (r"en[cs]e(s?|less)$", r"ense\1"),  # defence, licence
    (r"(?<=dg)e(?=ments?$)", ""),  # judgement
    (r"(?<=[aeiou])x(?=ions?$)", "ct"),  # connexion
    (r"(?<=gram)me(?=s?$)", ""),  # programme
    (r"(?<=^che)que(?=s?$)", "ck"),  # cheque
    (r"(?<=lik|siz|mov|sal|nam)e(?=able$)", ""),  # likeable
    (r"^en(?=quir|dors|clos|trust|cas)", "in"),  # enquire
    (r"^(medi|prim|arch|encyclop|orthop|[hpfc]|pr)ae(?=\w\w)", r"\1e"),  # mediaeval
    (r"^ae(?=sth|on)", "e"),  # aesthetic
    (r"^anae(?=sth|m)", "ane"),  # anaesthetic
    (r"oe(?=cum|str|dem|soph|tus|tal)", "e"),  # foetus
    (r"oeu(?=v)", "eu"),  # manoeuvre
    (r"^sc(?=epti)", "sk"),  # sceptic
    (r"^(sm|m)ou(?=l[dt])", r"\1o"),  # mould
    (r"^plough", "plow"),
    (r"^grey", "gray"),
    (r"^gaol", "jail"),
    (r"^tyre", "tire"),
    (r"^kerb", "curb"),
    (r"^draught", "draft"),
    (r"^pyjama", "pajama"),
    (r"^storey", "story"),
    (r"^shew", "show"),
    (r"^alumini", "alumin"),
    (r"^sulph", "sulf"),
    (r"(?<=\w\w)wards$", "ward"),  # towards
    (r"^moslem", "muslim"),
    (r"^&$", "and"),
)
#: A word without any of these is written one way already.
_MAYBE = re.compile(
    "is|our|[btcghdv]re|ys|og|ll|en[cs]e|dge|x|mme|que|eable|^en|ae|oe|^sc|ou|^grey|^gaol|^tyre"
    "|^kerb|^draugh|^pyj|^storey|^shew|alumini|sulph|ward|^moslem|&"
)
_RULES = tuple((re.compile(pattern), written) for pattern, written in RULES)

#: Endings that make another form, or another word, of a stem: never a matter of spelling.
ENDINGS = frozenset(
    """ s es 's ’s d ed n en t ing e er ers or ors est ly ion ions ive ible able al ical ic ity
    ment ness y ies ied ier ent ant ance ence ancy ency ism ist ists ful less man men a i um us
    ary ery ory ate ated ates ating ous th""".split()
) | {""}


#: But for these, which are mistaken for each other.
CONFUSED = frozenset(
    (
        *(("ant", "ent"), ("ance", "ence"), ("ancy", "ency"), ("able", "ible")),
        *(("er", "or"), ("ers", "ors"), ("ary", "ery"), ("ery", "ory")),
    )
)


def plain(word: str) -> str:
    """Without case, accents, ligatures and long s."""
    folded = word.casefold().translate(_LETTERS)
    if folded.isascii():
        return folded
    apart = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=1 << 15)
def standard(word: str) -> str:
    """The word written one way; not always the one any country uses."""
    word = plain(word)
    if len(word) > LONGEST or not _MAYBE.search(word):
        return word
    for pattern, written in _RULES:
        word = pattern.sub(written, word)
    return word


_FIGURE = re.compile(r"\d")


def slip(x: str, y: str) -> bool:
    """Whether two words have one shape, and differ otherwise than by an ending.

    Two letters side by side that changed places; or, in words of five letters or more (four,
    where there is no capital: names are short), the first and the last alike, one letter more,
    less or other; from ten letters on two such.
    """
    least = 4 if x.islower() and y.islower() else 5
    x, y = plain(x), plain(y)
    if x == y:
        return True
    if _FIGURE.search(x) or _FIGURE.search(y):
        return False  # another figure is another thing
    short = min(len(x), len(y))
    if len(x) == len(y) <= LONGEST:
        at = [k for k in range(short) if x[k] != y[k]]
        if len(at) == 2 and x[at[0] : at[1] + 1] == y[at[1]] + y[at[0]]:
            return True
    if short < least or max(len(x), len(y)) > LONGEST or x[0] != y[0] or x[-1] != y[-1]:
        return False
    most = 2 if short >= 10 else 1
    if abs(len(x) - len(y)) > most or not (x.isalpha() and y.isalpha()):
        return False
    return not inflected(x, y) and distance(x, y, most) <= most


def inflected(x: str, y: str) -> bool:
    """Whether both words are one stem with two endings."""
    k = next((k for k, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))
    while k >= 2 and len(x) - k <= 5 and len(y) - k <= 5:
        if x[k:] in ENDINGS and y[k:] in ENDINGS:
            return (x[k:], y[k:]) not in CONFUSED and (y[k:], x[k:]) not in CONFUSED
        k -= 1
    return False


def distance(x: str, y: str, most: int) -> int:
    """Letters more, less, other, or changed places (optimal string alignment); above `most`: any
    number above it."""
    before: list[int] = []
    row = list(range(len(y) + 1))
    for i, p in enumerate(x, 1):
        earlier, before, row = before, row, [i]
        for j, q in enumerate(y, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (p != q))
            if i > 1 and j > 1 and p == y[j - 2] and q == x[i - 2]:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
