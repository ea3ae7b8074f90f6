"""Schedules and authority: E.O. lines of cables, CLASSIFIED BY blocks, GROUP lines.

`lines.schedule_lines` finds them in a text, `read_schedule` reads one.
"""

from __future__ import annotations

import re
from typing import Any

from redline.markings.dates import Sense
from redline.markings.fields.boxes import BOX, read_box
from redline.markings.fields.gather import Gathering, shortened
from redline.markings.fields.values import Context, Fields
from redline.markings.register import active, order_numbered, schedule_token
from redline.markings.register.rows import Order, valid_at
from redline.model import Cert

__all__ = ["ORDER", "read_schedule"]

#: `E.O. 12356`, its number perhaps damaged.
ORDER = r"(?:E ?[.,]? ?O ?[.,]?|EXECUTIVE ORDER)[:. ]{0,3}(?P<order>[\dOIlSBZ]{5})(?![\w-])"
#: The labels of a block of authority, by the name of their field.
_LABELS = {
    "subject": r"SUBJ(?:ECT)?(?=[: ])(?! TO GENERAL)",
    "tags": r"TAGS(?=[: ])",
    "classified_by": (
        r"(?i:(?:ORIGINALLY |DERIVATIVELY )?CLASSIFIED BY|(?:DERIVATIVE )?\bCL BY"
        r"|CLASSIFYING OFFICER)"
    ),
    "derived_from": r"(?i:DERIVED FROM|DRV (?:FROM|FRM|FM)\b)",
    "extension": r"(?i:EXT(?:ENDED)? BY?O?Y?ND|EXTENDED BEYOND|REASON FOR EXTENSION)",
    "source_date": r"(?i:DATE OF SOURCE)",
    "reason": r"(?i:(?:FOR |CL )?\bREASONS?\b(?: FOR CLASSIFICATION)?)",
    "declassify": r"(?i:\bDECLAS(?:SIFY)?(?![A-Z])(?: ON)?"
    r"|\bDE?CL(?: ON\b|:|(?=[. ]{1,2}(?:OADR|\d|X\d))))",
    "either": rf"(?i:\bDECL) ?(?P<first>{BOX}) ?(?i:RE?VW) ?(?P<second>{BOX}) ?(?i:ON)\b",
    "review": r"(?i:\bREVIEW ON|\bRE?VW\b(?: ON\b)?)",
    "downgrade": r"(?i:(?:AUTOMATICALLY )?DOWNGRADE(?:D)? TO)",
}
_PARTS = re.compile(
    f"(?P<eo>{ORDER})|" + "|".join(f"(?P<{name}>{text})" for name, text in _LABELS.items())
)
_COLON = re.compile(r"[ \t]*[:;,-]?[ \t]*")
# A token of a schedule. The tokens themselves are rows of the register.
_TOKEN = re.compile(
    r"(?<![\w.])(?:(?:X?G|X|R|A)DS(?: ?[-–]? ?[1-5](?![\d/.-]))?|OADR|N/?A(?![A-Za-z])|MR"
    r"|(?:1\.6)?X[1-8]|25X[1-9](?:-HUM(?:AN)?)?|50X[12](?:-[A-Z]{3})?|75X\d?"
    r"|ORIGINATING AGENCY'?S DETERMINATION REQUIRED|MANUAL REVIEW)(?!\w)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"(?P<section>1\.[3-6]) ?\(?(?P<letter>[a-hA-H])?\)?|\((?P<more>[a-hA-H])\)|"
    r"(?<=[ ,])(?P<bare>[A-H])\b"
)
_NAMED = re.compile(r"\((?P<n>[A-Z][A-Za-z.'’ -]{1,30}, ?[^()]{1,30})\)")
_GROUP = re.compile(r"(?i:\bG(?:ROU)?P[- ]{0,3})(?P<n>[1-4]|I{1,3}|IV)\b")
_INTERVAL = (
    ("GROUP 1", re.compile(r"(?i:EXCLUDED FROM AUTOMATIC)")),
    ("GROUP 3", re.compile(r"(?i:12[ -]YEAR INTERVALS)")),
    ("GROUP 4", re.compile(r"(?i:\b3[ -]YEAR INTERVALS|DECLASSIFIED AFTER (?:12|TWELVE) YEARS)")),
)
#: The stamps of E.O. 11652: under its general schedule, or exempt from it.
_GENERAL = re.compile(
    r"(?i:(?P<subject>SUBJECT\s+TO)|(?P<exempt>EXEMPT(?:ED)?\s+FROM))(?i:\s+GENERAL\s+DECLASS)"
)
_CATEGORY = re.compile(
    r"(?i:EXEMPTION\s+(?:CATEGORY|SCHEDULE)):?\s+(?:[§(]\s?)?5? ?\(?(?i:B)\)? ?"
    r"(?P<n>\(?[1-4]\)?+(?:[ ,]{1,2}(?:(?i:OR|AND) )?\(?[1-4]\)){0,3})(?!\d)"
)
_AUTOMATIC = re.compile(
    r"(?i:AUTOMATIC(?:ALLY)?\s+(?:DECLASSIFIED|DOWNGRAD(?:ED|ING)(?:[\sA-Z]{1,40}?)\bTO\s+"
    r"(?P<to>[A-Z ]{6,16}?))\s+ON)[:\s_]{1,12}(?P<n>[^\s_|][^\r\n|]{1,60})"
)
#: What the CIA printed for a date that could not be set, with the category of the exemption.
_IMPDET = re.compile(r"(?:E(?P<n>[1-4]),? )?(?P<event>IMPDET)\b")
_UNTIL = re.compile(r"(?i:DECLASSIFIED\s+ON)[:\s_]{0,12}(?P<n>[^\s_|][^\r\n|]{1,60})")
_RULES = {"declassify": "DECL", "review": "REVIEW", "extension": "EXT BYND"}
_LONGEST = 4000


