"""TEI parallel segmentation: valid, and every witness can be read from it by a stranger."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

import redline
from redline.collation.witnesses import collate
from redline.formats.collation import dumps
from redline.formats.collation.tei_app import witness_ids
from redline.formats.collation.white_space import normal
from redline.formats.tei.escape import storable
from tests.collation import app_walker
from tests.collation.app_walker import TEI, XML_ID
from tests.collation.planted_witnesses import planted
from tests.collation.test_witnesses import texts
from tests.judges import schemas, tei_rules

UNIT = st.sampled_from(["word", "word", "char", "line", "sentence", "block"])
STRIKE = "The pilots ~~were~~ ^{may be} asked to wait.\n\nThey ~~did~~ ^{do} not.\n"
HARD = {
    "planted": list(planted(1, 3, 200).texts.values()),
    "six planted": list(planted(2, 6, 120).texts.values()),
    "paragraphs": ["One.\n\nTwo.\n\nThree.", "One.\n\nTwo. Three.", "One. Two.\n\nThree."],
    "breaks at edges": ["\n\na\n\nb\n\n", "a b", "a\n\n b\n\nc"],
    "line ends": ["a\r\nb\r\n\r\nc", "a\nb\n\nc", "a\rb\r\rc"],
    "empty": ["", "a b", ""],
    "all empty": ["", ""],
    "blank": [" \n\n ", "\t", ""],
    "nothing in common": ["one two", "drei", "四五"],
    "markup": ["<p>a & b</p>", '<app>"a" & b</app>', "a &amp; b ]]>"],
    "no characters": ["a \x00 \x0b b", "a \ud800 b", "a \ufffe b"],
    "moved": [
        "Before dawn the pilot rowed out. No ship may pass.",
        "No ship may pass. Before dawn the pilot rowed out.",
        "No ship may pass.",
    ],
    "many": [f"the {k} pilots were asked" for k in range(40)],
}


def read(tei: str) -> dict[str, str]:
    root = app_walker.parse(tei)
    return {n: app_walker.read(root, id_) for n, id_ in app_walker.witnesses(root).items()}


# -- the law ----------------------------------------------------------------------------------


@given(st.lists(texts(), min_size=2, max_size=5), UNIT)
@example(["a\r\nb", "a\nb", "a b"], "word")
@example(["\x1f", ""], "word")
def test_every_witness_can_be_read(given: list[str], unit: str) -> None:
    table = collate(given, unit)
    assert read(dumps(table, "tei-app")) == {
        siglum: storable(normal(text)) for siglum, text in zip(table.sigla, given, strict=True)
    }


@pytest.mark.parametrize("name", HARD)
def test_every_hard_witness_can_be_read(name: str) -> None:
    table = collate(HARD[name])
    assert list(read(dumps(table, "tei-app")).values()) == [
        storable(normal(text)) for text in HARD[name]
    ]


def test_large_witnesses_can_be_read() -> None:
    given = planted(3, 4, 4000).texts
    assert read(dumps(collate(given), "tei-app")) == {k: normal(v) for k, v in given.items()}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a\r\nb", "a b"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\n \t\nb", "a\n\nb"),
        ("a\r\rb", "a\n\nb"),
        (" \n\n a  b\t", "a b"),
        ("a\u2003\u00a0b", "a b"),
    ],
)
def test_the_rule_for_white_space(text: str, rule: str) -> None:
    assert normal(text) == rule


def test_white_space_that_all_have_stands_outside() -> None:
    """No reading begins or ends with white space that the others have there as well."""
    found = 0
    for seed in range(8):
        root = app_walker.parse(dumps(collate(planted(seed, 3, 150).texts), "tei-app"))
        for app in root.iter(f"{TEI}app"):
            found += 1
            readings = ["".join(each.itertext()) for each in app]
            if all(readings):
                assert not all(each[0] == " " for each in readings), readings
                assert not all(each[-1] == " " for each in readings), readings
    assert found > 100


# -- form -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    made = {name: dumps(collate(given), "tei-app").encode() for name, given in HARD.items()}
    paper = redline.parse(STRIKE, name="memo.txt")
    stages = {"D": paper.reading("draft"), "F": paper.reading("final"), "P": "The pilots <may>."}
    made["stages"] = redline.dumps(redline.collate(stages), "tei-app").encode()
    made["sigla"] = dumps(
        collate({'"': "a", "<&>": "b", " ": "c", "\x00": "d"}), "tei-app"
    ).encode()
    return made


@pytest.mark.parametrize("schema", [schemas.RNG_NEW, schemas.RNG_OLD])
def test_valid(documents: dict[str, bytes], schema: str) -> None:
    assert schemas.relax_ng(documents, schema) == {}


def test_the_schemas_can_say_no(documents: dict[str, bytes]) -> None:
    broken = (
        documents["planted"].replace(b"<lem ", b"<lemma ", 1).replace(b"</lem>", b"</lemma>", 1)
    )
    assert schemas.relax_ng({"broken": broken})


def test_valid_by_jing_and_schematron(documents: dict[str, bytes]) -> None:
    assert schemas.jing(documents, schemas.RNG_NEW) == {}
    assert schemas.jing(documents, schemas.SCHEMATRON) == {}


def test_the_rules_no_schema_can_say(documents: dict[str, bytes]) -> None:
    for name, document in documents.items():
        root = etree.fromstring(document)
        for rule in (
            tei_rules.repeated_ids,
            tei_rules.dangling_pointers,
            tei_rules.bare_pointers,
            tei_rules.indented_text,
        ):
            assert rule(root) == [], (name, rule)


def test_apparatus(documents: dict[str, bytes]) -> None:
    for name, document in documents.items():
        root = etree.fromstring(document)
        (encoding,) = root.iter(f"{TEI}variantEncoding")
        assert encoding.attrib == {"method": "parallel-segmentation", "location": "internal"}
        (list_wit,) = root.iter(f"{TEI}listWit")
        pointers = [f"#{each.get(XML_ID)}" for each in list_wit]
        for app in root.iter(f"{TEI}app"):
            assert [each.tag for each in app] == [f"{TEI}lem"] + [f"{TEI}rdg"] * (len(app) - 1)
            assert len(app) > 1, name
            assert [each.get("varSeq") for each in app] == [str(k + 1) for k in range(len(app))]
            named = " ".join(each.get("wit", "") for each in app).split()
            assert sorted(named) == sorted(pointers), name


def test_all_that_agrees_has_no_apparatus() -> None:
    root = app_walker.parse(dumps(collate(["One.\n\nTwo.", "One.\n\nTwo."]), "tei-app"))
    assert list(root.iter(f"{TEI}app")) == []
    assert [each.text for each in root.iter(f"{TEI}body/{TEI}p")] == []  # iter takes no path
    assert [each.text for each in root.findall(f".//{TEI}body/{TEI}p")] == ["One.", "Two."]


def test_space_alone_is_of_its_own_type() -> None:
    root = app_walker.parse(dumps(collate(["a b", "a\n\nb"]), "tei-app"))
    assert [app.get("type") for app in root.iter(f"{TEI}app")] == ["spacing"]


def test_moved_passages_point_to_each_other() -> None:
    root = app_walker.parse(dumps(collate(HARD["moved"]), "tei-app"))
    moved = [app for app in root.iter(f"{TEI}app") if app.get("type") == "transposition"]
    assert len(moved) == 2
    one, other = moved
    assert one.get("corresp") == f"#{other.get(XML_ID)}"
    assert other.get("corresp") == f"#{one.get(XML_ID)}"


# -- the names of witnesses ---------------------------------------------------------------------


@given(st.lists(st.text("Aaw10-é <", max_size=4), min_size=2, max_size=12))
@example(["W1", "W10"])
@example(["a", "A"])
@example(["w", "w", "w"])
def test_no_id_is_a_part_of_another(sigla: list[str]) -> None:
    ids = witness_ids(sigla)
    assert len(ids) == len(sigla)
    assert not [pair for pair in permutations(ids, 2) if pair[0].lower() in pair[1].lower()]
    for id_ in ids:
        etree.fromstring(f'<a xml:id="{id_}"/>')


@pytest.mark.parametrize("count", [2, 10, 27, 120])
def test_no_id_of_many_is_a_part_of_another(count: int) -> None:
    root = app_walker.parse(dumps(collate([f"word {k % 7}" for k in range(count)]), "tei-app"))
    ids = list(app_walker.witnesses(root).values())
    assert len(ids) == count
    assert not [pair for pair in permutations(ids, 2) if pair[0] in pair[1]]


def test_good_sigla_are_kept() -> None:
    assert witness_ids(["T", "P", "Q1"]) == ["T", "P", "Q1"]
    assert witness_ids(["W1", "W10"]) == ["w1", "w2"]
    assert witness_ids([f"W{k}" for k in range(1, 12)])[:2] == ["w01", "w02"]


def test_a_witness_says_what_it_is() -> None:
    paper = redline.parse(STRIKE, name="in/memo.txt")
    table = redline.collate({"D": paper.reading("draft"), "F": paper.reading("final")})
    root = app_walker.parse(redline.dumps(table, "tei-app"))
    assert [(w.get(XML_ID), w.get("n"), w.text) for w in root.iter(f"{TEI}witness")] == [
        ("D", "D", "in/memo.txt@draft"),
        ("F", "F", "in/memo.txt@final"),
    ]
    assert read(redline.dumps(table, "tei-app"))["F"] == paper.reading("final").text
