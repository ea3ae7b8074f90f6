"""The page in Chromium: every control, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import redline
from tests.html.browser import ROOT, chromium, opened, plain, saved, shown, violations
from tests.word.raw import body, dels, docx, ins, p

ESTIMATE = ROOT / "samples" / "estimate" / "estimate.txt"
SAMPLES = sorted(
    path for path in (ROOT / "samples").glob("*/*.txt") if path.stem == path.parent.name
)
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
#: How a view is chosen: the mouse on its label, its key.
WAYS = ("mouse", "key", "arrows")
VIEWS = ("marked", "draft", "final", "side")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def estimate() -> redline.Document:
    return redline.read(ESTIMATE)


@pytest.fixture
def page(browser: Any, folder: Path, estimate: redline.Document) -> Iterator[Any]:
    with opened(browser, saved(estimate, folder, "estimate.html")) as found:
        yield found


STAGED = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>x</title>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
<profileDesc><handNotes><handNote xml:id="ann">Ann</handNote><handNote xml:id="bob">Bob</handNote>
</handNotes><creation><listChange ordered="true"><change xml:id="pencil">in pencil</change>
<change xml:id="ink">in ink</change></listChange></creation></profileDesc></teiHeader>
<text><body><p>The <del change="#pencil" hand="#ann">old</del> <add change="#pencil"
hand="#ann">new</add> pier stood <add change="#ink" hand="#bob">firmly</add> in the
<del change="#ink">cold</del> harbour.</p></body></text></TEI>"""


def choose(page: Any, view: str, way: str) -> None:
    if way == "mouse":
        page.click(f"label:has(#view-{view})")
    elif way == "key":
        page.keyboard.press(str(VIEWS.index(view) + 1))
    else:
        page.focus("input[name=view]:checked")
        for _ in range(VIEWS.index(view)):
            page.keyboard.press("ArrowRight")


# -- views -------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("view", ["draft", "final"])
def test_a_view_shows_the_reading(
    page: Any, estimate: redline.Document, view: str, way: str
) -> None:
    choose(page, view, way)
    assert page.is_checked(f"#view-{view}")
    assert shown(page) == plain(estimate.reading(view).text)
    page.wait_for_function("document.getElementById('said').textContent !== ''")
    assert page.inner_text("#said") in ("Draft shown", "Final text shown")
    choose(page, "marked", "mouse")
    assert shown(page) == plain("".join(block_text(estimate)))


def block_text(document: redline.Document) -> list[str]:
    from redline.spans import HIDDEN, visible

    hidden = [span for span in document.spans if span.kind in HIDDEN]
    return [
        document.text[a:b]
        for start, end in document.leaves()
        for a, b in visible(hidden, start, end)
    ]


@pytest.mark.parametrize("way", WAYS)
def test_side_by_side(page: Any, estimate: redline.Document, way: str) -> None:
    choose(page, "side", way)
    page.wait_for_function("[...document.querySelectorAll('.sheet')].every(s => s.dataset.paired)")
    assert shown(page, ".sheet > :not(.now, .page, aside)") == plain(estimate.reading("draft").text)
    assert shown(page, ".sheet > .now") == plain(estimate.reading("final").text)
    places = page.evaluate(
        """() => [...document.querySelectorAll('.now')].map(now => {
          const [a, b] = [now.previousElementSibling, now].map(e => e.getBoundingClientRect());
          return [a.top, b.top, a.right, b.left];
        })"""
    )
    assert len(places) == len([b for b in estimate.blocks if b.kind != "note"])
    for top, beside, right, left in places:
        assert abs(top - beside) < 1
        assert right < left
    assert page.eval_on_selector_all("[id]", "e => new Set(e.map(x => x.id)).size === e.length")
    choose(page, "marked", "mouse")
    assert page.locator(".now").count() == 0


def test_without_a_script_it_is_still_a_page(
    browser: Any, folder: Path, estimate: redline.Document
) -> None:
    path = saved(estimate, folder, "bare.html")
    with opened(browser, path, java_script_enabled=False) as page:
        assert page.locator(".scripted:visible").count() == 0
        page.click("label:has(#view-draft)")
        # No script, so no `shown`: what Chromium says is visible.
        assert page.locator("main ins:visible").count() == 0
        assert page.locator("main del:visible").count() > 5


