"""The reviewer's stamp and the review boxes of the State Department: fields and check boxes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from redline.markings.fields.boxes import choose, options, read_box
from tests.markings.reading import check, read

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.mark.parametrize(
    ("box", "value", "cert"),
    [
        ("☐", False, "high"),
        ("□", False, "high"),
        ("▢", False, "high"),
        ("○", False, "high"),
        ("[ ]", False, "high"),
        ("[]", False, "high"),
        ("( )", False, "high"),
        ("()", False, "high"),
        ("(_)", False, "high"),
        ("☒", True, "high"),
        ("☑", True, "high"),
        ("✓", True, "high"),
        ("✗", True, "high"),
        ("[x]", True, "high"),
        ("[X]", True, "high"),
        ("[ X ]", True, "high"),
        ("(x)", True, "high"),
        ("(X)", True, "high"),
        ("(✓)", True, "high"),
        ("■", True, "medium"),
        ("X", True, "medium"),
        ("x", True, "medium"),
        ("(/)", True, "medium"),
        ("[V]", True, "medium"),
        ("©", True, "low"),
        ("®", True, "low"),
        ("1", False, "medium"),
        ("l", False, "medium"),
        ("0", False, "medium"),
        ("O", False, "medium"),
        ("C1", False, "medium"),
        ("L:", False, "medium"),
        ("^", False, "medium"),
        ("[1", False, "medium"),
        ("(.)", False, "medium"),
        ("", None, "high"),
        ("  ", None, "high"),
        ("yes", None, "low"),
        ("17", None, "low"),
    ],
)
def test_boxes(box: str, value: bool | None, cert: str) -> None:
    assert read_box(box) == (value, cert)


# What the stamp has after CHANGED TO, the level chosen, how sure.
CHOICES = [
    ("TS S C", None, "high"),
    ("TS S ©", "C", "medium"),
    ("TS S (C)", "C", "medium"),
    ("TS S [C]", "C", "medium"),
    ("TS Ⓢ C", "S", "medium"),
    ("TS (S) C", "S", "medium"),
    ("TS (5) C", "S", "medium"),
    ("(TS) S C", "TS", "medium"),
    ("TS S Ⓒ", "C", "medium"),
    ("TS S C⃝", "C", "medium"),
    ("TS **S** C", "S", "medium"),
    ("TS S ^{C}", "C", "medium"),
    ("~~TS~~ ~~S~~ C", "C", "high"),
    ("~~TS S~~ C", "C", "high"),
    ("~~TS~~ S ~~C~~", "S", "high"),
    ("TS ~~S~~ C", "S", "low"),
    ("~~TS~~ S C", "TS", "low"),
    ("~~TS S C~~", None, "low"),
    ("☐ TS ☒ S ☐ C", "S", "high"),
    ("( ) TS ( ) S (x) C", "C", "high"),
    ("TS ☐ S ☐ C ☒", "C", "high"),
    ("☐ TS ☐ S ☐ C", None, "low"),
    ("TS S @", "C", "low"),
    ("TS S G)", "C", "low"),
    ("TS & C", "S", "low"),
    ("€ S C", "TS", "low"),
    ("TS S", None, "low"),
    ("C", "C", "low"),
    ("CONFIDENTIAL", "C", "high"),
    ("TOP SECRET", "TS", "high"),
    ("TS (S) (C)", None, "low"),
    ("☒ TS ☒ S ☐ C", None, "low"),
    ("", None, "low"),
    ("nothing of the kind", None, "low"),
]


@pytest.mark.parametrize(("printed", "level", "cert"), CHOICES)
def test_choices(printed: str, level: str | None, cert: str) -> None:
    found = choose(options(printed, 0, len(printed)))
    assert (found.name, found.cert) == (level, cert)


def stamp(**values: str) -> str:
    """A reviewer's stamp, filled in."""
    found = {
        "no": "14", "same": "□", "open": "☐", "to": "TS S C", "next": "", "by": "HR 70-2",
        "on": "4/17/80", "who": "012345",
    } | values  # fmt: skip
    return (
        f"DOCUMENT NO. {found['no']}\nNO CHANGE IN CLASS. {found['same']}\n"
        f"{found['open']} DECLASSIFIED\nCLASS. CHANGED TO: {found['to']}\n"
        f"NEXT REVIEW DATE: {found['next']}\nAUTH: {found['by']}\n"
        f"DATE: {found['on']} REVIEWER: {found['who']}"
    )


