"""The library page with 200 contributions: CPU, queries and bytes, held against simpler pages."""

import gc
import gzip
import itertools
import re
import sqlite3
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, render_template_string
from sqlalchemy import event
from werkzeug.test import EnvironBuilder

from benchmarks import Row, at_most
from benchmarks.hall import Hall, hall, tell
from cocreate.core import cards
from cocreate.core.audience import Visibility
from cocreate.core.db import db, new_id
from cocreate.core.kept import let_go
from cocreate.impacts.rules import Position
from cocreate.impacts.service import take_stance
from cocreate.spaces.contributions import Arrival

RUNS = 7
REQUESTS = 20  # in a run
MOMENTS, IMPACTS, STANCES, INDICATORS = 80, 60, 6, 60
WISHES, STANCES_ON_EACH = 200, 24
CONTRIBUTIONS = MOMENTS + IMPACTS + INDICATORS

BARE_PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><main>
{% for row in rows %}
<article class="card" id="{{ row.id }}"><h3>{{ row.title }}</h3><p>{{ row.text }}</p>
<footer>{{ row.voice }}</footer></article>
{% endfor %}
</main></body></html>
"""

Ask = Callable[[], bytes]


def main() -> list[Row]:
    """Measure; gives the rows."""
    with hall(guests=24) as here:
        tell(here, MOMENTS, IMPACTS, STANCES, INDICATORS)
        rows = [*_cpu(here), *_bytes(here)]
    with hall(guests=24) as here:
        tell(here, 0, WISHES, STANCES_ON_EACH, 0)
        return [*rows, *_wishes(here)]


def _wishes(here: Hall) -> list[Row]:
    """The page of all that is wanted, voice by voice, and the page of one wish."""
    home = f"/spaces/{here.space_id}"
    cookie = headers_of(here.app, home, Cookie=here.reader)["Set-Cookie"].partition(";")[0]
    everything = asking(here.app, f"{home}/impacts", Cookie=cookie)
    found = re.search(rf"{home}/impacts/[0-9a-f-]{{36}}", everything().decode())
    if found is None:
        raise RuntimeError("there is no wish on the page")
    one = asking(here.app, found[0], Cookie=cookie)
    bare = asking(bare_app(here.data / "bare.db", len(everything())), "/")
    asks = {"anew": everything, "changed": everything, "kept": everything, "one": one, "bare": bare}
    took = cost(asks, {"anew": forget_cards, "changed": one_more(here, uuid.UUID(found[0][-36:]))})
    page = f"What {WISHES} people want, voice by voice"
    return [
        Row(f"{page}, drawn anew", round(took["anew"], 2), "ms CPU"),
        Row(f"{page}, after one more stance", round(took["changed"], 2), "ms CPU"),
        Row(f"{page}, kept", round(took["kept"], 2), "ms CPU"),
        Row("The page of one wish", round(took["one"], 2), "ms CPU"),
        at_most(
            "Drawn anew, against a bare page of as many bytes", round(took["anew"] / took["bare"], 2), 3, "×"
        ),
        at_most("One more, against the bare page", round(took["changed"] / took["bare"], 2), 3, "×"),
        at_most("Kept, against the bare page", round(took["kept"] / took["bare"], 2), 3, "×"),
        at_most("Database queries, drawn anew", count_queries(here.app, everything, forget_cards), 10, ""),
        at_most("Database queries, the page of one wish", count_queries(here.app, one), 10, ""),
    ]


def one_more(here: Hall, impact_id: uuid.UUID) -> Callable[[], None]:
    """Takes a stance on one wish: the next one each time."""
    turns = itertools.cycle(Position)

    def take() -> None:
        with here.app.app_context():
            arrival = Arrival(new_id(), here.workshop_id, Visibility.SPACE)
            take_stance(here.guests[0], arrival, impact_id, next(turns))

    return take


def asking(app: Flask, path: str, **headers: str) -> Ask:
    """One request straight into the application, without a client around it."""
    builder = EnvironBuilder(
        path=path, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    environ = builder.get_environ()
    builder.close()

    def ask() -> bytes:
        status: list[str] = []
        answer = app(dict(environ), lambda line, _headers, _info=None: status.append(line) or bytes)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if status[0][:3] not in ("200", "304"):
            raise RuntimeError(f"{path}: {status[0]}")
        return body

    return ask


def headers_of(app: Flask, path: str, **headers: str) -> dict[str, str]:
    """The headers of an answer."""
    with app.test_client(use_cookies=False) as client:
        return dict(client.get(path, headers=headers).headers)


def cost(asks: dict[str, Ask], before: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Milliseconds of CPU of each request: the median of runs that take turns."""
    took: dict[str, list[float]] = {name: [] for name in asks}
    for ask in asks.values():
        ask()
    for _ in range(RUNS):
        for name, ask in asks.items():
            prepare = before.get(name, lambda: None)
            gc.collect()
            spent = 0.0
            for _ in range(REQUESTS):
                prepare()
                began = time.process_time()
                ask()
                spent += time.process_time() - began
            took[name].append(spent / REQUESTS * 1000)
    return {name: median(times) for name, times in took.items()}


def forget_cards() -> None:
    """As after a start: no card was rendered yet."""
    cards._rendered.clear()
    let_go()


