"""Findings about the input, and the few errors that are raised.

A finding is a value with a stable code; the table `CODES` holds every code, its severity
and what it means. Errors are for misuse and for files:

    RedlineError
    ├── InputError        a file that cannot be read (missing, a folder, not permitted)
    │   └── DecodingError its bytes are not text in the encoding asked for
    ├── FormatError       an unknown format, or one that cannot be read or written
    │   ├── RecordError   a JSON record that is not one
    │   └── VerifyError   a file that would not read back as its document: it was not written
    ├── RegisterError     a register of markings that cannot be read, or has faults
    ├── StageError        a reading of a stage the document does not have
    ├── RevisionError     an id the document does not have
    │   └── HandError     a hand it does not have, or has already
    ├── EditError         an edit of a place the document does not have, or that cannot be edited
    └── WitnessError      witnesses that cannot be collated: too few, or two of one siglum
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from redline.notation_codes import NOTATION_CODES
from redline.source import Source
from redline.tei_codes import TEI_CODES
from redline.word_codes import WORD_CODES

__all__ = [
    "CODES",
    "Code",
    "DecodingError",
    "Diagnostic",
    "EditError",
    "FormatError",
    "HandError",
    "InputError",
    "RecordError",
    "RedlineError",
    "RegisterError",
    "RevisionError",
    "Severity",
    "StageError",
    "VerifyError",
    "diagnose",
]

Severity = Literal["error", "warning", "info"]


class RedlineError(Exception):
    """Anything redline raises; its text says what, where and what to do."""


class InputError(RedlineError):
    """A file that cannot be read."""


class DecodingError(InputError):
    """Bytes that are not text in the encoding they were read as."""


class FormatError(RedlineError):
    """A format redline does not know, or cannot read or write."""


class RecordError(FormatError):
    """A JSON record that does not say what a record must say."""


class VerifyError(FormatError):
    """What would have been written does not read back as the document does."""


class RegisterError(RedlineError):
    """A register of markings that cannot be read, or has faults.

    `faults` are all of them, ``FILE:LINE: what is wrong, what to do``; the text is the first.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        more = len(self.faults) - 1
        return self.faults[0] + (f" (and {more} more)" if more else "")


class StageError(RedlineError):
    """A stage that the document does not have."""


class RevisionError(RedlineError):
    """A revision that the document does not have."""


class HandError(RevisionError):
    """A hand that the document does not have, or has already."""


class EditError(RedlineError):
    """An edit of a place that the document does not have, or that cannot be edited."""


class Diagnostic(NamedTuple):
    """One finding. `span` is a source range; `line` and `column` (from 1) are its start."""

    code: str
    severity: Severity
    message: str
    line: int
    column: int
    span: tuple[int, int]


class Code(NamedTuple):
    """A row of the table: how grave it is, and the page a user reads about it."""

    severity: Severity
    title: str
    explanation: str


def diagnose(source: Source, code: str, start: int, end: int, detail: str = "") -> Diagnostic:
    """A finding of `code` about source[start:end]; `detail` says what is particular to it."""
    row = CODES[code]
    line, column = source.position(start)
    message = f"{row.title}: {detail}" if detail else row.title
    return Diagnostic(code, row.severity, message, line, column, (start, end))