STAMPS: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({}, {"document_no": "14", "no_change": False, "declassified": False, "changed_to": None,
          "next_review": None, "authority": "HR 70-2", "date": "1980-04-17",
          "reviewer": "012345"}),
    ({"open": "☒"}, {"declassified": True}),
    ({"open": "[x]"}, {"declassified": True}),
    ({"open": "( )"}, {"declassified": False}),
    ({"open": "C1"}, {"declassified": False, "cert": {"declassified": "medium"}}),
    ({"open": "L:"}, {"declassified": False, "cert": {"declassified": "medium"}}),
    ({"open": ""}, {"declassified": None, "cert": {"declassified": "low"}}),
    ({"same": "X"}, {"no_change": True}),
    ({"same": "☑"}, {"no_change": True}),
    ({"same": "1"}, {"no_change": False, "cert": {"no_change": "medium"}}),
    ({"same": ""}, {"no_change": None}),
    ({"to": "TS S (C)"}, {"changed_to": "CONFIDENTIAL", "raw": {"changed_to": "TS S (C)"}}),
    ({"to": "TS ~~S~~ C"}, {"changed_to": "SECRET", "cert": {"changed_to": "low"}}),
    ({"to": "(TS) (S) C"}, {"changed_to": None, "codes": ["unclear-choice"]}),
    ({"to": "SECRET"}, {"changed_to": "SECRET"}),
    ({"next": "1989"}, {"next_review": "1989"}),
    ({"next": "4/17/90"}, {"next_review": "1990-04-17"}),
    ({"next": "Apr 1990"}, {"next_review": "1990-04"}),
    ({"next": "1999"}, {"next_review": None, "raw": {"next_review": "1999"},
                        "codes": ["suspect-date"]}),
    ({"next": "1975"}, {"next_review": None, "codes": ["suspect-date"]}),
    ({"to": "TS S © 1990"}, {"changed_to": "CONFIDENTIAL", "next_review": "1990",
                             "raw": {"changed_to": "TS S ©", "next_review": "1990"},
                             "cert": {"next_review": "medium"}}),
    ({"to": "TS S © 1990", "next": "1988"}, {"next_review": "1988"}),
    ({"to": "TS S C 1951"}, {"next_review": None, "changed_to": None}),
    ({"on": "4/17/08"}, {"date": None, "raw": {"date": "4/17/08"}, "codes": ["suspect-date"]}),
    ({"on": "4/17/76"}, {"date": None, "codes": ["suspect-date"]}),
    ({"on": "4/31/80"}, {"date": None, "raw": {"date": "4/31/80"}, "codes": ["impossible-date"]}),
    ({"on": "0/0/00"}, {"date": None, "codes": ["impossible-date"]}),
    ({"on": "?/1~/8"}, {"date": None, "raw": {"date": "?/1~/8"}, "codes": ["impossible-date"]}),
    ({"on": "I7 Apr 80"}, {"date": None, "codes": ["impossible-date"]}),
    ({"on": "4/I7/8O"}, {"date": "1980-04-17", "cert": {"date": "medium"}}),
    ({"on": "17 APR 1980"}, {"date": "1980-04-17"}),
    ({"on": ""}, {"date": None}),
    ({"who": "O12345"}, {"reviewer": "012345", "cert": {"reviewer": "medium"}}),
    ({"who": "012 345"}, {"reviewer": "012345"}),
    ({"who": "01234"}, {"reviewer": "01234", "cert": {"reviewer": "medium"}}),
    ({"who": "01x345"}, {"cert": {"reviewer": "low"}, "codes": ["damaged-number"]}),
    ({"who": "A. Clerk"}, {"reviewer": "A. Clerk"}),
    ({"by": "Hfi 702"}, {"authority": "HR 70-2", "cert": {"authority": "medium"},
                         "raw": {"authority": "Hfi 702"}}),
    ({"by": "HR 70-Z"}, {"authority": "HR 70-2"}),
    ({"by": "DDO Notice 14-80"}, {"authority": "DDO Notice 14-80"}),
    ({"no": "1"}, {"document_no": "1", "cert": {"document_no": "low"}}),
    ({"no": "_____"}, {"document_no": None}),
    ({"no": "☐"}, {"document_no": None}),
]  # fmt: skip


