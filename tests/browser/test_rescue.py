"""A tablet leaves with a full outbox: a file saves what waits, and who leads hands it in."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_outbox import PLAIN_HTTP, cut, kept, until_all_are_sent
from tests.browser.visitors import WIFI_ERRORS, Hall, open_hall
from tests.browser.wifi import Wifi


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop with its doors open and the moments on stage."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator).sign_up().open_space()
        facilitator.expect("status of 422")
        facilitator.start_workshop()
        facilitator.code = facilitator.open_doors()
        facilitator.go_to("moments")
        yield facilitator


def test_a_file_brings_home_what_a_tablet_left_with(
    hall: Hall, wifi: Wifi, opened: Facilitator, server: Server, tmp_path: Path
) -> None:
    tablet = hall.welcome(Tablet, url=wifi.url)
    tablet.context.add_init_script(PLAIN_HTTP)
    tablet.expect(WIFI_ERRORS)
    tablet.come_in(opened.code, shares_with="maker", name="Anna")
    tablet.page.locator(".tablet summary").click()
    expect(tablet.page.locator(".tablet-sheet [data-rescue]")).to_be_hidden()
    tablet.page.keyboard.press("Escape")
    cut(wifi, tablet)
    told = ["redding een", "redding twee"]
    for words in told:
        tablet.tell_moment(words)
    tablet.page.locator(".tablet summary").click()
    with tablet.page.expect_download() as loading:
        tablet.page.locator(".tablet-sheet [data-rescue]").click()
    path = tmp_path / loading.value.suggested_filename
    loading.value.save_as(path)
    assert path.name.startswith("cocreate-rescue-2")
    file = json.loads(path.read_text())
    assert list(file)[:4] == ["cocreate", "version", "read_me", "words"]
    assert file["words"] == told

    page = opened.another(f"/workshops/{opened.workshop_id}/rescue")
    assert look_at(page) == []
    tampered = {**file, "items": [{**file["items"][0], "proof": "0" * 64}]}
    (tmp_path / "nagemaakt.json").write_text(json.dumps(tampered))
    for name, good in (("nagemaakt.json", False), (path.name, True), (path.name, True)):
        page.set_input_files("[name=file]", tmp_path / name)
        page.click("main form .primary")
        expect(page.locator(".notice-good" if good else ".error")).to_be_visible()
        assert look_at(page) == []
        assert kept(server, "redding") == (told if good else [])
    # The tablet comes back after all: nothing comes twice.
    wifi.restore()
    tablet.context.set_offline(False)
    until_all_are_sent(tablet.page)
    assert kept(server, "redding") == told
    assert server.rows("SELECT DISTINCT visibility FROM moment WHERE what_happened LIKE 'redding%'") == [
        ("maker",)
    ]
    page.close()
