"""Maps to take away: what stands in each file, for whom, and what never does."""

import io
import json
import re
import sys
from base64 import b64encode
from hashlib import sha256
from html import unescape
from itertools import accumulate
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image

from cocreate.core.audience import Visibility
from cocreate.core.press import PressError, has_press, set_in_type
from cocreate.privacy.service import withdraw_contribution
from cocreate.trajectories.drawing import Labels, picture_svg
from cocreate.trajectories.drawing.parts import Picture
from cocreate.trajectories.drawing.samples import kind_sample, relation_sample, state_sample, voice_sample
from cocreate.trajectories.drawing.standalone import inlined, walk
from cocreate.trajectories.drawing.wall import (
    LEAST_LETTER,
    PNG_AREA,
    PNG_SIDE,
    TEMPLATE,
    Entry,
    Words,
    poster,
    wall,
)
from cocreate.trajectories.layout import Point, layout
from cocreate.trajectories.outline import outline
from cocreate.trajectories.rules import GrowQuestion, MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.service import Answer
from tests.browser_without_scripts import read_page
from tests.factories import make_member, make_node
from tests.trajectories.football import EDGES, NODES

A3 = (297 / 25.4 * 72, 420 / 25.4 * 72)
TEXTS = [
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload="alert(2)">',
    "Één coördinator\u2028ça marche",
    "#import \"x\": *; $x$ ${7*7} {{7*7}} = kop",
    "اجتماع الجيران",
    "Een heel lang verhaal over de kinderen die elke woensdag kwamen, over wat hun ouders daarvan vonden, "
    "en over de bakker die er van hoorde en zomaar drie broden bracht",
]  # fmt: skip
FORMS = {
    "picture.svg": ("image/svg+xml; charset=utf-8", "svg"),
    "picture.png": ("image/png", "png"),
    "wall.pdf": ("application/pdf", "pdf"),
    "map.html": ("text/html; charset=utf-8", "html"),
}
WORDS = Words(
    title="Van voetbal naar spel",
    below="De Vogelbuurt",
    description="Een kaart",
    language="nl",
    in_full="Voluit",
    glue="Plak ze vast.",
    sheet="Vel {name}, {number} van {count}",
    legend={"Wat": [Entry(kind_sample(kind), kind.value) for kind in NodeKind]},
)


@pytest.fixture
def road(app, space, workshop, member):
    """The address of a map with texts that would like to be more than text."""
    with app.app_context():
        before = None
        for text in TEXTS:
            answer = Answer(text, GrowQuestion.WHAT_NEXT if before else None, before)
            before = make_node(member, workshop, answer=answer)
    return f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"


def said(text):
    """A text as it is shown: on one line."""
    return " ".join(text.split())


def squeezed(text):
    return re.sub(r"[\s-]", "", text)


def titles(svg):
    """What the drawing of each node is called."""
    return [
        "".join(node.find("{*}title").itertext())
        for node in ElementTree.fromstring(svg).iter()
        if "node" in node.get("class", "").split()
    ]


def words_of(page):
    """The texts of the outline, in a page."""
    return [said(unescape(text)) for text in re.findall(r'<p dir="auto">(.*?)</p>', page.text, re.DOTALL)]


def pages_of(content):
    return list(pypdfium2.PdfDocument(content))


def text_of(pages):
    return squeezed("".join(page.get_textpage().get_text_range() for page in pages))


@pytest.mark.parametrize("name", FORMS)
def test_each_form_comes_as_a_file_that_nobody_keeps(new_browser, member, road, name):
    answer = new_browser(member).get(f"{road}/{name}")
    mimetype, ending = FORMS[name]
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, mimetype)
    assert re.fullmatch(
        rf"attachment; filename=cocreate-[\w-]+\.{ending}", answer.headers["Content-Disposition"]
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_drawing_says_everything_once_and_stands_alone(new_browser, member, road):
    svg = new_browser(member).get(f"{road}/picture.svg").text
    for text in TEXTS:
        assert len([title for title in titles(svg) if title.startswith(f"{said(text)} (")]) == 1
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.get("width")) == float(root.get("viewBox").split()[2])
    assert root.find("{*}rect").get("fill") == "#fffdf8"
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "g", "path", "circle", "text", "tspan")
    }
    assert not re.search(r"\shref=|\son\w+=|url\(|@import", re.sub(r">[^<]*<", "><", svg))