@pytest.mark.parametrize(("values", "expected"), STAMPS)
def test_stamps(values: dict[str, str], expected: dict[str, Any]) -> None:
    check("stamp", stamp(**values), expected, "1951-08-23")


def test_a_stamp_has_all_its_fields() -> None:
    found = read("stamp", "NEXT REVIEW DATE:\nAUTH:\nREVIEWER:").record()
    assert found == dict.fromkeys(
        "authority reviewer date document_no declassified changed_to next_review".split()
    )


def test_a_damaged_stamp() -> None:
    text = (
        "DOCIMENT N0. 7\nN0 CHANGE lN CLASS. []\nL: F;ECLASSIFIED\nCHANGED T0: TS (S) C\n"
        "I7e:i. F FICVIEW DATE: 1988\nAUTH. Hfi 702\nDATE: 5/1/79 REVIEVER: 0l2345"
    )
    check(
        "stamp",
        text.replace("REVIEVER", "REVIEWER"),
        {
            "document_no": "7", "no_change": False, "declassified": False, "changed_to": "SECRET",
            "next_review": "1988", "authority": "HR 70-2", "date": "1979-05-01",
            "reviewer": "012345",
        },
    )  # fmt: skip


def test_a_stamp_on_one_line() -> None:
    text = stamp(same="□", open="☒", on="4/17/80").replace("\n", " ")
    check("stamp", text, {"no_change": False, "declassified": True, "date": "1980-04-17",
                          "reviewer": "012345", "authority": "HR 70-2"})  # fmt: skip


def test_a_stamp_in_the_cells_of_a_table() -> None:
    text = (
        "| DOCUMENT NO. | 14 |\n| NO CHANGE IN CLASS. | □ |\n| ☒ DECLASSI | FIED |\n"
        "| AUTH: HR 70-2 | DATE: 4/17/80 | REVIEWER: 012345 |"
    )
    check("stamp", text, {"document_no": "14", "no_change": False, "declassified": True,
                          "date": "1980-04-17", "reviewer": "012345"})  # fmt: skip


def test_values_on_the_line_below_their_label() -> None:
    text = "CLASS. CHANGED TO: TS S C\nNEXT REVIEW DATE:\n1989\nAUTH: HR 70-2\nREVIEWER:\n012345"
    check("stamp", text, {"next_review": "1989", "reviewer": "012345"})


