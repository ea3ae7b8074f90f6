"""Dates as they are printed on papers: every form, every damage, and whether they make sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.markings.dates import ANY, Sense, date_group, find_date, fits, typed_date

# printed | ISO value | certainty | fault
FORMS = """
2005/09/28        | 2005-09-28 | high   |
2005-09-28        | 2005-09-28 | high   |
2005.09.28        | 2005-09-28 | high   |
2005 / 09 / 28    | 2005-09-28 | high   |
2005/9/8          | 2005-09-08 | high   |
20050928          | 2005-09-28 | high   |
28 Sep 2005       | 2005-09-28 | high   |
28-Sep-2005       | 2005-09-28 | high   |
28SEP2005         | 2005-09-28 | high   |
05 JUL 2006       | 2006-07-05 | high   |
5 July 06         | 2006-07-05 | high   |
2 JULY 96         | 1996-07-02 | high   |
3d of March 1949  | 1949-03-03 | high   |
21st day of June 1961 | 1961-06-21 | high |
Sept. 5, 1951     | 1951-09-05 | high   |
September 5th, 1951 | 1951-09-05 | high |
MAY 1, 1975       | 1975-05-01 | high   |
11/22/81          | 1981-11-22 | high   |
11/22/1981        | 1981-11-22 | high   |
4/2/97            | 1997-04-02 | high   |
4-2-97            | 1997-04-02 | high   |
04.02.97          | 1997-04-02 | high   |
1/2/03            | 2003-01-02 | high   |
1/2/'03           |            |        | none
180734Z DEC 91    | 1991-12-18 | high   |
180734Z DEC 1991  | 1991-12-18 | high   |
2/29/96           | 1996-02-29 | high   |
2/29/2000         | 2000-02-29 | high   |
28/09/2005        | 2005-09-28 | low    |
28/9/95           | 1995-09-28 | low    |
2OO5/O9/28        | 2005-09-28 | medium |
l1/22/8l          | 1981-11-22 | medium |
2005/09/Z8        | 2005-09-28 | medium |
11/2S/81          | 1981-11-25 | medium |
2005/13/45        |            | low    | impossible-date
2005/28/09        |            | low    | impossible-date
0000/09/28        |            | low    | impossible-date
00/00/00          |            | low    | impossible-date
0/5/81            |            | low    | impossible-date
2/30/81           |            | low    | impossible-date
13/13/95          |            | low    | impossible-date
2/29/1900         |            | low    | impossible-date
31 Feb 1999       |            | high   | impossible-date
31 April 1964     |            | high   | impossible-date
0 May 1975        |            | high   | impossible-date
12 May 0000       |            | high   | impossible-date
70-2              |            |        | none
94-123            |            |        | none
NND 917333        |            |        | none
20051399          |            |        | none
1/1/1             |            |        | none
A/B/C             |            |        | none
S/O/I             |            |        | none
                  |            |        | none
