"""What the header says of a paper, and where it gets it from."""

from __future__ import annotations

import pytest
from lxml import etree

import redline
from redline.facts import Fact, facts_of
from redline.formats.tei import to_tei
from redline.formats.tei.escape import Ids, attribute, is_plain, masked, unmasked, word
from redline.markings.dates import Dated, filed_date, iso_slashed, typed_date

MEMO = """\
#40817

CENTRAL OFFICE OF APPRAISAL

14 November 1951

SUBJECT: THE ~~OLD~~ ^{NEW}
HARBOUR DUES

1. The first ~~thing~~ is this.
"""


@pytest.mark.parametrize(
    ("words", "when", "cert"),
    [
        ("23 August 1951", "1951-08-23", "high"),
        ("Washington, August 23, 1951.", "1951-08-23", "high"),
        ("the 1st of Feb. 1952", "1952-02-01", "high"),
        ("1951-08-23", "1951-08-23", "high"),
        ("O 180732Z NOV 91 FM", "1991-11-18", "medium"),
        ("September 1951", "1951-09", "medium"),
    ],
)
def test_typed_dates(words: str, when: str, cert: str) -> None:
    found = typed_date(words)
    assert found is not None
    assert (found.when, found.cert) == (when, cert)
    assert found.words in words


@pytest.mark.parametrize("words", ["3/4/51", "31 February 1951", "May", "", "1951", "42 May 1951"])
def test_no_dates(words: str) -> None:
    assert typed_date(words) is None


def test_dates_in_numbers() -> None:
    assert filed_date("612.41/3–1453") == Dated("1953-03-14", "612.41/3–1453", "medium")
    assert filed_date("612.41/1953") is None
    assert filed_date("612.41/13–4453") is None
    assert iso_slashed("2005/02/30") is None
    assert iso_slashed("2005/9/8") == "2005-09-08"


def test_what_a_memorandum_says_of_itself() -> None:
    facts = facts_of(redline.parse(MEMO))
    assert facts.title == Fact("THE NEW HARBOUR DUES", "high", "the subject line")
    assert facts.date == Dated("1951-11-14", "14 November 1951", "high")
    assert [fact.words for fact in facts.agencies] == ["CENTRAL OFFICE OF APPRAISAL"]
    assert [fact.words for fact in facts.numbers] == ["#40817"]


def test_the_title_is_the_final_one_of_the_decided_document() -> None:
    document = redline.parse(MEMO)
    rejected = document.reject(document.revisions[0].id)
    title = facts_of(rejected).title
    assert title is not None
    assert title.words == "THE OLD HARBOUR DUES"


def test_a_heading_after_text_is_no_title() -> None:
    text = "Dear Venn,\n\nI have your letter of the third, and have read it with care.\n\n# Note\n"
    assert facts_of(redline.parse(text)).title is None
    assert facts_of(redline.parse("# Dues\n\nText.\n")).title == Fact(
        "Dues", "medium", "the first heading"
    )


def test_the_header() -> None:
    tei = to_tei(redline.parse(MEMO, name="papers/memo.txt"))
    root = etree.fromstring(tei.encode())
    found = root.findtext(".//{*}titleStmt/{*}title"), root.findtext(".//{*}bibl/{*}date")
    assert found == ("THE NEW HARBOUR DUES", "14 November 1951")
    assert root.findtext(".//{*}idno[@type='file']") == "memo.txt"
    stages = [change.get("{*}id") or change.text for change in root.iter("{*}change")]
    assert stages[:2] == ["as first written", "editorial revision"]
    assert root.find(".//{*}classDecl") is None  # no banner, no levels
    interpretation = " ".join(root.xpath("//*[local-name()='interpretation']//text()"))
    assert "taken from the subject line (certainty: high)" in interpretation
    assert "14 November 1951 (certainty: high)" in interpretation


def test_a_paper_without_anything() -> None:
    tei = to_tei(redline.parse("", name="<stdin>"))
    assert "<title>A paper without a title</title>" in tei
    assert "stdin" not in tei


def test_the_stages_of_the_document() -> None:
    tei = to_tei(redline.parse("Text.\n"))
    assert tei.count("<change xml:id=") == 2
    tei = to_tei(redline.parse("~~SECRET~~\n\nText ~~a~~.\n"))
    assert [f'xml:id="{name}"' in tei for name in ("draft", "revision", "regrade", "review")] == [
        True, True, True, False
    ]


def test_decisions_are_told() -> None:
    document = redline.parse(MEMO)
    assert "An editor decided on 1 of 2" in to_tei(document.accept(document.revisions[0].id))


def test_the_same_paper_gives_the_same_file() -> None:
    assert to_tei(redline.parse(MEMO)) == to_tei(redline.parse(MEMO))


# -- the history of the paper ------------------------------------------------------------

