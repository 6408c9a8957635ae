"""A real server, a real browser, and people in front of it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.server import Server
from tests.browser.visitors import Hall, open_hall
from tests.browser.wifi import Wifi

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")  # as in tests/machine.sh
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str:
    """The distribution's Chromium: it must really answer, a stub for a snap does not."""
    for path in filter(None, map(shutil.which, NAMES)):
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=False)
        if told.returncode == 0 and any(letter.isdigit() for letter in told.stdout):
            return path
    pytest.fail("There is no Chromium on this machine: sh tests/machine.sh says what to install.")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Per module: while it runs, playwright keeps an event loop in this thread.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()
    broken = [line for line in server.log().splitlines() if " 500 " in line or "Traceback" in line]
    assert broken == [], server.log()[-4000:]


@pytest.fixture
def hall(chromium: Browser, server: Server) -> Iterator[Hall]:
    with open_hall(chromium, server.url) as hall:
        yield hall


@pytest.fixture
def wifi(server: Server) -> Iterator[Wifi]:
    wifi = Wifi(server.port)
    yield wifi
    wifi.close()
