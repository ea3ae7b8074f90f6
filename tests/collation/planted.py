"""Pairs of texts whose differences are known: planted one by one, and looked for again.

    python -m tests.collation.planted        recall and precision, class by class

Nothing here is taken from the tables of the package: the spellings, numerals, misreadings and
the rest are a list of their own. A change is planted in running prose, several words away from
the next; what is reported is right if it is of the planted class, covers what was planted and
not much more.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from redline.collation.units import align_texts
from redline.collation.variants import Variant, variants

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
PAIRS = 200

CLASSES = (
    *("addition", "omission", "substitution", "move", "changed move", "short move"),
    *("split", "join"),
    *("spelling", "capitals", "punctuation", "spacing", "word-division", "hyphenation"),
    *("numeral", "ocr"),
)

# -- prose ----------------------------------------------------------------------------------------

_SUBJECTS = """the harbour board|our observers|the northern delegation|a second survey|every ferry
captain|the island's council|two of the surveyors|the keeper of the light|most merchants|the new
governor|a committee of fishermen|his deputy|the railway company|neither ministry|the coastal
battery|several families|the customs office|an old treaty|the winter convoy|the water
authority|foreign traders|the lower chamber|the engineers on the spot|their spokesman""".replace(
    "\n", " "
).split("|")
_VERBS = """has examined|will probably refuse|could not prevent|is preparing|had already lost|appears
to want|openly supported|may still accept|was unable to repair|would rather postpone|intends to
publish|never understood|is thought to control|has quietly abandoned|must soon
replace|measured|expects|denied|continues to press for|has begun to count""".replace(
    "\n", " "
).split("|")
_OBJECTS = """the dredging of the channel|a loan on reasonable terms|its claim to the outer
rocks|the tariff on dried fish|another season of storms|the evacuation of the valley|a bridge over
the narrows|most of the coal reserves|the report of the inspectors|an increase of the
garrison|complete control of the pass|the exchange of prisoners|the right of transit|a survey of
the eastern marshes|the timetable of the night boats|supplies for the weather station|the election
of a mayor|large stocks of timber|a joint patrol of the straits|the price of lamp oil""".replace(
    "\n", " "
).split("|")
_ENDS = """before the ice returns|without asking the assembly|as the ministers had feared|in spite of
the drought|for reasons of prestige|after a long silence|if the roads remain open|because the
treasury is empty|during the spring floods|under pressure from the south|although nobody believes
it|within the next decade|at the expense of the villages|while the talks go on|as far as we can
judge|on the advice of the pilots|contrary to earlier estimates|until the harvest is in|with the
help of volunteers|despite the bishop's warning""".replace("\n", " ").split("|")
_PHRASES = """in the opinion of nearly everyone|with considerable reluctance|largely through private
channels|as recent letters confirm|notwithstanding the protests|at least for the moment|according
to a reliable traveller|by means of small subsidies|and perhaps even earlier|rightly or
wrongly""".replace("\n", " ").split("|")
_OTHER = """obviously gigantic crimson velvet umbrella orchestral zebra quarrelsome philosophy
kitchen nightingale upholstery jubilant whirlpool dragonfly marzipan elbow fiddle pumpkin
quicksand lavender moustache acrobat tambourine bazaar gossamer""".split()

# -- what is planted ------------------------------------------------------------------------------