def _cpu(here: Hall) -> list[Row]:
    path = f"/spaces/{here.space_id}"
    # As a browser that was here before: with the token for its forms already in its cookie.
    cookie = headers_of(here.app, path, Cookie=here.reader)["Set-Cookie"].partition(";")[0]
    warm = asking(here.app, path, Cookie=cookie)
    mark = headers_of(here.app, path, Cookie=cookie)["ETag"]
    asks = {
        "cold": warm,
        "warm": warm,
        "304": asking(here.app, path, Cookie=cookie, If_None_Match=mark),
        "bare": asking(bare_app(here.data / "bare.db", len(warm())), "/"),
        "empty": asking(empty_app(), "/"),
    }
    if not 0.9 < len(asks["bare"]()) / len(warm()) < 1.1:
        raise RuntimeError("the bare page is not as large as ours")
    if asks["304"]():
        raise RuntimeError("an unchanged page was sent again")
    found = cost(asks, {"cold": forget_cards})
    ratio = {name: (found[name] / found["bare"], found[name] / found["empty"]) for name in found}
    page = f"Library of {CONTRIBUTIONS} contributions"
    return [
        Row(f"{page}, each card rendered anew", round(found["cold"], 2), "ms CPU"),
        Row(f"{page}, cards kept", round(found["warm"], 2), "ms CPU"),
        Row(f"{page}, unchanged (304)", round(found["304"], 2), "ms CPU"),
        Row(
            "A bare Flask, Jinja and SQLite page of the same rows and bytes",
            round(found["bare"], 2),
            "ms CPU",
        ),
        Row("An empty Flask view", round(found["empty"], 3), "ms CPU"),
        at_most("Each card anew, against the bare page", round(ratio["cold"][0], 2), 3, "×"),
        at_most("Cards kept, against the bare page", round(ratio["warm"][0], 2), 3, "×"),
        at_most("Cards kept, against the empty view", round(ratio["warm"][1], 1), 12, "×"),
        at_most("Unchanged, against the empty view", round(ratio["304"][1], 1), 7, "×"),
        at_most("Database queries, each card anew", count_queries(here.app, warm, forget_cards), 10, ""),
        at_most("Database queries, cards kept", count_queries(here.app, warm), 10, ""),
        at_most("Database queries, unchanged", count_queries(here.app, asks["304"]), 10, ""),
    ]


def count_queries(app: Flask, ask: Ask, prepare: Callable[[], None] = lambda: None) -> int:
    """How many statements one request sends to the database."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append(statement)

    prepare()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    return len(said)


def bare_app(path: Path, size: int) -> Flask:
    """What a beginner would write: one query, one loop; as many bytes as our page."""
    filler = "Wij zaten met z'n allen buiten aan de lange tafel. " * 40
    # An apostrophe becomes five characters; 120 is what the loop writes around the words of a row.
    words = filler[: max(0, int((size / CONTRIBUTIONS - 120) / 1.08))]
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, title TEXT, text TEXT, voice TEXT)")
        database.executemany(
            "INSERT INTO row (title, text, voice) VALUES (?, ?, ?)",
            [(f"Wat we willen ({number})", words, "Jongeren") for number in range(CONTRIBUTIONS)],
        )
    database.close()
    app = Flask("bare")

    @app.get("/")
    def rows() -> str:
        if "database" not in g:
            g.database = sqlite3.connect(path)
            g.database.row_factory = sqlite3.Row
        found = g.database.execute("SELECT id, title, text, voice FROM row ORDER BY id DESC").fetchall()
        return render_template_string(BARE_PAGE, title="Buurt", rows=found)

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        g.pop("database").close()

    return app


def empty_app() -> Flask:
    """Flask itself."""
    app = Flask("empty")
    app.add_url_rule("/", view_func=lambda: "")
    return app


def _bytes(here: Hall) -> list[Row]:
    path = f"/spaces/{here.space_id}"
    with here.app.test_client(use_cookies=False) as client:
        headers = {"Cookie": here.reader, "Accept-Encoding": "gzip"}
        page = client.get(path, headers=headers)
        sent = len(page.data)
        is_packed = page.headers.get("Content-Encoding") == "gzip"
        html = (gzip.decompress(page.data) if is_packed else page.data).decode()
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
        scripts = re.findall(r'<script(?![^>]*type="module")(?![^>]*(?:defer|async))[^>]*src="([^"]+)"', html)
        blocking = [*styles, *scripts]
        assets = sum(len(client.get(each, headers=headers).data) for each in blocking)
    packed = len(gzip.compress(html.encode(), 6))
    how = "gzip" if is_packed else f"not compressed; {packed / 1024:.0f} KB if it were"
    note = f"page {sent / 1024:.0f} KB ({how})"
    return [
        at_most(
            "First visit to the library: the page and what blocks it",
            round((sent + assets) / 1024, 1),
            150,
            "KB",
            f"{note}, {len(blocking)} blocking asset(s) {assets / 1024:.0f} KB",
        ),
        at_most("Addresses of other hosts in the page", len(outside(html)), 0, "", ", ".join(outside(html))),
    ]


def outside(html: str) -> list[str]:
    """What a browser would ask from elsewhere."""
    addresses = re.findall(r"(?:href|src|action|srcset|poster|data)=[\"']([^\"']+)[\"']|url\(([^)]+)\)", html)
    found = [first or second for first, second in addresses]
    return sorted({each for each in found if urlsplit(each).netloc})