def read_schedule(text: str, context: Context) -> Fields:
    """The fields of a schedule: `order`, `rule`, `date`, `event`, `classified_by`,
    `derived_from`, `reason`, `downgrade_to`, and of a cable's E.O. line `tags` and `subject`."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    parts = list(_PARTS.finditer(text))
    order: Order | None = None
    if parts and _TOKEN.search(text, 0, parts[0].start()):
        _rule(gathering, "", 0, parts[0].start(), None, context)  # XGDS-3 DECLAS: …
    for number, part in enumerate(parts):
        end = parts[number + 1].start() if number + 1 < len(parts) else len(text)
        name = part.lastgroup if part.lastgroup != "order" else "eo"
        if part["first"]:  # the last group of a form within it
            name = "either"
        start = part.end()
        colon = _COLON.match(text, start)
        start = colon.end() if colon is not None else start
        if name == "eo":
            order = _order(gathering, part, context)
            _rule(gathering, "", start, end, order, context)
        elif name == "either":
            rule = _ticked(part)
            _rule(gathering, rule, start, _until(text, start, end), order, context)
        elif name in ("declassify", "review", "extension"):
            gathering.add("label", name, part.start(), part.end(), role="label")
            _rule(gathering, _RULES[name], start, _until(text, start, end), order, context)
        elif name is not None and not gathering.has(name):
            gathering.add("label", name, part.start(), part.end(), role="label")
            _value(gathering, name, start, end)
    _general(gathering, order, context)
    _automatic(gathering, context)
    if not parts or not gathering.has("rule"):
        _group(gathering, context)
    if not gathering.found:
        _rule(gathering, "", 0, len(text), None, context)
    return gathering.fields("schedule")


def _ticked(part: re.Match[str]) -> str:
    """`DECL [ ] REVW [X] ON`: the one that is ticked; neither says nothing."""
    if read_box(part["first"])[0]:
        return "DECL"
    return "REVIEW" if read_box(part["second"])[0] else ""


def _until(text: str, start: int, end: int) -> int:
    """The end of a value that does not run on over the line, but for a word broken off."""
    line = text.find("\n", start, end)
    return end if line < 0 or not text[start:line].strip() else line


def _order(gathering: Gathering, part: re.Match[str], context: Context) -> Order | None:
    """The order named; a damaged number is repaired where the date of the paper says how."""
    raw = part["order"]
    row = order_numbered(raw, context.date)
    cert: Cert = "high" if row is not None and row.number == raw else "medium"
    start, end = part.span("order")
    if row is None:
        cert = "low"
        gathering.report("unknown-order", start, end, f"E.O. {raw}: no order on classification")
    elif context.date is not None and not valid_at(row, context.date):
        cert = "low"
        message = f"E.O. {row.number} ({row.signed}–{row.until or ''}) on a paper of {context.date}"
        gathering.report("schedule-date", start, end, message)
    gathering.add("order", row.number if row is not None else raw, start, end, cert, "idno")
    return row


def _rule(
    gathering: Gathering,
    label: str,
    start: int,
    end: int,
    order: Order | None,
    context: Context,
) -> None:
    """What is to happen, and when: after an order's number or a label such as DECLASSIFY ON."""
    text = gathering.text
    start, end = gathering.trim(start, end)
    end = start + len(text[start:end].rstrip(" ,;-"))
    token = _TOKEN.search(text, start, end)
    if token is not None and token.start() - start > 40:
        token = None
    at = start
    if token is not None:
        first, at = gathering.trim(*token.span())
        rule = _canonical(text[first:at])
        cert = _fitting(gathering, rule, first, at, order, context)
        gathering.found = [field for field in gathering.found if field.name != "rule"]
        gathering.add("rule", rule, first, at, cert)
    elif label and not gathering.has("rule"):
        gathering.add("rule", label, start, end)
    if gathering.has("date"):
        return
    # A schedule looks ahead: two figures of its year are the first after the paper's date.
    earliest = max(context.date or "", order.signed if order is not None else "") or None
    sense = Sense(earliest, None, earliest, f"a schedule set on {earliest}")
    found = gathering.date("date", at, end, sense, partial=bool(label), labelled=False)
    named = _NAMED.search(text, found.end if found is not None else at, end)
    if named is not None and not gathering.has("classified_by"):
        gathering.add("classified_by", named["n"].strip(), *gathering.trim(*named.span("n")))
    if found is None and named is None:
        at, end = gathering.trim(at, end)
        words = text[at:end].strip(" .,;:-")
        if (label and token is None and words) or (token is not None and "ADS" in token[0].upper()):
            at = text.index(words, at) if words else at
            gathering.add("event", " ".join(words.split()) or None, at, at + len(words))


