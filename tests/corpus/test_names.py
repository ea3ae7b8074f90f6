"""Output names: legal everywhere, never outside the folder, never two alike."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline import corpus
from redline.corpus.names import alike, identifier, safe

EXAMPLES = [
    ("memo.txt", "memo.txt"),
    ("box 1/Ünïcode – memo.txt", "box 1/Ünïcode – memo.txt"),
    ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd"),
    ("/etc/passwd", "%/etc/passwd"),
    ("C:\\memo.txt", "C%3A%5Cmemo.txt"),
    ("a//b/./c", "a/%/b/%2E/c"),
    ('what?<>"|*.txt', "what%3F%3C%3E%22%7C%2A.txt"),
    ("CON", "%43ON"),
    ("nul.txt", "%6Eul.txt"),
    ("COM1.a.b", "%43OM1.a.b"),
    ("console.txt", "console.txt"),
    ("ends with dot./and space ", "ends with dot%2E/and space%20"),
    ("100%.txt", "100%25.txt"),
    ("line\nbreak", "line%0Abreak"),
    ("memo.txt.xml/part", "memo.txt%2Exml/part"),
    ("", "%"),
]


@pytest.mark.parametrize(("name", "made"), EXAMPLES)
def test_examples(name: str, made: str) -> None:
    assert safe(name) == made


def test_long_names_are_cut_and_stay_apart() -> None:
    one, other = safe("é" * 300 + "a"), safe("é" * 300 + "b")
    assert one != other
    assert len(one.encode()) <= 120
    assert re.fullmatch(r"é+~[0-9a-f]{8}", one)


_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


@given(st.text(st.characters(codec="utf-8") | st.sampled_from('./\\:~%"<>|?* \x00'), max_size=60))
def test_every_name_is_legal(name: str) -> None:
    made = safe(name)
    assert made.count("/") == name.count("/")
    for part in made.split("/"):
        assert part not in ("", ".", "..")
        assert not part.endswith((".", " "))
        assert not re.search(r'[<>:"|?*\\\x00-\x1f]', part)
        assert len(part.encode()) <= 120
        assert part.split(".")[0].rstrip().lower() not in _DEVICES


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_names_are_two(one: str, other: str) -> None:
    if one != other:
        assert safe(one) != safe(other)
    assert alike(one) == alike(one.upper().lower()) or one.upper().lower() != one


def test_bytes_that_are_no_text() -> None:
    path = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    assert identifier(path) == "caf%e9.txt"


def test_papers_whose_names_climb_or_clash(tmp_path: Path) -> None:
    """A ZIP may hold any names, and two of one."""
    names = ["../../up.txt", "/root.txt", "Memo.txt", "memo.txt", "CON.txt", "same.txt"]
    names += ["same.txt", "same.txt#2", "cafe\u0301.txt", "caf\xe9.txt", "a.txt", "a.txt.xml/b.txt"]
    zip_ = tmp_path / "in" / "papers.zip"
    zip_.parent.mkdir()
    with warnings.catch_warnings(), zipfile.ZipFile(zip_, "w") as archive:
        warnings.simplefilter("ignore")  # zipfile's, of a name twice
        for n, name in enumerate(names):
            archive.writestr(name, f"Paper ~~{n}~~.\n")
    out = tmp_path / "out"
    # Suffixes decide what of a folder or a ZIP is a paper: `same.txt#2` is none.
    summary = corpus.build(zip_, out, workers=1)
    assert (summary.papers, summary.failed) == (11, 0)
    with corpus.open(out) as edition:
        rows = edition.query(
            "SELECT doc, output, draft FROM documents JOIN texts USING (doc) ORDER BY doc"
        ).fetchall()
    assert [doc for doc, _, _ in rows] == sorted(
        [*(name for name in names if not name.startswith("same")), "same.txt", "same.txt#2"]
    )
    outputs = [output for _, output, _ in rows]
    assert len(set(map(alike, outputs))) == 11
    for _, output, draft in rows:
        path = out / "tei" / f"{output}.xml"
        assert out / "tei" in path.resolve().parents
        number = draft.split()[1].rstrip(".")
        assert f">{number}</del>" in path.read_text(encoding="utf-8").replace("> ", ">")
    told_apart = [output for output in outputs if "~" in output]
    assert len(told_apart) == 4  # Memo and memo, the two cafés
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
