"""Word files that redline writes of documents made by chance, and what others make of them.

    python -m tests.word 300

writes 300 files and says where LibreOffice or pandoc, with all changes accepted or rejected, give
something else than the final text or the draft, and where redline reads what LibreOffice saves
of a file otherwise than LibreOffice does. Three kinds of documents by turns: papers in the
notation, comparisons of two texts, and files with changes everywhere: in runs, ends of
paragraphs, rows, moves.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, given, seed, settings

import redline
from redline.formats.tei.escape import storable
from redline.formats.word import from_docx, to_docx
from redline.model import Document
from tests.judges.office import office, pandoc_paragraphs, readable, same
from tests.strategies import papers
from tests.word.raw import body, cell, dels, docx, ins, moved, moved_to, p, row, t, table

__all__ = ["Verdict", "documents", "judged", "tight", "wanted"]

WORDS = "the pier was old and nobody had seen its keeper since a storm of that winter".split()
STAGES = (("draft", "reject"), ("final", "accept"))


class Verdict(NamedTuple):
    """How many readings were asked of each judge, and where one gave something else."""

    asked: dict[str, int]
    wrong: list[str]


def documents(count: int) -> Iterator[tuple[str, Document]]:
    """So many documents, always the same ones."""
    notations: list[str] = []

    @seed(20)
    @settings(max_examples=(count + 2) // 3, database=None, deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(papers)
    def collect(paper: str) -> None:
        notations.append(paper)

    collect()
    for k in range(count):
        dice = random.Random(k)
        if k % 3 == 0 and k // 3 < len(notations):
            yield f"paper {k}", redline.parse(notations[k // 3])
        elif k % 3 == 1:
            a = _text(dice)
            yield f"comparison {k}", redline.compare(a, _changed(dice, a)).document
        else:
            yield f"file {k}", from_docx(_file(dice), f"file {k}")


def _some(dice: random.Random, most: int = 6) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(1, most)))


def _text(dice: random.Random) -> str:
    return "\n\n".join(_some(dice, 14) for _ in range(dice.randint(1, 7)))


def _changed(dice: random.Random, text: str) -> str:
    """The text with words, paragraphs and ends of paragraphs changed."""
    paragraphs = text.split("\n\n")
    for _ in range(dice.randint(1, 4)):
        k = dice.randrange(len(paragraphs))
        words = paragraphs[k].split()
        act = dice.randrange(6)
        if act == 0:
            words.insert(dice.randrange(len(words) + 1), _some(dice, 3))
        elif act == 1 and len(words) > 1:
            del words[dice.randrange(len(words))]
        elif act == 2:
            words[dice.randrange(len(words))] = _some(dice, 2)
        elif act == 3 and len(words) > 1:
            cut = dice.randrange(1, len(words))
            paragraphs.insert(k + 1, " ".join(words[cut:]))
            del words[cut:]
        elif act == 4 and k + 1 < len(paragraphs):
            words += paragraphs.pop(k + 1).split()
        elif act == 5:
            paragraphs.insert(dice.randrange(len(paragraphs) + 1), _some(dice, 10))
            continue
        paragraphs[k] = " ".join(words)
    return "\n\n".join(paragraphs)


def _file(dice: random.Random) -> bytes:
    """A file with changes everywhere."""
    blocks = []
    for _ in range(dice.randint(2, 8)):
        if dice.random() < 0.15:
            rows = []
            for _ in range(dice.randint(1, 3)):
                fate = dice.choice(["", "", "ins", "del"])
                wrap = {"": str, "ins": ins, "del": dels}[fate]
                rows.append(row(*(cell(p(wrap(_some(dice, 3)))) for _ in range(2)), mark=fate))
            blocks.append(table(*rows))
            continue
        mark = dice.choice(["", "", "", "ins", "del"])
        runs = [_runs(dice) for _ in range(dice.randint(0, 4))]
        blocks.append(p(*runs, mark=mark, who=dice.choice(["Ann", "Bob"]),
                        style=dice.choice(["", "", "Heading1"])))
    if dice.random() < 0.3:
        words = _some(dice, 3) + " "
        blocks[0] = p("So ", moved("m1", words), _some(dice))
        blocks.append(p(_some(dice), " ", moved_to("m1", words), "it is"))
    return docx(body("".join(blocks) + p("The end.")))


def _runs(dice: random.Random) -> str:
    words, who, day = _some(dice) + " ", dice.choice(["Ann", "Bob"]), dice.randint(1, 2)
    fate = dice.randrange(5)
    if fate == 0:
        return ins(words, who=who, day=day)
    if fate == 1:
        return dels(words, who=who, day=day)
    if fate == 2:
        return ins(words, dels(_some(dice) + " ", who="Cal"), who=who, day=day)
    if fate == 3:
        return t(words, dice.choice(["<w:b/>", "<w:i/>"]))
    return t(words)


def wanted(document: Document, stage: str) -> str:
    """The reading as XML can hold it; line ends are line ends."""
    text = re.sub(r"\r\n?", "\n", storable(document.reading(stage).text))
    return readable(text.split("\n\n"))


def judged(
    made: list[tuple[str, Document]], folder: Path, *, with_pandoc: bool, with_office: bool
) -> Verdict:
    """What LibreOffice and pandoc give for the files that redline writes of these documents."""
    asked = {"LibreOffice": 0, "LibreOffice saved": 0, "pandoc": 0}
    wrong: list[str] = []
    jobs = []
    for k, (_, document) in enumerate(made):
        file = folder / f"{k}.docx"
        file.write_bytes(to_docx(document))
        jobs += [{"file": str(file), "action": decision} for _, decision in STAGES]
        jobs.append({"file": str(file), "save": str(folder / f"{k}-saved.docx")})
    answers = office(jobs) if with_office else []
    saved = office(
        {"file": str(folder / f"{k}-saved.docx"), "action": decision}
        for k in range(len(made)) for _, decision in STAGES
    ) if with_office else []

    def ask(judge: str, name: str, stage: str, expected: str, found: str) -> None:
        asked[judge] += 1
        if expected != found:
            wrong.append(f"{judge}, {name}, {stage}:\n  {expected!r}\n  {found!r}")

    for k, (name, document) in enumerate(made):
        for n, (stage, decision) in enumerate(STAGES):
            expected = wanted(document, stage)
            if with_office:
                answer = answers[3 * k + n]
                ask("LibreOffice", name, stage, expected,
                    readable(answer.get("paragraphs", [str(answer)])))
                again = from_docx((folder / f"{k}-saved.docx").read_bytes(), name)
                theirs = saved[2 * k + n]
                ask("LibreOffice saved", name, stage, tight(wanted(again, stage)),
                    tight("\n\n".join(theirs.get("paragraphs", [str(theirs)]))))
            if with_pandoc:
                # pandoc puts a space where it joins two paragraphs.
                found = " ".join(pandoc_paragraphs(folder / f"{k}.docx", decision))
                ask("pandoc", name, stage, same(expected).replace(" ", ""),
                    same(found).replace(" ", ""))
    return Verdict(asked, wrong)


def tight(text: str) -> str:
    """Without the white space at the edges of paragraphs, which a reading does not keep."""
    return readable(each.strip(" \t\n") for each in text.split("\n\n"))
