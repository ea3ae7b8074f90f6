"""A line taken apart into upper-case words, marks stripped, with what was struck or added.

Works on short lines only; callers reject long ones before. Offsets are code points in the line.
"""

import re
from typing import Literal, NamedTuple

State = Literal["plain", "struck", "added"]

# Letters and digits, with the glyphs that scanning puts for letters. `|`, `!` and signs stand for
# a letter only inside a word; at its ends they are noise.
_PIECE = re.compile(
    r"(?P<word>(?:[^\W_]|[$€])+(?:[!|®©]+(?:[^\W_]|[$€])+)*)"
    r"|(?P<tilde>~+)|(?P<add>\^[{<])|(?P<close>[}>])|(?P<emphasis>[*_]+)|(?P<space>[\s\ufeff\u200b]+)"
    r"|(?P<sep>[-–—/;,.:'\"‘’“”`´#|()•·®©«»¬¦°§¢^+=]+)|(?P<other>.)",
    re.DOTALL,
)
# What scanning makes of capitals. Only for words that are mostly capitals.
_FOLD = str.maketrans(
    {
        "0": "O",
        "1": "I",
        "|": "I",
        "!": "I",
        "l": "I",
        "5": "S",
        "$": "S",
        "8": "B",
        "€": "E",
        "6": "G",
        "®": "",
        "©": "",
    }
)
# A letter that stands alone and its neighbour may be this far apart in a spelled-out word.
_GAP = 3
# A spelled-out word has at least so many letters; "U S A" is none.
_SPELLED = 5
# A shorter one counts if it spells a word markings are made of: `T O P SECRET`.
_SHORT_SPELLED = 3


class Word(NamedTuple):
    """One word of a line: as read (folded), its range, how it stands.

    `before` is what separates it from the word before: its separators without white space and
    marks; `tight` says that there was no white space either. `spelled` words were printed letter
    by letter, `folded` ones needed a glyph repaired; `printed` is the word before that.
    """

    text: str
    start: int
    end: int
    state: State
    before: str
    folded: bool = False
    spelled: bool = False
    tight: bool = False
    printed: str = ""


class Words(NamedTuple):
    """The words of a line; `after` is what stands after the last, `balanced` about its strikes.

    `tight`: no white space stands between the marks around the words and them.
    """

    words: tuple[Word, ...]
    after: str
    balanced: bool
    tight: bool = False


def fold(word: str) -> str:
    """`word` with the usual misreadings of capitals repaired; as it is when not in capitals.

    >>> fold("C0NFlDENT1AL"), fold("SECREt"), fold("1951")
    ('CONFIDENTIAL', 'SECRET', '1951')
    """
    capitals = sum(1 for char in word if char.isupper() or char in "$€")
    if capitals * 10 < len(word) * 6 or (word[0].islower() and word[0] != "l"):
        return word
    return word.translate(_FOLD).upper()


class _Piece(NamedTuple):
    text: str
    start: int
    end: int
    state: State
    before: str
    tight: bool  # no white space since the piece before

    @property
    def glued(self) -> bool:
        """Nothing but marks stands since the piece before."""
        return self.tight and not self.before


def _pieces(line: str) -> tuple[list[_Piece], str, bool] | None:
    """The runs of word characters, or None when the line holds anything a banner never has."""
    pieces: list[_Piece] = []
    struck = False
    open_adds: list[str] = []
    before: list[str] = []
    space = True
    tildes = 0
    for match in _PIECE.finditer(line):
        kind, found = match.lastgroup, match.group()
        if kind == "word":
            state: State = "struck" if struck else "added" if open_adds else "plain"
            pieces.append(
                _Piece(found, match.start(), match.end(), state, "".join(before), not space)
            )
            before, space = [], False
        elif kind == "space":
            space = True
        elif kind == "sep":
            before.append(found)
        elif kind == "tilde":
            if len(found) == 2:
                struck = not struck
                tildes += 1
            elif len(found) != 4:  # one is noise, three or five and more are text
                if len(found) > 1:
                    return None
                before.append(found)
        elif kind == "add":
            open_adds.append("}" if found == "^{" else ">")
        elif kind == "close":
            if open_adds and open_adds[-1] == found:
                open_adds.pop()
            elif found == "}" or not pieces:
                return None  # `> SECRET` quotes
        elif kind == "other":
            return None
    balanced = tildes % 2 == 0 and not open_adds
    if tildes == 1 and not balanced:
        # Half of a strike that began or ends on a neighbouring line: this line is within it.
        pieces = [piece._replace(state="struck") for piece in pieces]
    return pieces, "".join(before), balanced