_SPELLINGS = """colour=color|behaviour=behavior|recognise=recognize|realisation=realization|
metre=meter|fibre=fiber|offence=offense|cancelled=canceled|modelling=modeling|
acknowledgement=acknowledgment|catalogue=catalog|paralysed=paralyzed|instalment=installment|
skilful=skillful|inflexion=inflection|manoeuvres=maneuvers|encyclopaedia=encyclopedia|
endeavour=endeavor|rumoured=rumored|sabre=saber|pretence=pretense|programmes=programs|
greyish=grayish|enquiries=inquiries|ploughed=plowed|mouldy=moldy|sulphur=sulfur|vapour=vapor|
régime=regime|façade=facade|débris=debris|minimise=minimize|civilisation=civilization|
sombre=somber|signalling=signaling|marvellous=marvelous|harbours=harbors|sceptics=skeptics|
afterwards=afterward|archaeology=archeology"""
_DIVIDED = """can not=cannot|any body=anybody|some where=somewhere|life boat=lifeboat|
rail way=railway|over night=overnight|score board=scoreboard|here after=hereafter|
mean while=meanwhile|news paper=newspaper|ware house=warehouse|light house=lighthouse|
black smith=blacksmith|sea port=seaport|head quarters=headquarters"""
_HYPHENATED = """to-morrow=tomorrow|co-ordinated=coordinated|re-elected=reelected|
semi-official=semiofficial|half-hearted=half hearted|well-informed=well informed|
counter-attack=counterattack|sub-committee=subcommittee|pre-war=prewar|
old-fashioned=old fashioned|post-office=post office|cross-roads=crossroads|
second-rate=second rate|pro-government=progovernment|tug-boat=tugboat"""
_NUMERALS = """7=seven|14=fourteen|31=thirty-one|68=sixty-eight|200=two hundred|4,500=4500|
12th=twelfth|21st=twenty-first|XIV=14|VII=7|40=forty|1,250,000=1250000|three-quarters=¾|90=ninety|
5th=fifth|350=three hundred and fifty|6 million=6,000,000|18=eighteen|XXI=21|6000=six thousand"""
#: What is read for what, by a machine.
_MISREAD = (
    *(("m", "rn"), ("rn", "m"), ("e", "c"), ("l", "1"), ("i", "l"), ("h", "b"), ("w", "vv")),
    *(("d", "cl"), ("h", "li"), ("u", "ii"), ("o", "0"), ("a", "o"), ("n", "u"), ("I", "l")),
    *(("S", "5"), ("B", "8"), ("f", "t")),
)
_SIGNS = (",", ";", ":", " –", ".")
_WORD = re.compile(r"[^\W\d_]+")


class Planted(NamedTuple):
    """A change of a class, with its ranges; a move has its passage at either place."""

    name: str
    a: tuple[int, int]
    b: tuple[int, int]


class Pair(NamedTuple):
    a: str
    b: str
    planted: tuple[Planted, ...]


class _Piece(NamedTuple):
    """A stretch of both texts; `name` where they differ. A half of a move has its number."""

    a: str
    b: str
    name: str | None = None
    move: int | None = None


def invented(rng: random.Random, paragraphs: int) -> list[str]:
    """Paragraphs of prose that nobody wrote."""

    def sentence() -> str:
        parts = [rng.choice(_SUBJECTS), rng.choice(_VERBS), rng.choice(_OBJECTS)]
        if rng.random() < 0.7:
            parts.append(rng.choice(_ENDS))
        if rng.random() < 0.3:
            parts.insert(0, rng.choice(_PHRASES) + ",")
        text = " ".join(parts) + "."
        return text[0].upper() + text[1:]

    return [" ".join(sentence() for _ in range(rng.randint(3, 7))) for _ in range(paragraphs)]


@cache
def real() -> tuple[tuple[str, ...], ...]:
    """The paragraphs of prose of the real transcriptions; empty where they are not at hand."""
    import redline

    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = redline.parse(path.read_text("utf-8")).reading("final").text
        found.append(tuple(p for p in text.split("\n\n") if len(p.split()) >= 25 and "\n" not in p))
    return tuple(part for part in found if len(part) >= 5)


# -- planting -------------------------------------------------------------------------------------


def plant(rng: random.Random, paragraphs: Sequence[str], each: int = 12) -> Pair:
    """A pair with a change about every `each` words, each several words from the next."""
    rows = [paragraph.split(" ") for paragraph in paragraphs]
    known = {w.casefold() for row in rows for w in _WORD.findall(" ".join(row))}
    pieces: list[list[_Piece]] = []
    moves: list[tuple[str, str, str]] = []
    for row in rows:
        line: list[_Piece] = []
        k = 0
        while k < len(row):
            gap = rng.randint(5, 2 * each - 5)
            line.append(_same(row[k : k + gap], k > 0))
            k += gap
            if k + 14 < len(row):
                made, used = _change(rng, row[k : k + 14], known, moves)
                line += made
                k += used
        pieces.append(line)
    blank = [[_Piece("\n\n", "\n\n")] for _ in pieces]
    # a paragraph parted, or two joined, at sentences' ends between pieces that are the same
    for n, line in enumerate(pieces[:-1]):
        if rng.random() < 0.3 and line[-1].name is None and pieces[n + 1][0].name is None:
            x, y, name = rng.choice((("\n\n", " ", "join"), (" ", "\n\n", "split")))
            blank[n] = [_Piece(x, y, name)]
    flat = [piece for line, end in zip(pieces, blank, strict=True) for piece in (*line, *end)]
    flat = _settle(rng, flat[:-1], moves)
    return _built(flat)


def _same(words: Sequence[str], spaced: bool) -> _Piece:
    text = (" " if spaced and words else "") + " ".join(words)
    return _Piece(text, text)


