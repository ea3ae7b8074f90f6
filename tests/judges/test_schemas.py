"""The validators can say yes, and can say no, and say which document it was."""

from __future__ import annotations

import pytest

from tests.judges import schemas

FILE = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A paper'
    "</title></titleStmt><publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p>"
    "</sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"
)
GOOD = "<p>The <subst><del>old</del><add>new</add></subst> plan.</p>"
TEXT_IN_SUBST = "<p>The <subst><del>old</del> or <add>new</add></subst> plan.</p>"
NO_DELETION = "<p>The <subst><add>old</add><add>new</add></subst> plan.</p>"
DATED_DELETION = '<p>The <del when="1950-01-02">old</del> plan.</p>'
LATE_HEAD = "<div><p>The plan.</p><head>Plan</head></div>"


def files(**bodies: str) -> dict[str, bytes]:
    return {name: FILE.format(body).encode() for name, body in bodies.items()}


BAD = files(text=TEXT_IN_SUBST, dated=DATED_DELETION, late=LATE_HEAD)


@pytest.mark.parametrize("schema", [schemas.RNG_NEW, schemas.RNG_OLD])
def test_jing_names_the_files_that_fail(schema: str) -> None:
    found = schemas.jing({**files(first=GOOD), **BAD, **files(last=GOOD)}, schema)
    assert set(found) == set(BAD)
    assert all("error" in messages[0] for messages in found.values())


def test_lxml_names_the_files_that_fail() -> None:
    found = schemas.relax_ng({**files(first=GOOD), **BAD, **files(last=GOOD)})
    assert set(found) == set(BAD)
    assert all(found.values())


def test_a_substitution_without_a_deletion_is_seen_by_schematron_alone() -> None:
    papers = files(first=GOOD, second=NO_DELETION)
    assert schemas.jing(papers, schemas.RNG_NEW) == {}
    found = schemas.jing(papers, schemas.SCHEMATRON)
    assert list(found) == ["second"]
    assert "<subst> must have at least one child <add>" in " ".join(found["second"])


def test_schematron_passes_what_is_good() -> None:
    assert schemas.jing(files(first=GOOD, second=GOOD), schemas.SCHEMATRON) == {}


def test_no_documents_are_no_findings() -> None:
    assert schemas.jing({}, schemas.SCHEMATRON) == {}


def test_the_record_schema_refuses_an_empty_record() -> None:
    assert schemas.record("{}")
