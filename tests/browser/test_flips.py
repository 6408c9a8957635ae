"""A hall whose wifi flips a thousand times, on several tablets at once: 0 lost, 0 doubled."""

import os
import random
import re

import pytest

from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_outbox import HURRY, kept, stands_on, waiting
from tests.browser.visitors import WIFI_ERRORS, Hall
from tests.browser.wifi import Wifi

FLIPS = 1000 if os.environ.get("COCREATE_PROOF") else 24
TABLETS = 4
# The outbox of the product, beside the one that the page has already: two that send the same is allowed.
OPEN = """async (mark) => {
  const { Outbox } = await import(`/static/${mark}/js/outbox.js`);
  const { membership } = document.querySelector("[data-behavior=stage]").dataset;
  globalThis.outbox = await Outbox.open(membership);
}"""
TELL = """async (words) => {
  const { workshop, membership, space } = document.querySelector("[data-behavior=stage]").dataset;
  const id = crypto.randomUUID();
  const whose = { workshop_id: workshop, membership_id: membership, visibility: "space" };
  const body = { id, ...whose, what_happened: words };
  await outbox.keep({ id, url: `/spaces/${space}/moments`, body, topic: "moment", words });
}"""


class Flipping:
    """A tablet, and the wifi that it has to itself."""

    def __init__(self, hall: Hall, server: Server, code: str) -> None:
        self.wifi = Wifi(server.port)
        self.tablet = hall.welcome(Tablet, url=self.wifi.url)
        self.tablet.expect(WIFI_ERRORS, "status of (4|5)")
        self.tablet.come_in(code)
        source = self.tablet.page.locator("script[type=module]").first.get_attribute("src")
        found = re.search(r"/static/([0-9a-f]{12})/", source or "")
        assert found
        self.tablet.page.evaluate(OPEN, found[1])
        self.tablet.page.evaluate(HURRY)
        self.told: list[str] = []

    def fail(self, chance: random.Random) -> None:
        """One of the ways in which wifi fails."""
        match chance.randrange(7):
            case 0 | 1:
                self.tablet.context.set_offline(True)
                self.wifi.cut()
            case 2:
                self.wifi.cut()
            case 3:
                self.wifi.lose_answers(2)
            case 4:
                self.wifi.be_slow(0.15)
            case 5:
                self.wifi.repeat(2)
            case _:
                self.wifi.fall_silent()

    def recover(self) -> None:
        """Wifi is back, and the browser knows."""
        self.wifi.restore()
        self.tablet.context.set_offline(False)

    def tell(self, words: str) -> None:
        self.told.append(words)
        self.tablet.page.evaluate(TELL, words)


def drain(tablet: Tablet) -> None:
    """Until nothing waits any more; hundreds take a while, but each half minute there are fewer."""
    left = waiting(tablet.page)
    while left:
        for _ in range(60):
            tablet.page.evaluate("dispatchEvent(new Event('online'))")
            tablet.page.wait_for_timeout(500)
            if not waiting(tablet.page):
                return
        now = waiting(tablet.page)
        assert now < left, f"{now} still wait on the tablet"
        left = now


@pytest.mark.timeout(180 + FLIPS)
def test_nothing_is_lost_or_doubled_over_many_flips_on_several_tablets(hall: Hall, server: Server) -> None:
    facilitator = hall.welcome(Facilitator).sign_up().open_space()
    facilitator.start_workshop()
    code = facilitator.open_doors()
    facilitator.go_to("moments")
    chance = random.Random(1000)
    tablets = [Flipping(hall, server, code) for _ in range(TABLETS)]
    for flip in range(FLIPS):
        each = tablets[flip % TABLETS]
        if chance.random() < 0.55:
            each.fail(chance)
        else:
            each.recover()
        each.tell(f"flip {flip:04}")
        each.tablet.page.wait_for_timeout(chance.choice((0, 20, 80)))
    for each in tablets:
        each.recover()
    for each in tablets:
        drain(each.tablet)
    tablets[0].tablet.page.wait_for_timeout(1500)  # until the last echo has come
    told = sorted(words for each in tablets for words in each.told)
    assert sorted(kept(server, "flip")) == told
    assert sum(each.wifi.repeated for each in tablets) > 0
    for each in tablets:
        stands_on(each.tablet.page, each.told)
        each.wifi.close()
