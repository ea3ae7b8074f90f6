"""A document's history from its markings: scenarios made by hand, no parser involved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import redline
from redline.diagnostics import CODES
from redline.markings.history.timeline import Timeline, timeline
from redline.model import Cert, Classification, Marking, Page, Step

TS, S, C = "TOP SECRET", "SECRET", "CONFIDENTIAL"


class Paper:
    """Markings put on a paper one after another, and the history they tell."""

    def __init__(self, pages: int = 1, date: str | None = None) -> None:
        self.pages = tuple(
            Page(n, None, (100 * n - 100, 100 * n), "high", ("start",), 0, 0)
            for n in range(1, pages + 1)
        )
        self.date = date
        self.markings: list[Marking] = []

    def put(
        self,
        kind: str,
        page: int = 1,
        place: str = "margin",
        was: str | None = None,
        now: str | None = None,
        *,
        fields: Mapping[str, Any] | None = None,
        text: str = "",
        cert: Cert = "high",
        through: tuple[str, ...] = (),
    ) -> str:
        """Its id; what happened to a level follows from `was` and `now`."""
        number = len(self.markings) + 1
        action = None
        if was or now:
            action = "unchanged" if was == now else "cancelled" if now is None else "downgrade"
            action = "added" if was is None else action
        at = 100 * page - 100 + number
        self.markings.append(
            Marking(
                f"m{number}", kind, page, place, was, through, now, action, (), fields or {},
                text, (at, at + 1), cert, 0, 0,
            )
        )  # fmt: skip
        return f"m{number}"

    def both(self, page: int, was: str | None, now: str | None, cert: Cert = "high") -> None:
        self.put("banner", page, "top", was, now, cert=cert)
        self.put("banner", page, "bottom", was, now, cert=cert)

    def read(
        self, draft: str | None = None, final: str | None = None, *steps: Step
    ) -> Timeline:
        """The timeline, the banners having said draft, final and steps."""
        return timeline(
            self.markings, Classification(draft, final, steps), self.pages, self.date
        )


def acts(found: Timeline) -> list[tuple[Any, ...]]:
    """Action, from, to, certainty and date of each act."""
    return [
        (step.action, step.from_, step.to, step.cert, step.when)
        for step in found.classification.history
    ]


def codes(found: Timeline) -> list[str]:
    return [finding.code for finding in found.findings]


STAMP = {
    "authority": "HR 70-2",
    "reviewer": "018557",
    "date": None,
    "document_no": None,
    "declassified": False,
    "changed_to": C,
    "next_review": "1991",
    "raw": {"date": "11/22/22", "changed_to": "TS S ©"},
    "cert": {"changed_to": "medium"},
}


# -- levels -------------------------------------------------------------------------------------


def test_nothing() -> None:
    assert Paper().read() == Timeline(Classification(), ())


def test_an_unchanged_paper_was_classified_and_no_more() -> None:
    paper = Paper(2, "1951-08-23")
    paper.both(1, S, S)
    paper.both(2, S, S)
    found = paper.read(S, S)
    assert found.classification == Classification(
        S, S, (Step("classified", None, S, ("m1", "m2", "m3", "m4"), "high", "1951-08-23", (1, 2)),)
    )
    assert found.findings == ()


def test_a_regraded_paper_of_which_one_page_was_cancelled() -> None:
    """Its page 1 lost a mark; the stamp agrees with page 2, its date is none."""
    paper = Paper(2)
    paper.both(1, C, None)
    paper.both(2, TS, C)
    paper.put("stamp", fields=STAMP)
    found = paper.read(
        TS, C,
        Step("downgrade", TS, C, ("m3", "m4"), "high"),
        Step("cancelled", C, None, ("m1", "m2"), "low"),
    )  # fmt: skip
    assert (found.classification.draft, found.classification.final) == (TS, C)
    assert acts(found) == [
        ("classified", None, TS, "high", None),
        ("downgrade", TS, C, "high", None),
        ("cancelled", C, None, "low", None),
        ("reviewed", TS, C, "high", None),
    ]
    classified, downgrade, cancelled, reviewed = found.classification.history
    assert (classified.evidence, classified.pages) == (("m3", "m4"), (2,))
    assert (downgrade.evidence, downgrade.pages) == (("m3", "m4", "m5"), (1, 2))
    assert (cancelled.evidence, cancelled.pages) == (("m1", "m2"), (1,))
    assert (reviewed.evidence, reviewed.pages) == (("m5",), (1,))
    (odd,) = found.findings
    assert (odd.code, odd.message) == (
        "classification-differs", "page 1 of 2: cancelled; the document: CONFIDENTIAL"
    )  # fmt: skip
    assert (odd.start, odd.end) == paper.markings[0].span


@pytest.mark.parametrize(
    ("certs", "cert"),
    [
        (["high"], "high"),
        (["medium"], "medium"),
        (["medium", "medium"], "high"),
        (["low"], "low"),
        (["low", "low"], "medium"),
    ],
)
def test_edges_that_agree_raise_certainty(certs: list[Cert], cert: Cert) -> None:
    paper = Paper()
    for place, one in zip(("top", "bottom"), certs, strict=False):
        paper.put("banner", 1, place, S, S, cert=one)
    assert acts(paper.read(S, S)) == [("classified", None, S, cert, None)]


def test_an_added_level_is_no_classification_of_the_draft() -> None:
    paper = Paper()
    paper.both(1, None, S)
    found = paper.read(None, S, Step("added", None, S, ("m1", "m2"), "high"))
    assert acts(found) == [("added", None, S, "high", None)]


def test_a_level_that_only_a_chain_shows() -> None:
    paper = Paper()
    paper.put("banner", 1, "top", TS, C, through=(S,))
    paper.put("stamp", fields={"changed_to": S, "date": "1966-02-01"})
    found = paper.read(TS, C, Step("downgrade", TS, C, ("m1",), "high"))
    assert codes(found) == []


# -- without banners ----------------------------------------------------------------------------


def test_a_cable_s_line_stands_in_for_banners() -> None:
    paper = Paper(date="1979-11-12")
    paper.put("line", 1, "inline", C, C)
    paper.put("line", 1, "inline", C, C)
    found = paper.read()
    assert found.classification.draft == found.classification.final == C
    assert acts(found) == [("classified", None, C, "medium", "1979-11-12")]


def test_a_struck_line_is_an_act() -> None:
    paper = Paper()
    paper.put("line", 1, "inline", S, C)
    found = paper.read()
    assert (found.classification.draft, found.classification.final) == (S, C)
    assert acts(found) == [
        ("classified", None, S, "medium", None),
        ("downgrade", S, C, "medium", None),
    ]


def test_an_uncertain_grade_stays_uncertain() -> None:
    paper = Paper()
    paper.put("line", 1, "inline", S, S, cert="low")
    assert acts(paper.read()) == [("classified", None, S, "low", None)]


def test_a_paper_is_what_its_highest_portion_is() -> None:
    paper = Paper()
    for level in (C, C, S, C):
        paper.put("portion", 1, "inline", level, level)
    found = paper.read()
    assert (found.classification.draft, found.classification.final) == (S, S)
    (classified,) = found.classification.history
    assert (classified.cert, classified.evidence) == ("low", ("m3",))


def test_a_stamp_alone_gives_the_level_now() -> None:
    paper = Paper()
    paper.put("stamp", fields={**STAMP, "cert": {}})
    found = paper.read()
    assert (found.classification.draft, found.classification.final) == (None, C)
    assert acts(found) == [("reviewed", None, C, "medium", None)]
    assert codes(found) == []


def test_a_stamp_changes_what_a_cable_s_line_says() -> None:
    paper = Paper()
    paper.put("line", 1, "inline", S, S)
    paper.put("stamp", fields={"changed_to": C, "date": "1984-05-02"})
    found = paper.read()
    assert (found.classification.draft, found.classification.final) == (S, C)
    assert acts(found)[-1] == ("reviewed", S, C, "medium", "1984-05-02")
    assert codes(found) == []


# -- reviews ------------------------------------------------------------------------------------


def regraded(cert: Cert = "medium") -> tuple[Paper, Step]:
    paper = Paper()
    paper.both(1, S, C, cert)
    return paper, Step("downgrade", S, C, ("m1", "m2"), cert)


def test_a_stamp_that_agrees_says_when_and_raises_both() -> None:
    paper, step = regraded()
    paper.put("stamp", fields={**STAMP, "date": "1981-11-22"})
    found = paper.read(S, C, step)
    assert acts(found)[1:] == [
        ("downgrade", S, C, "high", "1981-11-22"),
        ("reviewed", S, C, "high", "1981-11-22"),
    ]


def test_a_stamp_that_contradicts_lowers_both_and_is_reported() -> None:
    paper, step = regraded("high")
    paper.put("stamp", fields={**STAMP, "changed_to": TS, "cert": {}})
    found = paper.read(S, C, step)
    assert found.classification.final == C
    assert acts(found)[1:] == [
        ("downgrade", S, C, "medium", None),
        ("reviewed", C, TS, "medium", None),
    ]
    assert codes(found) == ["review-differs"]


def test_no_change() -> None:
    paper = Paper()
    paper.both(1, S, S)
    paper.put("stamp", fields={"no_change": True, "date": "1978-04-05", "reviewer": "3"})
    found = paper.read(S, S)
    assert acts(found)[1:] == [("reviewed", S, S, "high", "1978-04-05")]
    assert codes(found) == []


def test_no_change_where_the_banners_were_changed() -> None:
    paper, step = regraded("high")
    paper.put("stamp", fields={"no_change": True, "reviewer": "3"})
    found = paper.read(S, C, step)
    assert acts(found)[-1] == ("reviewed", C, C, "medium", None)
    assert codes(found) == ["review-differs"]


def test_an_empty_box_decides_nothing() -> None:
    paper = Paper()
    paper.both(1, S, S)
    paper.put("stamp", fields={"declassified": False, "changed_to": None, "date": None})
    assert acts(paper.read(S, S))[1:] == [("reviewed", None, None, "low", None)]


def test_a_registry_s_stamp_is_no_review() -> None:
    paper = Paper()
    paper.both(1, S, S)
    paper.put("stamp", fields={"date": "1974-02-19", "raw": {"date": "19 FEB 1974"}})
    paper.put("stamp", text="NO FURTHER ACTION")
    assert [step.action for step in paper.read(S, S).classification.history] == ["classified"]


@pytest.mark.parametrize(
    ("fields", "acts_"),
    [
        ({"decision": ["declassify"]}, [("declassified", S, None)]),
        ({"decision": ["declassify_in_part", "excise"]}, [("reviewed", None, None)]),
        ({"decision": ["deny"]}, [("reviewed", S, S)]),
        ({"decision": ["downgrade"], "downgrade": C}, [("reviewed", S, C)]),
        ({"decision": ["classify"], "classify": S}, [("reviewed", S, S)]),
        ({"decision": None, "declassify": None}, [("reviewed", None, None)]),
    ],
)
def test_a_review_box(fields: dict[str, Any], acts_: list[tuple[str | None, ...]]) -> None:
    paper = Paper()
    paper.put("line", 1, "inline", S, S)
    paper.put("stamp", fields={"date": "1992-06-18", **fields})
    assert [row[:3] for row in acts(paper.read())][1:] == acts_


def test_a_reviewer_declassifies() -> None:
    paper = Paper()
    paper.both(1, S, S)
    paper.put("stamp", fields={**STAMP, "declassified": True, "changed_to": None, "cert": {}})
    found = paper.read(S, S)
    assert acts(found)[1:] == [
        ("reviewed", S, None, "high", None),
        ("declassified", S, None, "high", None),
    ]
    assert found.classification.final == S  # what the paper shows


def test_an_archive_declassifies() -> None:
    paper = Paper(3)
    for page in (1, 2, 3):
        paper.both(page, S, None, "medium")
    for page in (1, 2, 3):
        paper.put(
            "stamp",
            page,
            fields={"declassified": True, "authority": "NND 917333", "reviewer": "RB",
                    "date": "1997-04-02"},
        )  # fmt: skip
    ids = tuple(f"m{k}" for k in range(1, 7))
    found = paper.read(S, None, Step("cancelled", S, None, ids, "medium"))
    assert acts(found)[1:] == [
        ("cancelled", S, None, "high", "1997-04-02"),
        ("declassified", S, None, "high", "1997-04-02"),
    ]
    assert found.classification.history[-1].evidence == ("m7", "m8", "m9")
    assert found.classification.history[-1].pages == (1, 2, 3)


def test_two_reviews() -> None:
    paper = Paper(date="1955-06-01")
    paper.put("banner", 1, "top", TS, C, through=(S,))
    paper.put("stamp", fields={"changed_to": C, "date": "1981-01-09"})
    paper.put("stamp", fields={"no_change": True, "date": "1977-03-04"})
    found = paper.read(TS, C, Step("downgrade", TS, C, ("m1",), "high"))
    assert [row[:3] + row[4:] for row in acts(found)] == [
        ("classified", None, TS, "1955-06-01"),
        ("reviewed", TS, TS, "1977-03-04"),
        ("downgrade", TS, C, "1981-01-09"),
        ("reviewed", TS, C, "1981-01-09"),
    ]
    assert codes(found) == []


# -- releases -----------------------------------------------------------------------------------


def release(date: str | None, number: str | None = None, wording: str = "") -> dict[str, Any]:
    return {"date": date, "number": number, "wording": wording or "Approved For Release"}


def test_one_release_however_often_it_is_printed() -> None:
    paper = Paper(3)
    paper.put("release", 1, fields=release("2005-09-28", "CIA-RDP79-1"))
    paper.put("release", 1, fields=release("2005-09-28", "CIA-RDP79-1"))
    paper.put("release", 2, fields=release(None, "CIA-RDP79-1"))  # its date is damaged
    paper.put("release", 3, fields=release("2005-09-28"))
    paper.put("release", 3, text="MORI/CDF")
    found = paper.read()
    (step,) = found.classification.history
    assert step == Step(
        "released", None, None, ("m1", "m2", "m3", "m4", "m5"), "high", "2005-09-28", (1, 2, 3)
    )


def test_two_releases() -> None:
    paper = Paper()
    paper.put("release", fields=release("2011-02-03", "B"))
    paper.put("release", fields=release("1999-08-24", "B", "Sanitized Copy Approved"))
    found = paper.read()
    assert [(step.when, step.evidence) for step in found.classification.history] == [
        ("1999-08-24", ("m2",)),
        ("2011-02-03", ("m1",)),
    ]


def test_a_fragment_of_a_release_line_is_little_evidence() -> None:
    paper = Paper()
    paper.put("release", text="MORI/CDF")
    assert acts(paper.read()) == [("released", None, None, "low", None)]


@pytest.mark.parametrize(
    ("wording", "acts_"),
    [
        ("Declassified/Released by the Ministry", ["declassified", "released"]),
        ("Declassified and Approved For Release", ["declassified", "released"]),
        ("Declassified in Part - Sanitized Copy Approved for Release", ["released"]),
        ("Approved For Release", ["released"]),
        ("No Objection to Declassification", ["released"]),
    ],
)
def test_release_lines_that_declassify(wording: str, acts_: list[str]) -> None:
    paper = Paper()
    paper.both(1, S, S)
    paper.put("release", fields=release("2006-05-04", None, wording))
    found = paper.read(S, S)
    assert [step.action for step in found.classification.history] == ["classified", *acts_]
    assert found.classification.history[-1].when == "2006-05-04"


def test_a_date_before_the_paper_s_is_none() -> None:
    paper = Paper(date="1951-08-23")
    paper.put("release", fields=release("1922-01-01", "A"))
    paper.put("release", fields=release("1951", "B"))
    assert [step.when for step in paper.read().classification.history] == ["1951", None]


def test_a_date_that_is_none_is_no_date() -> None:
    paper = Paper()
    paper.put("release", fields=release("4 May", "A"))
    paper.put("release", fields={"date": 20060504, "number": "B"})
    assert [step.when for step in paper.read().classification.history] == [None, None]


# -- order --------------------------------------------------------------------------------------


def test_dates_go_before_the_law_s_order() -> None:
    paper = Paper(date="1951-08-23")
    paper.both(1, S, S)
    paper.put("stamp", fields={"declassified": True, "date": "1997-04-02", "authority": "X"})
    paper.put("release", fields=release("1975-01-01"))
    paper.put("stamp", fields={"reviewer": "7", "no_change": True})
    found = paper.read(S, S)
    assert [(step.action, step.when) for step in found.classification.history] == [
        ("classified", "1951-08-23"),
        ("reviewed", None),
        ("released", "1975-01-01"),
        ("declassified", "1997-04-02"),
    ]


def test_without_dates_the_law_s_order() -> None:
    paper = Paper()
    paper.put("release", text="RELEASED IN FULL", fields={"wording": "RELEASED IN FULL"})
    paper.put("stamp", fields={"reviewer": "7"})
    paper.both(1, S, C)
    found = paper.read(S, C, Step("downgrade", S, C, ("m3", "m4"), "high"))
    assert [step.action for step in found.classification.history] == [
        "classified", "downgrade", "reviewed", "released"
    ]  # fmt: skip


# -- what does not agree ------------------------------------------------------------------------


def test_two_edges_of_a_page() -> None:
    paper = Paper(2)
    paper.both(1, S, S)
    paper.put("banner", 2, "top", S, S)
    paper.put("banner", 2, "bottom", S, C)
    found = paper.read(S, S, Step("downgrade", S, C, ("m4",), "high"))
    assert codes(found) == ["classification-differs", "edges-differ"]
    assert "SECRET at the top, SECRET → CONFIDENTIAL at the bottom" in found.findings[1].message
    assert found.findings[1].start == paper.markings[2].span[0]


def test_pages_that_end_alike_are_one_finding() -> None:
    paper = Paper(9)
    for page in range(1, 10):
        paper.both(page, S, S if page in (2, 3, 4, 8) else C)
    found = paper.read(S, C, Step("downgrade", S, C, ("m1",), "high"))
    (odd,) = found.findings
    assert odd.message == "pages 2–4, 8 of 9: SECRET; the document: CONFIDENTIAL"


def test_a_line_of_another_level_lowers_certainty() -> None:
    paper = Paper()
    paper.both(1, C, C)
    paper.put("line", 1, "inline", S, S)
    found = paper.read(C, C)
    assert (found.classification.draft, found.classification.final) == (C, C)
    assert acts(found) == [("classified", None, C, "medium", None)]
    assert codes(found) == ["level-differs"]


def test_a_portion_above_the_paper() -> None:
    paper = Paper()
    paper.both(1, C, C)
    paper.put("portion", 1, "inline", C, C)
    paper.put("portion", 1, "inline", TS, TS)
    paper.put("portion", 1, "inline", "UNCLASSIFIED", "UNCLASSIFIED")
    found = paper.read(C, C)
    assert acts(found) == [("classified", None, C, "medium", None)]
    assert codes(found) == []  # it is reported with the portions


def test_a_portion_above_a_cable_s_line() -> None:
    paper = Paper()
    paper.put("line", 1, "inline", C, C)
    paper.put("portion", 1, "inline", S, S)
    found = paper.read()
    assert acts(found) == [("classified", None, C, "low", None)]
    assert codes(found) == ["level-differs"]
    assert found.findings[0].start == paper.markings[1].span[0]


def test_every_finding_has_a_code() -> None:
    assert {"classification-differs", "edges-differ", "level-differs", "review-differs"} <= set(
        CODES
    )


def test_ten_thousand_markings_in_no_time() -> None:
    """Different stamps and releases on every page: each is an act, none is looked for twice."""
    from time import process_time

    paper = Paper(2_500)
    for page in range(1, 2_501):
        paper.both(page, S, S if page % 2 else C)
        paper.put("stamp", page, fields={"reviewer": str(page), "no_change": True})
        paper.put("release", page, fields=release(f"{2000 + page % 20}-01-01", str(page)))
    start = process_time()
    found = paper.read(S, C, Step("downgrade", S, C, tuple(f"m{k}" for k in range(5000)), "high"))
    assert process_time() - start < 1
    assert len(found.classification.history) == 2 + 2_500 + 20


def test_two_reviews_that_say_the_same() -> None:
    """The banners were changed once; the second review left the level as it was."""
    paper = Paper()
    paper.both(1, TS, C)
    paper.put("stamp", fields={"changed_to": C, "date": "1979-01-09"})
    paper.put("stamp", fields={"changed_to": C, "date": "1985-03-04"})
    found = paper.read(TS, C, Step("downgrade", TS, C, ("m1", "m2"), "high"))
    assert [row[:3] + row[4:] for row in acts(found)][1:] == [
        ("downgrade", TS, C, "1979-01-09"),
        ("reviewed", TS, C, "1979-01-09"),
        ("reviewed", C, C, "1985-03-04"),
    ]


def test_two_edges_that_do_not_fit_the_date_stay_doubtful() -> None:
    document = redline.parse("RESTRICTED\n\n3 May 1975\n\nThe quay is new.\n\nRESTRICTED\n")
    assert [step.cert for step in document.classification.history] == ["low"]


@pytest.mark.parametrize("line", ["3 May 0000", "31 February 1951"])
def test_a_date_of_the_paper_that_is_none_is_reported(line: str) -> None:
    document = redline.parse(f"SECRET\n\n{line}\n\nThe quay is new.\n\nSECRET\n")
    (found,) = document.diagnostics
    assert (found.code, found.line) == ("impossible-date", 3)
    assert document.classification.history[0].when is None


@pytest.mark.parametrize("line", ["99/99/99", "Room 0, May 0000 papers", "No. 3 of 0000"])
def test_other_figures_at_the_head_are_no_date(line: str) -> None:
    assert redline.parse(f"{line}\n\nThe quay is new.\n").diagnostics == ()
