"""The table of review and release lines: approvals, stamps of reviewers, stamps of archives."""

from __future__ import annotations

from redline.markings.apparatus.patterns import BOX, CODES, END, STAMP_LABELS, Row

__all__ = ["ARCHIVE", "RELEASE", "STAMP", "STATE_BOX"]

# What a release line of the CIA has, whatever became of its words: the date, the number, or both.
_CIA = (
    r"(?=.*(?:\d{4}/\d|\d/\d\d/\d|RDP\d|RDP ?\d|[CGO][I1]A.?R|\bC0\d{4}|\d{2} 00\d{6}"
    r"|\b(?:19|20)\d\d/))"
)
# Who else releases, with a case number.
_AGENCY = (
    r" [Bb][Yy] (?:the )?(?:NSA|CIA|DIA|NRO|NGA|NIMA|DOE|DOD|FBI|USAF|ISCAP|OSD|JCS"
    r"|National Security Agency|NATIONAL SECURITY AGENCY|Central Intelligence Agency)\b"
)
_FIFTY = r"(?: ?@ ?50-? ?(?i:YRS?|YEARS?))?"
# A date as release lines have it, or the year alone.
_DATED = (
    r"[\s:,-]*(?:(?i:DATED?):? ?)?(?:\d{1,2}[ /-]\S{1,9}[ /-]\d{2,4}"
    r"|[A-Z][A-Za-z]{2,8}\.? (?:\d{1,2},? )?\d{4}|(?:19|20)\d\d)"
)

RELEASE = (
    Row(
        "release",
        "approved",
        "Ap AP pp 1p",
        rf"A? ?pprov\w{{0,2}} ?[Ff]or ?(?:Release{_FIFTY}(?:{_DATED})?{END}"
        rf"|Release{_AGENCY}.{{0,90}}$"
        rf"|{_CIA}\S{{1,9}}.{{0,110}}$)",
    ),
    Row(
        "release",
        "approved",
        "AP",
        rf"APPROVED FOR RELEASE(?:{_FIFTY}(?:{_DATED})?{END}|{_AGENCY}.{{0,90}}$"
        rf"|{_CIA}\W.{{0,110}}$"
        r"|,? (?:THROUGH|UNDER) THE HISTORICAL[ -]REVIEW PROGRAM\b.{0,80}$)",
    ),
    Row(
        "release",
        "declassified",
        "De Sa DE SA",
        r"(?i:DECLASSIFIED|SANITIZED)\b.{0,60}?\b(?:Approved [Ff]or Rel|APPROVED FOR REL).{0,110}$",
    ),
    Row(
        "release",
        "declassified",
        "De DE",
        r"(?:DECLASSIFIED AND RELEASED BY|Declassified and Released by) .{2,160}$",
    ),
    Row("release", "no-objection", "No NO", r"(?i:NO OBJECTION TO DECLASSIFICATION)\b.{0,90}$"),
    Row("release", "state-review", "De", r"Declassified/Released US Department of State\b.{0,60}$"),
    Row(
        "release",
        "state-foia",
        "UN U. US Ca",
        r"(?:UNCLASSIFIED,?[\s|]+)?(?:U\.?S\.? Department of State[\s|]+)?"
        r"Case No\.? ?\w{1,3}-\d{4}-\d{3,7}.{0,90}$",
    ),
    Row("release", "state-foia", "Do DO", r"(?i:DOC(?:UMENT)? NO)\.?:? ?C\d{8}\b.{0,40}$"),
    Row("release", "number", "CI ci RD", r"(?i:CIA)?[- 1]?RDP ?\d\d[-\w]{6,26}" + END),
    Row("release", "number", "C0 C1", rf"C[01]\d{{7}}{END}"),
    Row(
        "release",
        "jfk",
        "Re RE",
        r"(?i:RELEASED UNDER THE (?:PRESIDENT )?JOHN F\. KENNEDY ASSASSINATION RECORDS).{0,160}$",
    ),
    Row("release", "jfk", "20", r"20\d\d RELEASE UNDER THE PRESIDENT\b.{0,120}$"),
    Row("release", "jfk", "RE", r"RELEASED PER P\.? ?L\.? ?102-?526\b.{0,60}$"),
    Row(
        "release",
        "jfk",
        "Ca US",
        r"(?:USC 2107 Note\)?\.? ?)?Case ?#: ?(?:NW|HW) ?\d{3,6}\b.{0,40}$",
    ),
    Row("release", "jfk", "CU DA", r"(?:CURRENT STATUS|DATE OF LAST REVIEW) ?: ?\S.{0,40}$"),
    Row(
        "release",
        "program",
        "CI HI",
        r"(?:CIA )?(?:HISTORICAL[ -]REVIEW PROGRAM|SPECIAL COLLECTIONS?)\W{1,3}"
        r"(?:RELEASED? (?:IN FULL|IN PART|AS SANITIZED)|APPROVED FOR RELEASE).{0,20}$",
    ),
    Row(
        "released-in",
        "full",
        "RE DE Re De",
        rf"(?:RELEASED?|DENIED|DECLASSIFIED|Released?|Denied|Declassified) (?:IN FULL"
        rf"|[Ii]n [Ff]ull)"
        rf"(?:[\s,;:]+(?:19|20)\d\d)?(?:[\s,;:]+{CODES})?{END}",
    ),
    Row(
        "released-in",
        "part",
        "RE DE Re De",
        rf"(?:RELEASED?|DENIED|DECLASSIFIED|Released?|Denied|Declassified) (?:IN PART"
        rf"|[Ii]n [Pp]art)"
        rf"(?:[\s,;:]+(?:19|20)\d\d)?(?:[\s,;:]+{CODES})?{END}",
    ),
    Row(
        "released-in",
        "excised",
        "RE",
        rf"RELEASED? (?:AS SANITIZED|WITH EXCISIONS|IN SANITIZED FORM)(?:[\s,;:]+(?:19"
        rf"|20)\d\d)?{END}",
    ),
    Row(
        "release",
        "declassified",
        "DE",
        r"DECLASSIFIED\s?[-–—/]\s?(?:PUBLICLY DISCLOSED|D[ÉE]CLASSIFI[ÉE]\b).{0,120}$",
    ),
    Row("released-in", "authority", "RE Re", r"(?:REVIEW AUTHORITY|Review Authority): ?.{1,60}$"),
)

