"""The register in force: put in place, taken away again, with all that was derived from it."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import redline
from redline.markings.apparatus.cables import is_transmission_line
from redline.markings.apparatus.lines import identify
from redline.markings.banners.edges import glued_level, read_banner_line
from redline.markings.banners.vocabulary import damaged, vocabulary
from redline.markings.register import Register, active, builtin, load, using

OWN = """
[[scheme]]
id = "zz"
name = "Zembla"
prefixes = ["ZEMBLAN"]

[[level]]
id = "zz.H"
name = "TAJNE HOJNE"
short = "TH"
rank = 45
scheme = "zz"

[[level]]
id = "zz.T"
name = "TAJNE"
short = "T"
rank = 35
scheme = "zz"

[[level]]
id = "zz.S"
name = "ZEMBLAN SECRET"
short = "S"
rank = 30
scheme = "zz"
national = ["SECRET"]

[[control]]
name = "NUROKO"
group = "zz"

[[fuzzy]]
word = "TAJNE"
edits = 1
"""
PAPER = "~~TAJNE HOJNE~~\nTAJNE\n\nThe fleet ~~will~~ sail.\n\n~~TAJNE HOJNE~~\nTAJNE\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    return path


@pytest.fixture
def own(file: Path) -> Register:
    return builtin().extended(load(file))


def level(line: str) -> str | None:
    shown = read_banner_line(line, 0)
    return shown[0].level.id if shown else None


def test_using_is_for_the_block_alone(own: Register) -> None:
    assert active() is builtin()
    with using(own) as inner:
        assert inner is own
        assert active() is own
        with using(builtin()):
            assert active() is builtin()
        assert active() is own
    assert active() is builtin()


def test_using_ends_with_an_error(own: Register) -> None:
    with pytest.raises(KeyError), using(own):
        raise KeyError
    assert active() is builtin()


def test_every_memory_belongs_to_one_register(own: Register) -> None:
    """Asked in turn with either register, each answer is that of its own."""
    prose = "THE FLEET WILL SAIL IN APRIL TAJNE"
    for _ in range(2):
        assert level("TAJNE") is None
        assert level("ZEMBLAN SECRET") is None
        assert damaged("TAJME") is None
        assert glued_level(prose) is None
        assert is_transmission_line("TAJNE STATE 123456") is None
        assert identify("NUROKO") is None
        with using(own):
            assert level("TAJNE") == "zz.T"
            assert level("ZEMBLAN SECRET") == "zz.S"
            assert damaged("TAJME") == ("TAJNE", 1)
            assert level("TAJME") == "zz.T"
            glued = glued_level(prose)
            assert glued is not None
            assert (glued[0].id, glued[1]) == ("zz.T", prose.index("TAJNE"))
            cable = is_transmission_line("TAJNE STATE 123456")
            assert cable is not None
            assert cable.data is not None
            assert cable.data["level"] == "TAJNE"
            control = identify("NUROKO")
            assert control is not None
            assert control.kind == "control"
            assert level("SECRET") == "us.S"


def test_a_prefix_is_left_to_the_text() -> None:
    prose = "THEY SPOKE AT LENGTH WITH US SECRET"
    glued = glued_level(prose)
    assert glued is not None
    assert (glued[0].id, glued[1]) == ("us.S", prose.index("SECRET"))


def test_what_is_derived_is_made_once_and_goes_with_its_register(file: Path) -> None:
    own = builtin().extended(load(file))
    with using(own):
        assert vocabulary() is vocabulary()
        assert level("TAJNE") == "zz.T"
        is_transmission_line("TAJNE STATE 123456")
    gone = weakref.ref(own)
    del own
    gc.collect()
    assert gone() is None


def test_threads_do_not_see_one_another(own: Register) -> None:
    def read(with_own: bool) -> list[str | None]:
        found = []
        for _ in range(200):
            if with_own:
                with using(own):
                    found.append(level("TAJNE"))
            else:
                found.append(level("TAJNE"))
        return found

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(read, [True, False] * 4))
    assert all(set(found) == {"zz.T"} for found in results[::2])
    assert all(set(found) == {None} for found in results[1::2])


# -- the doors ------------------------------------------------------------------------------


def classification(document: redline.Document) -> tuple[str | None, str | None]:
    return document.classification.draft, document.classification.final


def test_parse_with_a_register(file: Path, own: Register) -> None:
    expected = ("TAJNE HOJNE", "TAJNE")
    for given in (str(file), file, [file], (str(file),), own):
        assert classification(redline.parse(PAPER, register=given)) == expected
    assert classification(redline.parse(PAPER)) == (None, None)
    with using(own):
        assert classification(redline.parse(PAPER)) == expected


def test_read_with_a_register(tmp_path: Path, file: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER)
    assert classification(redline.read(paper, register=file)) == ("TAJNE HOJNE", "TAJNE")
    assert classification(redline.read(paper)) == (None, None)


def test_no_files_are_the_built_in_register() -> None:
    paper = "SECRET\n\nThe fleet sails.\n\nSECRET\n"
    assert classification(redline.parse(paper, register=[])) == ("SECRET", "SECRET")


def test_a_file_that_changes_is_read_again(file: Path) -> None:
    assert classification(redline.parse(PAPER, register=file))[1] == "TAJNE"
    file.write_text(OWN.replace("TAJNE", "STROGO"))
    assert classification(redline.parse(PAPER, register=file)) == (None, None)
    renamed = PAPER.replace("TAJNE", "STROGO")
    assert classification(redline.parse(renamed, register=file))[1] == "STROGO"


def test_a_bad_register_is_an_error_of_redline(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[[level]]\nrank = 400\n")
    with pytest.raises(redline.RedlineError, match=r"bad\.toml:1: level without id"):
        redline.parse("x", register=bad)
    assert active() is builtin()


def test_a_document_keeps_the_register_it_was_read_with(file: Path) -> None:
    document = redline.parse(PAPER, register=file)
    written = redline.dumps(document, "tei")
    with using(builtin().extended(load(file))):
        assert redline.dumps(redline.parse(PAPER), "tei") == written
    assert '<category xml:id="zz.H" n="45">' in written
    assert 'ana="#zz.T"' in written
    assert redline.parse(PAPER).register is None


@pytest.mark.parametrize(
    ("words", "kind", "fields"),
    [
        ("DOWNGRADED TO TAJNE\nBY AUTHORITY OF J. ROE\nDATE 3 May 1960", "stamp",
         {"changed_to": "TAJNE", "authority": "J. ROE", "date": "1960-05-03"}),
        ("NO CHANGE IN CLASS. [ ]\nCLASS. CHANGED TO: TAJNE HOJNE ~~TAJNE~~\nAUTH: HR 70-2",
         "stamp",
         {"changed_to": "TAJNE HOJNE"}),
        ("TAJNE WHEN REMOVED FROM ENCLOSURES", "control", {"notice": "removal"}),
        ("REGRADED TAJNE\nBY ORDER OF THE HARBOUR BOARD\nBY TAG", "stamp",
         {"changed_to": "TAJNE"}),
        ("| DOWNGRADED TO TA | JNE |\n| BY AUTHORITY OF J. ROE |\n| DATE 3 May 1960 |", "stamp",
         {"changed_to": "TAJNE"}),
    ],
)  # fmt: skip
def test_a_projects_level_in_stamps_and_notices(
    file: Path, words: str, kind: str, fields: dict[str, str]
) -> None:
    paper = f"TAJNE HOJNE\n\nThe fleet will sail.\n\n{words}\n\nTAJNE HOJNE\n"
    document = redline.parse(paper, register=file)
    (found,) = [one for one in document.markings if one.kind != "banner"]
    assert found.kind == kind
    assert {name: found.fields.get(name) for name in fields} == fields
    assert document.reading("final").text == "The fleet will sail."


def test_a_projects_levels_as_options_of_a_form(file: Path) -> None:
    paper = "[ ] TAJNE [ ] TAJNE HOJNE\n\nThe fleet will sail.\n"
    document = redline.parse(paper, register=file)
    assert document.markings == ()
    assert [one.code for one in document.diagnostics] == ["level-options"]
    assert document.reading("final").text == "The fleet will sail."
    # Without the register they are words.
    assert "TAJNE" in redline.parse(paper).reading("final").text


@pytest.mark.parametrize("line", ["TAJNE HOJNE - LIMITED", "TH", "CLASSIFICATION: TAJNE HOJNE"])
def test_a_projects_level_at_two_edges(file: Path, line: str) -> None:
    document = redline.parse(f"{line}\n\nThe fleet will sail.\n\n{line}\n", register=file)
    assert [one.is_ for one in document.markings] == ["TAJNE HOJNE"] * 2
    assert redline.parse(f"{line}\n\nThe fleet will sail.\n\n{line}\n").markings == ()