# -- revisions and lists -----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_next_and_before(page: Any, estimate: redline.Document, way: str) -> None:
    total = len(estimate.acts)

    def step(button: str, key: str) -> None:
        if way == "mouse":
            page.click(button)
        else:
            page.keyboard.press(key)

    step("#next", "n")
    assert page.inner_text("#count") == f"1 / {total}"
    first = page.evaluate("document.activeElement.dataset.revision")
    assert first == estimate.acts[0].id
    step("#next", "n")
    assert page.evaluate("document.activeElement.dataset.revision") == estimate.acts[1].id
    page.wait_for_function("document.getElementById('said').textContent.startsWith('Revision 2')")
    step("#before", "p")
    assert page.evaluate("document.activeElement.dataset.revision") == first


@pytest.mark.parametrize("way", ["mouse", "key", "enter"])
def test_the_list_jumps_to_the_place(page: Any, estimate: redline.Document, way: str) -> None:
    if way == "mouse":
        page.click("#lists")
    elif way == "key":
        page.keyboard.press("l")
    else:
        page.focus("#lists")
        page.keyboard.press("Enter")
    assert page.get_attribute("#lists", "aria-expanded") == "true"
    rows = page.locator("#panel li a")
    assert rows.count() == len(estimate.acts)
    last = rows.nth(rows.count() - 1)
    if way == "mouse":
        last.click()
    else:
        last.focus()
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.revision") == estimate.acts[-1].id
    page.wait_for_timeout(100)
    assert in_sight(page)
    if way == "mouse":
        page.click("#close")
    else:
        page.keyboard.press("Escape")
    assert not page.is_visible("#panel")
    assert page.evaluate("document.activeElement.id") == "lists"


def in_sight(page: Any) -> bool:
    answer: bool = page.evaluate(
        """() => {
          const box = document.activeElement.getBoundingClientRect();
          const bar = document.getElementById("controls").getBoundingClientRect();
          return box.top >= bar.bottom && box.bottom <= innerHeight;
        }"""
    )
    return answer


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_the_list_of_markings(page: Any, estimate: redline.Document, way: str) -> None:
    page.keyboard.press("l")
    tab = page.locator("#panel .tabs button", has_text="Markings")
    if way == "mouse":
        tab.click()
    else:
        tab.focus()
        page.keyboard.press("Space")
    rows = page.locator("#panel li a")
    assert rows.count() == len(estimate.markings)
    pages = [int(re.findall(r"\d+", text)[0]) for text in page.locator(".where").all_inner_texts()]
    assert sorted(pages) == sorted(row.page for row in estimate.markings)
    stamp = page.locator("#panel li a", has_text="DOCUMENT NO. 7")
    if way == "mouse":
        stamp.click()
    else:
        stamp.focus()
        page.keyboard.press("Enter")
    assert "DOCUMENT NO. 7" in page.evaluate("document.activeElement.textContent")
    assert in_sight(page)


def test_a_struck_place_is_found_in_a_view_that_hides_it(
    page: Any, estimate: redline.Document
) -> None:
    choose(page, "final", "key")
    page.keyboard.press("n")
    assert in_sight(page)


def test_an_address_leads_to_a_revision(
    browser: Any, folder: Path, estimate: redline.Document
) -> None:
    path = saved(estimate, folder, "address.html")
    with opened(browser, path) as page:
        page.goto(f"{path.as_uri()}#rev-{estimate.acts[-1].id}")
        page.wait_for_timeout(100)
        assert page.evaluate("document.activeElement.dataset.revision") == estimate.acts[-1].id
        assert in_sight(page)


# -- comparisons -------------------------------------------------------------------------------


def test_a_comparison_has_the_names_of_its_texts(browser: Any, folder: Path) -> None:
    old = redline.read(ROOT / "samples" / "despatch" / "despatch.txt").reading("draft")
    new = redline.read(ROOT / "samples" / "despatch" / "despatch.print.txt").reading("final")
    found = redline.compare(old, new)
    with opened(browser, saved(found.document, folder, "both.html")) as page:
        labels = [each.strip() for each in page.locator(".views label").all_inner_texts()]
        assert labels[1:3] == [stage.label for stage in found.document.stages[:2]]
        choose(page, "side", "key")
        page.wait_for_selector(".now")
        assert shown(page, ".sheet > .now") == plain(new.text)
        assert violations(page) == []
        choose(page, "final", "mouse")
        # Accidentals switched off, the second text has the first one's.
        accidental = page.locator(".filter button:not([data-value=substantive])")
        assert accidental.count() > 0
        before = shown(page)
        accidental.first.click()
        assert shown(page) != before