def _canonical(words: str) -> str:
    """A token as the register has it."""
    row = schedule_token(words)
    plain = re.sub(r"\s+", "", words).upper().replace("–", "-")
    if row is None or row.token.rstrip("n") != row.token:
        return "N/A" if plain == "NA" else plain
    return row.token


def _fitting(
    gathering: Gathering, rule: str, start: int, end: int, order: Order | None, context: Context
) -> Cert:
    """How sure a token is: one that its order or its time does not know is reported."""
    register = active()
    row = schedule_token(rule)
    if row is None:
        return "high" if rule in ("N/A",) else "medium"
    same = [each for each in register.schedules if each.token == row.token]
    if order is not None and not _known_to(order, tuple(each.order for each in same)):
        message = f"{rule}: not a schedule of E.O. {order.number}"
        gathering.report("schedule-order", start, end, message)
        return "low"
    if context.date is not None and not any(valid_at(each, context.date) for each in same):
        gathering.report("schedule-date", start, end, f"{rule} on a paper of {context.date}")
        return "low"
    return "high"


def _known_to(order: Order, numbers: tuple[str | None, ...]) -> bool:
    """Whether one of the orders that brought a token is this one, or an earlier one it goes on."""
    if None in numbers or order.number in numbers:
        return True
    known = {each.number: each for each in active().orders}
    brought = [known[number] for number in numbers if number in known]
    later = ("12958", "13292", "13526")
    return order.number in later and any(each.number in later for each in brought)


def _value(gathering: Gathering, name: str, start: int, end: int) -> None:
    text = gathering.text
    if name not in ("subject", "tags"):
        end = _until(text, start, end)
    start, end = gathering.trim(start, end)
    if name != "subject":
        end = start + len(text[start:end].rstrip(" ,;-"))
    raw = text[start:end]
    if not raw:
        return
    if name == "reason":
        gathering.add("reason", _reasons(raw), start, end)
    elif name == "tags":
        tags = tuple(tag.strip() for tag in re.split(r"[,;](?![^(]*\))", raw) if tag.strip(" ."))
        gathering.add("tags", tuple(" ".join(tag.split()) for tag in tags), start, end)
    elif name == "downgrade":
        gathering.add("downgrade_to", " ".join(raw.split()), start, end)
    else:
        value = " ".join(raw.split())
        end = start + len(raw.rstrip(" .")) if name == "classified_by" else end
        gathering.add(name, value.rstrip(" .") if name == "classified_by" else value, start, end)