_ANY = "(?:" + "|".join(STAMP_LABELS.values()) + ")"
# How a line begins that has a check box at its head.
_BOXED = "☐ □ ■ ☒ ☑ ✓ ▢ ❏ ◻ ○ © ® x X ^ [ ( C1 C: Cl L: L1 Ll O: 0: 1 l: I:"

# The stamp's fields in their printed order; the notes on forms are what scanning made of them.
STAMP = (
    Row(
        "stamp-line",
        "document-no",
        "DO D0",
        r"D[O0]C[UIL1]?MENT N[O0][.:,]? ?\S{0,12}(?: \S{1,12})?\s*$",
    ),
    Row("stamp-line", "no-change", "NO N0", r"N[O0] CHANGE [I1l]N CLA\S{1,3}.{0,12}$"),
    Row(
        "stamp-line",
        "no-change",
        _BOXED,
        rf"{BOX}\s*N[O0] CHANGE [I1l]N CLA[S5]{{1,2}}[.,:]?{END}",
    ),
    Row(
        "stamp-line",
        "declassified",
        f"{_BOXED} lD ID",
        rf"{BOX}\s*(?:D|F;?)ECLASS[I1l]F[I1l]ED{END}",
    ),
    Row("stamp-line", "changed-to", "CL CH", r"(?:CLASS?[.,:]? ?)?CHANGED T[O0][:;.]? ?.{0,40}$"),
    Row("stamp-line", "next-review", "NE EX", r"N?EXT REV[I1l]EW DATE.{0,20}$"),
    # The second word is the surer one: "I7e:i. F FICVIEW DATE:".
    Row(
        "stamp-line",
        "next-review",
        "NE NI N| ME HE I7 IJ",
        r"\S{2,6}\s?\S{0,3} (?:RE|F[IL]C|FE|R[IL]?C)[VY][I1l]EW DATE[:;.]?.{0,12}$",
    ),
    Row("stamp-line", "authority", "AU", r"AUTH[.:;] ?(?:H\S{1,2}|\S{2,4}) ?\d{2}.{0,8}$"),
    Row("stamp-line", "authority", "AU", r"AUTH[:;]\s*$"),
    Row("stamp-line", "date-reviewer", "DA", r"DATE[:;.,]? ?.{0,20}\bREV[IT1l]EWER[:;.,]?.{0,20}$"),
    Row("stamp-line", "date-reviewer", "RE", r"REV[IT1l]EWER[:;.] ?\S{0,12}\s*$"),
    Row(
        "stamp-line",
        "determination",
        "CI",
        r"CIA HAS DET(?:ER|FR)\.?MINED THAT TH(?:IS|E) (?:DOCUMENT|MATERIAL)\b.{0,90}$",
    ),
    # Several fields on one line, where a scan lost the line ends.
    Row(
        "stamp-line",
        "several",
        "DO D0 NO N0 CL CH NE EX AU DA RE ☐ □ ■ ☒ ☑ [ (",
        rf"(?:{BOX}\s*)?{_ANY}.{{0,30}}?(?:{_ANY}.{{0,30}}?){{1,7}}$",
    ),
)