# -- filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_filters(browser: Any, folder: Path, way: str) -> None:
    document = redline.loads(STAGED, "tei")
    with opened(browser, saved(document, folder, "staged.html")) as page:

        def press(label: str) -> None:
            chip = page.locator(".filter button", has_text=label)
            if way == "mouse":
                chip.click()
            else:
                chip.focus()
                page.keyboard.press("Space")

        choose(page, "final", "key")
        press("in ink")
        assert shown(page) == plain(document.reading("pencil").text)
        kept = sum(act.stage != "ink" for act in document.acts)
        message = f"{kept} of {len(document.acts)} revisions are shown"
        page.wait_for_function(
            "text => document.getElementById('said').textContent === text", arg=message
        )
        pressed = page.locator(".filter button[aria-pressed=false]")
        assert pressed.all_inner_texts() == ["in ink"]
        press("in ink")
        press("Ann")
        press("not named")
        assert shown(page) == plain(document.reading_of_hand("bob").text)
        page.keyboard.press("l")
        assert page.locator("#panel li").count() == 1
        assert "Bob" in page.inner_text("#panel .by")


LISTED = """- one
- ~~two~~{stage=ink}
- ^{three}{stage=pencil}

| a | b |
|---|---|
| ~~c~~{stage=ink} | ~~d~~{stage=ink} |
"""
SEEN = """() => [...document.querySelectorAll("main li, main tr")]
  .filter(each => each.checkVisibility({visibilityProperty: true}))
  .map(each => [...each.querySelectorAll("td, th")].map(cell => cell.innerText).join()
    || each.innerText)
"""


def test_items_and_rows_of_one_text_are_not_in_the_other(browser: Any, folder: Path) -> None:
    with opened(browser, saved(redline.parse(LISTED), folder, "listed.html")) as page:
        assert len(page.evaluate(SEEN)) == 5
        choose(page, "draft", "key")
        assert page.evaluate(SEEN) == ["one", "two", "a,b", "c,d"]
        choose(page, "final", "key")
        assert page.evaluate(SEEN) == ["one", "three", "a,b"]
        page.locator(".filter button", has_text="ink").click()  # as if it had never been
        assert page.evaluate(SEEN) == ["one", "two", "three", "a,b", "c,d"]
        page.locator(".filter button", has_text="pencil").click()
        assert page.evaluate(SEEN) == ["one", "two", "a,b", "c,d"]
        for label in ("ink", "pencil"):
            page.locator(".filter button", has_text=label).click()
        choose(page, "side", "key")
        page.wait_for_function("document.querySelectorAll('.now').length === 2")
        assert page.evaluate(SEEN) == ["one", "two", "one", "three", "a,b", "c,d", "a,b"]


def test_the_page_of_a_word_file_has_no_lines_of_xml(browser: Any, folder: Path) -> None:
    file = folder / "word.docx"
    file.write_bytes(docx(body(p("The ", dels("old "), "pier.") + p("It ", ins("stands")))))
    document = redline.read(file)
    path = saved(document, folder, "word.html")
    assert "<w:p>" not in path.read_text(encoding="utf-8").replace("\\u003c", "<")
    with opened(browser, path) as page:
        page.keyboard.press("l")
        assert page.locator("#panel .where").all_inner_texts() == ["page 1", "page 1"]
        page.locator("#panel a").first.click()
        assert page.is_hidden("#line")
        assert page.inner_text(".here").strip() == "old"
        choose(page, "final", "key")
        page.keyboard.press("p")
        assert page.locator(".here").count() == 1


def test_a_page_does_not_say_where_its_file_lies(folder: Path) -> None:
    file = folder / "memo.txt"
    file.write_text("A ~~b~~ c.", encoding="utf-8")
    for name in ("html", "html-fragment"):
        text = redline.dumps(redline.read(file), name)
        assert "memo.txt" in text
        assert folder.name not in text


