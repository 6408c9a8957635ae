"""Files that mean harm. Run as a program with paths, it reads those files and says what each cost."""

import json
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from time import process_time

from cocreate.trajectories.formats import MAX_BYTES, MapFileError, read_map

DEEP = 200_000
WIDE = 19 * 1024 * 1024  # just small enough to be looked at
LABEL = 50_000_000
SECONDS = 20  # of CPU for one file: far more than it may take, so that nothing hangs
ROOTS = {".gexf": "gexf", ".graphml": "graphml", ".mm": "map", ".opml": "opml"}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
SUBSETS = {
    "laughs": f'[<!ENTITY l0 "ha">{LAUGHS}]',
    "blow-up": f'[<!ENTITY l9 "{"ha" * 100_000}">]',
    "file": '[<!ENTITY x SYSTEM "file:///etc/passwd">]',
    "parameter": '[<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]',
    "outside": 'SYSTEM "http://127.0.0.1:9/x.dtd"',
    "bare": "",
}


def xmind(*parts: tuple[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package; parts may have the same name."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", packed) as package:
        for name, content in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = packed
            package.writestr(entry, content)
    return written.getvalue()


def sheet(topic: bytes = b'{"id":"a","title":"A"}') -> bytes:
    """The contents of a package with one sheet."""
    return b'[{"id":"s","title":"S","rootTopic":%s}]' % topic


def with_locked_parts(package: bytes) -> bytes:
    """Every part marked as locked with a password."""
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = package.find(signature)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", package, at + place)
            package = package[: at + place] + struct.pack("<H", flags | 1) + package[at + place + 2 :]
            at = package.find(signature, at + 4)
    return package


def with_a_lie(package: bytes, said: int, size: int) -> bytes:
    """A package that gives one size of a part as another."""
    return package.replace(struct.pack("<I", size), struct.pack("<I", said))


def with_a_swarm() -> bytes:
    """A package whose table of contents alone fills the file."""
    record = (
        b"PK\x01\x02"
        + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
        + b"a"
    )
    count = WIDE // len(record)
    table = record * count
    return table + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, len(table), 0, 0)


def overlapping() -> bytes:
    """Two parts over the same bytes."""
    package = bytearray(xmind(("content.json", sheet()), ("other.json", sheet()), packed=zipfile.ZIP_STORED))
    second = package.rfind(b"PK\x01\x02")
    struct.pack_into("<I", package, second + 42, 0)
    return bytes(package)


def nested(opening: bytes, closing: bytes, inside: bytes = b"") -> bytes:
    """Something in itself, very deep."""
    return opening * DEEP + inside + closing * DEEP


def _xml(root: str, inside: bytes) -> bytes:
    return b"<%s>%s</%s>" % (root.encode(), inside, root.encode())


# The node of each format behind a prefix, and where it stands: how a file spells it may not matter.
PREFIXED = {
    ".gexf": b"<gexf xmlns:x='u'><graph><nodes>%s</nodes></graph></gexf>",
    ".graphml": b"<graphml xmlns:x='u'><graph>%s</graph></graphml>",
    ".mm": b"<map xmlns:x='u'>%s</map>",
    ".opml": b"<opml xmlns:x='u'><body>%s</body></opml>",
    ".xmind": b"<xmap-content xmlns:x='u'><sheet><topic id='a'><children><topics>%s</topics></children>"
    b"</topic></sheet></xmap-content>",
}
ITEMS = {
    ".gexf": lambda n: b"<x:node id='%d'/>" % n,
    ".graphml": lambda n: b"<x:node id='%d'/>" % n,
    ".mm": lambda _n: b"<x:node/>",
    ".opml": lambda _n: b"<x:outline x:text='' x:id=''/>",
    ".xmind": lambda _n: b"<x:topic/>",
}
LINKS = {".gexf": b"<x:edge/>", ".graphml": b"<x:edge/>", ".mm": b"<x:arrowlink/>"}