# The State Department's box of the nineteen-eighties, a field a line; three of them make it.
STATE_BOX = (
    Row("cdr-box", "office", "DE A/", r"(?:DEPARTMENT OF STATE,? ?)?A/CDC/MR\b.{0,20}$"),
    Row("cdr-box", "reviewed", "RE", r"REVIEWED BY[:. _].{1,40}\bDATE[:. _].{0,16}$"),
    Row(
        "cdr-box",
        "schedules",
        "RD",
        rf"RDS ?(?:{BOX}? ?(?i:OR) ?XDS ?{BOX}?|{BOX}(?: ?XDS ?{BOX}?)?)(?: ?EXT\.? .{{0,24}})?"
        + END,
    ),
    Row(
        "cdr-box",
        "secret",
        "TS",
        r"TS AUTH(?:ORITY|\.)?[:. _].{0,24}\bREASON(?:\(S\)|S)?\b.{0,24}$",
    ),
    Row("cdr-box", "endorse", "EN", rf"ENDORSE EXISTING MARKINGS ?{BOX}?{END}"),
    Row("cdr-box", "declassify", "DE", rf"DECLASSIFIED ?{BOX} ?RELEASABLE ?{BOX}?{END}"),
    Row("cdr-box", "deny", "RE", rf"RELEASE DENIED ?{BOX}?{END}"),
    Row(
        "cdr-box",
        "exemptions",
        "PA FO",
        r"(?:PA|FOIA?)(?i: or |/)(?:FOIA?|PA) EXEMPTIONS?\b.{0,24}$",
    ),
)