def test_what_stands_in_the_margin_has_its_place(browser: Any, folder: Path) -> None:
    document = redline.parse(
        "One ~~a~~[margin: seen] more.\n\n[margin: here]\n\nTwo.[^1]\n\n[^1]: A note.\n"
    )
    with opened(browser, saved(document, folder, "margin.html")) as page:
        assert page.locator("main .noteref").all_inner_texts()[0] == "a"
        assert page.locator("main .noteref").all_inner_texts()[-1] == "1"
        assert shown(page) == plain("".join(block_text(document)))
        page.click("main .noteref a >> nth=0")
        assert page.url.endswith("#note-" + document.notes[0].id)
        page.click("#notes .label >> nth=0")
        assert page.url.endswith("#ref-" + document.notes[0].id)
        assert violations(page) == []
    fragment = redline.dumps(document, "html-fragment")
    again = redline.loads(fragment, "html-fragment")
    assert {n.kind: n.reference is None for n in again.notes} == {"margin": True, "footnote": False}


def test_a_stamp_has_its_words_alone(browser: Any, folder: Path) -> None:
    document = redline.parse("One ~~a~~.\n\n[stamp: SEEN 5 May]\n\nTwo.\n")
    with opened(browser, saved(document, folder, "stamp.html")) as page:
        assert page.inner_text(".furniture") == "SEEN 5 May"


@pytest.mark.parametrize("width", [375, 1280])
def test_many_stages_leave_room_for_the_text(browser: Any, folder: Path, width: int) -> None:
    notation = " ".join(f"w{k} ^{{n{k}}}{{stage=s{k} hand=h{k}}}" for k in range(60))
    path = saved(redline.parse(notation), folder, f"many{width}.html")
    with opened(browser, path, viewport={"width": width, "height": 800}) as page:
        assert page.eval_on_selector("#controls", "each => each.offsetHeight") < 360
        last = page.locator(".filter button", has_text="h59")
        last.click()
        assert last.get_attribute("aria-pressed") == "false"
        assert violations(page) == []


# -- the source line ---------------------------------------------------------------------------


def test_the_source_line_follows_the_pointer(page: Any, estimate: redline.Document) -> None:
    lines = estimate.source.text.splitlines()
    for words in ("To estimate what", "coming winter", "tolerable", "feint"):
        place = page.get_by_text(words, exact=False).first
        box = page.evaluate(
            """words => {
              const walker = document.createTreeWalker(document.querySelector("main"), 4);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at === -1) continue;
                node.parentElement.scrollIntoView({block: "center"});
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const box = range.getClientRects()[0];
                return [box.left + 6, box.top + box.height / 2];
              }
            }""",
            words,
        )
        assert place
        page.mouse.move(*box)
        page.wait_for_function(
            "words => document.getElementById('line').textContent.includes(words.split(' ')[0])",
            arg=words,
        )
        line = page.inner_text("#line")
        number = int(re.findall(r"\d+", line)[0])
        assert words in lines[number - 1]
        assert lines[number - 1][:60] in page.evaluate(
            "document.getElementById('line').lastChild.textContent"
        )


def test_the_keyboard_has_the_source_line_too(page: Any, estimate: redline.Document) -> None:
    page.keyboard.press("n")
    line = estimate.revisions[0].line
    assert page.inner_text("#line b") == f"line {line}"
    page.keyboard.press("Escape")
    assert not page.is_visible("#line")


# -- keys --------------------------------------------------------------------------------------


def test_tab_reaches_every_control(page: Any) -> None:
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.className || "
                          "document.activeElement.localName")
        )
    assert reached[0] == "skip"
    named = ("view-marked", "before", "next", "lists")
    assert tuple(dict.fromkeys(name for name in reached if name in named)) == named
    assert "summary" in reached