def _swarms(ending: str, root: str) -> Mapping[str, Callable[[], bytes]]:
    """More than a map holds, in the ways in which XML can say it."""
    many = range(349_000)

    def items() -> bytes:
        return PREFIXED[ending] % b"".join(map(ITEMS[ending], many))

    makers: dict[str, Callable[[], bytes]] = {
        "prefixed": items,
        "bare": lambda: items().replace(b"x:", b""),
        "default": lambda: items().replace(b"x:", b"").replace(b"xmlns:x=", b"xmlns="),
        "utf-16": lambda: items()[: WIDE // 2].decode().encode("utf-16"),
        "utf-16-be": lambda: items()[: WIDE // 2].decode().replace("x:", "").encode("utf-16-be"),
        "prefixes": lambda: _xml(root, b"".join(b"<a xmlns:n%d='u%d'/>" % (n, n) for n in many)),
        "names": lambda: _xml(root, b"".join(b"<a%d/>" % n for n in many)),
        "named": lambda: _xml(root, b"".join(b"<a b%d=''/>" % n for n in many)),
        "pairs": lambda: _xml(root, b"".join(b"<a b='x%d' c='y%d'/>" % (n, n) for n in many)),
        "address": lambda: b"<%s xmlns='%s'>" % (root.encode(), b"u" * 1_000_000) + b"<a/>" * 349_000,
    }
    if ending in LINKS:
        makers["links"] = lambda: PREFIXED[ending] % (LINKS[ending] * 349_000)
    return makers


def _entities(root: str, subset: str) -> bytes:
    text = f'<?xml version="1.0"?>\n<!DOCTYPE {root} {subset}>\n<{root}>&l9;&x;</{root}>'
    return text.encode()


def _makers() -> Mapping[str, Callable[[], bytes]]:
    makers: dict[str, Callable[[], bytes]] = {}
    for ending, root in ROOTS.items():
        makers |= {
            f"deep{ending}": lambda r=root: _xml(r, nested(b"<b>", b"</b>")),
            f"open{ending}": lambda r=root: b"<%s>" % r.encode() + b"<b>" * DEEP,
            f"elements{ending}": lambda r=root: _xml(r, b"<a/>" * 349_000),
            f"nodes{ending}": lambda r=root: _xml(r, b"<node/><outline/>" * 170_000),
            f"values{ending}": lambda r=root: _xml(
                r, (b"<a " + b" ".join(b"a%d='%d'" % (n, n) for n in range(990)) + b"/>") * 1500
            ),
            f"label{ending}": lambda r=root: _xml(r, b"<node id='a'>" + b"x" * LABEL + b"</node>"),
        }
        for name, subset in SUBSETS.items():
            makers[f"{name}{ending}"] = lambda r=root, s=subset: _entities(r, s)
        makers |= {f"{name}-swarm{ending}": make for name, make in _swarms(ending, root).items()}
    for name, make in _swarms(".xmind", "xmap-content").items():
        makers[f"{name}-swarm.xmind"] = lambda m=make: xmind(("content.xml", m()))
    return makers


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    **_makers(),
    "deep.canvas": lambda: b'{"nodes":' + nested(b"[", b"]") + b"}",
    "open.canvas": lambda: b'{"nodes":' + b"[" * DEEP,
    "label.canvas": lambda: b'{"nodes":[{"id":"1","type":"text","text":"' + b"x" * LABEL + b'"}]}',
    "brackets.canvas": lambda: b'{"nodes":[' + b'{"a":1},' * 299_000 + b"1]}",
    "commas.canvas": lambda: b'{"nodes":[' + b",".join(b'"%x"' % n for n in range(990_000)) + b"]}",
    "keys.canvas": lambda: b'{"nodes":1,' + b",".join(b'"%x":%d' % (n, n) for n in range(990_000)) + b"}",
    "numbers.canvas": lambda: b'{"nodes":[' + b",".join(b"%d" % n for n in range(1_990_000)) + b"]}",
    "digits.canvas": lambda: b'{"nodes":[' + b"1" * 6_000_000 + b"]}",
    "deep.mmd": lambda: b"mindmap\n" + b"".join(b" " * n + b"a\n" for n in range(6_000)),
    "lines.mmd": lambda: b"mindmap\n" + b"a\n" * 5_000_000,
    "items.mmd": lambda: b"mindmap\n" + b"a\n" * 199_000,
    "quote.mmd": lambda: b'mindmap\na["' + b"x\n" * 190_000,
    "label.mmd": lambda: b"mindmap\n" + b"x" * LABEL,
    "wide.mm": lambda: "<map><node TEXT='👩".encode() + b"x " * (WIDE // 2) + b"'/></map>",
    "wide.opml": lambda: b"<opml><body><outline text='" + b"x " * (WIDE // 2) + b"'/></body></opml>",
    "wide.canvas": lambda: '{"nodes":[{"id":"1","text":"👩'.encode() + b"x" * WIDE + b'"}]}',
    "note.mm": lambda: (
        b"<map><node><richcontent TYPE='NOTE'><p>" + b"x " * (WIDE // 2) + b"</p></richcontent></node></map>"
    ),
    "wide.graphml": lambda: (
        b"<graphml><graph><node id='a'><data key='label'>"
        + "👩\n".encode() * (WIDE // 5)
        + b"</data></node></graph></graphml>"
    ),
    "quotes.canvas": lambda: '{"nodes":[{"id":"1","text":"👩'.encode() + b'\\"' * (WIDE // 2) + b'"}]}',
    "wide.xmind": lambda: xmind(
        ("content.json", sheet(b'{"title":"' + "é👩".encode() * (WIDE // 6) + b'"}'))
    ),
    "wide.mmd": lambda: b'mindmap\n a["`' + b"x " * (WIDE // 2) + b'`"]',
    "deep.xmind": lambda: xmind(("content.json", sheet(nested(b'{"children":[', b"]}")))),
    "deep-xml.xmind": lambda: xmind(("content.xml", _xml("xmap-content", nested(b"<b>", b"</b>")))),
    "laughs.xmind": lambda: xmind(("content.xml", _entities("xmap-content", SUBSETS["laughs"]))),
    "file.xmind": lambda: xmind(("content.xml", _entities("xmap-content", SUBSETS["file"]))),
    "label.xmind": lambda: xmind(("content.json", sheet(b'{"id":"a","title":"' + b"x" * LABEL + b'"}'))),
    "topics.xmind": lambda: xmind(
        (
            "content.json",
            sheet(b'{"children":{"attached":[' + b",".join([b'{"notes":{}}'] * 149_000) + b"]}}"),
        )
    ),
    "bomb.xmind": lambda: xmind(("content.json", b" " * 100_000_000)),
    "bomb-xml.xmind": lambda: xmind(("content.xml", b"<a/>" * 25_000_000)),
    "bombs.xmind": lambda: with_a_lie(
        xmind(("content.json", sheet()), ("attachments/a", b" " * 1_000_003)), 600_000_000, 1_000_003
    ),
    "lie.xmind": lambda: with_a_lie(xmind(("content.json", b" " * 100_000_000)), 1000, 100_000_000),
    "swarm.xmind": with_a_swarm,
    "slip.xmind": lambda: xmind(("content.json", sheet()), ("../../etc/cron.d/x", b"x")),
    "root.xmind": lambda: xmind(("content.json", sheet()), ("/etc/passwd", b"x")),
    "drive.xmind": lambda: xmind(("content.json", sheet()), ("C:\\autoexec.bat", b"x")),
    "twice.xmind": lambda: xmind(("content.json", sheet()), ("content.json", sheet())),
    "locked.xmind": lambda: with_locked_parts(xmind(("content.json", sheet()))),
    "secret.xmind": lambda: xmind(
        ("content.json", b"\x00" * 99),
        ("manifest.json", b'{"file-entries":{"content.json":{"encryption-data":{}}}}'),
    ),
    "lzma.xmind": lambda: xmind(("content.json", sheet()), packed=zipfile.ZIP_LZMA),
    "overlap.xmind": overlapping,
    "cut.xmind": lambda: xmind(("content.json", sheet()))[:-30],
    "other.xmind": lambda: xmind(("word/document.xml", b"<a/>")),
    "inner.xmind": lambda: xmind(("inner.xmind", xmind(("content.json", sheet())))),
    "sheets.xmind": lambda: xmind(
        ("content.json", b"[" + b",".join([sheet(b'{"id":"a"}')[1:-1]] * 70_000) + b"]")
    ),
    "ring.gexf": lambda: (
        b"<gexf><graph><nodes>"
        + b"".join(
            b'<node id="%d"><parents><parent for="x"/><parent for="%d"/></parents></node>'
            % (n, (n + 1) % 19_000)
            for n in range(19_000)
        )
        + b"</nodes></graph></gexf>"
    ),
    "parents.gexf": lambda: (
        b"<gexf><graph><nodes>"
        + b"".join(b'<node id="%d" pid="%d"/>' % (n, (n + 1) % 19_000) for n in range(19_000))
        + b"</nodes></graph></gexf>"
    ),
}

# Strange, large, and yet a map.
LARGE: Mapping[str, Callable[[], bytes]] = {
    "html.mm": lambda: b"<map>" + (b"<node TEXT='&lt;html>" + b"&lt;!--" * 14_000 + b"'/>") * 190 + b"</map>",
    "pieces.graphml": lambda: (
        "<graphml><graph><node id='a'><data key='label'>👩".encode()
        + (b"x" * 99_000 + b"<!---->") * 190
        + b"</data></node></graph></graphml>"
    ),
    "spaces.mmd": lambda: b"mindmap\n" + (b"a" + b" " * 99_000 + b"b\n") * 190,
    "emoji.mmd": lambda: "mindmap\n👩\n".encode() + (b"%%" * 45_000 + b"\n") * 200,
    "wide.canvas": lambda: (
        b'{"nodes":['
        + b",".join(b'{"id":"%d","text":"%s"}' % (n, "👩é ".encode() * 120_000) for n in range(22))
        + b"]}"
    ),
}


def main(path: Path) -> dict[str, str | float]:
    """Read a file as the command line does: why not, seconds of CPU, and the peak of memory in MB."""
    # What getrusage tells begins with the peak of the program that started this one.
    Path("/proc/self/clear_refs").write_text("5")
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    began, said = process_time(), ""
    resource.setrlimit(resource.RLIMIT_CPU, (int(began) + SECONDS, resource.RLIM_INFINITY))
    try:
        read_map(path.name, data)
    except MapFileError as error:
        said = str(error)
    seconds = process_time() - began
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return {"said": said, "seconds": seconds, "peak": int(peak) / 1024}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({name: main(Path(name)) for name in sys.argv[1:]}))