def _change(
    rng: random.Random, words: list[str], known: set[str], moves: list[tuple[str, str, str]]
) -> tuple[list[_Piece], int]:
    """A change where these words come next, and how many of them it uses up."""
    name = rng.choice(CLASSES)
    made = _MAKERS[name](rng, words, known) if name in _MAKERS else None
    if made is not None:
        return made
    if name in ("move", "changed move", "short move") and len(moves) < 3:
        count = rng.randint(4, 7) if name == "short move" else rng.randint(8, 14)
        x = y = words[:count]
        if len({w.casefold() for w in x}) == len(x):
            if name == "changed move":
                at = rng.randint(2, count - 3)
                y = [*x[:at], rng.choice(_OTHER), *x[at + 1 :]]
            moves.append((name, " ".join(x), " ".join(y)))
            return [_Piece(" " + " ".join(x), "", name, len(moves) - 1)], count
    return [], 0


def _settle(
    rng: random.Random, flat: list[_Piece], moves: list[tuple[str, str, str]]
) -> list[_Piece]:
    """Every moved passage given its other place: inside a same piece, far enough away."""
    for n, (name, x, y) in enumerate(moves):
        at = next(k for k, piece in enumerate(flat) if piece.move == n)
        size = 3 * len(x)
        reach, places = 0, []
        for way in (range(at + 1, len(flat)), range(at - 1, -1, -1)):
            reach = 0
            for k in way:
                words = flat[k].a.split(" ")
                if reach > size and flat[k].name is None and len(words) > 8:
                    places.append(k)
                reach += len(flat[k].a)
        if not places:
            flat[at] = _Piece(" " + x, " " + x)  # no room: it stays
            continue
        k = rng.choice(places)
        words = flat[k].a.split(" ")
        cut = rng.randint(4, len(words) - 4)
        head, tail = " ".join(words[:cut]), " " + " ".join(words[cut:])
        flat[k : k + 1] = [
            _Piece(head, head),
            _Piece("", " " + y, name, n),
            _Piece(tail, tail),
        ]
    return flat


def _built(flat: Sequence[_Piece]) -> Pair:
    a = b = ""
    found: list[Planted] = []
    halves: dict[int, Planted] = {}
    for piece in flat:
        x, y = (len(a), len(a) + len(piece.a)), (len(b), len(b) + len(piece.b))
        a, b = a + piece.a, b + piece.b
        if piece.name is None:
            continue
        one = Planted(piece.name, x, y)
        if piece.move is None:
            found.append(one)
        elif piece.move in halves:
            first = halves.pop(piece.move)
            whole = (first, one) if piece.b else (one, first)
            found.append(Planted(piece.name, whole[0].a, whole[1].b))
        else:
            halves[piece.move] = one
    return Pair(a, b, tuple(found))


Made = tuple[list[_Piece], int]
Maker = Callable[[random.Random, list[str], set[str]], "Made | None"]


def _instead(name: str, x: str, y: str, used: int = 0) -> Made:
    return [_Piece(" ", " "), _Piece(x, y, name)], used


def _addition(rng: random.Random, words: list[str], known: set[str]) -> Made:
    text = rng.choice(_PHRASES) if rng.random() < 0.6 else rng.choice(_OTHER)
    return [_Piece("", " " + text, "addition")], 0