HISTORY = """\
~~TOP SECRET~~
CONFIDENTIAL

23 August 1951

The harbour master said so.

25X1

DOCUMENT NO. 4
NO CHANGE IN CLASS. ☐
☐ DECLASSIFIED
CLASS. CHANGED TO: TS S ©
AUTH: HR 70-2
DATE: 4 MAY 1981 REVIEWER: 012345

~~TOP SECRET~~
CONFIDENTIAL

Approved For Release 2005/09/28 : CIA-RDP79R00904A000800030019-3
"""


def test_the_history_of_a_paper() -> None:
    root = etree.fromstring(to_tei(redline.parse(HISTORY)).encode())
    events = root.findall(".//{*}adminInfo/{*}custodialHist/{*}custEvent")
    told = [
        (event.get("type"), event.get("ana"), event.get("when"), event.get("notBefore"))
        for event in events
    ]
    assert told == [
        ("classification", "#act.classification #us.TS", "1951-08-23", None),
        ("downgrade", "#act.downgrade #us.TS #us.C", "1981-05-04", None),
        ("review", "#act.review #us.TS #us.C", "1981-05-04", None),
        ("release", "#act.release", "2005-09-28", None),
    ]
    assert "CIA-RDP79R00904A000800030019-3" in "".join(events[-1].itertext())
    name = "{http://www.w3.org/XML/1998/namespace}id"
    shown = {element.get(name): element for element in root.iter("{*}fw", "{*}stamp")}
    kinds = [
        [shown[pointer[1:]].get("type") for pointer in event.get("corresp").split()]
        for event in events
    ]
    assert kinds == [["banner"] * 2, ["banner", "banner", "review"], ["review"], ["release"]]


def test_elements_have_ids_only_where_something_points_to_them() -> None:
    tei = to_tei(redline.parse(HISTORY))
    pointed = {f"m{n}" for n in range(1, 9) if f"#m{n}" in tei}
    assert pointed == {f"m{n}" for n in range(1, 9) if f'xml:id="m{n}"' in tei}
    assert '<note type="exemption"' in tei


def test_acts_without_a_date_came_after_the_paper() -> None:
    tei = to_tei(redline.parse(HISTORY.replace("DATE: 4 MAY 1981 ", "")))
    assert 'ana="#act.downgrade #us.TS #us.C" notBefore="1951-08-23"' in tei


def test_the_stages_have_the_dates_of_their_acts() -> None:
    tei = to_tei(redline.parse(HISTORY))
    for stage in (
        '"draft" when="1951-08-23"',
        '"regrade" when="1981-05-04"',
        '"review" when="1981-05-04"',
        '"release" when="2005-09-28"',
    ):
        assert f"<change xml:id={stage}>" in tei
    assert '<catRef scheme="#security" target="#us.C" change="#regrade"/>' in tei


def test_the_taxonomy_has_what_is_used() -> None:
    tei = to_tei(redline.parse(HISTORY))
    root = etree.fromstring(tei.encode())
    name = "{http://www.w3.org/XML/1998/namespace}id"
    rows = [(row.get(name), row.get("n")) for row in root.iter("{*}category")]
    assert rows == [
        *(("us.TS", "50"), ("us.S", "40"), ("us.C", "30"), ("ex.25X1", None)),
        *((f"act.{act}", None) for act in ("classification", "downgrade", "release", "review")),
        *(("box.checked", None), ("box.open", None)),
    ]


def test_no_history_no_description() -> None:
    assert "<msDesc>" not in to_tei(redline.parse("Text.\n"))


def test_an_unchanged_level_is_that_of_the_draft() -> None:
    tei = to_tei(redline.parse("SECRET\n\nText.\n\nSECRET\n"))
    assert '<catRef scheme="#security" target="#us.S" change="#draft"/>' in tei


# -- characters ---------------------------------------------------------------------------


def test_masks_keep_offsets_and_lose_nothing() -> None:
    text = "a & b < c > d \x00\x01\x02 \ud800 \r ]]> é"
    assert len(masked(text)) == len(text)
    assert unmasked(masked(text)) == (
        "a &amp; b &lt; c &gt; d \ufffd\ufffd\ufffd \ufffd &#13; ]]&gt; é"
    )


@pytest.mark.parametrize("char", [*"&<>\r\x00\x1f\ud800\ufffe\uffff"])
def test_what_is_not_plain(char: str) -> None:
    assert not is_plain(f"a{char}b")
    assert is_plain("a b\tc\nd é \U0001f5ce \x7f\x85 \ufffd")


def test_attributes_and_words() -> None:
    assert attribute('a "b"\n<c> & \x00') == "a &quot;b&quot; &lt;c&gt; &amp; \ufffd"
    assert word("page mark: 7") == "page-mark-7"
    assert word(" \x00 ") == "other"


def test_ids() -> None:
    ids = Ids()
    assert ids.take_all(["r1", "r2"]) == ["r1", "r2"]
    assert ids.take("r1") == "r1-2"
    assert ids.take("r1") == "r1-3"
    assert ids.take("1 é") == "x1-"
    assert ids.take_all(["r1", "", "_a"]) == ["r1-4", "x", "x_a"]