def _state(pieces: list[_Piece]) -> State:
    """How most of the letters stand; a sloppy strike still strikes the word."""
    count = {"plain": 0, "struck": 0, "added": 0}
    for piece in pieces:
        count[piece.state] += len(piece.text)
    if count["struck"] >= max(count["plain"], count["added"]):
        return "struck"
    return "added" if count["added"] > count["plain"] else "plain"


_DIGIT_LETTERS = frozenset("0158")


def _spelled(pieces: list[_Piece], at: int) -> int:
    """The end of the run of single letters that begins at piece `at`."""
    end = at
    letters = 0
    while end < len(pieces) and len(pieces[end].text) == 1:
        char = pieces[end].text
        if char.isupper():
            letters += 1
        elif char not in _DIGIT_LETTERS:
            break
        if end > at:
            gap = pieces[end].before
            if len(gap) > _GAP or gap.strip("-–—."):
                break
        end += 1
    while end > at and pieces[end - 1].text in _DIGIT_LETTERS:
        end -= 1  # the number of a page
    return end if letters * 10 >= (end - at) * 6 else at


def words_of(line: str, known: frozenset[str], spellings: re.Pattern[str]) -> Words | None:
    """The words of `line`, or None when it holds something no banner has.

    `known` are the words markings are made of; `spellings` finds them one after another in
    letters run together, and so takes `S E C R E T` apart.
    """
    found = _pieces(line)
    if found is None:
        return None
    pieces, after, balanced = found
    words: list[Word] = []
    at = 0
    while at < len(pieces):
        end = _spelled(pieces, at)
        if end - at >= _SPELLED or (
            end - at >= _SHORT_SPELLED and "".join(p.text for p in pieces[at:end]) in known
        ):
            words += _letters(pieces[at:end], known, spellings)
            at = end
            continue
        end = _initials(pieces, at)
        if end == at:
            end = at + 1
            while end < len(pieces) and pieces[end].glued:
                end += 1
        run = pieces[at:end]
        if len(run) > 1 and not all(fold(piece.text) in known for piece in run):
            words.append(_word(run))
        else:
            words += [_word([piece]) for piece in run]
        at = end
    tight = bool(words) and not (
        line[: words[0].start][-1:].isspace() or line[words[-1].end :][:1].isspace()
    )
    return Words(tuple(words), after, balanced, tight)


def _initials(pieces: list[_Piece], at: int) -> int:
    """The end of the initials that begin at piece `at`: `U.S.`; `at` where none do."""
    end = at
    while (
        end < len(pieces)
        and len(pieces[end].text) == 1
        and pieces[end].text.isupper()
        and (end == at or (pieces[end].tight and pieces[end].before == "."))
    ):
        end += 1
    if end - at < 2:
        return at
    # The stop after the last one is theirs; what follows it is a word of its own.
    return end


def _word(run: list[_Piece]) -> Word:
    text = "".join(piece.text for piece in run)
    first = run[0]
    folded = fold(text)
    return Word(
        folded,
        first.start,
        run[-1].end,
        _state(run),
        first.before,
        folded != text,
        tight=first.tight,
        printed=text,
    )


def _letters(
    run: list[_Piece], known: frozenset[str], spellings: re.Pattern[str]
) -> list[Word]:
    """Single letters as the words they spell; as one word where they spell none."""
    printed = "".join(piece.text for piece in run)
    text = fold(printed)
    cuts = [match.span() for match in spellings.finditer(text)]
    if sum(end - start for start, end in cuts) != len(text):
        cuts = [(0, len(text))]
    return [
        Word(
            text[start:end],
            run[start].start,
            run[end - 1].end,
            _state(run[start:end]),
            run[start].before,
            folded=text[start:end] != printed[start:end],
            spelled=True,
            tight=run[start].tight,
            printed=printed[start:end],
        )
        for first, last in cuts
        for start, end in _halves(text, first, last, known)
    ]


def _halves(text: str, start: int, end: int, known: frozenset[str]) -> list[tuple[int, int]]:
    """A word that is two words run together, as these: TOPSECRET."""
    for middle in range(start + _SHORT_SPELLED, end - _SHORT_SPELLED + 1):
        if text[start:middle] in known and text[middle:end] in known:
            return [(start, middle), (middle, end)]
    return [(start, end)]