#: Every code, in alphabetical order. Codes are stable: they may be added, never re-used.
CODES: dict[str, Code] = {
    "abbreviation": Code(
        "info",
        "raised letters read as an abbreviation",
        "A caret mark of a few letters that end a word (`M^{r}`, `Rob^{t}`) is read as raised "
        "letters of an abbreviation (R7c), not as an insertion. The certainty is low: put a "
        "space before the mark if the letters were inserted.",
    ),
    "bare-note": Code(
        "info",
        "figures glued to the text were taken for a note",
        "The figures are the next number due, and stand where the reference of a note stands when "
        "its raised form was lost (R8). No note with this number was found. They are in no "
        "reading: put a space or a backslash before them if they belong to the text.",
    ),
    "banner-date": Code(
        "warning",
        "a banner does not fit the date of the paper",
        "Levels, controls and the double slash have their own years in the register. The banner "
        "is kept, with low certainty: look whether the date or the words were misread, or were "
        "put there later.",
    ),
    "banner-order": Code(
        "warning",
        "two levels at one page edge, the lower first",
        "An unstruck lower level above a higher one is no regrading (M7): it may be the foot "
        "of one page and the head of the next, or a form. No change of marking is recorded.",
    ),
    "banner-surplus": Code(
        "warning",
        "more banners between two texts than two page edges have",
        "Between two stretches of text stand more banner groups than the foot of one page and "
        "the head of the next: a blank page or a cover may have stood there.",
    ),
    "classification-differs": Code(
        "info",
        "the pages do not agree on the marking",
        "Pages carry different markings. The document's level follows the majority of its "
        "pages; a cancelled page does not cancel the document.",
    ),
    "codeword": Code(
        "info",
        "words after a level that no other page repeats",
        "A line begins with a level and goes on in capitals. It would be a codeword if another "
        "page edge repeated the line; as it stands it is text.",
    ),
    "crossing-marks": Code(
        "warning",
        "marks cross",
        "A mark closes outside the mark it was opened in (`~~a ^{b~~ c}`). Each is kept as one "
        "revision (R18); tree formats write the earlier one in pieces.",
    ),
    "damaged-number": Code(
        "warning",
        "a number with figures missing",
        "The number of an archive has a fixed number of places; figures were lost, or letters "
        "stand in it that no figure is misread as. It is given as it is printed, with low "
        "certainty.",
    ),
    "distribution-checksum": Code(
        "warning",
        "copies and offices of a cable do not agree",
        "After the offices a cable goes to, each with its number of copies, stands the number "
        "of all copies (`/022R`). It is not their sum: a code or a figure was misread.",
    ),
    "doubled-punctuation": Code(
        "info",
        "a reading has doubled punctuation",
        "Where marks were removed, two stops meet. Nothing is corrected (R24).",
    ),
    "edges-differ": Code(
        "warning",
        "the two banners of a page contradict each other",
        "The top and the bottom of a page end at different levels. An act counts before a bare "
        "level, and that before a strike (M10); both stay as they are. Often a replacement or a "
        "strike was lost at one of the two.",
    ),
    "empty-mark": Code(
        "warning",
        "a mark with nothing in it",
        "`~~~~`, `^{}` and marks around white space alone strike or insert nothing; they stay "
        "as the text they are (R6).",
    ),
    "exponent-unreadable": Code(
        "info",
        "a superscript that has no raised characters",
        "A number after a digit, unit or bracket is an exponent and reads with raised digits "
        "(10⁶). This one holds a character without a raised form, so it stays as written (R7a).",
    ),
    "glued-addition": Code(
        "info",
        "an inserted word is glued to a word",
        "An addition of one word touches a word on one side only, so it is read as part of "
        "that word (`talk^{ing}`, R10). Put a space between if it is a word of its own.",
    ),
    "impossible-date": Code(
        "warning",
        "a date that is no day of the calendar",
        "A year 0, a thirteenth month, a day the month does not have, or figures that cannot be "
        "read. The marking keeps the date as it is printed, without a value.",
    ),
    "input-encoding": Code(
        "error",
        "not text in this encoding",
        "The bytes are not text in the encoding they were read as. Give the right one with "
        "--encoding.",
    ),
    "joined-addition": Code(
        "info",
        "a further addition may belong to a substitution",
        "An addition a few words after a substitution, with auxiliary verbs on both sides, is "
        "proposed as part of the same act (R14). It changes no reading.",
    ),
    "level-differs": Code(
        "warning",
        "a marking in the text says another level than the paper",
        "A cable's classification line names a level that no banner shows, or a portion is marked "
        "higher than the line. The banners decide (M10), or else the line, with less certainty.",
    ),
    "level-in-prose": Code(
        "info",
        "a level at the end of a line was taken for a banner",
        "A body line ends in a level in capitals and a page edge follows: the level was the "
        "banner at the foot of the page, glued to the text (M9).",
    ),
    "level-options": Code(
        "info",
        "levels listed as the options of a form",
        "Several levels stand one under another, or a level stands by the words or the boxes of a "
        "routing slip: options to choose from, no banner (M4). No level is recorded.",
    ),
    "level-phrase": Code(
        "info",
        "a line at two page edges begins with a level and is no marking",
        "The same line stands at two page edges and begins with a level, but goes on as a phrase, "
        "or with a second level. It stays in the text, and no level is recorded.",
    ),
    "lone-caret": Code(
        "info",
        "a caret alone",
        "`^` without braces or angle brackets inserts nothing; it stays as text (R11).",
    ),
    "lone-surrogate": Code(
        "warning",
        "half a surrogate pair",
        "A lone surrogate is no character. The source keeps it; XML gets U+FFFD in its place.",
    ),
    "lone-page-evidence": Code(
        "info",
        "a banner that no page edge explains",
        "A banner stands alone between two complete stretches of text. Nothing else says that "
        "a page ends there, so none does; the banner is kept as a marking in the line.",
    ),
    "lowercase-sentence": Code(
        "info",
        "a sentence of a reading starts in lower case",
        "Striking the beginning of a sentence left it to start in lower case. Nothing is "
        "corrected (R24).",
    ),
    "nesting-limit": Code(
        "warning",
        "marks nested more than 64 deep",
        "Marks deeper than 64 inside one another stay as text.",
    ),
    "marks-in-mathematics": Code(
        "info",
        "a strike between two dollar signs was not read",
        "What stands between two dollar signs, without white space at its edges, is mathematics "
        "and opaque (R5). If these are sums of money, put a backslash before the first one.",
    ),
    "no-suffix": Code(
        "warning",
        "what looks like the suffix of a mark is text",
        "Braces after a mark say whose it is (R35): `{hand=A stage=second}`, each key at most "
        "once, one space between, no blank in a name. Anything else is read as words.",
    ),
    "no-xml-character": Code(
        "warning",
        "a character XML cannot hold",
        "XML 1.0 has no way to write this control character. The source keeps it; TEI gets "
        "U+FFFD in its place.",
    ),
    "null-character": Code(
        "warning",
        "a NUL character",
        "NUL stands in the text: often a binary file or UTF-16 read as UTF-8. The source keeps "
        "it; TEI gets U+FFFD in its place.",
    ),
    "numeric-addition": Code(
        "info",
        "a number in a caret mark after a space",
        "`^{1}` after white space, with no note of that number, is read as an inserted figure "
        "(R9); it may be a note reference.",
    ),
    "odd-number": Code(
        "warning",
        "a number that differs from those of the other pages",
        "An archive prints its number on every page. Most pages agree on one; this print says "
        "something else and was most likely misread. The number of the majority is taken.",
    ),
    "orphaned-punctuation": Code(
        "info",
        "a reading has punctuation with nothing before it",
        "Striking left a stop or comma alone. Nothing is corrected (R24).",
    ),
    "page-number-gap": Code(
        "info",
        "page labels do not follow one another",
        "The pages are labelled by the paper itself, and a label is missing or out of order.",
    ),
    "portion-above-banner": Code(
        "warning",
        "a portion is graded higher than its page",
        "A portion mark gives its paragraph a higher level than the banner of the page shows, "
        "struck or not. One of the two was misread, or the page was marked wrongly.",
    ),
    "portion-date": Code(
        "warning",
        "a portion mark does not fit the date of the paper",
        "Portions are marked since 1972, the double slash came about 1995, and levels and "
        "controls have their own years. The mark is kept, with low certainty: look whether the "
        "date or the letters were misread (M11).",
    ),
    "possible-substitution": Code(
        "info",
        "text glued to a strike",
        "`~~old~~new` strikes `old`; nothing says that `new` was added, so it is no "
        "substitution (R13). Write `~~old~~^{new}` if it was.",
    ),
    "review-differs": Code(
        "warning",
        "a reviewer's stamp and the banners do not agree",
        "The stamp says that the level was changed to one that no banner was changed to, or that "
        "nothing was changed where banners were. The banners decide (M10); both acts are of lower "
        "certainty.",
    ),
    "schedule-date": Code(
        "info",
        "an order or schedule not in use at the date of the paper",
        "The marking names an executive order or a token of its schedules (`OADR`, `GDS`) from "
        "before or after its time. It is kept with low certainty: it, or the date, may have "
        "been misread or added later.",
    ),
    "schedule-order": Code(
        "info",
        "a schedule that its order does not have",
        "Each executive order brought tokens of its own: GDS with 11652, OADR with 12356. This "
        "one stands beside another order, or beside the words of another group. It is kept with "
        "low certainty.",
    ),
    "spaced-strike": Code(
        "warning",
        "a strike begins or ends inside a word",
        "Strike marks with spaces inside words on both sides (`algor ~~ithm has a~~ ty`) are "
        "what text recognition leaves as noise; check them against the page (R6).",
    ),
    "suffix-conflict": Code(
        "warning",
        "marks of one id name different hands or stages",
        "Marks of one id are one revision (R35); it has the hand and stage its first mark names.",
    ),
    "supplied-space": Code(
        "info",
        "a missing space was supplied",
        "An addition of several words is glued to a word; readings have a space between, "
        "marked as supplied in TEI (R10).",
    ),
    "suspect-date": Code(
        "warning",
        "a date that does not fit the paper",
        "A day of the calendar, but not possible here: a review before the document it is "
        "about, a reviewer's stamp outside the years it was in use, a next review more than ten "
        "years on, a cable of another year. The marking keeps the date as it is printed, "
        "without a value.",
    ),
    "tilde-noise": Code(
        "warning",
        "strike marks look like noise",
        "Unmatched `~~` outnumber matched ones at least two to one, so every `~~` of the "
        "document is read as text (R6).",
    ),
    "unclear-choice": Code(
        "info",
        "more than one choice is marked",
        "On a stamp or in a box, choices that exclude one another are both ticked or ringed. No "
        "level is taken from it, or all options are given.",
    ),
    "unclosed-addition": Code(
        "warning",
        "an insertion that is never closed",
        "`^{` or `^<` without its closing mark in the same paragraph stays as text (R6).",
    ),
    "unclosed-deletion": Code(
        "warning",
        "a strike that is never closed",
        "`~~` without a closing `~~` in the same paragraph stays as text (R6). Marks do not run "
        "past their paragraph (R15): strike each paragraph on its own.",
    ),
    "unclosed-fence": Code(
        "info",
        "a code fence that is never closed",
        "A line of three or more backticks or tildes opens code only if a line closes it; this "
        "one stays as text (R4).",
    ),
    "unknown-order": Code(
        "info",
        "no executive order on classification has this number",
        "The number of the order is damaged, and the date of the paper does not say which order "
        "is meant. It is given as it is printed, with low certainty.",
    ),
    "unopened-deletion": Code(
        "warning",
        "a strike that was never opened",
        "`~~` that could only close a strike, with none open in its paragraph, stays as text "
        "(R6). Note that an opening `~~` must be followed by the first struck character.",
    ),
}
CODES |= {code: Code(*row) for code, row in TEI_CODES.items()}
CODES |= {code: Code(*row) for code, row in NOTATION_CODES.items()}
CODES |= {code: Code(*row) for code, row in WORD_CODES.items()}
CODES = dict(sorted(CODES.items()))