def _reasons(raw: str) -> Any:
    """The codes of a reason: `1.4 (b) and (d)` are two of one section; else its words."""
    found: list[str] = []
    section = ""
    for match in _REASON.finditer(raw):
        if match["section"]:
            section = match["section"]
            if match["letter"]:
                found.append(f"{section}({match['letter'].lower()})")
        elif section:
            found.append(f"{section}({(match['more'] or match['bare']).lower()})")
    return tuple(dict.fromkeys(found)) or " ".join(raw.split())


def _general(gathering: Gathering, order: Order | None, context: Context) -> None:
    """The stamps of E.O. 11652, which print their rule as a sentence."""
    match = _GENERAL.search(gathering.text)
    if match is None or gathering.has("rule"):
        return
    rules, place = ["GDS"], match.span()
    if match["exempt"]:
        category = _CATEGORY.search(gathering.text, match.end())
        rules = [f"XGDS-{n}" for n in re.findall(r"\d", category["n"])] if category else ["XGDS"]
        place = category.span("n") if category is not None else place
    certs = [_fitting(gathering, rule, *place, order, context) for rule in rules]
    value = rules[0] if len(rules) == 1 else tuple(rules)
    gathering.add("rule", value, *place, certs[0])
    until = _UNTIL.search(gathering.text, match.end())
    if until is None or gathering.has("date"):
        return
    start, end = gathering.trim(*until.span("n"))
    sense = Sense(context.date, None, context.date, f"a schedule set on {context.date}")
    if gathering.date("date", start, end, sense, partial=True) is None:
        words = gathering.text[start:end].rstrip(" .;,")
        gathering.add("event", " ".join(words.split()), start, start + len(words))


def _automatic(gathering: Gathering, context: Context) -> None:
    """`AUTOMATICALLY DECLASSIFIED ON` a day, without the schedule that says so; `E2 IMPDET`."""
    text = gathering.text
    found = _IMPDET.search(text)
    if found is not None and not gathering.has("event"):
        gathering.add("event", found["event"], *found.span("event"))
        if found["n"] and not gathering.has("rule"):
            rule, place = f"XGDS-{found['n']}", (found.start(), found.end("n"))
            gathering.add("rule", rule, *place, _fitting(gathering, rule, *place, None, context))
    match = _AUTOMATIC.search(text)
    if match is None or gathering.has("rule"):
        return
    if match["to"]:
        gathering.add("downgrade_to", " ".join(match["to"].split()), *match.span("to"))
    else:
        gathering.add("rule", "DECL", match.start(), match.start("n"))
    start, end = gathering.trim(*match.span("n"))
    sense = Sense(context.date, None, context.date, f"a schedule set on {context.date}")
    if gathering.date("date", start, end, sense, partial=True) is None:
        words = text[start:end].rstrip(" .;,")
        gathering.add("event", " ".join(words.split()), start, start + len(words))


def _group(gathering: Gathering, context: Context) -> None:
    """`GROUP 4`, or the wording of a group alone."""
    text = gathering.text
    match = _GROUP.search(text)
    wording = next(
        ((name, found) for name, pattern in _INTERVAL if (found := pattern.search(text))), None
    )
    if match is not None:
        number = {"I": "1", "II": "2", "III": "3", "IV": "4"}.get(match["n"], match["n"])
        rule = f"GROUP {number}"
        cert = _fitting(gathering, rule, *match.span(), None, context)
        # The words of the first group are printed with the second, too.
        if wording is not None and wording[0] not in (rule, "GROUP 1"):
            words = shortened(wording[1][0])
            message = f"{rule} is printed with the words of {wording[0]} ({words})"
            gathering.report("schedule-order", *match.span(), message)
            cert = "low"
        gathering.add("rule", rule, *match.span(), cert)
    elif wording is not None:
        gathering.add("rule", wording[0], *wording[1].span(), "medium")