ARCHIVE = (
    Row("authority-line", "declassified", "DE", rf"DECLASSIFIED{END}"),
    Row("authority-line", "declassified", "PA", rf"PART(?:IAL)?LY DECLASSIFIED{END}"),
    Row("authority-line", "declassified", "DE", rf"DECLASSIFIED WITH PORTIONS EXEMPTED{END}"),
    Row(
        "authority-line",
        "declassified",
        "DE De",
        r"(?i:DECLASSIFIED BY) (?:NARA|NARS|NL[A-Z]{1,4}|\d{4,9}),? ?(?:(?i:DATE|ON):? ?)?"
        r"\d[\d/. -]{5,9}" + END,
    ),
    Row(
        "authority-line",
        "declassified",
        "TH",
        r"THIS (?:DOCUMENT|PAPER|MATERIAL) (?:HAS BEEN|IS) DECLASSIFIED IN ACCORDANCE WITH"
        r" (?:THE PROVISIONS OF )?(?:E\.? ?O\.? ?|EXECUTIVE ORDER )1[\dOIl]{4}.{0,40}$",
    ),
    Row(
        "authority-line",
        "iscap",
        "IS",
        r"ISCAP(?: APPEAL)?(?: (?i:NO\.?|NUMBER))? ?\d{4}-\d{2,3}"
        r"(?:,? (?i:DOC(?:UMENT|\.)?)(?: (?i:NO\.?))? ?\d{1,3})?" + END,
    ),
    Row(
        "authority-line",
        "declassified",
        "DE SA",
        r"(?:DECLASSIFIED|SANITIZED)\W+"
        r"(?:(?:PER|UNDER|BY AUTHORITY OF) |(?i:AUTHORITY)[: ]|E\.? ?O\.? ?1|NND ?\d"
        r"|NL[A-Z] ).{0,90}$",
    ),
    Row(
        "authority-line",
        "authority",
        "Au AU au",
        r"(?i:AUTHORITY):? ?"
        r"(?:(?:NN[DO0]|NL[A-Z]{1,3}|NW|LOC)[- ]?\w.{0,60}|E\.? ?O\.? ?1\d{4}.{0,60}"
        r"|(?:State|STATE|Dept\.?|Department) .{0,30}\d.{0,20})$",
    ),
    Row(
        "authority-line",
        "regrade",
        "DO RE UP CH CL Do Re Up Ch Cl",
        r"(?i:DOWNGRADED|REGRADED|RECLASSIFIED|UPGRADED|(?:CLASSIFICATION )?CHANGED"
        r"|CLASSIFICATION REDUCED) (?i:TO):? [A-Z][A-Z -]{2,40}[A-Z](?:,|:| -)? ?"
        r"(?:(?i:BY|PER|UNDER|ON|AUTH(?:ORITY)?)\b|E\.? ?O\.|\d).{0,90}$",
    ),
    Row("authority-line", "authority", "NN", rf"NN[DO0] ?[-#]? ?\d{{5,6}}{END}"),
    Row(
        "authority-line",
        "by",
        "By BY",
        r"B[yY]:? ?[\w./-]{1,12}(?: [\w.]{1,12})? ?,? ?(?:NARA|NARS|NL[A-Z]{1,4})\b[,.]? ?"
        r"(?:(?i:DATE):? ?.{0,14})?" + END,
    ),
    Row(
        "authority-line",
        "by",
        "By BY",
        r"B[yY]:? ?[\w.]{1,12}(?: [\w.]{1,12})?,? ?(?:DATE|Date):? ?[\d][\d/. -]{3,9}" + END,
    ),
    Row(
        "authority-line",
        "by",
        "NA",
        r"NARA,? (?:DATE|Date):? ?\d[\d/. -]{3,9}" + END,
    ),
    Row(
        "authority-line",
        "order",
        "E. EO",
        r"E\.? ?O\.? ?1[0-9]{4},? [Ss](?:ec|EC)(?:\.|tion|TION)? ?\d\.?\d?.{0,30}$",
    ),
    Row(
        "authority-line",
        "order",
        "PE Pe",
        r"(?:PER|Per) (?:E\.? ?O\.? ?|(?i:EXECUTIVE ORDER) )1[\dOIl]{4}(?![\w-]).{0,60}$",
    ),
    Row(
        "authority-line",
        "library",
        "NL LO",
        r"(?:NL[A-Z]{1,4}(?:[ /-](?:MR|SN|RAC|WHCF))?(?: Case)?"
        r"(?: No\.?)? ?[-#]? ?(?:[MF]?\d{1,4}-[\d-]{1,16}|M\d{1,4})(?:/\d{1,3})?(?: ?# ?\d{1,6})?"
        r"|NL[A-Z]{1,4}-[A-Z]{1,4}(?:-\d{1,4}){3,6}|LOC-HAK-[\d-]{3,20})" + END,
    ),
    Row("exemption", "codes", "25 50 75 ST IL CP FO (b b B 1. 3. 6.", CODES + END),
    Row(
        "exemption",
        "codes",
        "E. EO",
        rf"E\.? ?O\.? ?1\d{{4}},? (?:[Ss]ec(?:tion|\.) ?)?{CODES}{END}",
    ),
    Row("exemption", "codes", "Di", rf"Disposition Reason: ?{CODES}{END}"),
)