def _omission(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    count = rng.randint(1, 6)
    if not all(w.isalpha() for w in words[:count]) or words[count] == words[0]:
        return None
    return [_Piece(" " + " ".join(words[:count]), "", "omission")], count


def _substitution(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    count = rng.randint(1, 4)
    if not all(w.isalpha() for w in words[:count]):
        return None
    new = rng.sample(_OTHER, rng.randint(1, 3))
    return _instead("substitution", " ".join(words[:count]), " ".join(new), count)


def _listed(name: str, table: str) -> Maker:
    """One of two forms in one text, the other in the other: the table has rows of `x=y|`."""
    rows = [row.strip().split("=") for row in table.split("|")]

    def make(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
        x, y = rng.sample(rng.choice(rows), 2)
        return _instead(name, x, y) if words[0].isalpha() else None

    return make


def _spelling(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    """A spelling of another country, or a slip: letters doubled, dropped, exchanged."""
    word = words[0]
    if len(word) < 8 or not word.isalpha() or not word.isascii() or rng.random() < 0.5:
        return _listed("spelling", _SPELLINGS)(rng, words, known)
    at = rng.randint(2, len(word) - 4)
    slips = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    ]
    other = rng.choice([slip for slip in slips if slip != word])
    x, y = (word, other) if rng.random() < 0.5 else (other, word)
    return _instead("spelling", x, y, 1)


def _capitals(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    word = words[0]
    if not word.isalpha() or len(word) < 2:
        return None
    other = next((w for w in (word.title(), word.upper(), word.lower()) if w != word), word)
    return _instead("capitals", word, other, 1)


def _punctuation(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    if not words[0].isalnum():
        return None
    x, y = rng.sample(("", *_SIGNS), 2)
    head = [_Piece(" " + words[0], " " + words[0])]
    if rng.random() < 0.3:
        marks = [_Piece(mark, '"', "punctuation") for mark in "“”"]
        return [_Piece(" ", " "), marks[0], _Piece(words[0], words[0]), marks[1]], 1
    if x.strip() == y.strip() or " –" in (x, y):
        x, y = ",", ""
    return [*head, _Piece(x, y, "punctuation")], 1


def _spacing(rng: random.Random, words: list[str], known: set[str]) -> Made:
    return [
        _Piece(*rng.sample((" ", "  ", "\n", "\t", " \n "), 2), "spacing"),
        _Piece(words[0], words[0]),
    ], 1


def _hyphenation(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    word = words[0]
    if len(word) < 8 or not word.isalpha() or rng.random() < 0.5:
        return _listed("hyphenation", _HYPHENATED)(rng, words, known)
    at = rng.randint(3, len(word) - 3)
    broken = word[:at] + "-\n" + word[at:]
    x, y = (word, broken) if rng.random() < 0.5 else (broken, word)
    return _instead("hyphenation", x, y, 1)


def _ocr(rng: random.Random, words: list[str], known: set[str]) -> Made | None:
    word = words[0].rstrip(".,")
    tail = words[0][len(word) :]
    if not word.isalpha() or len(word) < 5:
        return None
    ways = [(p, q) for p, q in _MISREAD if p in word]
    if not ways:
        return None
    p, q = rng.choice(ways)
    other = word.replace(p, q, 1)
    if other.casefold() in known:
        return None
    pieces = [_Piece(" ", " "), _Piece(word, other, "ocr")]
    return ([*pieces, _Piece(tail, tail)] if tail else pieces), 1


_MAKERS: dict[str, Maker] = {
    "addition": _addition,
    "omission": _omission,
    "substitution": _substitution,
    "spelling": _spelling,
    "capitals": _capitals,
    "punctuation": _punctuation,
    "spacing": _spacing,
    "word-division": _listed("word-division", _DIVIDED),
    "hyphenation": _hyphenation,
    "numeral": _listed("numeral", _NUMERALS),
    "ocr": _ocr,
}


def reverted(rng: random.Random, paragraphs: Sequence[str]) -> tuple[str, str, list[str]]:
    """A draft in the notation, a print of it, and what the print has at each revision.

    The print follows the final text but for some revisions that were given up, and has words of
    its own here and there.
    """
    drafts, prints, has = [], [], []
    for paragraph in paragraphs:
        words = paragraph.split(" ")
        draft, printed = [], []
        k = 0
        while k < len(words):
            word = words[k]
            k += 1
            draft.append(word)
            printed.append(word)
            if k % 11 or k + 3 >= len(words) or not words[k].isalpha():
                continue
            old, new = words[k], rng.choice(_OTHER)
            form, x, y = rng.choice(
                (
                    (f"~~{old}~~ ^{{{new}}}", old, new),
                    (f"~~{old}~~", old, ""),
                    (f"^{{{new}}} {old}", old, f"{new} {old}"),
                )
            )
            k += 1
            kept = rng.choice(("draft", "final"))
            has.append(kept)
            draft.append(form)
            printed += [x] if kept == "draft" else [y] if y else []
        drafts.append(" ".join(draft))
        prints.append(" ".join(printed))
    return "\n\n".join(drafts), "\n\n".join(prints), has


# -- judging --------------------------------------------------------------------------------------

#: A variant may be so many characters longer than what was planted.
SLACK = 16
#: And begin so many beside it: a blank before a word may as well be the one after it.
BESIDE = 2
_MOVES = frozenset({"move", "changed move", "short move"})


def class_of(variant: Variant) -> str:
    """What a variant is called here."""
    if variant.accidental is not None:
        return variant.accidental
    return "move" if variant.kind == "transposition" else variant.kind


class Score(NamedTuple):
    """Over many pairs, class by class."""

    planted: Counter[str]
    found: Counter[str]
    reported: Counter[str]
    right: Counter[str]
    missed: list[tuple[Pair, Planted]]
    wrong: list[tuple[Pair, Variant]]

    def recall(self, name: str) -> float:
        return self.found[name] / self.planted[name] if self.planted[name] else 1.0

    def precision(self, name: str) -> float:
        return self.right[name] / self.reported[name] if self.reported[name] else 1.0


def score(pairs: Sequence[Pair]) -> Score:
    """What of the planted is reported, and what of the reported was planted."""
    made = Score(Counter(), Counter(), Counter(), Counter(), [], [])
    for pair in pairs:
        found = list(_reported(pair))
        for one in pair.planted:
            made.planted[one.name] += 1
            if any(_hits(one, name, a, b) for name, a, b, _ in found):
                made.found[one.name] += 1
            else:
                made.missed.append((pair, one))
        for name, a, b, variant in found:
            made.reported[name] += 1
            if any(_hits(one, name, a, b) for one in pair.planted):
                made.right[name] += 1
            else:
                made.wrong.append((pair, variant))
    return made


Range = tuple[int, int]


def _reported(pair: Pair) -> Iterator[tuple[str, Range, Range, Variant]]:
    """The variants of a pair; a transposition once, with its passage at either place."""
    found = variants(pair.a, pair.b, align_texts(pair.a, pair.b, "word"))
    for variant in found:
        a, b = variant.a, variant.b
        if variant.partner is not None:
            if a[0] == a[1]:
                continue
            b = found[variant.partner].b
        yield class_of(variant), a, b, variant


def _hits(one: Planted, name: str, a: Range, b: Range) -> bool:
    if name != ("move" if one.name in _MOVES else one.name):
        return False
    return all(
        start <= want_end + BESIDE
        and end >= want - BESIDE
        and end - start <= want_end - want + SLACK
        and 2 * (min(end, want_end) - max(start, want) + BESIDE) >= want_end - want
        for (start, end), (want, want_end) in ((a, one.a), (b, one.b))
    )


def generated(count: int = PAIRS, *, seed: int = 1) -> list[Pair]:
    """Pairs of invented and, one in four, real prose."""
    rng = random.Random(seed)
    out = []
    for n in range(count):
        papers = real()
        if papers and n % 4 == 3:
            paper = papers[n // 4 % len(papers)]
            start = rng.randrange(max(1, len(paper) - 8))
            out.append(plant(rng, paper[start : start + 8], rng.randint(10, 20)))
        else:
            out.append(plant(rng, invented(rng, rng.randint(3, 10)), rng.randint(10, 20)))
    return out


def reversions(count: int, *, seed: int = 2) -> tuple[int, int, int]:
    """Over so many drafts and prints: revisions rightly said to be reverted, all said to be,
    all that were."""
    import redline
    from redline.collation.comparison import compare

    rng = random.Random(seed)
    right = told = there = 0
    for _ in range(count):
        draft, printed, has = reverted(rng, invented(rng, rng.randint(2, 6)))
        report = compare(redline.parse(draft), printed).stages
        verdicts = [verdict.has for verdict in report.verdicts]
        if len(verdicts) != len(has):
            raise AssertionError(f"{len(has)} revisions planted, {len(verdicts)} read")
        pairs = Counter(zip(has, verdicts, strict=True))
        right += pairs["draft", "draft"]
        told += sum(n for (_, said), n in pairs.items() if said == "draft")
        there += sum(n for (was, _), n in pairs.items() if was == "draft")
    return right, told, there


def main() -> None:
    """Print the table."""
    pairs = generated()
    made = score(pairs)
    real_ones = sum(1 for n in range(PAIRS) if real() and n % 4 == 3)
    print(f"{len(pairs)} pairs, {real_ones} of real prose; {made.planted.total()} changes")
    print(f"{'class':14} {'planted':>8} {'recall':>7} {'reported':>9} {'precision':>9}")
    for name in CLASSES:
        told = (
            f"{'(see move)':>19}"
            if name in _MOVES - {"move"}
            else f"{made.reported[name]:9} {made.precision(name):9.3f}"
        )
        print(f"{name:14} {made.planted[name]:8} {made.recall(name):7.3f} {told}")
    right, told_of, there = reversions(20)
    print(f"{'reversion':14} {there:8} {right / there:7.3f} {told_of:9} {right / told_of:9.3f}")
    if "-v" in sys.argv:
        for pair, one in made.missed[:200]:
            (i, i_end), (j, j_end) = one.a, one.b
            print(
                "missed",
                one.name,
                repr(pair.a[i - 15 : i_end + 15]),
                "|",
                repr(pair.b[j - 15 : j_end + 15]),
            )
        for pair, variant in made.wrong[:200]:
            (i, i_end), (j, j_end) = variant.a, variant.b
            print("wrong", class_of(variant), repr(pair.a[i:i_end]), "|", repr(pair.b[j:j_end]))


if __name__ == "__main__":
    main()
