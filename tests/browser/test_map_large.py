"""Large maps and long roads on a tablet: what is folded stays folded, and what stands stays where it is."""

from typing import Any

import pytest
from playwright.sync_api import expect

from cocreate.trajectories.outline import DEEPEST
from tests.browser.drawing import AT_WORK, Board, Drawer, make_board, road, stops
from tests.browser.server import Server
from tests.browser.visitors import Hall
from tests.trajectories.winding import winding

PLACES = f"Object.fromEntries([...{AT_WORK}.model.nodes.values()].map(({{ id, x, y }}) => [id, [x, y]]))"
LINES = "[...document.querySelectorAll('svg.map .edge')].map(({ dataset }) => dataset.edge).sort()"
INSIDE = "[...document.querySelectorAll('svg.map [data-folded]')].map(({ dataset }) => dataset.node)"
WHERE = f"""(text) => {{
  const found = [...{AT_WORK}.model.nodes.values()].find((node) => node.text === text);
  return found && [found.x, found.y, {AT_WORK}.picture.has(found.id)];
}}"""
DO = f"([verb, fields]) => {AT_WORK}.operations.do(verb, fields)"
SELECT = f"(id) => {AT_WORK}.select(id, {{ open: true }})"
DEPTH = """() => Math.max(...[...document.querySelectorAll('.outline [data-stop]')].map((each) => {
  let depth = -1;
  for (let row = each.closest('li'); row; row = row.parentElement.closest('li')) depth += 1;
  return depth;
}))"""
ROWS = """() => [...document.querySelectorAll('.outline li')].map((row) => [
  row.dataset.subject,
  row.parentElement.closest('li')?.dataset.subject ?? '',
  [...row.querySelectorAll(':scope > [data-also] [data-go]')].map(({ dataset }) => dataset.go).join(),
])"""


@pytest.fixture
def large(server: Server) -> Board:
    return make_board(server, *winding(900, 3))


def do(drawer: Drawer, verb: str, **fields: Any) -> None:
    drawer.page.evaluate(DO, [verb, fields])
    drawer.settled()


def test_what_stands_on_a_large_map_stays_for_everybody(hall: Hall, large: Board) -> None:
    one, other = large.seat(hall), large.seat(hall, 1)
    before = one.page.evaluate(PLACES)
    head = one.page.evaluate(INSIDE)[0]
    lines = one.page.evaluate(LINES)
    one.page.evaluate(SELECT, head)
    one.grow("Nieuw hier").settled()
    do(one, "edit", node_id=head, set={"note": "Meer"}, was={})
    other.page.wait_for_function(f"(text) => ({WHERE})(text)", arg="Nieuw hier")
    place = one.page.evaluate(WHERE, "Nieuw hier")
    assert place[2]
    assert other.page.evaluate(WHERE, "Nieuw hier") == place
    assert set(one.page.evaluate(LINES)) > set(lines), "an edit takes no line away"
    moved = list(before)[5]
    do(other, "place", node_id=moved, x=77, y=4321)
    for drawer in (one.again(), other.again()):
        assert drawer.page.evaluate(WHERE, "Nieuw hier") == place
        wanted = {**before, moved: [77, 4321]}
        now = drawer.page.evaluate(PLACES)
        assert {own: now[own] for own in before} == wanted


def test_an_opened_thread_stays_open_when_the_page_looks_again(hall: Hall, large: Board) -> None:
    drawer = large.seat(hall)
    closed = drawer.page.evaluate(PLACES)
    head = drawer.page.evaluate(INSIDE)[0]
    drawer.page.goto(f"{drawer.url}{large.path}?open={head}")
    drawer.ready()
    opened = drawer.page.evaluate(PLACES)
    assert {own: opened[own] for own in closed} == closed
    inside = sorted(opened.keys() - closed.keys())
    assert inside
    do(drawer, "edit", node_id=inside[0], set={"text": "Anders gezegd"}, was={})
    assert drawer.page.evaluate(PLACES) == opened
    drawer.page.evaluate(f"() => {{ {AT_WORK}.model.nodes.get('{head}').isOld = true; }}")
    stays, goes = [own for own in closed if own not in drawer.page.evaluate(INSIDE)][:2]
    do(drawer, "merge", node_id=stays, other_id=goes)
    drawer.page.wait_for_function(f"() => !{AT_WORK}.model.nodes.get('{head}').isOld")
    now = drawer.page.evaluate(PLACES)
    assert now == {own: at for own, at in opened.items() if own != goes}


def test_sixty_stops_in_a_row_are_listed_as_the_server_lists_them(hall: Hall, server: Server) -> None:
    drawer = make_board(server, stops("begin"), road("begin")).seat(hall)
    last = next(iter(drawer.page.evaluate(PLACES)))
    grow = f"""(last) => {{
      const told = {{ question: "what_next", visibility: "space" }};
      for (let n = 0; n < 60; n++) {{
        const id = crypto.randomUUID();
        {AT_WORK}.operations.do("grow", {{ ...told, node_id: id, text: `stap ${{n}}`, touched_id: last }});
        last = id;
      }}
    }}"""
    drawer.page.evaluate(grow, last)
    assert drawer.page.evaluate(DEPTH) == DEEPEST
    drawer.settled()
    rows = drawer.page.evaluate(ROWS)
    assert len(rows) == 61
    assert [row[2] for row in rows if row[2]] == [rows[DEEPEST + 1][0]]
    drawer.again()
    assert drawer.page.evaluate(ROWS) == rows
    expect(drawer.line("stap 59")).to_have_count(1)


def test_what_changed_nothing_is_told_without_a_way_back(hall: Hall, server: Server) -> None:
    board = make_board(server, stops("Regen", "Droog"), [])
    one, other = board.seat(hall), board.seat(hall, 1)
    other.opens("Regen")
    one.opens("Regen").change(note="Nat").settled()
    own = next(iter(one.page.evaluate(PLACES)))
    expect(other.panel.locator("[data-note]")).to_have_text("Nat")
    do(other, "edit", node_id=own, set={"note": "Nat"}, was={"note": ""})
    expect(other.said).to_contain_text("Nothing changed")
    expect(other.page.locator("[data-said-undo]")).to_be_hidden()


def test_an_undo_that_still_waits_means_what_waits_before_it(hall: Hall, server: Server) -> None:
    drawer = make_board(server, stops("Regen"), []).seat(hall)
    drawer.opens("Regen").change(text="Hagel").settled()
    own = next(iter(drawer.page.evaluate(PLACES)))
    drawer.page.evaluate(
        f"""(id) => {{
          const text = "Hagel";
          {AT_WORK}.operations.do("edit", {{ node_id: id, set: {{ text }}, was: {{ text }} }});
          document.querySelector('[data-tool=undo]').click();
        }}""",
        own,
    )
    drawer.settled()
    expect(drawer.said).to_contain_text("nothing to take back")
    assert drawer.told().keys() == {"Hagel"}
