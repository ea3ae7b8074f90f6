"""What the tables of apparatus are made of: the row, and the patterns several rows share."""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.markings.register import Register

__all__ = [
    "ATTRIBUTES",
    "BOX",
    "CODE",
    "CODES",
    "END",
    "GRADE",
    "STAMP_LABELS",
    "Row",
    "filled",
    "starts_of",
]

#: What may stand after the last word of a line without being text.
END = r"[\s~*_.,;'\"`|>\\]*$"

#: A check box, printed or scanned.
BOX = (
    r"(?:[☐□■☒☑✓▢❏◻○]|\[\s*[xX✓]?\s*\]|\(\s*[xX✓]?\s*\)"
    r"|\^|[CL][1lI:]?:?|[1lIO0]:|[©®](?=\s)|[xX](?=\s))"
)

#: Exemption codes, of the executive orders and of the Freedom of Information Act. Atomic, so that
#: a long list of near-codes fails at once.
CODE = (
    r"(?>25X(?: ?[1-9](?!5X)[A-Z]?\w{0,3})?(?!\w)|50X1-?HUM|50X2-?WMD|75X\d?"
    r"|STAT(?:I ?NTL|OTHR|SPEC)?(?!\w)|ILLEGIB(?!\w)|CPYRGHT(?!\w)|FOIA[bB]3[bB]\d?(?!\w)"
    r"|\(b\) ?\([1-9]\)(?: ?\([a-zA-Z]\)(?! ?\(\d))*"
    r"(?:-(?:P\. ?L\. ?\d\d-\d\d|\d\d U\.?S\.?C\.? \d{3,4}))?"
    r"|[bB] ?\([1-9]\)(?:\([A-F]\))?|[bB][1-9](?:-\d)?[A-F]?(?:-\d(?:,\d)*)?"
    r"|[136]\.[1-6]\.? ?(?:\([A-Ha-h]\)(?: ?\(\d{1,2}\))?|[A-H]\b)(?:>\d\d ?[Yy]rs?)?)"
)
#: Several codes, each perhaps with the day until which it holds.
CODES = rf"{CODE}(?:, ?20\d{{6}}(?!\d))?(?:[\s,;&/|]+(?:and )?{CODE}(?:, ?20\d{{6}}(?!\d))?)*+"

#: Stands in a pattern for any grade of the register in force, and among `Row.starts` for how these
#: begin.
GRADE = "<grade>"

#: The printed labels of the CIA reviewer's stamp and what scanning makes of them. `DATE` comes
#: last: it is a part of another label.
STAMP_LABELS = {
    "document_no": r"D[O0]C[UIL1]?MENT N[O0][.:,]?",
    "no_change": r"N[O0] CHANGE [I1l]N CLA[S5]{1,2}[.,:]?",
    "next_review": r"(?:N?EXT REV[I1l]EW DATE|(?:RE|F[IL]C|FE|R[IL]?C)[VY][I1l]EW DATE)[:;.]?",
    "changed_to": r"(?:CLASS?(?:IFICATION)?[.,:]? ?)?CHANGED T[O0][:;.]?",
    "declassified": r"(?:D|F;?)ECLASS[I1l]F[I1l]ED",
    "authority": r"AUTH(?:ORITY)?[.:;]",
    "reviewer": r"REV[IT1l]EWER[:;.,]?",
    "date": r"DATE[:;.,]?",
}

#: The attributes that the archive of cables prints after each; only names no letter has.
ATTRIBUTES = (
    "Automatic Decaptioning|Capture Date|Channel Indicators|Current Classification|Decaption Date"
    "|Decaption Note|Disposition (?:Action|Approved on Date|Authority|Case Number|Comment|Date"
    "|Event|History|Remarks)|Document (?:Source|Unique ID)|Film Number|Handling Restrictions"
    "|Image Path|ISecure|Legacy Key|Line Count|Litigation (?:Codes?(?: Aides)?|History)|Message ID"
    "|Original (?:Classification|Handling Restrictions|Previous Classification"
    "|Previous Handling Restrictions)|Page Count|Previous (?:Channel Indicators|Classification"
    "|Handling Restrictions)|Retention|Review (?:Action|Content Flags|Date|Event|Exemptions"
    "|Markings|Media Identifier|Referrals|Release Date|Release Event|Transfer Date"
    "|Withdrawn Fields)|SAS ID|vdkvgwkey"
)


def filled(pattern: str, register: Register) -> str:
    """A pattern with the printed forms of a register's grades where `GRADE` stands."""
    return pattern.replace(GRADE, register.derived(_grades))


def _grades(register: Register) -> str:
    forms = sorted({" ".join(form) for form in register.grade_forms}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", "[ -]") for form in forms) + ")"


def starts_of(row: Row, register: Register) -> set[str]:
    """The first one or two characters that a row can begin with."""
    starts = set(row.starts.split())
    if GRADE in starts:
        starts.remove(GRADE)
        starts.update(form[0][:2] for form in register.grade_forms)
    return starts


class Row(NamedTuple):
    """One form of words: its kind and role, how it can begin, its pattern.

    `starts` are the first one or two characters, several apart by spaces. `glued`: text may follow
    on the line; every other pattern takes in the whole line.
    """

    kind: str
    role: str
    starts: str
    pattern: str
    glued: bool = False