def test_the_page_says_everything_once_and_asks_nobody(new_browser, member, road):
    page = new_browser(member).get(f"{road}/map.html")
    assert words_of(page) == list(map(said, TEXTS))
    tags = read_page(page.text).tags
    fetched = [(tag, facts) for tag, facts in tags if {"src", "href", "action"} & set(facts)]
    assert {facts["href"][0] for _, facts in fetched} <= {"#"}
    assert not {"link", "img", "iframe", "form", "object"} & {tag for tag, _ in tags}
    assert '<html lang="nl" dir="ltr">' in page.text
    assert page.text.count("<svg") > page.text.count('class="map sample"') > 0


def test_the_page_allows_only_what_it_brought(new_browser, member, road):
    page = new_browser(member).get(f"{road}/map.html").text
    policy = unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    blocks = re.findall(r"<(?:style|script|script type=\"module\")>(.*?)</(?:style|script)>", page, re.DOTALL)
    assert len(blocks) == 3
    marks = {f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" for block in blocks}
    assert marks == set(re.findall(r"'sha256-[^']*'", policy))


def test_data_in_a_page_cannot_end_its_block():
    data = {"x": "</script><!--\u2028&"}
    block = inlined(data, ["p{}"], "let a;", "let b;").data
    inside = re.fullmatch(r'<script type="application/json" id="map-data">(.*)</script>', block)[1]
    assert not re.search("[<>&\u2028\u2029]", inside)
    assert json.loads(inside) == data


@pytest.mark.parametrize("script", ["'</script>'", "'<!-- '", "'</STYLE>'"])
def test_a_script_that_would_end_its_element_is_refused(script):
    with pytest.raises(ValueError, match="cannot stand inside"):
        inlined({}, [], script, "")


def test_a_script_is_marked_as_a_browser_reads_it():
    brought = inlined({}, [], "let a;\r\n//# sourceMappingURL=a.map", "\ufefflet b;\r")
    assert brought.scripts == '<script>let a;\n</script><script type="module">let b;\n</script>'


def test_the_wall_has_every_text_once_on_a3(new_browser, member, road):
    pages = pages_of(new_browser(member).get(f"{road}/wall.pdf").data)
    assert [tuple(sorted(page.get_size())) for page in pages] == [pytest.approx(A3, abs=0.5)] * 2
    found = text_of(pages)
    # A long text is cut in its box, and stands on the last page in full.
    assert {text: found.count(squeezed(text)) for text in TEXTS} == dict.fromkeys(TEXTS, 1)
    assert squeezed(TEXTS[-1]) in text_of(pages[1:])


def test_the_picture_can_be_seen(new_browser, member, road):
    picture = Image.open(io.BytesIO(new_browser(member).get(f"{road}/picture.png").data))
    picture.load()
    assert max(picture.size) <= PNG_SIDE
    assert min(picture.size) > 500
    colours = {colour for _, colour in picture.convert("RGB").getcolors(2**24)}
    assert {(0xFF, 0xFD, 0xF8), (0x1F, 0x26, 0x30)} <= colours


@pytest.mark.parametrize("name", FORMS)
def test_what_was_taken_back_or_is_not_for_me_is_not_in_it(app, space, workshop, member, new_browser, name):
    with app.app_context():
        make_node(member, workshop, "Hier zeg ik iets")
        gone = make_node(member, workshop, "Teruggenomen woorden")
        other = make_member(space, workshop)
        make_node(other, workshop, "Alleen mijn woorden", visibility=Visibility.MAKER)
        withdraw_contribution(member.viewer, "node", gone)
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}/{name}"
    content = new_browser(member).get(path).data
    told = text_of(pages_of(content)) if name == "wall.pdf" else squeezed(content.decode(errors="replace"))
    if name != "picture.png":
        assert "Hierzegikiets" in told
    assert "Teruggenomen" not in told
    assert "Alleenmijn" not in told


@pytest.mark.parametrize("name", ["picture.svg", "map.html"])
def test_who_takes_it_leaves_no_trace(app, space, workshop, new_browser, member, road, name):
    with app.app_context():
        other = make_member(space, workshop)
    mine, theirs = (new_browser(who).get(f"{road}/{name}").data for who in (member, other))
    assert mine == theirs


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_map_is_nothing_to_take(new_browser, member, space, workshop, name):
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}/{name}"
    assert new_browser(member).get(path).status_code == 404


@pytest.fixture
def no_extra(monkeypatch):
    """A machine without the extra `pdf`."""
    monkeypatch.setitem(sys.modules, "typst", None)
    has_press.cache_clear()
    yield
    has_press.cache_clear()


def offered(page):
    """The forms that a page has a link to."""
    links = {
        facts.get("href", "").rpartition("/")[2] for tag, facts in read_page(page.text).tags if tag == "a"
    }
    return links & set(FORMS)


