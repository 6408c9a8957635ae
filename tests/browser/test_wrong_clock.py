"""The clock of a tablet is wrong by a year, or jumps: nothing is lost, doubled or put in another order."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_outbox import PLAIN_HTTP, cut, kept, stands_on, until_all_are_sent
from tests.browser.visitors import WIFI_ERRORS, Hall, open_hall
from tests.browser.wifi import Wifi

YEAR = 365 * 24 * 3600 * 1000
SHIFTED = """{
  const real = Date;
  globalThis.wrongBy = Number(sessionStorage.getItem("wrong") ?? "%d");
  globalThis.Date = class extends real {
    constructor(...parts) { parts.length ? super(...parts) : super(real.now() + globalThis.wrongBy); }
    static now() { return real.now() + globalThis.wrongBy; }
  };
}"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop with its doors open and the moments on stage."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator).sign_up().open_space()
        facilitator.start_workshop()
        facilitator.code = facilitator.open_doors()
        facilitator.go_to("moments")
        yield facilitator


def tablet_with(hall: Hall, wifi: Wifi, opened: Facilitator, wrong_by: int) -> Tablet:
    """A tablet that thinks it is another year."""
    tablet = hall.welcome(Tablet, url=wifi.url)
    tablet.context.add_init_script(PLAIN_HTTP)
    tablet.context.add_init_script(SHIFTED % wrong_by)
    tablet.expect(WIFI_ERRORS)
    return tablet.come_in(opened.code)


@pytest.mark.parametrize("wrong_by", [-YEAR, YEAR])
def test_a_year_off(hall: Hall, wifi: Wifi, opened: Facilitator, server: Server, wrong_by: int) -> None:
    tablet = tablet_with(hall, wifi, opened, wrong_by)
    name = f"een jaar {'vroeg' if wrong_by < 0 else 'laat'}"
    told = [f"{name} {number}" for number in range(3)]
    tablet.tell_moment(told[0])
    expect(tablet.mine()).to_have_count(1)
    cut(wifi, tablet)
    for words in told[1:]:
        tablet.tell_moment(words)
    wifi.restore()
    tablet.context.set_offline(False)
    until_all_are_sent(tablet.page)
    assert kept(server, name) == told
    # The clock of the server is the one that counts.
    today = "abs(julianday('now') - julianday(created_at)) < 1"
    query = f"SELECT count(*) FROM moment WHERE what_happened LIKE ? AND {today}"
    assert server.rows(query, f"{name}%") == [(3,)]
    stands_on(tablet.page, told)


@pytest.mark.parametrize("jump", [-2 * YEAR, 2 * YEAR])
def test_a_clock_that_is_set_right_in_between(
    hall: Hall, wifi: Wifi, opened: Facilitator, server: Server, jump: int
) -> None:
    tablet = tablet_with(hall, wifi, opened, -jump // 2)
    name = f"de klok sprong {'terug' if jump < 0 else 'vooruit'}"
    told = [f"{name} {number}" for number in range(4)]
    cut(wifi, tablet)
    for number, words in enumerate(told):
        if number == 2:
            # A new page, as after a dead battery: nothing in memory knows the time before.
            tablet.page.evaluate("(jump) => (globalThis.wrongBy += jump)", jump)
            tablet.page.evaluate(FORGET_TIME)
        tablet.tell_moment(words)
    wifi.restore()
    tablet.context.set_offline(False)
    until_all_are_sent(tablet.page)
    assert kept(server, name) == told


# Within a page later ids sort later; another page knows nothing of that. What waits here gets such ids.
FORGET_TIME = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("cocreate");
  opening.onsuccess = () => {
    const run = opening.result.transaction("outbox", "readwrite");
    const store = run.objectStore("outbox");
    const all = store.getAll();
    all.onsuccess = () => all.result.forEach((item) => {
      const id = item.id.replace(/^.{8}/, (head) => (globalThis.wrongBy > 0 ? "00000001" : "ffffffff"));
      store.delete(item.id);
      store.put({ ...item, id, body: { ...item.body, id } });
    });
    run.oncomplete = () => { opening.result.close(); resolve(); };
    run.onerror = () => reject(run.error);
  };
})"""
