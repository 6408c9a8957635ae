"""The script between a browser and the server: where it stands, and what it may do."""

import re

from cocreate.core.resources import resource


def test_it_stands_at_the_root_and_is_asked_for_anew(client):
    answer = client.get("/worker.js")
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]


def test_page_and_worker_speak_of_the_same_cache():
    names = {
        name: re.search(r'const STAGE = "([^"]+)"', (resource("static") / "js" / name).read_text())[1]
        for name in ("worker.js", "offline.js")
    }
    assert len(set(names.values())) == 1


def test_the_one_address_of_a_script_that_passes_is_the_workers():
    cards = (resource("static") / "js" / "cards.js").read_text()
    assert re.findall(r'address === "([^"]+)"', cards) == ["/worker.js"]
    assert 'const ADDRESS = "/worker.js"' in (resource("static") / "js" / "offline.js").read_text()