def test_the_page_of_a_map_offers_every_form(new_browser, member, road):
    assert offered(new_browser(member).get(road)) == set(FORMS)


def test_without_the_extra_there_is_no_paper_and_still_a_drawing(no_extra, new_browser, member, road):
    browser = new_browser(member)
    answers = {name: browser.get(f"{road}/{name}").status_code for name in FORMS}
    assert answers == {"picture.svg": 200, "picture.png": 404, "wall.pdf": 404, "map.html": 200}
    assert offered(browser.get(road)) == {"picture.svg", "map.html"}


@pytest.mark.parametrize("limit", [{"seconds": 0.01}, {"memory": 60 * 2**20}])
def test_the_press_takes_no_more_than_it_may(limit):
    with pytest.raises(PressError):
        set_in_type(TEMPLATE, wall(drawn(NODES, EDGES), [], WORDS), "pdf", **limit)


def drawn(nodes, edges):
    points = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    return picture_svg(nodes, edges, points, title="", description="", labels=Labels())


def many(count):
    """A road of many stops, each with two that follow."""
    nodes = [MapNode(f"n{i}", f"Halte {i}.", NodeKind.EVENT, NodeState.HAPPENED) for i in range(count)]
    edges = [MapEdge(f"e{i}", f"n{i // 2}", f"n{i}", Relation.LED_TO) for i in range(1, count)]
    return nodes, edges


def test_a_small_map_is_one_sheet():
    plan = wall(drawn(NODES, EDGES), [node.text for node in NODES], WORDS)
    assert "sheets" not in plan
    assert plan["whole"]["width"] <= plan["paper"]["width"] - 2 * plan["paper"]["margin"] + 0.01
    assert plan["rest"]["texts"] == []


def test_a_large_map_is_many_sheets_that_can_be_read():
    nodes, edges = many(150)
    svg = drawn(nodes, edges)
    plan = wall(svg, [], WORDS)
    smallest = Picture.read(svg).smallest_letter()
    scales = {
        round(sheet["width"] / float(ElementTree.fromstring(sheet["svg"]).get("viewBox").split()[2]), 3)
        for sheet in plan["sheets"]
    }
    assert len(scales) == 1
    assert scales.pop() * smallest >= LEAST_LETTER - 0.01
    shown = "".join(sheet["svg"] for sheet in plan["sheets"])
    assert all(f'data-node="n{i}"' in shown for i in range(150))
    assert "<text" not in plan["overview"]["svg"]
    pages = pages_of(set_in_type(TEMPLATE, plan, "pdf"))
    assert len(pages) == len(plan["sheets"]) + 1
    assert {tuple(sorted(map(round, page.get_size()))) for page in pages} == {tuple(map(round, A3))}
    found = text_of(pages)
    assert all(f"Halte{i}." in found for i in range(150))


def test_a_tall_map_stands():
    nodes = [MapNode(f"n{i}", "a", NodeKind.EVENT, NodeState.HAPPENED) for i in range(9)]
    points = {node.id: Point(0, 120 * place) for place, node in enumerate(nodes)}
    svg = picture_svg(nodes, [], points, title="", description="", labels=Labels())
    paper = wall(svg, [], WORDS)["paper"]
    assert paper["height"] > paper["width"]


def test_a_picture_of_a_large_map_stays_within_what_a_program_opens():
    plan, ppi = poster(drawn(*many(400)), WORDS)
    width, height = (plan["paper"][side] * ppi / 72 for side in ("width", "height"))
    assert max(width, height) <= PNG_SIDE
    assert width * height <= PNG_AREA * 1.001


def test_samples_differ():
    for draw, every in ((kind_sample, NodeKind), (state_sample, NodeState), (relation_sample, Relation)):
        assert len({draw(each) for each in every}) == len(every)
    assert voice_sample("voice-youth") != voice_sample("voice-resident")
    assert "<title" not in "".join(kind_sample(kind) for kind in NodeKind)


def test_an_outline_is_walked_however_deep():
    nodes, _ = many(3000)
    chain = [MapEdge(f"e{i}", f"n{i - 1}", f"n{i}", Relation.LED_TO) for i in range(1, 3000)]
    events = [what for what, _item in walk(outline(nodes, chain))]
    assert (events.count("item"), events.count("end")) == (3000, 3000)
    assert events.count("down") == events.count("up")
    # What hangs deeper than forty begins a branch of its own.
    deepest = max(accumulate({"down": 1, "up": -1}.get(what, 0) for what in events))
    assert deepest == 39
    assert events.count("down") == 3000 - 3000 // 40
