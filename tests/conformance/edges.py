"""Small papers at the edges of the notation: each has one thing that is easy to write wrongly.

Only their shape counts. What they read is for the law to say, so none has an expectation here.
"""

from __future__ import annotations

PROSE = (
    "The ministry has looked into the matter of the harbour dues and finds that the sums named in "
    "the first report were taken from a table of the year before"
)


def _pages(first: str, second: str, top: str = "SECRET", bottom: str = "SECRET") -> str:
    return f"{top}\n\n{first}\n\n{bottom}\n\n{top}\n\n{second}\n\n{bottom}\n"


EDGES = {
    # nothing, and next to nothing
    "empty": "",
    "blank lines": "\n\n \n\t\n",
    "one letter": "a",
    "no-break space": "\u00a0\n\n\u2003x\u00a0\n\n\u3000",
    "byte order mark": "\ufeffA ~~bad~~ ^{good} plan.\n",
    "carriage returns": "One ~~two~~\r\n^{three} four.\r\n\r\nFive\rsix.\r",
    # only furniture
    "one banner": "SECRET",
    "one struck banner": "~~SECRET~~\n",
    "banner pages": "SECRET\n\nSECRET\n\n\fSECRET\n\nSECRET\n",
    "regraded banner": "~~TOP SECRET~~\nCONFIDENTIAL\n",
    "chain of banners": "~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL\n\nText stands here.\n",
    "added banner": "^{SECRET}\n\nText stands here.\n",
    "spaced banner": "S-E-C-R-E-T\n\nText stands here.\n\n**C O N F I D E N T I A L**\n",
    "only page marks": "[Page 1]\n\n[Page 2]\n[Page 3]",
    "only a note": "[^1]: A note that nothing refers to.\n",
    "only a release line": "Approved For Release 2004/05/06 : ABC-RDP11A22222R000300040005-6\n",
    # marks
    "pair": "The ~~old~~ ^{new} plan.",
    "pair the other way": "The ^{new} ~~old~~ plan.",
    "pair in angles": "The ~~old~~ ^<new> plan.",
    "pairs in a row": "one ~~a~~ ^{b} ~~c~~ ^{d} two",
    "uneven run": "one ~~a~~ ~~b~~ ^{c} ~~d~~ two",
    "only struck": "~~All of this was struck.~~",
    "only added": "^{All of this was added.}",
    "struck paragraphs": "Kept.\n\n~~First to go.~~\n\n~~Second to go.~~\n\nKept.\n",
    "unmarked struck paragraphs": "Kept ~~from here.\n\nTo here~~ kept.\n",
    "letters": "~~S~~~~E~~~~C~~~~R~~ now",
    "inside words": "un~~im~~^{re}al the^{re}fore God~~s~~, he",
    "glued on one side": "talk^{ing} of^{ many things}and ^{pre}fix word^{two words} more",
    "punctuation": "A ~~b~~, c (~~a~~ b) \u201c~~c~~\u201d ~~d~~. ^{E}! ~~f.~~ ^{g?}",
    "edge spaces": "a ^{twice }b ~~x~~  c ~~d~~\n^{ e}\n",
    "pieces of one act": "The talks ^{may} ~~were~~ from the outset ^{have been} meant to fail.",
    "nested": "a ~~b ^{c ~~d ^{e} f~~ g} h~~ i ^{j ~~k ^{l} m~~ n} o",
    "nested touching": "^{~~a~~} ~~^{b}~~ ^{~~^{c}~~} ~~^{~~d~~}~~",
    "crossing": "~~a ^{b~~ c} d",
    "crossing the other way": "^{a ~~b} c~~ d",
    "crossing thrice": "~~a ^{b ^<c~~ d} e> f ^{g ~~h} i ^{j~~ k} l",
    "crossing at one edge": "^{~~a} b~~ ~~^{c~~} ^{d ~~e}~~",
    "deep": "^{a " * 70 + "x" + " b}" * 70,
    "deep and mixed": "~~a ^{b " * 40 + "x" + " c} d~~" * 40,
    "unbalanced": "~~a ^{b } c~~ ~~ d ^{ } e} ^< f ~~~~ ^{} ~~ ~~ ^{ } ~ ^ ~~~",
    "noise": "al ~~go ~~ri ~~thm ~~has ~~a ~~ty ~~pe ~~of ~~no ~~ise",
    "escapes": r"\~~a\~~ \^{b\} \\ \* \[ \] \^<c\> ~~d\~~ e~~ ^{f \} g}",
    "code": "`~~a~~` and ``^{b` c}`` ~~d `e~~` f\n\n```\n~~g~~\n\n  ^{h}\n```\n",
    "code over lines": "a `b\nc` ~~d~~\n\n- `\n`~~x~~`\n",
    "mathematics": "$x^{2}$ and $^{3}$ cost $5 or ^{$6} and $a ~~b$ c~~",
    "carets": "10^{6} m^{2} M^{r} 27^{th} day.^{1} word^{*} x^{n} y^{α} ^ ^^ lone ^",
    "over lines": "The ~~first\nsecond~~ ^{third\nfourth} fifth ~~sixth~~\n^{seventh} eighth.",
    "whole lines": "First line\n~~second line~~\n^{third line}\nfourth line.",
    "hyphens": "The instruc-\ntions of the Arvan-\nMelian talks, ~~pre-\nvious~~ ^{la-\nter} ones.",
    "gaps": (
        "The ~~[illegible]~~ man [two words illegible] [x?] [blank] [redacted] [sic] "
        "[\u2026] ^{[?]}"
    ),
    "inserts": (
        "A [stamp: RECEIVED ~~x~~] b [margin: see ^{c}] d [hw: e ~~f~~] g [1 line not declassified]"
    ),
    # markup and characters
    "markup": "~~a < b~~ ^{c & d} <del>e</del> &amp; ]]> <!-- f --> <?g?> \"h\" 'i' <br/>",
    "ids and pointers": '#53602 {x} xml:id="r1" #r1 ~~#d1~~ ^{#a1}',
    "controls": "a\x00b ~~c\x01\x0b~~ ^{d\x0c\x1f} e\x7f\x85f\u2028g\ufffe\uffffh",
    "lone surrogates": "a\ud800b ~~\udfff~~ ^{\ud83d c} d",
    "astral": (
        "\U0001f5ce ~~\U00010330\U00010331~~ ^{\U0001d54f} e\u0301 \u202eabc\u202c \U0010ffff"
    ),
    # blocks
    "heading first": (
        "# Part ~~one~~ ^{two}\n\nText.\n\n## Smaller\n\nText.\n\n# Part three\n\nText."
    ),
    "heading last": "Text.\n\n# The ~~end~~",
    "headings alone": "# A\n\n### B\n\n## C\n\n# ~~D~~\n",
    "struck heading": "# ~~Gone~~\n\nText.\n\n## ^{Come}\n",
    "typed headings": (
        "SUBJECT: THE ~~OLD~~ HARBOUR\nAND ITS DUES\n\nPROBLEM:\n\n1. One.\n\n2. Two.\n"
    ),
    "lists": "- one ~~a~~\n- two ^{b}\n  - three\n    - four\n- five\n\n1. six\n2. seven\n\nText.",
    "list first and last": "- ~~a~~\n- ^{b}\n-\n- c",
    "numbers alone": "- 1.\n- One thing is this.\n- 2.\n- Another ~~thing~~ is that.\n",
    "list over a page": "- one\n- two which\n\n[Page 2]\n\n- three\n",
    "table": "| A | ~~B~~ |\n|---|---|\n| a ~~b~~ | ^{c} |\n| | d ~~e~~ ^{f} |\n\nText.\n",
    "table with empty cells": "| | a |\n|---|---|\n| ~~b~~ | |\n| | |\n",
    "ragged table": "| A |\n|---|\n| a | b | c |\n|\n| ~~d |\n| e~~ | ^{f | g} |\n",
    "table in a paragraph": (
        f"{PROSE} and\n\n| (x) DENY | ( ) EXCISE |\n|---|---|\n| a | b |\n\nwere wrong."
    ),
    "notes": (
        "Text.^{1} More,^{2} and\\* more.[^3]\n\n---\n\n^{1} First ~~note~~.\n\n"
        "\\*Starred note.\n\n[^3]: Third."
    ),
    "references without notes": (
        "As said yesterday.1 And in the speech,2 again.\u00b3 So it was.4\n"
    ),
    "notes without references": "Text.\n\n---\n\n\\* A note ~~of~~ ^{on} nothing.\n\nText.\n",
    "reference in marks": (
        "The ~~old~~^{1} ^{new^{2}} plan ~~of^{3} old~~.\n\n^{1} One.\n\n^{2} Two.\n"
    ),
    "letterhead": (
        "MINISTRY OF HARBOURS\nOFFICE OF DUES\n\n3 May 1951\n\nDRAFT\n\n"
        "To: ~~The Minister~~\nFrom: A. Venn\n\n1. Text.\n"
    ),
    "rules": "Text.\n\n---\n\nText ~~a~~.\n\n***\n\n___\n",
    "emphasis": "**The ~~old~~** *^{new} plan* ***of** it* ~~**all** that~~ _was_ **~~struck~~**",
    "hard breaks": "First  \nsecond ~~a~~  \n^{b}  \nthird\\\nfourth.\n",
    "double spaced": "\n\n".join(
        ["the dues which the harbour took in the year of the storm were ~~low~~ and the"] * 2
        + ["clerks who counted them were ^{more than} ready to say so when they were asked"] * 2
        + ["and that is all."]
    ),
    # pages
    "mark over a page": _pages(f"{PROSE} ~~which was", "never~~ ^{not} printed. It ends here."),
    "mark at a page edge": _pages(f"{PROSE} ~~which~~", "^{that} was not printed. It ends here."),
    "hyphen over a page": _pages(f"{PROSE} and of the instruc-", "tions ~~then~~ in force."),
    "page label in a sentence": (
        "These were all [Page 12] questions, ~~the [Page 13] last~~ ^{and [p. 14] not} one."
    ),
    "page label in a word": (
        "These were all ques[Page 12]tions and ~~que[Page 13]ries~~.\n\n[Page 14]New text."
    ),
    "page marks of two kinds": "~~the[Page 7]~~\n\n\f\n\nthe\n\n",
    "regraded pages": _pages("One.", "Two.", "~~TOP SECRET~~\nSECRET", "~~TOP SECRET~~ SECRET"),
    "cable": (
        "SECRET\n\nPAGE 01 ARVAN 00123 180704Z\n\n1. FIRST ~~ITEM~~ AND ON SECRET\n\n"
        "SECRET\n\nPAGE 02 ARVAN 00123 180704Z THE SECOND PAGE.\n\nNNNN\n"
    ),
    "form feeds": "One.\fTwo ~~a\fb~~ three.\f\fFour.",
    "stamp in a paragraph": (
        f"{PROSE} and\n\nDOCUMENT NO. 4\nNO CHANGE IN CLASS. ☐\n☐ DECLASSIFIED\n"
        "CLASS. CHANGED TO: TS S C\nNEXT REVIEW DATE:\nAUTH: HR 70-2\n"
        "DATE: 3/4/81 REVIEWER: 012345\n\nSECRET\n\nSECRET\n\nwere wrong."
    ),
    "stamp filled in": (
        "Text of a memorandum.\n\nDOCUMENT NO. 17\nNO CHANGE IN CLASS. [ ]\n☒ DECLASSIFIED\n"
        "CLASS. CHANGED TO: ~~TS~~ (S) C\nNEXT REVIEW DATE: 1990\nAUTH: HR 7O-2\n"
        "DATE: 11/31/80 REVIEWER: 0~~1~~ 77\n\nMore text of it.\n"
    ),
    "stamp misread": (
        "DOCUMENT NO.\nNO CHANGE IN CLASS. 1\nL: DECLASSIFIED\nCLASS. CHANGED TO: TS S ©\n"
        "AUTH: HR 70-2\nDATE: 4 MAY 1980 REVIEWER: O12345\n\nText.\n"
    ),
    "stamps in a sentence": (
        "It came [stamp: RECEIVED ~~3~~ ^{4} MAY 1961] and went [stamp: AUTH: HR 70-2 "
        "DATE: 4/5/80 REVIEWER: 012345] and ~~was [stamp: SEEN] read~~.\n\n- [stamp: IN]\n"
    ),
    "stamp of an archive": (
        "Text.\n\nDECLASSIFIED\nAuthority NND 947215\nBy RK NARA Date 5/11/98\n\nText.\n"
    ),
    "release header": (
        "UNCLASSIFIED U.S. Department of State Case No. F-2011-04417 Doc No. C05093817 "
        "Date: 06/12/2013\n\nRELEASED IN PART B1, 1.4(D)\n\nREVIEW AUTHORITY: A. N. Venn\n\n"
        "RELEASE DENIED IN FULL\n\n1. Text.\n"
    ),
    "release lines in doubt": (
        "Approved For Release 2005/19/38 : CIA-RDP79R00904A00O800030019-3\n\nText.\n\n"
        "Approved For Relea ' 2005/09/28 : CIA-RDP79R0\n\nApproved For Release\n"
    ),
    "box in pieces": (
        f"{PROSE} and\n\n| DEPARTMENT OF STATE | IS/FPC/CDR | Date: 13/13/93 |\n|---|---|---|\n"
        "| ( ) RELEASE ( ) EXCISE ( ) DE | NY (X) DECLASSIFY & | MR |\n| ly: EO Citations | "
        "( ) DECLASSIFY IN PA | RT |\n| ( ) CLASSIFY as ( ) S or (x) C, ( ) DOWN | GRADE TS |\n\n"
        "were wrong."
    ),
    "codes in sentences": (
        "The harbour master's 25X1 and two ~~of his 25X1 clerks~~ were told STATSPEC of it (b)(1) "
        "by us. 25X1\nOf the rest we know [1 line not declassified] and no 25X1\nmore.\n\n"
        "(b)(1) (b)(3)\n\n1.4(D) 25X1, 25X6\n\n[Here follows a list of ~~all~~ their clerks.]\n"
    ),
    "portions": (
        "12 May 1984\n\nSUBJECT: (C) The ~~old~~ ^{new} harbour\n\n1. (S) First.\n\n"
        "2. ~~(S/NF)~~ ^{(C)} Second ~~one~~.\n\n3. ~~(S)~~ Third.\n\n4. ^{(U)} Fourth.\n\n"
        "~~(S) Fifth was struck.~~\n\n~~5. (C) Sixth,\n\nand (U) seventh too.~~\n\n"
        "- (U) Eighth\n- ~~(S) Ninth~~ ^{(C) Tenth} and more.\n\nTHE HARBOUR (LOU)\n"
    ),
    "portions over pages": _pages(
        f"12 May 1984\n\n1. (S) {PROSE} and", f"so on.\n\n(C) {PROSE}.\n\n2. ~~(C) {PROSE}~~"
    ),
    "lines of a cable": (
        "S E C R E T NODIS STATE 001234\n\nE.O. 12356: DECL: OADR\nTAGS: PREL, ~~KN~~\n"
        "SUBJECT: THE ~~OLD~~ HARBOUR\n\n1. ~~SECRET~~ ^{CONFIDENTIAL} - ENTIRE TEXT.\n\n"
        "2. (C) TEXT.\n\nCLASSIFIED BY A. N. VENN\nDECLASSIFY ON: 1 MAY 1999\n"
    ),
    "history": (
        "~~TOP SECRET~~\n~~SECRET~~\nCONFIDENTIAL\n\n12 May 1951\n\nText.\n\n"
        "GROUP 3 Downgraded at 12 year intervals; not automatically declassified\n\n"
        "CLASS. CHANGED TO: TS S ~~C~~\nAUTH: HR 70-2\nDATE: 3/4/81 REVIEWER: 012345\n\n"
        "~~CONFIDENTIAL~~\n\nApproved For Release 2005/09/28 : CIA-RDP79R00904A000800030019-3\n"
    ),
    "marginal code": f"{PROSE} and\n\n25X1\n\nwere wrong.\n\n25X1\n",
    "banner glued to a line": _pages(f"{PROSE} and ON", "the ~~year~~ before that."),
}
"""Name to notation."""

GOLDEN = {
    # The golden readings of the notation: (draft, final).
    "A ~~b~~, c": ("A b, c", "A, c"),
    "(~~a~~ b)": ("(a b)", "(b)"),
    "a ~~b ^{c} d~~ e": ("a b d e", "a e"),
    "a ^{b ~~c~~ d} e": ("a e", "a b d e"),
    "~~S~~~~E~~~~C~~ X": ("SEC X", "X"),
    "the^{re}fore": ("thefore", "therefore"),
    "one ~~a~~ ^{b} ~~c~~ ^{d} two": ("one a c two", "one b d two"),
    "God~~s~~, he": ("Gods, he", "God, he"),
    "27^{th} day.^{1}": ("27th day.", "27th day."),
    "a ~~b": ("a ~~b", "a ~~b"),
    "~~a\n\nb~~": ("~~a\n\nb~~", "~~a\n\nb~~"),
}
"""Notation to what the TEI must read in each stage."""
