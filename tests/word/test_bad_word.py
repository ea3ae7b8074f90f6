"""What is no Word file, an attack, or damaged: one clear line, nothing fetched, bounded work."""

from __future__ import annotations

import io
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from redline.diagnostics import FormatError
from redline.formats.word import from_docx, to_docx
from redline.formats.word.names import NAMESPACE
from redline.formats.word.read.tree import MOST_ELEMENTS
from tests.word.raw import SPACES, body, by, dels, docx, ins, note, p, t

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GOOD = docx(body(p("The ", ins("new "), "pier.")))


def changed(change: Callable[[str, bytes], tuple[str, bytes] | None], data: bytes = GOOD) -> bytes:
    """A file with its members changed, renamed or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            made = change(name, old.read(name))
            if made is not None:
                new.writestr(*made)
    return out.getvalue()


def with_member(name: str, data: bytes) -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", 8) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def with_main(text: str) -> bytes:
    """The good file with another main part."""
    return changed(lambda n, d: (n, text.encode() if n == "word/document.xml" else d))


BOMB = with_member("word/media/x.bin", bytes(40_000_000))
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {SPACES}><w:body>{p('&b;')}</w:body></w:document>"
)
BAD = {
    "empty": (b"", "no zip archive"),
    "text": (b"Just words.", "no zip archive"),
    "cut off": (GOOD[: len(GOOD) // 2], "no zip archive"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.doc"),
    "other zip": (changed(lambda n, d: None if "Content" in n else (n, d)), r"Content_Types"),
    "no relations": (changed(lambda n, d: None if n == "_rels/.rels" else (n, d)),
                     "which part is the document"),
    "no main part": (changed(lambda n, d: None if n == "word/document.xml" else (n, d)),
                     "word/document.xml, is missing"),
    "spreadsheet": (changed(lambda n, d: (n, d.replace(b"wordprocessingml.document.main",
                                                       b"spreadsheetml.sheet.main"))),
                    "a spreadsheet"),
    "out of the archive": (with_member("../../etc/cron.d/x", b"x"), r"points out of the archive"),
    "absolute": (with_member("/etc/passwd", b"x"), r"points out of the archive"),
    "out of it, backwards": (with_member("..\\x", b"x"), r"points out of the archive"),
    "zip bomb": (BOMB, "zip bomb"),
    "not well-formed": (with_main(f"<w:document {SPACES}><w:body><w:p></w:body>"),
                        r"no well-formed XML: mismatched tag, line 1, column \d+"),
    "entities": (with_main(LAUGHS), "declares a document type"),
    "no document": (with_main("<html><body/></html>"), "<html> is no Word document"),
    "no body": (with_main(f"<w:document {SPACES}/>"), "no Word document"),
    "not UTF-8": (changed(lambda n, d: (n, d.replace(b"pier", b"pi\xffr"))), "not UTF-8"),
    "too deep": (with_main(body("<w:sdt>" * 2000 + "</w:sdt>" * 2000)), "deeper than"),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_in_one_line(name: str) -> None:
    data, why = BAD[name]
    with pytest.raises(FormatError, match=why) as caught:
        from_docx(data, "x.docx")
    said = str(caught.value)
    assert said.startswith("x.docx: ")
    assert "\n" not in said
    assert len(said) < 220


def test_more_than_the_limit_is_refused_before_it_is_unpacked() -> None:
    noise = bytes(range(256)) * 60_000
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", 8) as archive:
        for k in range(20):
            archive.writestr(f"word/media/{k}.bin", noise)
    with pytest.raises(FormatError, match=r"more than 256 MB|zip bomb"):
        from_docx(out.getvalue(), "x.docx")


def test_a_small_file_of_many_elements_is_refused() -> None:
    """30 KB that would be some gigabytes of elements."""
    data = with_main(body("<w:p/>" * MOST_ELEMENTS))
    assert len(data) < 100_000
    with pytest.raises(FormatError, match=r"more than [\d,]+ elements"):
        from_docx(data, "x.docx")


def test_a_size_that_lies_is_no_way_around() -> None:
    """The directory says one byte; no more than that is unpacked, and its checksum is wrong."""
    data = bytearray(GOOD)
    at = data.rindex(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (1).to_bytes(4, "little")
    with pytest.raises(FormatError, match="missing or damaged"):
        from_docx(bytes(data), "x.docx")


@pytest.mark.parametrize("cut", range(20, len(GOOD), 97))
def test_damage_anywhere_is_an_error_or_a_document(cut: int) -> None:
    data = GOOD[:cut] + bytes([GOOD[cut] ^ 0x55]) + GOOD[cut + 1 :]
    said = ""
    try:
        said = from_docx(data, "x.docx").reading("final").text
    except FormatError as fault:
        said = str(fault)
    assert re.match(r"x\.docx: |.*pier", said)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    outside = "".join(
        f'<Relationship Id="x{k}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for k, (kind, target) in enumerate((
            ("attachedTemplate", "http://127.0.0.1:9/x.dotm"), ("image", "file:///etc/passwd"),
            ("header", "http://127.0.0.1:9/h"), ("styles", "http://127.0.0.1:9/s"),
            ("hyperlink", "http://127.0.0.1:9/"),
        ))
    )
    section = '<w:headerReference w:type="default" r:id="x2"/>'
    document = from_docx(docx(body(p("Text."), section), outside), "x.docx")
    assert document.reading("final").text == "Text."
    codes = [each.code for each in document.diagnostics]
    assert codes.count("word-external") == 4  # links are none of them
    assert "word-part" in codes


def test_macros_are_ignored() -> None:
    data = changed(lambda n, d: (n, d.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml")))
    document = from_docx(data, "x.docm")
    assert document.reading("final").text == "The new pier."
    assert [each.code for each in document.diagnostics] == ["word-macro"]


def test_missing_notes_and_headers_are_told() -> None:
    data = docx(body(p("One", note(7), "."), '<w:headerReference w:type="default" r:id="no"/>'))
    document = from_docx(data, "x.docx")
    assert document.reading("final").text == "One."
    assert [each.code for each in document.diagnostics] == ["word-part", "word-part"]
    assert document.notes[0].body is None


def test_a_damaged_part_beside_the_text_is_none() -> None:
    data = docx(body(p("One.", style="Heading1")), styles="<w:style>")
    document = from_docx(data, "x.docx")
    assert document.reading("final").text == "One."
    assert document.blocks[0].kind == "paragraph"


def test_styles_that_stand_on_one_another() -> None:
    ring = "".join(f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/>'
                   f'<w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA"))
    document = from_docx(docx(body(p("One.", style="A")), styles=ring), "x.docx")
    assert document.blocks[0].kind == "paragraph"


def test_nested_changes_are_bounded() -> None:
    inner = t("x")
    for k in range(300):
        tag = "w:ins" if k % 2 else "w:del"
        inner = f"<{tag} {by(f'A{k}')}>{inner}</{tag}>"
    document = from_docx(docx(body(p("a ", inner, " b"))), "x.docx")
    assert document.reading("draft").text == "a  b"
    assert document.reading("final").text == "a  b"
    assert len(document.acts) <= 64


@pytest.mark.parametrize("depth", [100, 240, 490, 999])
@pytest.mark.parametrize(
    ("begin", "end"),
    [("<w:sdt>", "</w:sdt>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
     ("<w:p><w:smartTag>", "</w:smartTag></w:p>"), ("<w:p><m:oMath>", "</m:oMath></w:p>")],
)
def test_what_is_nested_deep_is_read_or_refused(depth: int, begin: str, end: str) -> None:
    if begin.startswith("<w:p>"):
        begin, end = begin[5:], end[: -len("</w:p>")]
        inner = p(begin * depth, t("deep"), end * depth)
    else:
        inner = begin * (depth // begin.count("<")) + p("deep") + end * (depth // begin.count("<"))
    try:
        said = from_docx(docx(body(inner)), "x.docx").reading("final").text
    except FormatError as fault:
        said = str(fault)
    assert said in ("deep", "") or "nested deeper than" in said


def test_half_a_move() -> None:
    range_start = f'<w:moveFromRangeStart w:name="m" {by()}/>'
    gone = f"{range_start}<w:moveFrom {by()}>{t('b ')}</w:moveFrom>"
    document = from_docx(docx(body(p("a ", gone, "c"))), "x.docx")
    assert document.reading("final").text == "a c"
    assert [act.kind for act in document.acts] == ["deletion"]
    assert [each.code for each in document.diagnostics] == ["word-move"]


def _seconds(count: int) -> float:
    runs = "".join(
        (ins if k % 3 == 1 else dels if k % 3 == 2 else t)(f"w{k} ") for k in range(count)
    )
    data = docx(body(p(runs) + p("End.")))
    begun = time.process_time()
    document = from_docx(data, "x.docx")
    written = to_docx(document)
    spent = time.process_time() - begun
    assert len(document.acts) >= count // 3
    assert written.startswith(b"PK")
    return spent


def test_a_hundred_thousand_runs_take_linear_time() -> None:
    small, large = _seconds(12_500), _seconds(100_000)
    assert large < 40
    assert large < 8 * 2.2 * small + 1


def test_a_long_table_takes_linear_time() -> None:
    from tests.word.raw import row, table

    def seconds(rows: int) -> float:
        data = docx(body(table(*(row("a", ins("b"), mark="ins") for _ in range(rows))) + p("x")))
        begun = time.process_time()
        to_docx(from_docx(data, "x.docx"))
        return time.process_time() - begun

    small, large = seconds(500), seconds(4000)
    assert large < 8 * 2.2 * small + 1


def test_the_command_says_it_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(b"no zip")
    done = subprocess.run(
        [sys.executable, "-m", "redline", "convert", str(file), "--to", "tei"],
        capture_output=True, text=True, check=False, timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(r"redline: .*x\.docx: no Word file: [^\n]+\n", done.stderr)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(FormatError, match=r"pip install 'redline\[word\]'"):
        from_docx(GOOD, "x.docx")


def test_what_is_written_is_in_the_namespace_of_word() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(from_docx(GOOD, "x.docx")))) as archive:
        assert NAMESPACE.encode() in archive.read("word/document.xml")
        assert archive.testzip() is None