"""


def rows(table: str) -> list[tuple[str, ...]]:
    lines = table.strip("\n").splitlines()
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]


@pytest.mark.parametrize(("printed", "when", "cert", "fault"), rows(FORMS))
def test_forms(printed: str, when: str, cert: str, fault: str) -> None:
    found = find_date(printed)
    if fault == "none":
        assert found is None
        return
    assert found is not None
    assert (found.when or "", found.cert, found.fault) == (when, cert, fault)
    assert printed[found.start : found.end] == found.raw


@pytest.mark.parametrize("printed", ["2005/09/28", "11/22/81", "28 Sep 2005", "180734Z DEC 91"])
def test_a_date_is_found_within_words(printed: str) -> None:
    text = f"Released on {printed}: see the list of 14-3."
    found = find_date(text)
    assert found is not None
    assert found.raw == printed
    assert found.when is not None


# printed | earliest | latest | near | value
SENSES = """
11/22/81 | 1977-03    | 1991 |      | 1981-11-22
11/22/22 | 1977-03    | 1991 |      |
11/22/00 | 1977-03    | 1991 |      |
3/1/77   | 1977-03    | 1991 |      | 1977-03-01
2/28/77  | 1977-03    | 1991 |      |
12/31/91 | 1977-03    | 1991 |      | 1991-12-31
1/1/92   | 1977-03    | 1991 |      |
3/3/58   | 1991-11-18 |      |      | 2058-03-03
3/3/58   | 1991-11-18 | 2035 |      |
5/6/30   | 1982-04-02 |      |      | 2030-05-06
5/6/19   | 1917-01-01 | 1945 |      | 1919-05-06
5/6/50   |            |      | 1951 | 1950-05-06
5/6/20   |            |      | 1919 | 1920-05-06
5/6/20   |            |      | 2019 | 2020-05-06
2005/09/28 | 1995     |      |      | 2005-09-28
1994/12/31 | 1995     |      |      |
"""


@pytest.mark.parametrize(("printed", "earliest", "latest", "near", "when"), rows(SENSES))
def test_sense(printed: str, earliest: str, latest: str, near: str, when: str) -> None:
    found = find_date(printed, sense=Sense(earliest or None, latest or None, near or None))
    assert found is not None
    assert (found.when or "") == when
    assert found.raw == printed
    assert found.fault == ("" if when else "suspect-date")


def test_the_message_says_what_a_date_does_not_fit() -> None:
    found = find_date("3/3/58", sense=Sense("1991", why="a review no earlier than 1991"))
    assert found is not None
    assert found.message == ""  # 2058 is no earlier than 1991
    found = find_date("3/3/1958", sense=Sense("1991", why="a review no earlier than 1991"))
    assert found is not None
    assert found.message == "3/3/1958: it does not fit a review no earlier than 1991"


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("1991", "1991"),
        ("Nov 1991", "1991-11"),
        ("11/1991", "1991-11"),
        ("November, 1991", "1991-11"),
    ],
)
def test_parts_of_a_date_count_where_they_are_asked_for(printed: str, when: str) -> None:
    assert find_date(printed) is None
    found = find_date(printed, partial=True)
    assert found is not None
    assert found.when == when


# words | date of the paper | value | certainty | fault
GROUPS = """
180734Z DEC 91             | 1991-12-18 | 1991-12-18 | high   |
O 180734Z DEC 91 FM        |            | 1991-12-18 | high   |
311200Z DEC 90             | 1991-01-01 | 1990-12-31 | high   |
180734Z                    | 1991-12-18 | 1991-12-18 | medium |
180734Z                    | 1991-12-19 |            | high   |
180734Z                    |            |            | high   |
180734ZDEC91               |            | 1991-12-18 | high   |
180734Z JANUARY 1975       |            | 1975-01-18 | high   |
180734Z DEC 75             | 1991-12-18 |            | high   | suspect-date
320734Z DEC 91             |            |            | high   | impossible-date
182534Z DEC 91             |            |            | high   | impossible-date
180760Z                    |            |            | high   | impossible-date
310734Z JUN 75             |            |            | high   | impossible-date
000734Z JUN 75             |            |            | high   | impossible-date
"""


@pytest.mark.parametrize(("words", "date", "when", "cert", "fault"), rows(GROUPS))
def test_date_groups(words: str, date: str, when: str, cert: str, fault: str) -> None:
    found = date_group(words, date=date or None)
    assert found is not None
    assert (found.when or "", found.cert, found.fault) == (when, cert, fault)


@pytest.mark.parametrize("words", ["", "NO DATE", "18073Z", "1807345Z", "180734ZULU"])
def test_no_date_group(words: str) -> None:
    assert date_group(words) is None


def test_dates_given_in_part_are_compared_in_part() -> None:
    assert fits("1991", Sense("1991-05-01", None))
    assert fits("1991-05", Sense("1991", "1991"))
    assert not fits("1990-12", Sense("1991-05-01", None))
    assert fits("0001-01-01", ANY)


def test_words_of_a_paper_are_read_carefully() -> None:
    assert typed_date("Rome, 3 April 1949, early") == ("1949-04-03", "3 April 1949", "high")
    assert typed_date("3/4/49") is None
    assert typed_date("31 April 1949") is None


@given(st.text(alphabet="0123456789/-. OlISBZJANFEBMARjandec'’,²٣", max_size=40))
def test_any_text(text: str) -> None:
    for partial in (False, True):
        found = find_date(text, partial=partial, sense=Sense("1950", "1999"))
        if found is not None:
            assert text[found.start : found.end] == found.raw
            assert (found.when is None) == bool(found.fault)
    group = date_group(text, date="1975-06-30")
    assert group is None or text[group.start : group.end] == group.raw


@given(st.dates(), st.sampled_from(["%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%B %d, %Y", "%m/%d/%Y"]))
def test_every_day_is_read_back(day: object, form: str) -> None:
    printed = format(day, form)
    iso = str(day)
    if not "1600" <= iso[:4] <= "2099" or len(printed.split("/")[0]) > 4:
        return
    found = find_date(printed)
    assert found is not None
    assert found.when == iso
