"""Which notation a text is in: by its marks, one or none."""

from __future__ import annotations

import re

import pytest

from redline.diagnostics import FormatError
from redline.formats import FORMATS, detect
from tests.scale.clock import grows_linearly

#: A text of each notation, as its users write it; `None`: several have its marks, or none has.
TEXTS = [
    ("The ~~old~~ ^{new} pier.", "native"),
    ("The ^<new> pier.", "native"),
    ("The {--old--}{++new++} pier{>>sic<<}.", "criticmarkup"),
    ("The {~~old~>new~~} pier.", "criticmarkup"),
    ("The ~~old~~ <ins>new</ins> pier.", "gfm"),
    ("The [[strikethrough]]old[[/strikethrough]] ^[[new]] pier.", "smithsonian"),
    ("The [deletion]old[/deletion] [insertion]new[/insertion] pier.", "zooniverse"),
    ("The [struck: old] [inserted above: new] pier.", "zooniverse"),
    ("Mr [Vashtok?] came [*in the margin*].", "loc"),
    ("The ~~old~~ <\u200bnew\u200b> pier.", "jsp"),
    ("The [-old-] {+new+} pier.", "wdiff"),
    ("The [-old-]{+new+} pier.", "git-word-diff"),
    (" The \n-old\n+new\n  pier.\n~\n-gone\n~\n", "git-porcelain"),
    (r"The \replaced[id=A]{new}{old} pier, \deleted{which} \sout{he} saw.", "latex"),
    ("The ''long'' <s>old</s> pier.", "mediawiki"),
    ("The [old]{.deletion author=A} [new]{.insertion author=A} pier.", "pandoc"),
    ("The <add>new</add> pier <footnote marker='*'>x</footnote>.", "fromthepage"),
    ("1. ἐγὼ 〚x〛 <:new|subst|old:> καὶ \\τὸν/ οἶκον", "leiden"),
    ("The <sw-del>old</sw-del> pier.", "shakespeares-world"),
    ("The ~~old~~ pier.", "native,gfm,jsp,pandoc"),
    ("The <del>old</del> pier.", "gfm,mediawiki,fromthepage,bentham"),
    ("The {++new++} ~~old~~ pier.", None),
    ("The [-old-] <add>new</add> {++x++} pier.", None),
]


@pytest.fixture
def all_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "_is_read", lambda name: True)


@pytest.mark.usefixtures("all_read")
@pytest.mark.parametrize(("text", "notation"), TEXTS)
def test_the_notation_of_a_text(text: str, notation: str | None) -> None:
    if notation is not None and "," not in notation:
        found = detect.suggest(text.encode(), "-")
        assert found.format == notation
        assert re.match(r"\d", found.reasons)
        return
    with pytest.raises(FormatError, match="--from") as fault:
        detect.suggest(text.encode(), "-")
    for name in (notation or "").split(","):
        assert name in str(fault.value)


@pytest.mark.usefixtures("all_read")
def test_the_name_of_a_file_decides_between_equals() -> None:
    found = detect.suggest(b"The ~~old~~ pier.", "pier.txt")
    assert found == ("native", "1 ~~…~~, which gfm, jsp and pandoc have too; its name says native")


@pytest.mark.usefixtures("all_read")
def test_a_stray_mark_is_text_and_said() -> None:
    found = detect.suggest(b"{++a++} {--b--} " * 10 + b"~~c~~", "-")
    assert found == ("criticmarkup", "10 {++…++}, 10 {--…--}; left as text: 1 ~~…~~")


def test_marks_in_code_do_not_count() -> None:
    text = "`{++a++}` and\n```\n~~b~~\n```\nand ^{c}\n```\n{--an open fence is none--}\n"
    assert detect.marks_of(text) == {"^{…}": 1, "{--…--}": 1}


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b'<?xml version="1.0"?><!-- a > b --><TEI xmlns="x"/>', "tei"),
        (b'\xef\xbb\xbf<tei:teiCorpus xmlns:tei="x"/>', "tei"),
        ("\ufeff<TEI/>".encode("utf-16-le"), "tei"),
        (b'{\n "redline": {"version": "0"}}', "json"),
        (b'{"other": 1}', "native"),
    ],
)
def test_files_that_say_what_they_are(data: bytes, format: str) -> None:
    assert detect.suggest(data, "-").format == format


def test_every_format_named_for_a_root_or_a_notation_has_one_name() -> None:
    assert set(detect.ROOTS.values()) - set(FORMATS) <= {"page", "alto"}
    assert all(set(marks) <= set(detect.MARKS) for marks in detect.NOTATIONS.values())
    used = {mark for marks in detect.NOTATIONS.values() for mark in marks}
    assert used == set(detect.MARKS)


@pytest.mark.parametrize(
    "piece", ["{++", "[-", "~~a ", "{~~a~>", "[[", "<del", "```x\n", "\\a", "~\n-", "\\a[", "<:a|"]
)
def test_counting_is_linear(piece: str) -> None:
    texts = [piece * (size // len(piece)) for size in (200_000, 400_000)]
    good, told = grows_linearly(*(lambda text=text: detect.marks_of(text) for text in texts))
    assert good, told
