"""The verbs of `redline.edit`, each by what it does and what it refuses."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

import redline
from redline import edit
from redline.diagnostics import EditError, HandError, RevisionError, StageError
from redline.model import Document, Hand, Stage
from tests.judges import schemas

TEXT = "The ~~old~~ ^{new} pier is ~~not~~ long.\n\nIt was built well.\n"


def readings(document: Document) -> tuple[str, str]:
    return document.reading("draft").text, document.reading("final").text


def at(document: Document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


def by_two_hands() -> Document:
    document = redline.parse(TEXT)
    document = edit.add_hand(document, Hand("A", "the author"))
    document = edit.add_hand(document, Hand("B", "a clerk"))
    document = edit.add_stage(document, Stage("second", "in May", "1951-05", "B", "pencil"))
    document = edit.set_hand(document, "A", "r1").document
    document = edit.set_hand(document, "B", "r2").document
    return edit.set_stage(document, "second", "r2").document


def test_readings_by_stage_and_by_hand() -> None:
    document = by_two_hands()
    assert document.reading("revision").text.startswith("The new pier is not long.")
    assert document.reading("second").text.startswith("The new pier is long.")
    assert document.reading_of_hand("B").text.startswith("The old pier is long.")
    assert document.reading_of_hand("A", "B").text == document.reading("final").text
    assert document.reading_of_hand().text == document.reading("draft").text
    with pytest.raises(RevisionError, match="no hand 'C' in <string>; it has A, B"):
        document.reading_of_hand("C")


def test_decisions_by_what_revisions_are() -> None:
    document = by_two_hands()
    assert dict(document.accept(kind="deletion").decisions) == {"r2": "accepted"}
    assert dict(document.reject(hand="A").decisions) == {"r1": "rejected"}
    assert dict(document.reject(stage="second").decisions) == {"r2": "rejected"}
    assert set(document.accept(page=1).decisions) == {"r1", "r2"}
    chosen = document.accept(where=lambda r: any(part.text == "old" for part in r.deleted))
    assert dict(chosen.decisions) == {"r1": "accepted"}
    assert dict(document.accept("r1", kind="deletion").decisions) == {}
    assert dict(document.accept("r1", "r2").undecide("r1").decisions) == {"r2": "accepted"}
    assert dict(document.accept("r1", "r2").undecide().decisions) == {}


def test_names_that_are_not_there() -> None:
    document = by_two_hands()
    with pytest.raises(RevisionError, match="no revision 'r11' in <string>; did you mean 'r1'"):
        document.accept("r11")
    with pytest.raises(RevisionError, match="no kind 'deletions' of revision; did you mean"):
        document.accept(kind="deletions")
    with pytest.raises(StageError, match="no stage 'secnod' in <string>; did you mean 'second'"):
        document.reject(stage="secnod")
    with pytest.raises(RevisionError, match="no page 4 in <string>; its pages are 1 to 1"):
        document.reject(page=4)
    with pytest.raises(RevisionError, match="no hand 'Z'"):
        edit.insert(document, 0, "so", hand="Z")
    with pytest.raises(StageError, match="has a stage 'second' already"):
        edit.add_stage(document, Stage("second", "again"))


def test_a_deletion_over_two_blocks_is_one_act() -> None:
    document = redline.parse(TEXT)
    made, change = edit.delete(document, at(document, "is")[0], at(document, "was")[1])
    assert not change
    act = made.act_of["r3"]
    assert [made.text[made.spans[k].start : made.spans[k].end] for k in act.parts] == [
        "is not long.",
        "It was",
    ]
    assert readings(made)[1] == "The new pier\n\nbuilt well."
    assert made.act_of["r2"].within == "r3"


def test_replaced_and_moved() -> None:
    document = redline.parse(TEXT)
    made, change = edit.replace(document, *at(document, "built"), "made")
    assert readings(made)[1].endswith("It was made well.")
    assert made.act_of["r3"].kind == "substitution"
    assert change.apply(document.text) == made.text
    plain, change = edit.replace(document, *at(document, "old"), "young", tracked=False)
    assert readings(plain)[0].startswith("The young pier")
    assert [act.id for act in plain.acts] == ["r1", "r2"]
    assert change.apply(document.text) == plain.text
    moved, change = edit.move(document, *at(document, "was "), at(document, "well")[0])
    assert readings(moved)[1].endswith("It built was well.")
    assert moved.act_of["r3"].kind == "transposition"
    assert change.apply(document.text) == moved.text
    moved, change = edit.move(document, *at(document, "was "), 0, tracked=False)
    assert readings(moved)[0] == "was The old pier is not long.\n\nIt built well."
    assert change.apply(document.text) == moved.text


def test_a_side_says_what_it_stands_with() -> None:
    document = redline.parse(TEXT)
    end = at(document, "old")[1]
    plain = [
        readings(edit.insert(document, end, "X", tracked=False, side=side).document)
        for side in (None, "before", "after")
    ]
    assert [draft[4:9].strip() for draft, _ in plain] == ["oldX", "oldX", "old p"]
    assert [final[4:9].strip() for _, final in plain] == ["Xnew", "new p", "Xnew"]


def test_joined_and_parted() -> None:
    document = redline.parse(TEXT)
    joined = edit.join(document, "r2", "r1").document
    assert [(act.id, act.kind, len(act.parts)) for act in joined.acts] == [
        ("r1", "substitution", 3)
    ]
    assert readings(joined) == readings(document)
    parted = edit.part(joined, "r1").document
    assert [(act.id, act.kind) for act in parted.acts] == [
        ("r1", "substitution"),
        ("r3", "deletion"),
    ]
    halves = edit.part(parted, "r1").document
    assert [(act.id, act.kind) for act in halves.acts] == [
        ("r1", "deletion"),
        ("r4", "addition"),
        ("r3", "deletion"),
    ]
    decided = edit.part(joined.accept("r1"), "r1").document
    assert set(decided.decisions) == {"r1", "r3"}
    moved = edit.move(document, *at(document, "is"), 0).document
    with pytest.raises(RevisionError, match="'r3' moves words"):
        edit.join(moved, "r1", "r3")
    with pytest.raises(RevisionError, match="two revisions or more"):
        edit.join(document, "r1")
    with pytest.raises(RevisionError, match="has one part"):
        edit.part(document, "r2")
    with pytest.raises(RevisionError, match="not decided alike"):
        edit.join(document.accept("r1"), "r1", "r2")


def test_notes_and_guesses() -> None:
    document = redline.parse(TEXT)
    made, change = edit.annotate(document, at(document, " long")[0], "see the plan")
    assert readings(made) == readings(document)
    assert change.apply(document.text) == made.text
    assert [(note.kind, made.text[note.start : note.end]) for note in made.notes] == [
        ("margin", "see the plan")
    ]
    guess = edit.mark_unclear(document, *at(document, "built")).document
    assert [span.kind for span in guess.spans if span.kind == "unclear"] == ["unclear"]
    assert readings(guess) == readings(document)
    with pytest.raises(EditError, match="is marked as unclear already"):
        edit.mark_unclear(guess, *at(guess, "uil"))
    with pytest.raises(EditError, match="no certainty 'sure'"):
        edit.set_certainty(document, "sure", "r1")  # type: ignore[arg-type]
    assert edit.set_certainty(document, "low", "r1").document.act_of["r1"].cert == "low"


@pytest.mark.parametrize(
    ("text", "start", "end", "message"),
    [
        ("One two.", 5, 99, "99 is outside the text of <string>, which is 0 to 8"),
        ("One two.", 5, 5, "holds no character"),
        ("One two.", -1, 5, "-1 is outside"),
        ("so it is [illegible] there", 12, 25, "begins at 12, inside a gap"),
        (
            "One.\n\nSECRET\n\n- 2 -\n\nSECRET\n\nTwo.",
            6,
            8,
            "inside what the page carries|no running",
        ),
        ("One.\n\nTwo.", 4, 5, "holds no running text"),
    ],
)
def test_ranges_that_cannot_be_edited(text: str, start: int, end: int, message: str) -> None:
    document = redline.parse(text)
    for tracked in (True, False):
        with pytest.raises(EditError, match=message):
            edit.delete(document, start, end, tracked=tracked)


def test_words_that_cannot_come_in() -> None:
    document = redline.parse("One [illegible] two.\n\nThree.")
    with pytest.raises(EditError, match="7 stands inside a gap"):
        edit.insert(document, 7, "x")
    with pytest.raises(EditError, match="has a line end"):
        edit.insert(document, 0, "x\ny")
    with pytest.raises(EditError, match="no text to insert"):
        edit.insert(document, 0, "")
    with pytest.raises(EditError, match="that is where it stands"):
        edit.move(document, 0, 3, 2)


def test_ids_are_never_used_again() -> None:
    document = redline.parse("A ~~b~~ c ~~d~~ e.")
    gone = edit.delete(document, *at(document, " d"), tracked=False).document
    assert [act.id for act in gone.acts] == ["r1"]
    made = edit.insert(gone, 0, "x ").document
    assert [act.id for act in made.acts] == ["r3", "r1"]


def test_why_a_character_is_seen() -> None:
    document = by_two_hands().reject("r1")
    found = document.explain(at(document, "new")[0])
    assert [(stage.stage, stage.seen) for stage in found.stages] == [
        ("draft", False),
        ("revision", False),
        ("second", False),
        ("final", False),
    ]
    assert str(found).splitlines()[0] == "draft: not seen: r1 adds it (rejected), not in force"
    found = document.explain(at(document, "not")[0])
    assert [seen.seen for seen in found.stages] == [True, True, False, False]
    assert str(found).splitlines()[-1] == "final: not seen: r2 strikes it"
    assert document.explain(document.text.index("\n")).in_block is False
    with pytest.raises(EditError, match="is no character"):
        document.explain(-1)


def test_what_is_explained_is_what_is_read() -> None:
    document = redline.parse("One ~~two ^{three} four~~ five ^{six ~~seven~~ eight}.\n\nSo.^{1}\n")
    for stage in ("draft", "final"):
        seen = [
            document.text[k]
            for k in range(len(document.text))
            if next(s for s in document.explain(k).stages if s.stage == stage).seen
        ]
        assert "".join(seen) == document.reading(stage).text.replace("\n\n", "")


def test_the_record_keeps_stages_and_new_revisions() -> None:
    document = by_two_hands()
    document = edit.insert(document, 0, "So ", stage="second", hand="B").document
    assert redline.loads(redline.dumps(document, "json"), "json") == document


BANNERS = (
    "~~SECRET~~\nCONFIDENTIAL\n\nThe  ~~old~~ ^{new} pier.\n\n-   It is *so*.\n\n"
    "~~SECRET NOFORN~~\nCONFIDENTIAL\n"
)


@pytest.mark.parametrize(
    ("was", "is_", "action", "words"),
    [
        ("TOP SECRET", "SECRET", "downgrade", "~~TOP SECRET~~\nSECRET"),
        ("SECRET", "SECRET", "unchanged", "SECRET"),
        ("CONFIDENTIAL", "SECRET", "upgrade", "~~CONFIDENTIAL~~\nSECRET"),
        ("SECRET", None, "cancelled", "~~SECRET~~"),
        (None, "SECRET", "added", "^{SECRET}"),
    ],
)
def test_a_banner_that_says_something_else(
    was: str | None, is_: str | None, action: str, words: str
) -> None:
    before = redline.parse(BANNERS)
    after, change = edit.reclassify(before, "m1", was, is_)
    assert not change
    assert before.markings[0].was == "SECRET"
    assert after.markings[1:] == before.markings[1:]
    assert after.text == before.text
    notation = redline.dumps(after, "native")
    assert notation == BANNERS.replace("~~SECRET~~\nCONFIDENTIAL", words, 1)
    tei = redline.loads(redline.dumps(after, "tei"), "tei")
    record = redline.loads(redline.dumps(after, "json"), "json")
    for again in (redline.parse(notation), tei, record):
        row = again.markings[0]
        assert (row.was, row.is_, row.action) == (was, is_, action)
        assert again.classification[:2] == after.classification[:2]
        assert again.reading("draft").text == before.reading("draft").text


def test_a_banner_of_a_tei_file() -> None:
    before = redline.loads(redline.dumps(redline.parse(BANNERS), "tei"), "tei")
    assert before.classification[:2] == ("SECRET", "CONFIDENTIAL")
    made = before
    for id_ in ("m1", "m2"):
        made = edit.reclassify(made, id_, "TOP SECRET", "SECRET").document
    assert made.classification[:2] == ("TOP SECRET", "SECRET")
    written = redline.dumps(made, "tei")
    assert redline.loads(written, "tei").classification == made.classification
    assert "TOP SECRET lowered to SECRET" in written
    assert "SECRET lowered to CONFIDENTIAL" not in written
    assert schemas.jing({"paper": written.encode()}, schemas.RNG_NEW) == {}


def test_a_banner_and_its_text() -> None:
    paper = redline.parse(BANNERS)
    made = edit.reclassify(paper, "m1", "TOP SECRET", "SECRET").document.accept("r1")
    made = edit.insert(made, made.text.index("pier"), "long ").document
    written = redline.dumps(made, "native")
    # It was an act of its own beside another: it says so still.
    assert written.startswith("~~TOP SECRET~~\nSECRET\n\nThe  new ^{long}{id=r2} pier")


def test_what_cannot_be_reclassified() -> None:
    paper = redline.parse(BANNERS)
    for id_, was, is_, says in (
        ("m9", "SECRET", "SECRET", "no banner 'm9' in <string>; it has 'm1', 'm2'"),
        ("m1", "SEKRET", "SECRET", "no level 'SEKRET'"),
        ("m1", None, None, "a banner says a level"),
    ):
        with pytest.raises(EditError, match=says):
            edit.reclassify(paper, id_, was, is_)


def test_a_word_over_a_page_edge_stays_one(tmp_path: Path) -> None:
    """A line written anew keeps the hyphen before what parts two pages."""
    paper = redline.read(Path(__file__).parents[2] / "samples/despatch/despatch.txt")
    ids = [act.id for act in paper.acts]
    decided = paper.accept(*ids[::2]).reject(*ids[1::2])
    assert "of a hard winter, and" in decided.reading("final").text
    redline.write(decided, tmp_path / "decided.txt", verify=True)
    again = redline.read(tmp_path / "decided.txt")
    assert "of a hard winter, and" in again.reading("final").text
def test_a_confirmed_join_is_certain() -> None:
    document = redline.parse("He ~~was~~ ^{may} soon ^{have been} here.")
    assert [(act.joined, act.cert) for act in document.acts] == [
        (("r2",), "high"),
        (("r1",), "medium"),
    ]
    joined = edit.join(document, "r1", "r2").document
    assert [(act.kind, act.cert) for act in joined.acts] == [("substitution", "high")]
    parted = edit.part(joined, "r1").document
    assert [act.kind for act in parted.acts] == ["substitution", "addition"]


def test_the_stage_of_edits_is_added() -> None:
    document = redline.read("tests/tei_in/choice-stages.xml")
    stages = [stage.id for stage in document.stages]
    assert "revision" not in stages
    made = edit.insert(document, 3, "x").document
    assert [stage.id for stage in made.stages] == [*stages, "revision"]
    assert edit.insert(document, 3, "x", tracked=False).document.stages == document.stages
    with pytest.raises(StageError):
        edit.insert(document, 3, "x", stage="second")


def test_words_stand_outside_a_mark_at_its_words() -> None:
    document = redline.parse("The ~~old~~ pier.\n\n~~One~~ two.\n")
    old, one = at(document, "old"), at(document, "One")
    for side in (None, "before"):
        made, change = edit.insert(document, old[0], "grand ", side=side)
        assert readings(made)[1] == "The grand pier.\n\ntwo."
        assert readings(made)[0] == readings(document)[0]
        assert change.apply(document.text) == made.text
    assert readings(edit.insert(document, old[0], "grand").document)[1].startswith("The grand pier")
    inside = edit.insert(document, old[0], "grand ", side="after").document
    assert readings(inside)[1] == readings(document)[1]
    assert readings(edit.insert(document, one[1], " more").document)[1].endswith("more two.")
    moved = edit.move(redline.parse("One ~~two~~ three."), 0, 3, 4).document
    assert readings(moved) == ("One two three.", "One three.")


def test_words_that_stand_outside_a_mark_stay_in_their_cell() -> None:
    row = redline.parse("| a | b ^{e} |\n|---|---|\n")
    row = edit.delete(row, 1, 2, tracked=False).document
    assert (row.text, row.spans[0].start) == ("a e", 1)
    assert edit.insert(row, 2, "y ").document.reading("final").text == "a\n\ny e"


def test_what_is_no_text() -> None:
    document = redline.parse(TEXT)
    with pytest.raises(EditError, match="no side 'middle'"):
        edit.insert(document, 2, "x", side="middle")  # type: ignore[arg-type]
    for words in ("\x00", "\ud800"):
        with pytest.raises(EditError, match="no character of a text"):
            edit.insert(document, 2, words)
    with pytest.raises(EditError, match="has a bracket"):
        edit.annotate(document, 2, "note]x")
    with pytest.raises(EditError, match="not in order"):
        edit.Edit((edit.Change(3, "d", "X"), edit.Change(0, "a", "Y")))
    with pytest.raises(HandError, match="no hand 'q'"):
        edit.set_hand(document, "q", "r1")


def test_a_move_half_decided_is_none() -> None:
    document = redline.parse("in^{ner}text end.\n").reject("r1")
    left = edit.move(document, 9, 13, 3).document.settle()
    assert [(act.kind, len(act.parts)) for act in left.acts] == [("deletion", 1)]


def test_documents_are_copied_and_pickled() -> None:
    document = redline.parse("TOP SECRET\n\n" + TEXT).accept("r1")
    for again in (copy.deepcopy(document), pickle.loads(pickle.dumps(document))):
        assert again == document
        assert again.reject("r2").decisions == {"r1": "accepted", "r2": "rejected"}
        with pytest.raises(TypeError):
            again.decisions["r1"] = "rejected"