BOXES: list[tuple[str, dict[str, Any]]] = [
    (("DEPARTMENT OF STATE IS/IPS/CR/IR Date: 5/3/94\n( )EXCISE ( )DENY (x)DECLASSIFY "
     "( )DECLASSIFY IN PART\nCLASSIFY as ( )S or ( )C, ( )DOWNGRADE TS to ( )S or ( )C"),
     {"decision": ["declassify"], "declassified": True, "declassify": True, "deny": False,
      "excise": False, "declassify_in_part": False, "classify": False, "downgrade": False,
      "date": "1994-05-03"}),
    ("| () EXCISE () DENY | () DECLASSIFY |\n| () DECLASSIFY IN PART | Date: 5/3/94 |",
     {"decision": None, "deny": False, "date": "1994-05-03"}),
    ("| EXC | ISE [ ] DE | NY [X] DECL | ASSIFY IN PART | Date 5/3/94 |",
     {"excise": None, "deny": False, "declassify_in_part": True,
      "decision": ["declassify_in_part"]}),
    ("[x] EXCISE [ ] DENY [x] DECLASSIFY IN PART",
     {"decision": ["excise", "declassify_in_part"]}),
    ("[x] DENY [x] DECLASSIFY [ ] EXCISE", {"codes": ["unclear-choice"]}),
    ("( )EXCISE ( )DENY ( )DECLASSIFY CLASSIFY as (X)S or ( )C",
     {"classify": "SECRET", "decision": ["classify"], "declassified": False}),
    ("( )EXCISE ( )DENY ( )DECLASSIFY (X)DOWNGRADE TS to ( )S or (X)C",
     {"downgrade": "CONFIDENTIAL", "decision": ["downgrade"]}),
    ("☐ EXCISE ☐ DENY ☒ DECLASSIFY", {"decision": ["declassify"]}),
    ("( ) RELEASE (x) EXCISE ( ) DENY", {"release": False, "decision": ["excise"],
                                        "declassified": None}),
    ("( ) RELEASE ( ) EXCISE (x) DENY", {"decision": ["deny"], "declassified": False}),
    ("( )EXCISE (©)DENY ( )DECLASSIFY", {"decision": None, "deny": None}),
    ("( )EXCISE ( )DENY ( )DECLASSIFY Date: 5/3/58",
     {"date": None, "raw": {"date": "5/3/58"}, "codes": ["suspect-date"]}),
    ("( )EXCISE ( )DENY ( )DECLASSIFY Date: 15/31/98",
     {"date": None, "codes": ["impossible-date"]}),
    (("DEPARTMENT OF STATE A/CDC/MR\nREVIEWED BY J. Clerk DATE 5/3/93\n[ ] RELEASE DENIED "
     "[x] DECLASSIFIED [ ] RELEASABLE"),
     {"reviewer": "J. Clerk", "date": "1993-05-03", "release_denied": False,
      "decision": ["declassify"]}),
    ("(x)EXCISE ( )DENY ( )DECLASSIFY EO Citations 1.3(a)(5) FOIA Exemptions (b)(1)",
     {"decision": ["excise"], "citations": "1.3(a)(5)", "exemptions": "(b)(1)"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BOXES)
def test_review_boxes(text: str, expected: dict[str, Any]) -> None:
    check("stamp", text, expected, "1991-11-18")


def seed(number: str) -> str:
    paths = list(SEEDS.glob(f"{number}_*.txt"))
    if not paths:
        pytest.skip(f"no seed {number} in {SEEDS}")
    return paths[0].read_text(encoding="utf-8")


def test_the_stamp_of_a_seed() -> None:
    text = seed("000")
    start = text.index("DOCUMENT NO.")
    found = read("stamp", text[start : text.index("018557") + 6], "1951-08-23")
    record = found.record()
    assert record["authority"] == "HR 70-2"
    assert record["reviewer"] == "018557"
    assert (record["changed_to"], record["cert"]["changed_to"]) == ("CONFIDENTIAL", "medium")
    assert record["next_review"] == "1991"
    assert record["declassified"] is False
    assert record["no_change"] is False
    assert (record["date"], record["raw"]["date"]) == (None, "11/22/22")
    assert (record["document_no"], record["cert"]["document_no"]) == ("1", "low")
    assert [finding.code for finding in found.findings] == ["suspect-date"]


def test_the_box_of_a_seed() -> None:
    text = seed("004")
    start = text.index("| CT*")
    found = read("stamp", text[start : text.index("TALKS AND WOULD")], "1991-11-18")
    record = found.record()
    assert record["decision"] is None
    assert (record["date"], record["raw"]["date"]) == (None, "3/3/58")
    assert [finding.code for finding in found.findings] == ["suspect-date"]
