"""Run the benchmarks, all or those named, and write their figures into docs/performance.md."""

import os
import platform
import re
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import psutil

from benchmarks import (
    Row,
    agreement,
    answering,
    at_most,
    drawing,
    map_browser,
    maps,
    meeting,
    pages,
    shares,
    streams,
    visit,
    writes,
)

DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
LONGEST = 1_500  # s, one bench


def measure_streams() -> list[Row]:
    """The figures of live streams as rows."""
    found = streams.main()
    limit: dict[str, float] = found["targets"]
    rows: list[Row] = []
    for count in streams.COUNTS:
        ours = found[f"ours_{count}"]
        rows += [
            Row(f"{count} open streams, until the last one has a change, half within", ours["p50"], "ms"),
            Row(f"{count} open streams, until the last one has a change, 95 % within", ours["p95"], "ms"),
            at_most(
                f"… against bare sockets, {count}", found[f"bare_ratio_p95_{count}"], limit["bare_ratio"], "×"
            ),
            at_most(
                f"… against Flask-SocketIO, {count}",
                found[f"socketio_ratio_p95_{count}"],
                limit["socketio_ratio"],
                "×",
            ),
            at_most(f"… memory of each, {count}", ours["rss_kb"], limit["rss_kb"], "KB"),
        ]
    after = found["recovery"]
    rows += [
        at_most(
            "Killed under 1,000 streams: all caught up after", after["caught_up_s"], limit["caught_up_s"], "s"
        ),
        at_most("… changes missed", after["gaps"], limit["gaps"], "", f"of {after['written']}"),
        at_most("… changes that came twice", after["doubles"], limit["doubles"], ""),
    ]
    return rows


BENCHES: dict[str, Callable[[], list[Row]]] = {
    "pages": pages.main,
    "writes": writes.main,
    "visit": visit.main,
    "streams": measure_streams,
    "meeting": meeting.main,
    "maps": maps.main,
    "map_browser": map_browser.main,
    "drawing": drawing.main,
    "agreement": agreement.main,
    "shares": shares.main,
    "answering": answering.main,
}


def main(names: list[str]) -> None:
    """Measure, print, and rewrite the sections of these benches."""
    unknown = set(names) - set(BENCHES)
    if unknown:
        sys.exit(f"There is no bench called {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}.")
    for sign in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(sign, stop)
    for name in names or BENCHES:
        machine = describe_machine()
        signal.alarm(LONGEST)
        rows = BENCHES[name]()
        signal.alarm(0)
        print(f"\n{name} ({machine})")
        for row in rows:
            print(f"  {row.name:<76} {figure(row):>16} {row.target:<8} {verdict(row):<7} {row.note}")
        write_section(name, table(rows, machine))


def stop(number: int, _frame: object) -> NoReturn:
    """Leave, through everything that ends a server or a browser on its way out."""
    sys.exit(f"Stopped: {signal.Signals(number).name}; no bench may take longer than {LONGEST} s.")


def describe_machine() -> str:
    """On what, with what, when, and how busy it was with other things."""
    cores = f"{psutil.cpu_count()} cores"
    memory = f"{psutil.virtual_memory().total / 2**30:.0f} GB"
    python = f"Python {platform.python_version()}"
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    return f"{processor()}, {cores}, {memory}, {python}, {datetime.now(UTC):%Y-%m-%d}, {load}"


def processor() -> str:
    """The processor by name."""
    found: Any = None
    if Path("/proc/cpuinfo").exists():
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return str(found[1]) if found else platform.processor() or platform.machine()


def figure(row: Row) -> str:
    """The figure with its unit, or a dash."""
    return "—" if row.value is None else f"{row.value:g} {row.unit}".strip()


def verdict(row: Row) -> str:
    """Whether the target was met, in a word."""
    return "" if row.met is None else "met" if row.met else "missed"


def table(rows: list[Row], machine: str) -> str:
    """The rows in Markdown."""
    lines = [f"Measured on: {machine}.", "", "| what | figure | target | | note |", "|---|---:|---:|---|---|"]
    for row in rows:
        target = f"{row.target} {row.unit}".strip() if row.target else ""
        lines.append(f"| {row.name} | {figure(row)} | {target} | {verdict(row)} | {row.note} |")
    return "\n".join(lines)


def write_section(name: str, text: str) -> None:
    """Put the text between the markers of this bench; everything around them stays as it is."""
    before, start, rest = DOCUMENT.read_text().partition(f"<!-- {name} -->\n")
    _old, end, after = rest.partition(f"<!-- end of {name} -->")
    if not start or not end:
        sys.exit(f"{DOCUMENT.name} has no markers for {name}.")
    DOCUMENT.write_text(f"{before}{start}{text}\n{end}{after}")


if __name__ == "__main__":
    main(sys.argv[1:])