def test_the_skip_link(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.is_visible(".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_single_keys_can_be_turned_off(page: Any, way: str) -> None:
    if way == "mouse":
        page.click("#keys summary")
        page.click("#single")
    else:
        page.focus("#keys summary")
        page.keyboard.press("Enter")
        page.focus("#single")
        page.keyboard.press("Space")
    page.keyboard.press("2")
    assert page.is_checked("#view-marked")
    page.keyboard.press("Escape")
    assert not page.is_visible("#single")


# -- what it is for everybody --------------------------------------------------------------------


@pytest.mark.parametrize("path", SAMPLES + SEEDS, ids=lambda path: path.stem)
def test_axe_finds_nothing(browser: Any, folder: Path, path: Path) -> None:
    with opened(browser, saved(redline.read(path), folder, f"{path.stem}.html")) as page:
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_any_view(
    browser: Any, folder: Path, view: str, scheme: str, width: int
) -> None:
    document = redline.loads(STAGED, "tei") if view == "marked" else redline.read(ESTIMATE)
    path = saved(document, folder, f"axe-{view}-{scheme}-{width}.html")
    size = {"width": width, "height": 850}
    with opened(browser, path, color_scheme=scheme, viewport=size) as page:
        choose(page, view, "key")
        page.keyboard.press("l")
        page.keyboard.press("n")
        assert violations(page) == []


def test_screen_readers_are_told_what_is_deleted(page: Any) -> None:
    tree = page.locator("main").aria_snapshot()
    assert "deletion" in tree
    assert "insertion" in tree
    told = page.evaluate("getComputedStyle(document.querySelector('main del'), '::before').content")
    assert "deleted" in told


def test_a_phone_needs_no_scrolling_sideways(
    browser: Any, folder: Path, estimate: redline.Document
) -> None:
    path = saved(estimate, folder, "phone.html")
    with opened(browser, path, viewport={"width": 360, "height": 740}) as page:
        for view in VIEWS:
            choose(page, view, "key")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        smallest = page.evaluate(
            "Math.min(...[...document.querySelectorAll('button, .views label')]"
            ".filter(e => e.offsetHeight).map(e => e.offsetHeight))"
        )
        assert smallest >= 24


def test_print_has_all_and_no_controls(
    browser: Any, folder: Path, estimate: redline.Document
) -> None:
    with opened(browser, saved(estimate, folder, "print.html")) as page:
        page.keyboard.press("l")
        page.emulate_media(media="print")
        for selector in ("#controls", "#panel", "#line", ".skip"):
            assert not page.is_visible(selector)
        assert shown(page) == plain("".join(block_text(estimate)))
        assert len(page.pdf(format="A4")) > 10_000


def test_nothing_moves_for_who_wants_no_motion(
    browser: Any, folder: Path, estimate: redline.Document
) -> None:
    path = saved(estimate, folder, "still.html")
    with opened(browser, path, reduced_motion="reduce") as page:
        page.keyboard.press("n")
        assert page.evaluate("getComputedStyle(document.activeElement).transitionDuration") == "0s"


# -- bad input ---------------------------------------------------------------------------------


HOSTILE = """~~<script>alert(1)</script>~~ <img src=x onerror=alert(2)> ^{<svg onload=alert(3)>}

</script><script>alert(4)</script> </style><style>*{display:none}</style> ]]> --> <!--

[stamp: "><script>alert(5)</script>] <iframe src="http://example.com/"></iframe> \\u003cscript>

<a href="javascript:alert(6)">go</a> <base href="http://example.com/"> &lt;script&gt; </main>
"""


def test_scripts_in_the_text_are_text(browser: Any, folder: Path) -> None:
    document = redline.parse(HOSTILE, name='"><script>alert(7)</script>')
    with opened(browser, saved(document, folder, "hostile.html")) as page:
        assert "<script>alert(1)</script>" in page.inner_text("main")
        for key in ("2", "3", "4", "1", "l", "n"):
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        assert page.locator("script").count() == 2
        assert page.locator("img, iframe, svg, base").count() == 0
        assert shown(page) == plain("".join(block_text(document)))


def test_the_policy_stops_what_gets_in(browser: Any, folder: Path) -> None:
    document = redline.parse("One ~~old~~ ^{new} word.\n")
    text = redline.dumps(document, "html")
    text = text.replace("</main>", "<script>window.got = 1</script><p onclick='window.got = 2' "
                        "id='x'>x</p><img src='http://example.com/a.png' alt=''/></main>")
    path = folder / "spoiled.html"
    path.write_text(text, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(answer.url))
    page.goto(path.as_uri())
    page.click("#x")
    assert page.evaluate("typeof window.got") == "undefined"
    assert asked == [path.as_uri()]
    page.keyboard.press("2")
    assert page.is_checked("#view-draft"), "the page's own script runs"
    context.close()
