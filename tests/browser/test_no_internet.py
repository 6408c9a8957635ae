"""On an island: no request leaves, neither from a browser nor from the server."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import open_hall, wait_until_ready
from tests.shell import running

# Python itself tells of each connection and each name that is looked up, whichever library does it.
LISTENER = """
import os, sys

NEAR = ("socket.connect", "socket.sendto", "socket.sendmsg")
LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname")

def tell(line):
    with open(os.environ["HEARD"], "a") as heard:
        heard.write(line + chr(10))

def hear(event, facts):
    if event in NEAR or event in LOOKED_UP:
        tell(f"{event} {facts[1] if event in NEAR else facts[0]}")

sys.addaudithook(hear)
tell(f"listening in {os.getpid()}")
"""


@pytest.mark.timeout(180)
def test_a_meeting_from_the_door_to_the_library_asks_nobody_else(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(LISTENER)
    heard = tmp_path / "heard.txt"
    asked: list[str] = []

    def hear(request: Request) -> None:
        asked.append(request.url)

    settings = {"COCREATE_DATA": tmp_path / "var", "PYTHONPATH": tmp_path, "HEARD": heard}
    with running("--example", **settings) as server:
        said = server.output()
        link = re.search(r"sign in here: +\S+(/sign-in/link#\S+)", said)
        code = re.search(r"type the code: +([A-Z]+)", said)
        assert link, said
        assert code, said
        with open_hall(chromium, f"http://127.0.0.1:{server.port}") as hall:
            leader = hall.welcome(Facilitator)
            leader.context.on("request", hear)
            leader.page.goto(leader.url + link[1])
            leader.page.wait_for_url(re.compile(r"/(spaces/.*)?$"))
            tablet = hall.welcome(Tablet)
            tablet.context.on("request", hear)
            tablet.come_in(code[1])
            workshop = re.search(r"/workshops/([0-9a-f-]{36})/stage", tablet.page.url)
            assert workshop
            page = leader.open(f"/workshops/{workshop[1]}/console")
            space = page.locator("[data-space]").first.get_attribute("data-space")
            for path in (
                f"/workshops/{workshop[1]}/screen",
                f"/spaces/{space}",
                f"/workshops/{workshop[1]}/paper",
            ):
                leader.open(path)
            tablet.page.reload()
            wait_until_ready(tablet.page)
            tablet.page.wait_for_timeout(1500)  # what comes by itself
    hosts = {re.split(r"[/?#]", url, maxsplit=3)[2] for url in asked if url.startswith(("http", "ws"))}
    assert hosts == {f"127.0.0.1:{server.port}"}
    lines = heard.read_text().splitlines()
    assert sum(line.startswith("listening in") for line in lines) >= 2  # the command, and what it becomes
    assert [line for line in lines if not line.startswith("listening in")] == []
