"""Word files built by hand, with the draft and the final text that a reader of the markup sees.

Written before the code that reads them. `pandoc` and `office` say why one of those programs gives
something else for the file, where it does; what redline writes of it, both must get right.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.word.raw import (
    body,
    by,
    cell,
    dels,
    docx,
    fld,
    ins,
    moved,
    moved_to,
    note,
    p,
    row,
    t,
    table,
)

__all__ = ["CASES", "JOINS", "Case"]


class Case(NamedTuple):
    name: str
    data: bytes
    draft: list[str]
    final: list[str]
    pandoc: str = ""
    office: str = ""


def _case(
    name: str, inner: str, draft: list[str], final: list[str], *, pandoc: str = "",
    office: str = "", section: str = "", **parts: str,
) -> Case:
    return Case(name, docx(body(inner, section), **parts), draft, final, pandoc, office)


_ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
    'w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">'
    '<w:abstractNumId w:val="0"/></w:num>'
)
_NOTE = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>'
_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
    '<a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>'
    "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
    "<w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
_BEGUN = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> REF x </w:instrText></w:r>'
_MATH = "<m:oMath>{}</m:oMath>"
_TERM = "<m:r><m:t>{}</m:t></m:r>"
_ROWS = "pandoc knows nothing of inserted and deleted rows: the cells stay"
_OWN = "LibreOffice forgets both changes where an author deletes what he inserted"
JOINS = "pandoc puts a space where it joins two paragraphs"
_UNSPACED = "pandoc keeps white space at the edges that xml:space does not keep"
_WHOLE = "LibreOffice 7.4 keeps a row whose words are not marked as well"
_FIELDS = "LibreOffice looks up what a reference points to"
_CELLS = "LibreOffice 7.4 does not read inserted and deleted cells"

CASES = [
    # -- runs ---------------------------------------------------------------------------------
    _case("plain", p("Nothing changed."), ["Nothing changed."], ["Nothing changed."]),
    _case("inserted", p("The ", ins("new "), "pier."), ["The pier."], ["The new pier."]),
    _case("deleted", p("The ", dels("old "), "pier."), ["The old pier."], ["The pier."]),
    _case("replaced", p("It ", dels("was"), ins("is"), " so."), ["It was so."], ["It is so."]),
    _case("inserted first", p("It ", ins("is"), dels("was"), " so."),
          ["It was so."], ["It is so."]),
    _case("at the beginning", p(dels("The old"), ins("A"), " pier."),
          ["The old pier."], ["A pier."]),
    _case("at the end", p("The pier", dels(" fell"), ins(" stands")),
          ["The pier fell"], ["The pier stands"]),
    _case("two authors", p("a ", ins("b ", who="Ann"), ins("c ", who="Bob"), "d"),
          ["a d"], ["a b c d"]),
    _case("two days", p("a ", dels("b ", day=1), dels("c ", day=2), "d"), ["a b c d"], ["a d"]),
    _case("inside of a word", p("re", ins("main"), dels("turn"), "ed"), ["returned"], ["remained"]),
    _case("many runs", p("a ", ins(t("b", "<w:b/>"), t(" c", "<w:i/>")), " d"),
          ["a  d"], ["a b c d"]),
    _case("deleted again by another", p("a ", ins("b ", dels("c ", who="Bob"), "d "), "e"),
          ["a e"], ["a b d e"]),
    _case("deleted again by the same", p("a ", ins("b ", dels("c "), "d "), "e"),
          ["a e"], ["a b d e"], office=_OWN),
    _case("nothing left", p("a ", ins(dels("b ", who="Bob")), "c"), ["a c"], ["a c"]),
    _case("inserted in a deletion", p("a ", dels("b "), ins(dels("x ", who="Bob"), who="Ann"),
                                      dels("c "), "d"), ["a b c d"], ["a d"]),
    _case("all deleted", p(dels("All of it.")) + p("Left."), ["All of it.", "Left."], ["Left."]),
    _case("all inserted", p(ins("All of it.")) + p("Left."), ["Left."], ["All of it.", "Left."]),
    _case("empty changes", p("a", ins(t("")), dels(t("", tag="w:delText")), "b"), ["ab"], ["ab"]),
    _case("white space", p("a", ins(" "), "b", dels(" "), "c"), ["ab c"], ["a bc"]),
    _case("entities", p("x &lt; y ", ins("&amp; z"), " &#233;"), ["x < y  é"], ["x < y & z é"]),
    # -- characters -----------------------------------------------------------------------------
    _case("tab", p("a", "<w:r><w:tab/></w:r>", ins("<w:r><w:tab/><w:t>b</w:t></w:r>")),
          ["a"], ["a\t\tb"]),
    _case("line break", p("a", "<w:r><w:br/></w:r>", "b", dels("<w:r><w:br/></w:r>"), "c"),
          ["a\nb\nc"], ["a\nbc"]),
    _case("hyphen", p("a", "<w:r><w:noBreakHyphen/></w:r>", "b", ins("c")),
          ["a\u2011b"], ["a\u2011bc"]),
    _case("symbol", p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "5", dels("6")),
          ["≥56"], ["≥5"], office="LibreOffice keeps the place of the character in its font"),
    _case("unspaced", p("<w:r><w:t> a </w:t></w:r>", "<w:r><w:t>b</w:t></w:r>", ins("c")),
          ["ab"], ["abc"], pandoc=_UNSPACED),
    # -- ends of paragraphs ---------------------------------------------------------------------
    _case("joined", p("One", mark="del") + p(" and two."), ["One", " and two."], ["One and two."]),
    _case("split", p("One.", mark="ins") + p("Two."), ["One.Two."], ["One.", "Two."], pandoc=JOINS),
    _case("joined three", p("a", mark="del") + p("b", mark="del") + p("c"),
          ["a", "b", "c"], ["abc"], pandoc=JOINS),
    _case("split in three", p("a", mark="ins") + p("b", mark="ins") + p("c"),
          ["abc"], ["a", "b", "c"], pandoc=JOINS),
    _case("joined over a deletion", p("One", dels(" x"), mark="del") + p(dels("y "), "two"),
          ["One x", "y two"], ["Onetwo"], pandoc=JOINS),
    _case("joined with an insertion", p("One", ins(" and"), mark="del") + p(ins(" so"), " two"),
          ["One", " two"], ["One and so two"]),
    _case("a paragraph inserted", p("One.") + p(ins("Two."), mark="ins") + p("Three."),
          ["One.", "Three."], ["One.", "Two.", "Three."]),
    _case("a paragraph deleted", p("One.") + p(dels("Two."), mark="del") + p("Three."),
          ["One.", "Two.", "Three."], ["One.", "Three."]),
    _case("two paragraphs deleted",
          p("One.") + p(dels("Two."), mark="del") + p(dels("Three."), mark="del") + p("Four."),
          ["One.", "Two.", "Three.", "Four."], ["One.", "Four."]),
    _case("the last deleted", p("One.", mark="del") + p(dels("Two.")), ["One.", "Two."], ["One."]),
    _case("the last inserted", p("One.", mark="ins") + p(ins("Two.")), ["One."], ["One.", "Two."]),
    _case("from the middle to the middle",
          p("One ", dels("is gone"), mark="del") + p(dels("All gone"), mark="del")
          + p(dels("so "), "two"), ["One is gone", "All gone", "so two"], ["One two"]),
    _case("split, with words", p("One", ins("."), mark="ins") + p(ins("Now "), "two"),
          ["Onetwo"], ["One.", "Now two"], pandoc=JOINS),
    _case("joined by one, split by another",
          p("a", mark="del", who="Ann") + p("b", mark="ins", who="Bob") + p("c"),
          ["a", "bc"], ["ab", "c"], pandoc=JOINS),
    _case("an end inserted and deleted", p("a", mark="ins del") + p("b"), ["ab"], ["ab"],
          pandoc=JOINS, office=_OWN),
    _case("an empty paragraph deleted", p("a") + p(mark="del") + p("b"), ["a", "b"], ["a", "b"]),
    _case("an empty paragraph inserted", p("a", mark="ins") + p() + p("b"),
          ["a", "b"], ["a", "b"]),
    _case("paragraphs change places", p(ins("b"), mark="ins") + p("a", mark="del") + p(dels("b")),
          ["a", "b"], ["b", "a"]),
    _case("replaced by two", p(dels("One."), ins("Two."), mark="ins") + p(ins("Three.")),
          ["One."], ["Two.", "Three."]),
    # -- moves ----------------------------------------------------------------------------------
    _case("moved", p("a ", moved("m1", "b "), "c ", moved_to("m1", "b "), "d"),
          ["a b c d"], ["a c b d"]),
    _case("moved to another paragraph",
          p("One ", moved("m1", "and two")) + p("Three ", moved_to("m1", "and two")),
          ["One and two", "Three "], ["One ", "Three and two"]),
    _case("a paragraph moved",
          p(moved("m1", "One."), mark="moveFrom") + p("Two.") + p(moved_to("m1", "One.")),
          ["One.", "Two."], ["Two.", "One."]),
    _case("moved and changed", p("a ", moved("m1", "b "), "c ", ins("then "), moved_to("m1", "b ")),
          ["a b c "], ["a c then b "]),
    # -- tables ---------------------------------------------------------------------------------
    _case("table", table(row("a", "b"), row("c", "d")), ["a", "b", "c", "d"], ["a", "b", "c", "d"]),
    _case("changes in cells", table(row(cell(p("a", ins(" x"))), cell(p("b", dels(" y"))))),
          ["a", "b y"], ["a x", "b"]),
    _case("row inserted", table(row("a", "b"), row(cell(p(ins("c"))), cell(p(ins("d"))),
                                                   mark="ins")),
          ["a", "b"], ["a", "b", "c", "d"]),
    _case("row deleted", table(row(cell(p(dels("a"))), cell(p(dels("b"))), mark="del"),
                               row("c", "d")), ["a", "b", "c", "d"], ["c", "d"]),
    _case("row inserted, its words not marked", table(row("a", "b"), row("c", "d", mark="ins")),
          ["a", "b"], ["a", "b", "c", "d"], pandoc=_ROWS, office=_WHOLE),
    _case("row deleted, its words not marked", table(row("a", "b", mark="del"), row("c", "d")),
          ["a", "b", "c", "d"], ["c", "d"], pandoc=_ROWS, office=_WHOLE),
    _case("cell inserted", table(row("a", cell("b", mark="cellIns"))), ["a"], ["a", "b"],
          pandoc=_ROWS, office=_CELLS),
    _case("cell deleted", table(row("a", cell("b", mark="cellDel"))), ["a", "b"], ["a"],
          pandoc=_ROWS, office=_CELLS),
    _case("paragraphs joined in a cell", table(row(cell(p("a", mark="del"), p("b")), "c")),
          ["a", "b", "c"], ["ab", "c"], pandoc=JOINS),
    _case("between tables", table(row("a", "b")) + p("c ", ins("d")) + table(row("e", "f")) + p(),
          ["a", "b", "c ", "e", "f"], ["a", "b", "c d", "e", "f"]),
    # -- what stands in and around ---------------------------------------------------------------
    _case("heading", p("The ", dels("Old "), "Pier", style="Heading1") + p("Text."),
          ["The Old Pier", "Text."], ["The Pier", "Text."]),
    _case("heading by another style", p("The Pier", style="Mine") + p("Text", ins("s"), "."),
          ["The Pier", "Text."], ["The Pier", "Texts."]),
    _case("numbered", p("One", more=_ITEM) + p("Two", ins("!"), more=_ITEM), ["One", "Two"],
          ["One", "Two!"], numbering=_NUMBERING),
    _case("footnote", p("One", note(2), ins(" two")), ["One"], ["One two"],
          footnotes=_NOTE.format(t(" A note."))),
    _case("footnote with changes", p("One", note(2), "."), ["One."], ["One."],
          footnotes=_NOTE.format(t(" A ") + ins("new ") + t("note."))),
    _case("footnote inserted", p("One", ins(note(2)), "."), ["One."], ["One."],
          footnotes=_NOTE.format(t(" A note."))),
    _case("field", p("See ", fld("REF x", "page 5"), ins(" and so")),
          ["See page 5"], ["See page 5 and so"], office=_FIELDS),
    _case("field in a field", p("See ", fld("REF x", fld("PAGE", "5")), dels(" so")),
          ["See 5 so"], ["See 5"], office=_FIELDS),
    _case("link", p("See ", '<w:hyperlink w:anchor="x">' + t("here") + ins(" now")
                    + "</w:hyperlink>"), ["See here"], ["See here now"]),
    _case("field without an end", p("See ", _BEGUN, ins("this")) + p("And ", dels("not "), "that."),
          ["See", "And not that."], ["See this", "And that."],
          office="LibreOffice reads nothing after it"),
    _case("page break within words", p("One.", '<w:r><w:br w:type="page"/></w:r>', "Two", ins(".")),
          ["One.\nTwo"], ["One.\nTwo."], office="LibreOffice begins a paragraph with the page"),
    _case("page break inserted", p("One.", ins('<w:r><w:br w:type="page"/></w:r>'), "Two"),
          ["One.Two"], ["One.\nTwo"], office="LibreOffice begins a paragraph with the page"),
    _case("formula with changes", p("x ", _MATH.format(
              f"<w:ins {by()}>{_TERM.format('a')}</w:ins><w:del {by()}>{_TERM.format('b')}</w:del>"
          ), " y"), ["x b y"], ["x a y"], pandoc="pandoc keeps all of a formula",
          office="LibreOffice keeps a formula apart from the text"),
    _case("formula with changed runs", p("x ", _MATH.format(
              _TERM.format("c").replace("<m:t>", f"<w:del {by()}/><m:t>")
              + _TERM.format("d").replace("<m:t>", f"<w:ins {by()}/><m:t>")
          )), ["x c"], ["x d"], pandoc="pandoc keeps all of a formula",
          office="LibreOffice keeps a formula apart from the text"),
    _case("text box deleted", p("One", dels(_BOX.format(p("Boxed."))), ".") + p("Two."),
          ["One.", "Boxed.", "Two."], ["One.", "Two."],
          pandoc="pandoc leaves out a text box in a change",
          office="LibreOffice keeps a text box apart from the text"),
    _case("text box inserted", p("One", ins(_BOX.format(p("Boxed."))), ".") + p("Two."),
          ["One.", "Two."], ["One.", "Boxed.", "Two."],
          pandoc="pandoc leaves out a text box in a change",
          office="LibreOffice keeps a text box apart from the text"),
    _case("text box in a note", p("One", note(2), "."), ["One."], ["One."],
          footnotes=_NOTE.format(t(" A note.") + _BOX.format(p("Boxed.")))),
    _case("content control", "<w:sdt><w:sdtPr/><w:sdtContent>" + p("In ", ins("it"))
          + "</w:sdtContent></w:sdt>", ["In "], ["In it"],
          office="LibreOffice does not give the changes in a content control"),
    _case("text box", p("Before.", _BOX.format(p("In ", ins("the "), "box."))) + p("After."),
          ["Before.", "In box.", "After."], ["Before.", "In the box.", "After."],
          pandoc="pandoc puts the words of a text box before those of its paragraph",
          office="LibreOffice keeps a text box apart from the text"),
    _case("format changed", p("a ", t("b", "<w:b/><w:rPrChange w:id='9' w:author='Ann'><w:rPr/>"
                                      "</w:rPrChange>"), ins(" c")), ["a b"], ["a b c"]),
    _case("section", p("One.", more='<w:sectPr><w:type w:val="nextPage"/></w:sectPr>')
          + p("Two", ins(".")), ["One.", "Two"], ["One.", "Two."]),
    _case("header", p("Text", ins(".")), ["Text"], ["Text."],
          section='<w:headerReference w:type="default" r:id="header1"/>',
          header1=p(dels("TOP SECRET")) + p("CONFIDENTIAL")),
]
