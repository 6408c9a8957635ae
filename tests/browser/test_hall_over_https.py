"""A hall with https and a name of its own, as docs/hosting.md says: the stage opens there without wifi."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import QUIET, find_chromium
from tests.browser.people import Facilitator, Tablet
from tests.browser.test_offline import until_kept
from tests.browser.visitors import WIFI_ERRORS, open_hall
from tests.browser.wifi import Wifi
from tests.certificates import NAME, make_certificate
from tests.shell import Running, running

# As a tablet on which the certificate is trusted, and which finds the laptop by its name.
TRUSTING = ["--ignore-certificate-errors", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]


@pytest.fixture
def trusting() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*QUIET, *TRUSTING])
        yield browser
        browser.close()


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[Running]:
    certificate, key = make_certificate(tmp_path)
    options = ("--certificate", certificate, "--key", key)
    trusted = ssl.create_default_context(cafile=str(certificate))
    with running(*options, trusted=trusted, COCREATE_DATA=tmp_path / "var") as server:
        yield server


def test_over_https_the_stage_opens_without_wifi_and_what_is_told_arrives(
    trusting: Browser, secured: Running
) -> None:
    wifi = Wifi(secured.port)
    try:
        with open_hall(trusting, f"https://{NAME}:{secured.port}") as hall:
            lead = hall.welcome(Facilitator)
            lead.sign_up()
            lead.open_space()
            lead.start_workshop()
            code = lead.open_doors()
            lead.go_to("moments")
            tablet = hall.welcome(Tablet, url=f"https://{NAME}:{wifi.port}")
            tablet.expect(WIFI_ERRORS, "status of 5")
            tablet.come_in(code, name="Anna")
            assert tablet.page.evaluate("[location.hostname, isSecureContext]") == [NAME, True]
            until_kept(tablet.page)
            wifi.cut()
            tablet.page.reload()
            tablet.ready()
            tablet.tell_moment("zonder wifi, over https")
            expect(tablet.mine("here")).to_have_count(1)
            wifi.restore()
            expect(lead.page.get_by_text("zonder wifi, over https")).to_be_visible(timeout=20_000)
            expect(tablet.mine("here")).to_have_count(0)
    finally:
        wifi.close()
    assert "Traceback" not in secured.output()
