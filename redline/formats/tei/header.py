"""The header: what the file is, what the paper says of itself, what was inferred and how sure.

Nothing in it depends on when or where it was written, so the same paper gives the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from redline.facts import Facts, file_name
from redline.formats.record.write import version
from redline.formats.tei.custody import custody, dated, text_class
from redline.formats.tei.escape import attribute, escape, storable
from redline.formats.tei.headed import campaign
from redline.formats.tei.names import COMPARISON, VARIANT
from redline.formats.tei.pointers import Pointers
from redline.model import Document

__all__ = ["write_header"]

#: What is done to every paper: element, and what it says.
_EDITORIAL = {
    'correction method="markup"': (
        "Nothing is corrected. What was struck on the paper is in del, what was written in is in "
        "add; where one stands in the place of the other, both are in subst. What the editor "
        "put in is in supplied."
    ),
    'hyphenation eol="some"': (
        "A hyphen that only divides a word at the end of a line or page is on the break, in rend; "
        'the break has the value "no". One that may belong to the word is kept, and the break has '
        'the value "maybe".'
    ),
    'normalization method="markup"': (
        "Lines of a paragraph are joined by one space and the break is marked by lb. White space "
        "beside what was struck or written in stands where dropping every del, or every add, "
        "leaves the right reading."
    ),
    "segmentation": (
        "Each paragraph, heading, item, cell or line of a letterhead is one element. What a page "
        "has beside its text (banners, stamps, page numbers, release lines) is in fw, stamp or "
        "note, at its place, and in no reading."
    ),
}

#: What is said otherwise of two texts that were compared.
_COMPARED = {
    'correction method="markup"': (
        "Two texts are compared. What only the first has is in del, what only the second has is in "
        "add; where one stands in the place of the other, both are in subst. Nothing was struck "
        "or written in on paper. Each variant points to its kind with ana."
    ),
}
_ONE = "A transcription of one paper with its revisions; not published."
_TWO = "Two texts compared; not published."


def write_header(
    document: Document, facts: Facts, pointers: Pointers, body: list[str]
) -> list[str]:
    """The lines of `teiHeader`. Written last: it defines what the text points to."""
    lines = ["<teiHeader>"]
    # Both may need one more stage or category than the text did.
    history = list(custody(document, pointers, body))
    classes = text_class(document, pointers)
    lines += _deeper(_file(document, facts, history))
    lines += _deeper(_encoding(document, facts, pointers))
    lines += _deeper(_profile(document, facts, pointers, classes))
    lines += _deeper(
        (
            "<revisionDesc>",
            "  <listChange>",
            f"    <change>{_text(_converted(document))}</change>",
            "  </listChange>",
            "</revisionDesc>",
        )
    )
    lines.append("</teiHeader>")
    return [f"  {line}\n" for line in lines]


def _text(words: str) -> str:
    return escape(storable(words))


def _deeper(lines: Iterator[str] | tuple[str, ...]) -> list[str]:
    return [f"  {line}" for line in lines]


def _cert(cert: str) -> str:
    return "" if cert == "high" else f' cert="{cert}"'


def _converted(document: Document) -> str:
    """Without a date: the same paper gives the same file."""
    notation = "the native notation" if document.format == "native" else document.format
    return f"converted from {notation} by redline {version()}"


# -- the file and the paper ---------------------------------------------------------------


def _file(document: Document, facts: Facts, history: list[str]) -> Iterator[str]:
    name = _text(_file_name(document) or "A paper without a title")
    title = f"<title>{name}</title>"
    if facts.title:
        name = _text(facts.title.words)
        title = f"<title{_cert(facts.title.cert)}>{_text(facts.title.words)}</title>"
    authors = [
        f"<author><orgName{_cert(fact.cert)}>{_text(fact.words)}</orgName></author>"
        for fact in facts.agencies
    ]
    yield "<fileDesc>"
    yield "  <titleStmt>"
    for line in (title, *authors):
        yield f"    {line}"
    yield "  </titleStmt>"
    yield "  <publicationStmt>"
    yield f"    <p>{_TWO if document.format == COMPARISON else _ONE}</p>"
    yield "  </publicationStmt>"
    yield "  <sourceDesc>"
    yield "    <bibl>"
    for line in (title, *authors, *_identified(document, facts)):
        yield f"      {line}"
    yield "    </bibl>"
    if history:
        # What happened to the paper can be told only where the paper is described.
        yield "    <msDesc>"
        yield "      <msIdentifier>"
        yield f"        <msName>{name}</msName>"
        yield "      </msIdentifier>"
        yield "      <additional>"
        yield "        <adminInfo>"
        for line in history:
            yield f"          {line}"
        yield "        </adminInfo>"
        yield "      </additional>"
        yield "    </msDesc>"
    yield "  </sourceDesc>"
    yield "</fileDesc>"


def _identified(document: Document, facts: Facts) -> Iterator[str]:
    if facts.date:
        yield _date(facts)
    for fact in facts.numbers:
        yield f'<idno type="control"{_cert(fact.cert)}>{_text(fact.words)}</idno>'
    for number in facts.archive:
        yield f'<idno type="archive">{_text(number)}</idno>'
    name = _file_name(document)
    if name:
        yield f'<idno type="file">{_text(name)}</idno>'


def _file_name(document: Document) -> str:
    """The name of the file, without where it lies; "" for what was no file (`<stdin>`)."""
    name = file_name(document)
    return "" if name.startswith("<") else name


def _date(facts: Facts) -> str:
    date = facts.date
    assert date is not None
    return f'<date when="{date.when}" cert="{date.cert}">{_text(date.words)}</date>'


# -- how it was encoded ---------------------------------------------------------------------


def _encoding(document: Document, facts: Facts, pointers: Pointers) -> Iterator[str]:
    yield "<encodingDesc>"
    yield "  <appInfo>"
    yield f'    <application ident="redline" version="{attribute(version())}">'
    yield "      <label>redline</label>"
    yield "    </application>"
    yield "  </appInfo>"
    yield "  <editorialDecl>"
    compared = document.format == COMPARISON
    for element, words in (_EDITORIAL | _COMPARED if compared else _EDITORIAL).items():
        yield f"    <{element}>"
        yield f"      <p>{words}</p>"
        yield f"    </{element.split()[0]}>"
    yield "    <interpretation>"
    for words in _inferred(document, facts):
        yield f"      <p>{_text(words)}</p>"
    yield "    </interpretation>"
    yield "  </editorialDecl>"
    taxonomies: dict[str, Sequence[tuple[str, int | None, str]]]
    taxonomies = {"security": pointers.categories()}
    if compared:
        kinds = dict.fromkeys(act.rule for act in document.acts)
        taxonomies["variants"] = [(VARIANT.format(kind), None, kind) for kind in kinds]
    if any(taxonomies.values()):
        yield "  <classDecl>"
        for name, categories in taxonomies.items():
            yield from _taxonomy(name, categories)
        yield "  </classDecl>"
    yield "</encodingDesc>"


def _taxonomy(name: str, categories: Sequence[tuple[str, int | None, str]]) -> Iterator[str]:
    if not categories:
        return
    yield f'    <taxonomy xml:id="{name}">'
    for id_, rank, words in categories:
        number = "" if rank is None else f' n="{rank}"'
        yield f'      <category xml:id="{id_}"{number}>'
        yield f"        <catDesc>{_text(words)}</catDesc>"
        yield "      </category>"
    yield "    </taxonomy>"


def _inferred(document: Document, facts: Facts) -> Iterator[str]:
    """What the paper does not say in so many words, and how sure it is."""
    if document.format == COMPARISON:
        yield "What a variant is was told from the two texts alone."
        return
    if facts.title:
        yield f"The title was taken from {facts.title.source} (certainty: {facts.title.cert})."
    else:
        yield "The paper shows no title."
    if facts.date:
        yield (
            f"The date was taken from {facts.date_source}: {facts.date.words} "
            f"(certainty: {facts.date.cert})."
        )
    if facts.agencies:
        names = "; ".join(f"{fact.words} (certainty: {fact.cert})" for fact in facts.agencies)
        yield f"The agency was taken from the letterhead: {names}."
    if facts.numbers:
        names = "; ".join(fact.words for fact in facts.numbers)
        yield (
            f"Numbers at the head of the paper were taken for its own: {names} "
            "(certainty: medium)."
        )
    said = {"page-mark", "form-feed", "cable-page"}
    certs = Counter(
        page.cert for page in document.pages[1:] if said.isdisjoint(page.evidence)
    )
    if certs:
        counted = ", ".join(f"{certs[c]} {c}" for c in ("high", "medium", "low") if certs[c])
        yield (
            f"Page breaks marked as inferred were found by what stands at the edges of pages: "
            f"{sum(certs.values())} of {len(document.pages) - 1} (certainty: {counted})."
        )
    doubtful = Counter(act.cert for act in document.acts if act.cert != "high")
    if doubtful:
        counted = ", ".join(f"{doubtful[c]} {c}" for c in ("medium", "low") if doubtful[c])
        yield f"Revisions whose reading is doubtful have a certainty of their own: {counted}."
    if document.decisions:
        yield (
            f"An editor decided on {len(document.decisions)} of {len(document.acts)} revisions; "
            "these are carried out in the text and no longer marked."
        )


# -- the history of the paper ---------------------------------------------------------------


def _profile(
    document: Document, facts: Facts, pointers: Pointers, classes: list[str]
) -> Iterator[str]:
    yield "<profileDesc>"
    yield "  <creation>"
    if facts.date:
        yield f"    {_date(facts)}"
    yield '    <listChange ordered="true">'
    for id_, stage in pointers.stages():
        day = dated(stage, document, facts)
        who = pointers.hand(stage.hand) if stage.hand else ""
        yield f"      {campaign(id_, stage, day, who)}"
    yield "    </listChange>"
    yield "  </creation>"
    if classes:
        yield "  <textClass>"
        for line in classes:
            yield f"    {line}"
        yield "  </textClass>"
    hands = pointers.hands()
    if hands:
        yield "  <handNotes>"
        for id_, hand in hands:
            yield f'    <handNote xml:id="{id_}">{_text(hand.label)}</handNote>'
        yield "  </handNotes>"
    yield "</profileDesc>"
