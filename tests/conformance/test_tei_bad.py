"""TEI that is broken, dangerous or no TEI: one clear error, or a finding with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

import redline
from redline import RedlineError

START = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
END = "</body></text></TEI>\n"
BOMB = (
    '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>\n" + START + "<p>&h;</p>" + END
)
OUTSIDE = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + START + "<p>&x;</p>" + END


@pytest.mark.parametrize(
    ("tei", "said"),
    [
        (BOMB, "line 1, column 15: a document type with declarations"),
        (OUTSIDE, "a document type with declarations"),
        (START + "<hi>" * 100_000 + "</hi>" * 100_000 + END, "nested deeper than 1000"),
        (START + f'<p n="{"x" * 300_000}">a</p>' + END, "attributes of 300,005 characters"),
        (START + "<p>One\nand <del>two", "line 2, column 13: the file ends inside …<body><p><del>"),
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        (START + "<p>One</del></p>" + END, "line 1, column 74: no well-formed XML"),
        (START + "<p>One & two</p>" + END, "no well-formed XML"),
        (START + "<p>&mdash;</p>" + END, "no well-formed XML: undefined entity"),
        ("<html><body><p>a</p></body></html>", "<html> is no TEI"),
        ("not XML at all", "no well-formed XML"),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>', "no text/body"),
        (START + "<p>a\ud800b</p>" + END, "surrogate"),
    ],
)
def test_refused(tei: str, said: str) -> None:
    with pytest.raises(RedlineError) as raised:
        redline.loads(tei, "tei")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "; " in str(raised.value), "what to do?"


def test_a_document_type_is_not_looked_up() -> None:
    tei = '<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd">\n' + START + "<p>a&mdash;b</p>" + END
    document = redline.loads(tei, "tei")
    assert document.reading("final").text == "a&mdash;b"
    assert [found.code for found in document.diagnostics] == ["tei-doctype", "tei-entity"]
    entity = document.diagnostics[1]
    assert (entity.line, tei[slice(*entity.span)]) == (2, "&mdash;")


def test_a_backward_span_swallows_nothing() -> None:
    lines = "".join(f"<p>Line {n}.</p>\n" for n in range(5_000))
    tei = START + '<p><anchor xml:id="a"/>One <delSpan spanTo="#a"/>two.</p>\n' + lines + END
    document = redline.loads(tei, "tei")
    assert len(document.reading("final").text.split("\n\n")) == 5_001
    (found,) = document.diagnostics
    assert (found.code, found.severity, found.line) == ("tei-span", "error", 1)
    assert tei[slice(*found.span)] == '<delSpan spanTo="#a"/>'


@pytest.mark.parametrize(
    ("declared", "encoding", "codes"),
    [
        ("ISO-8859-1", "latin-1", []),
        ("windows-1252", "cp1252", []),
        ("ISO-8859-1", "utf-8", ["tei-encoding"]),
        ("UTF-16", "utf-8", ["tei-encoding"]),
        ("UTF-16", "utf-16", []),
        ("x-unknown", "utf-8", ["tei-encoding"]),
        ("ISO-8859-1", "utf-8-sig", ["tei-encoding"]),
        ("UTF-8", "utf-8-sig", []),
        ("UTF-8", "utf-16", ["tei-encoding"]),
        ("unicode_escape", "utf-8", ["tei-encoding"]),
        ("base64", "utf-8", ["tei-encoding"]),
    ],
)
def test_encodings(tmp_path: Path, declared: str, encoding: str, codes: list[str]) -> None:
    tei = f'<?xml version="1.0" encoding="{declared}"?>\n{START}<p>Café <del>à </del>gré</p>{END}'
    path = tmp_path / "paper.xml"
    path.write_bytes(tei.encode(encoding))
    document = redline.read(path)
    assert document.reading("final").text == "Café gré"
    assert [found.code for found in document.diagnostics] == codes
    redline.write(document, path, verify=True)
    assert redline.read(path).reading("draft").text == "Café à gré"
    assert redline.read(path).diagnostics == ()


def test_bytes_that_are_not_what_is_declared(tmp_path: Path) -> None:
    path = tmp_path / "paper.xml"
    tei = f'<?xml version="1.0" encoding="UTF-8"?>\n{START}<p>Café</p>{END}'
    path.write_bytes(tei.encode("latin-1"))
    with pytest.raises(RedlineError, match="not utf-8 at byte offset"):
        redline.read(path)
    assert redline.read(path, encoding="latin-1").reading("final").text == "Café"


def test_verify_leaves_no_wrong_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from redline.formats.tei import write

    document = redline.parse("The ~~old~~ ^{new} end.\n")
    redline.write(document, tmp_path / "good.xml", verify=True)
    whole = redline.dumps(document, "tei")
    for bad in (whole.replace("old", "odd"), whole.replace("<del ", "<hi ").replace("/del", "/hi")):
        monkeypatch.setattr(write, "to_tei", lambda _, bad=bad: bad)
        monkeypatch.setattr("redline.formats.tei.to_tei", lambda _, bad=bad: bad)
        with pytest.raises(RedlineError, match="not written"):
            redline.write(document, tmp_path / "bad.xml", verify=True)
        assert not (tmp_path / "bad.xml").exists()
    with pytest.raises(RedlineError, match="cannot verify"):
        redline.write(document, tmp_path / "bad.html", verify=True)


def test_verify_looks_at_pages_notes_and_markings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = "SECRET\n\nThe end.^{1}\n\nSECRET\n\n[Page 2]\n\nSo it is.\n\n^{1} A note.\n"
    document = redline.parse(paper)
    redline.write(document, tmp_path / "good.xml", verify=True)
    whole = redline.dumps(document, "tei")
    for said, old, new in (
        ("its pages have", '<pb n="2"', '<pb n="3"'),
        ("its notes have", '<note n="1"', '<note n="2"'),
        ("its markings have", "us.S", "us.X"),
    ):
        bad = whole.replace(old, new)
        if old == "us.S":
            bad = bad.replace("SECRET", "NOTHING")
        assert bad != whole
        monkeypatch.setattr("redline.formats.tei.to_tei", lambda _, bad=bad: bad)
        with pytest.raises(RedlineError, match=said):
            redline.write(document, tmp_path / "bad.xml", verify=True)
    assert not (tmp_path / "bad.xml").exists()


def test_a_decided_paper_is_verified(tmp_path: Path) -> None:
    document = redline.parse("The ~~old~~ ^{new} end~~ing~~.\n").accept("r1")
    for name in ("paper.json", "paper.xml", "paper.txt"):
        redline.write(document, tmp_path / name, verify=True)
        assert redline.read(tmp_path / name).reading("draft").text == "The new ending."


def test_markings_of_other_editions(tmp_path: Path) -> None:
    tei = (
        START + '<fw type="classification" place="top"><del>TOP SECRET</del> <add>SECRET</add></fw>'
        '<p>One.</p><fw type="footer">SECRET</fw><pb n="2"/><fw type="header">SECRET</fw>'
        '<fw type="header">The Harbour</fw><p>Two.</p><fw place="bottom">SECRET HISTORIES</fw>'
        "<p><stamp>FILED</stamp></p>" + END
    )
    document = redline.loads(tei, "tei")
    assert [(m.page, m.place, m.was, m.is_, m.action) for m in document.markings] == [
        (1, "top", "TOP SECRET", "SECRET", "downgrade"),
        (1, "bottom", "SECRET", "SECRET", "unchanged"),
        (2, "top", "SECRET", "SECRET", "unchanged"),
    ]
    assert document.classification[:2] == ("TOP SECRET", "SECRET")
    assert [step.action for step in document.classification.history] == [
        "classified", "downgrade",
    ]
    kept = [tei[slice(*row.span)] for row in document.furniture]
    assert kept == [
        '<fw type="header">The Harbour</fw>',
        '<fw place="bottom">SECRET HISTORIES</fw>',
        "<stamp>FILED</stamp>",
    ]
