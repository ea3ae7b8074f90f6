"""Random papers and texts for the laws.

`papers` are built as papers are: paragraphs of marked words, typescript, headings, lists,
tables, notes, banners, page marks, cable pages, in any order and with faults. `texts` are any
strings at all. `trees` are well-formed marks around words, with what they must read as.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

__all__ = ["Words", "documents", "flat", "papers", "paragraphs", "texts", "trees"]

Text = st.SearchStrategy[str]

WORDS = (
    *("the", "a", "pier", "may", "were", "have been", "Tarrow", "is", "of", "end.", "so,", "who?"),
    *("1951", "5", "x", "re", "(so)", "“so”", "‘it’", '"so"', "it's", "well-known", "instruc-"),
    *("é", "\U0001f5ce", "e\u0301", "\u00a0", "\u2003", "&", "<p>", "SECRET", "U.S.", "km"),
)
SPECIAL = (
    *("10^{6}", "27^{th}", "17^th", "M^{r}", "Rob^{t}", "5 km^{2}", "x^{n}", "so.^{1}"),
    *("so.^{2}", "so.1", "speech,2", "so¹", "a\\*", "[^1]", "<sup>1</sup>", "word^{a}", "^{3}"),
    "the^{re}fore",
    *("[illegible]", "[2 words illegible]", "[x?]", "[blank]", "[…]", "[redacted]", "[sic]"),
    *("[hw: so ~~it~~]", "[stamp: IN]", "[margin: see b]", "[Page 7]", "[p. 9]", "[stamp: ]"),
    *("`~~x~~`", "``a ` b``", "$x^{2}$", "$^{2}$", "$5", "$a ~~b~~$", "http://a.b/~~c~~", "^", "~"),
    *("*so*", "**so**", "***so***", "_so_", "\\~~", "\\^{", "\\}", "\\\\", "{so}", "a > b", "(S)"),
    *("25X1", "SECRET 25X1", "\x00", "\x07", "\x0b", "\x0c", "\x85", "\u2028", "\ud800", "\udc00"),
    *("~~~~", "^{}", "^<>", "~~ ~~", "^{ }", "~~~", "~~~~~", "\\", "^{[blank]}"),
    "~~[margin: a]~~",
)
GLUE = (
    *("", " ", " ", " ", " ", " ", "  ", "\n", "\n", ", ", ". ", "-\n", " \n", "  \n"),
    *("\\\n", "\t"),
)
DELIMITERS = (
    *("~~", "~~", "^{", "^<", "}", ">", "~~~~", "~", "^", "`", "$", "*", "\\", "|", "[", "]"),
)
MARKS = (
    *("~~{}~~", "~~{}~~", "^{{{}}}", "^{{{}}}", "^<{}>", "~~{0}~~ ^{{{0}}}", "^{{{}}} ~~so~~"),
    *("~~ {}~~", "~~{} ~~", "^{{ {} }}", "~~a ^{{{}~~ c}}", "^{{a ~~{}}} c~~", "~~{}", "{}~~"),
    *("^{{{}", "{}}}", "*{}*", "~~*{}*~~", "*~~{}~~*", "~~{}~~~~so~~", "^{{~~{}~~}}"),
    "~~^{{{}}}~~",
)


def _glued(parts: Text, most: int) -> Text:
    """Some parts in a row, with or without white space between."""
    pairs = st.tuples(st.sampled_from(GLUE), parts)
    return st.lists(pairs, max_size=most).map(lambda row: "".join(a + b for a, b in row).strip())


def _marked(inner: Text) -> Text:
    """Some text struck, added or replaced, now and then with a mark open, crossed or empty."""
    return st.builds(str.format, st.sampled_from(MARKS), inner.map(lambda text: text or "so"))


_words = _glued(st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS + SPECIAL)), 6)
_inline = st.recursive(
    _words, lambda inner: _glued(st.one_of(_marked(inner), _words), 4), max_leaves=8
)
_tangle = _glued(st.sampled_from(WORDS + SPECIAL + DELIMITERS), 14)
#: A paragraph's worth of marked text: no empty lines.
paragraphs: Text = st.one_of(_inline, _inline, _tangle)

_LONG = (
    "the dues of the harbour were counted in the year before by",
    "Nobody has seen the keeper of the outer light since the storm",
    "a letter which the surveyor had left on the table in his room",
    "AND THE DELEGATES FROM THE NORTH HAVE AGREED TO ALL OF THE PLAN",
)
_line = st.builds(
    lambda long, run, end: f"{long} {' '.join(run.split())}{end}",
    st.sampled_from(_LONG),
    _words,
    st.sampled_from(("", "", "", ".", "-", " ~~x", " y~~", "^{z", "}")),
)
_typescript = st.builds(
    lambda lines, gap: gap.join(lines),
    st.lists(_line, min_size=3, max_size=5),
    st.sampled_from(("\n\n", "\n\n", "\n \n", "\n")),
)


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(" ".join(cell.split()) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


_tables = st.lists(st.lists(paragraphs, min_size=1, max_size=3), min_size=1, max_size=3).map(_table)
_lists = st.lists(
    st.tuples(st.sampled_from(("- ", "- ", "  - ", "* ", "1. ", "- 1.\n- ", "-")), paragraphs),
    min_size=1,
    max_size=4,
).map(lambda items: "\n".join(bullet + item for bullet, item in items))
_headed = st.tuples(
    st.sampled_from(("# ", "## ", "#### ", "SUBJECT: ", "1. ", "(a) ", "> ", "TO : ", "    ", "#")),
    paragraphs,
).map("".join)
_notes = st.tuples(
    st.sampled_from(("^{1} ", "^{2} ", "[^1]: ", "\\*", "* ", "---\n\n1 ", "---\n\n^{1} ", "¹ ")),
    paragraphs,
).map("".join)
_fences = st.tuples(
    st.sampled_from(("```\n{}\n```", "~~~\n{}\n~~~", "```x\n{}", "~~~\n{}")), paragraphs
)
BANNERS = (
    *("SECRET", "~~SECRET~~", "~~TOP SECRET~~\nCONFIDENTIAL", "**SECRET**", "S-E-C-R-E-T"),
    *("~~SECRET~~ CONFIDENTIAL", "SECRET CONFIDENTIAL", "^{SECRET}", "SECRET NOFORN", "~~SECRET"),
    *("~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL", "~~S~~~~E~~~~C~~~~R~~~~E~~~~T~~"),
    "T O P S E C R E T",
    *("~~SECRET~~\n\nCONFIDENTIAL\n\n~~SECRET~~\n\nCONFIDENTIAL", "SECRET\n\nSECRET", "25X1"),
)
PAGES = (
    *("[Page 3]", "[p. 4]", "\f", "- 2 -", "-3-", "---", "***", "SECRET\n\n-4-\n\nSECRET"),
    *("PAGE 02 TARROW 00123 180704Z", "PAGE 03 TARROW 00123 180704Z TEXT GOES ON HERE AND"),
    *("Approved For Release 2004/05/06 : ABC-RDP11A22222R000300040005-6", "(CONTINUED)", "NNNN"),
    *("| (x) RELEASE | ( ) DENY |\n|---|---|", "DECLASSIFIED IN FULL", "CC: FILE"),
)
_blocks = st.one_of(
    paragraphs,
    paragraphs,
    paragraphs,
    paragraphs,
    _headed,
    _typescript,
    _tables,
    _lists,
    _notes,
    _fences.map(lambda pair: pair[0].format(pair[1])),
    paragraphs.map(str.upper),
    st.sampled_from(BANNERS),
    st.sampled_from(PAGES),
    # A sentence that goes on over whatever comes next.
    paragraphs.map(lambda text: f"the harbour dues of the year before and of the year {text} and"),
    paragraphs.map(lambda text: f"which {text} were taken from a table of the year before."),
)
_ends = st.sampled_from(("\n", "\n", "\n", "\n", "\r\n", "\r"))
#: Whole papers.
papers: Text = st.tuples(
    st.lists(
        st.tuples(_blocks, st.sampled_from(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n", ""))),
        max_size=5,
    ),
    _ends,
).map(lambda pair: "".join(block + gap for block, gap in pair[0]).replace("\n", pair[1]))

_any_character = st.characters(exclude_categories=())
#: Any string: of any characters (lone surrogates among them), or of those that mark something.
texts: Text = st.one_of(
    st.text(_any_character),
    st.text(alphabet="ab ~^{}<>\n\\`$[]|*#-1"),
    st.text(alphabet="a. ~^{}\n"),
    st.text(alphabet="~^{}< >"),
)

_simple = st.sampled_from(
    (
        *("the", "pier", "may", "were asked", "Alder", "in May 1951", "harbour dues", "it"),
        *("~~old~~", "^{new}", "~~was~~ ^{is}", "^{is} ~~was~~", "~~of the year before~~"),
        *("^{as they say}", "pier~~s~~", "the^{re}fore", "~~all,~~", "^{some};", "(~~so~~ it)"),
    )
)
_sentence = st.lists(_simple, min_size=3, max_size=9).map(
    lambda words: f"The dues of the harbour {' '.join(words)} of the year."
)
#: Plain prose in typed lines, in which no mark stands in another.
flat: Text = st.lists(
    st.lists(_sentence, min_size=1, max_size=4).map(lambda rows: textwrap.fill(" ".join(rows))),
    min_size=1,
    max_size=4,
).map("\n\n".join)

#: What a law that holds of everything is tried on.
documents: Text = st.one_of(papers, papers, papers, texts)


class Words(NamedTuple):
    """Words and marks around them: a string is a word, a pair is a mark and what it holds."""

    items: tuple[str | tuple[str, Words], ...]

    def notation(self) -> str:
        """As it is typed, with one space between any two items."""
        return " ".join(
            item if isinstance(item, str) else _TYPED[item[0]].format(item[1].notation())
            for item in self.items
        )

    def reading(self, hidden: str) -> list[str]:
        """The words that stand where marks of one kind (``del`` or ``add``) are left out."""
        out: list[str] = []
        for item in self.items:
            if isinstance(item, str):
                out.append(item)
            elif item[0] != hidden:
                out += item[1].reading(hidden)
        return out


_TYPED = {"del": "~~{}~~", "add": "^{{{}}}"}
_plain = st.sampled_from(("one", "two", "pier", "Alder", "stood", "again", "whole"))


@st.composite
def _tree(draw: st.DrawFn, depth: int = 3, inside: str = "") -> Words:
    """`inside` are the marks around it, outermost first, a letter each.

    A strike in a strike cannot be written; nor can one that begins an addition in a strike,
    for there it would close the outer one.
    """
    items: list[str | tuple[str, Words]] = []
    for k in range(draw(st.integers(1, 4))):
        kinds = ["", "add"]
        if not inside or (inside[-1] == "a" and (k or "d" not in inside)):
            kinds.append("del")
        kind = draw(st.sampled_from(kinds)) if depth else ""
        if kind:
            items.append((kind, draw(_tree(depth - 1, inside + kind[0]))))
        else:
            items.append(draw(_plain))
    return Words(tuple(items))


#: Well-formed marks around whole words.
trees: st.SearchStrategy[Words] = _tree()
