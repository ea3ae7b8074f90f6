"""Law 8: the TEI, with only `del` or only `add` dropped, reads as the document does.

The papers are random in the way papers are: paragraphs of words and marks (nested, crossing,
unbalanced, glued, spaced), headings, lists, tables, notes, banners and page marks between them.
The rest is any text at all.
"""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

import redline
from tests.judges import schemas, tei_rules, tei_walker

WORDS = (
    *("the", "a", "plan", "may", "were", "have been", "Arvan", "instruc-", "SECRET", "of", "is"),
    *("1951", "5", "x", "re", "end.", "(so)", "“so”", "well-known", "it's", "é", "\U0001f5ce"),
    *("&", "<p>", "#1", "[illegible]", "[x?]", "[blank]", "[Page 7]", "[hw: so]", "[stamp: s]"),
    *("`~~x~~`", "$x^{2}$", "10^{6}", "27^{th}", "M^{r}", "so.^{1}", "so.2", "a\\*", "[^1]"),
    *("\\~~", "\\^{", "*so*", "**so**", "25X1", "(S)", "\x07", "\u00a0"),
)
GLUE = ("", "", " ", " ", " ", " ", "  ", "\n", ", ", ". ", "-\n", "  \n")
DELIMITERS = ("~~", "~~", "^{", "^<", "}", ">", "~~~~", "~", "^", "`", "$", "*", "\\", "|")
BANNERS = (
    *("SECRET", "~~SECRET~~", "~~TOP SECRET~~\nCONFIDENTIAL", "**SECRET**", "S-E-C-R-E-T"),
    *("SECRET CONFIDENTIAL", "~~SECRET~~ CONFIDENTIAL", "^{SECRET}", "SECRET NOFORN"),
)
PAGES = (
    *("[Page 3]", "\f", "SECRET\n\nSECRET", "- 2 -", "---", "-3-", "SECRET\n\n-4-\n\nSECRET"),
    *("PAGE 02 ARVAN 00123 180704Z", "Approved For Release 2004/05/06 : ABC-RDP11A22222R000300"),
)


def glued(parts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    """Some parts in a row, with or without space between."""
    pairs = st.tuples(st.sampled_from(GLUE), parts)
    return st.lists(pairs, max_size=most).map(lambda row: "".join(a + b for a, b in row).strip())


def marked(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Some text struck, added or replaced, now and then with a mark open or crossed."""
    mark = st.sampled_from(
        (
            *(
                "~~{}~~",
                "^{{{}}}",
                "^<{}>",
                "~~{0}~~ ^{{{0}}}",
                "^{{{}}} ~~so~~",
                "~~ {}~~",
                "~~{}",
            ),
            *("~~a ^{{{}~~ c}}", "^{{a ~~{}}} c~~"),
        )
    )
    return st.builds(str.format, mark, inner.map(lambda text: text or "so"))


words = glued(st.sampled_from(WORDS), 6)
inline = st.recursive(words, lambda inner: glued(st.one_of(marked(inner), words), 4), max_leaves=8)
tangle = glued(st.sampled_from(WORDS + DELIMITERS), 14)
run = st.one_of(inline, inline, tangle)


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _list(items: list[tuple[str, str]]) -> str:
    return "\n".join(bullet + item for bullet, item in items)


blocks = st.one_of(
    run,
    run,
    run,
    st.tuples(st.sampled_from(("# ", "## ", "#### ", "SUBJECT: ", "1. ", "(a) ", "> ")), run).map(
        "".join
    ),
    run.map(str.upper),
    st.lists(st.lists(run, min_size=1, max_size=3), min_size=1, max_size=3).map(_table),
    st.lists(
        st.tuples(st.sampled_from(("- ", "- ", "  - ", "* ", "1. ", "- 1.\n- ")), run),
        min_size=1,
        max_size=4,
    ).map(_list),
    st.tuples(st.sampled_from(("^{1} ", "[^1]: ", "\\*", "---\n\n1 ", "~~a")), run).map("".join),
    st.sampled_from(BANNERS),
    st.sampled_from(PAGES),
    run.map("```\n{}\n```".format),
    run.map(lambda text: f"the harbour dues of the year before and of the year {text} and"),
    run.map(lambda text: f"which {text} were taken from a table of the year before."),
)
papers = st.lists(
    st.tuples(blocks, st.sampled_from(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\r\n\r\n"))),
    max_size=8,
).map(lambda rows: "".join(block + gap for block, gap in rows))
texts = st.one_of(st.text(), st.text(alphabet="ab ~~^{}<>\n\\`$[]|*#-1"))


def holds(notation: str) -> bytes:
    """The TEI of a notation, after every law of it was checked."""
    document = redline.parse(notation)
    tei = redline.dumps(document, "tei").encode("utf-8")
    etree.fromstring(tei)
    for stage in ("draft", "final"):
        found = tei_walker.walk(tei, stage)
        assert found.reading == tei_walker.as_xml(document.reading(stage).text)
        assert found.stray == ()
        assert found.faults == ()
        assert tei_rules.unjoined_lines(found.leaves) == []
    return tei


@given(papers)
@example("~~a ^{b~~ c} d")
@example("^{~~a} b~~ ~~^{c~~} ^{d ~~e}~~")
@example("# ~~a~~\n\n- ^{b}\n\n| ~~c~~ |\n|---|\n")
@settings(max_examples=400)
def test_papers_keep_the_law(notation: str) -> None:
    holds(notation)


@given(texts)
@settings(max_examples=300)
def test_any_text_keeps_the_law(notation: str) -> None:
    holds(notation)


@given(papers)
@settings(max_examples=100)
def test_papers_keep_the_rules_beside_the_schema(notation: str) -> None:
    root = tei_walker.parse(holds(notation))
    assert tei_rules.indented_text(root) == []
    assert tei_rules.repeated_ids(root) == []
    assert tei_rules.dangling_pointers(root) == []
    assert tei_rules.bare_pointers(root) == []


@given(st.one_of(papers, papers, texts))
@settings(max_examples=150)
def test_papers_are_valid(notation: str) -> None:
    assert schemas.relax_ng({notation: holds(notation)}) == {}


def test_papers_are_valid_under_schematron() -> None:
    files: dict[str, bytes] = {}

    @given(papers)
    @settings(max_examples=80)
    def collect(notation: str) -> None:
        files[repr(notation)] = holds(notation)

    collect()
    found = schemas.jing(files, schemas.SCHEMATRON)
    assert not found, "\n".join(f"{name}: {lines[0]}" for name, lines in found.items())
