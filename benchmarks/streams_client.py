"""Many browsers in one light process: `python -m benchmarks.streams_client '{"port": …}'`.

Reads one JSON object of settings from the command line, and answers in JSON lines on standard output:
`{"ready": n}` when all are connected, then `{"seq": …, "last": ns}` each time all have received a seq; with
`tells_all` also when each had it. `cookies`: a sign-in for each browser, where the request says `{cookie}`.
When its standard input closes it sums up what was missed and what came twice, and ends.
"""

import base64
import json
import os
import random
import re
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

SEQ = re.compile(rb'"seq":(\d+)[,}]')
RETRY = re.compile(rb"retry: (\d+)")
TAIL = 64


@dataclass
class Client:
    """One browser."""

    first: int
    cookie: str = ""
    sock: socket.socket | None = None
    rest: bytes = b""
    seq: int = 0
    retry: float = 1.0
    is_ready: bool = False
    gaps: int = 0
    doubles: int = 0
    seen_at: dict[int, int] = field(default_factory=dict)


class Crowd:
    """All of them."""

    def __init__(self, port: int, count: int, request: str, first: int, **settings: object) -> None:
        self.address = ("127.0.0.1", port)
        self.request = request
        self.is_websocket = bool(settings.get("websocket"))
        self.reconnects = bool(settings.get("reconnects"))
        self.selector = selectors.DefaultSelector()
        cookies = [str(each) for each in settings.get("cookies") or [""]]  # type: ignore[attr-defined]
        self.clients = [Client(first, cookies[at % len(cookies)], seq=first) for at in range(count)]
        self.tells_all = bool(settings.get("tells_all"))
        self.connecting = list(self.clients)
        self.open = 0
        self.later: list[tuple[float, Client]] = []
        self.got: dict[int, int] = {}
        self.times: dict[int, list[int]] = {}
        self.ready = 0
        self.is_done = False

    def run(self) -> None:
        """Until standard input closes."""
        self.selector.register(sys.stdin, selectors.EVENT_READ)
        while not self.is_done:
            self.connect_some()
            for key, _events in self.selector.select(0.02):
                if key.data is None:
                    self.is_done = not os.read(0, 1)
                else:
                    self.read(key.data)
        say(
            gaps=sum(c.gaps for c in self.clients),
            doubles=sum(c.doubles for c in self.clients),
            lowest=min(c.seq for c in self.clients),
            highest=max(c.seq for c in self.clients),
        )

    def connect_some(self) -> None:
        """Open a few at a time, as many as the server's queue of new connections can hold."""
        now = time.monotonic()
        due = [client for at, client in self.later if at <= now]
        self.later = [(at, client) for at, client in self.later if at > now]
        self.connecting += due
        for _ in range(min(50, len(self.connecting))):
            client = self.connecting.pop()
            try:
                client.sock = socket.create_connection(self.address, timeout=10)
            except OSError:
                self.come_back(client)
                continue
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.rest, client.is_ready = b"", False
            request = self.request.replace("{seq}", str(client.seq)).replace("{cookie}", client.cookie)
            client.sock.sendall(request.encode())
            client.sock.setblocking(False)
            self.selector.register(client.sock, selectors.EVENT_READ, client)

    def read(self, client: Client) -> None:
        """What has come for one of them."""
        assert client.sock
        try:
            data = client.sock.recv(262144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.selector.unregister(client.sock)
            client.sock.close()
            self.come_back(client)
            return
        data = client.rest + data
        if not client.is_ready:
            self.greet(client, data)
        end = 0
        for found in SEQ.finditer(data):
            self.receive(client, int(found[1]))
            end = found.end()
        client.rest = data[end:] if not client.is_ready else data[max(end, len(data) - TAIL) :]

    def greet(self, client: Client, data: bytes) -> None:
        """Count those who are in."""
        assert client.sock
        if self.is_websocket and b" 101 " in data and client.retry:
            client.retry = 0
            client.sock.sendall(masked(b"40"))
        if (b"40{" if self.is_websocket else b": hello") in data:
            client.is_ready = True
            if found := RETRY.search(data):
                client.retry = int(found[1]) / 1000
            self.ready += 1
            if self.ready == len(self.clients):
                say(ready=self.ready, at=time.monotonic_ns())

    def receive(self, client: Client, seq: int) -> None:
        """One change, for one of them."""
        if seq <= client.seq:
            client.doubles += 1
            return
        client.gaps += seq - client.seq - 1
        client.seq = seq
        self.got[seq] = self.got.get(seq, 0) + 1
        if self.tells_all:
            self.times.setdefault(seq, []).append(time.monotonic_ns())
        if self.got[seq] == len(self.clients):
            say(seq=seq, last=time.monotonic_ns(), all=self.times.pop(seq, []))

    def come_back(self, client: Client) -> None:
        """As EventSource does: after the time that the server asked for."""
        if self.reconnects:
            self.later.append((time.monotonic() + client.retry, client))


def masked(text: bytes) -> bytes:
    """A short websocket text frame."""
    mask = random.randbytes(4)
    return bytes([0x81, 0x80 | len(text)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(text))


def say(**facts: object) -> None:
    """One line for the benchmark."""
    print(json.dumps(facts), flush=True)


def get(path: str, cookie: str) -> str:
    """The request for a stream; `{seq}` is filled in at each connection."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
    return f"{head}Cookie: {cookie}\r\nLast-Event-ID: {{seq}}\r\n\r\n"


def upgrade(path: str) -> str:
    """The request for a websocket."""
    key = base64.b64encode(random.randbytes(16)).decode()
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    return f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"


if __name__ == "__main__":
    Crowd(**json.loads(sys.argv[1])).run()
