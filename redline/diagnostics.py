"""Findings about the input, and the few errors that are raised.

A finding is a value with a stable code; the table `CODES` holds every code, its severity
and what it means. Errors are for misuse and for files:

    RedlineError
    ├── InputError        a file that cannot be read (missing, a folder, not permitted)
    │   └── DecodingError its bytes are not text in the encoding asked for
    ├── FormatError       an unknown format, or one that cannot be read or written
    │   └── RecordError   a JSON record that is not one
    ├── StageError        a reading of a stage the document does not have
    ├── RevisionError     an id the document does not have
    └── StrictError       a finding, raised because the caller asked for strict=True
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from redline.source import Source

__all__ = [
    "CODES",
    "Code",
    "DecodingError",
    "Diagnostic",
    "FormatError",
    "InputError",
    "RecordError",
    "RedlineError",
    "RevisionError",
    "Severity",
    "StageError",
    "StrictError",
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


class StageError(RedlineError):
    """A stage that the document does not have."""


class RevisionError(RedlineError):
    """A revision that the document does not have."""


class StrictError(RedlineError):
    """The first finding of a document that was read with strict=True."""


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
    "doubled-punctuation": Code(
        "info",
        "a reading has doubled punctuation",
        "Where marks were removed, two stops meet. Nothing is corrected (R24).",
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
    "level-in-prose": Code(
        "info",
        "a level at the end of a line was taken for a banner",
        "A body line ends in a level in capitals and a page edge follows: the level was the "
        "banner at the foot of the page, glued to the text (M9).",
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
    "possible-substitution": Code(
        "info",
        "text glued to a strike",
        "`~~old~~new` strikes `old`; nothing says that `new` was added, so it is no "
        "substitution (R13). Write `~~old~~^{new}` if it was.",
    ),
    "spaced-strike": Code(
        "warning",
        "a strike begins or ends inside a word",
        "Strike marks with spaces inside words on both sides (`algor ~~ithm has a~~ ty`) are "
        "what text recognition leaves as noise; check them against the page (R6).",
    ),
    "supplied-space": Code(
        "info",
        "a missing space was supplied",
        "An addition of several words is glued to a word; readings have a space between, "
        "marked as supplied in TEI (R10).",
    ),
    "tilde-noise": Code(
        "warning",
        "strike marks look like noise",
        "Unmatched `~~` outnumber matched ones at least two to one, so every `~~` of the "
        "document is read as text (R6).",
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
    "unopened-deletion": Code(
        "warning",
        "a strike that was never opened",
        "`~~` that could only close a strike, with none open in its paragraph, stays as text "
        "(R6). Note that an opening `~~` must be followed by the first struck character.",
    ),
}
