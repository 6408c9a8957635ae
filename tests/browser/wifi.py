"""The wifi between one tablet and the server: it can really be cut, lose an answer, or fall silent."""

import re
import socket
import struct
import threading
import time
from contextlib import suppress

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
LATER = 0.7  # s; by then what was told after it has overtaken it
AT_ONCE = struct.pack("ii", 1, 0)  # closing sends a reset: what was not delivered is gone


class Wifi:
    """A small relay on a port of its own. Safe between threads."""

    def __init__(self, port: int) -> None:
        self.lost = self.repeated = 0
        self.delay = 0.0
        self._to_repeat = 0
        self._target = port
        self._lock = threading.Lock()
        self._links: set[_Link] = set()
        self._is_up = True
        self._is_silent = False
        self._to_lose = 0
        self._door = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._door.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._welcome, daemon=True).start()

    def cut(self) -> None:
        """Break every connection and let no new one through."""
        with self._lock:
            self._is_up = False
            links = list(self._links)
        for link in links:
            link.end()

    def fall_silent(self) -> None:
        """Everything seems connected, and nothing arrives any more; these connections never recover."""
        with self._lock:
            self._is_silent = True
            for link in self._links:
                link.is_silent = True

    def restore(self) -> None:
        """New connections work again."""
        with self._lock:
            self._is_up, self._is_silent, self._to_lose, self.delay = True, False, 0, 0.0

    def lose_answers(self, count: int) -> None:
        """The next posts are handled by the server, but their answers never arrive."""
        with self._lock:
            self._to_lose = count

    def repeat(self, count: int) -> None:
        """The next posts come once more, later, after others that were told after them."""
        with self._lock:
            self._to_repeat = count

    def be_slow(self, seconds: float) -> None:
        """Everything takes so much longer, both ways, until it is restored."""
        self.delay = seconds

    def close(self) -> None:
        """Take it down."""
        self.cut()
        self._door.close()

    def takes_an_answer(self) -> bool:
        """Whether the answer to the post that passes now gets lost."""
        with self._lock:
            if not self._to_lose:
                return False
            self._to_lose -= 1
            self.lost += 1
            return True

    def comes_again(self) -> bool:
        """Whether the post that passes now comes once more."""
        with self._lock:
            if not self._to_repeat:
                return False
            self._to_repeat -= 1
            return True

    def send_again(self, request: bytes) -> None:
        """An echo: nobody hears the answer to it."""

        def send() -> None:
            time.sleep(LATER)
            with (
                suppress(OSError),
                socket.create_connection(("127.0.0.1", self._target), timeout=10) as server,
            ):
                server.sendall(request)
                server.recv(65536)
                self.repeated += 1

        threading.Thread(target=send, daemon=True).start()

    def forget(self, link: "_Link") -> None:
        """A connection that is over."""
        with self._lock:
            self._links.discard(link)

    def _welcome(self) -> None:
        while True:
            try:
                tablet, _ = self._door.accept()
            except OSError:
                return
            with self._lock:
                is_up, is_silent = self._is_up, self._is_silent
            if not is_up:
                _reset(tablet)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._target), timeout=10)
            except OSError:  # the server is gone for a while
                _reset(tablet)
                continue
            server.settimeout(None)
            link = _Link(self, tablet, server)
            link.is_silent = is_silent
            with self._lock:
                self._links.add(link)
            link.start()


class _Link:
    """One connection, both ways."""

    def __init__(self, wifi: Wifi, tablet: socket.socket, server: socket.socket) -> None:
        self.is_silent = False
        self._loses_answer = False
        self._wifi, self._tablet, self._server = wifi, tablet, server

    def start(self) -> None:
        for way in (self._ask, self._answer):
            threading.Thread(target=way, daemon=True).start()

    def end(self) -> None:
        self._wifi.forget(self)
        for end in (self._tablet, self._server):
            _reset(end)

    def _ask(self) -> None:
        copy = b""
        with suppress(OSError):
            while data := self._tablet.recv(65536):
                time.sleep(self._wifi.delay)
                if data.startswith(b"POST ") and not self.is_silent:
                    self._loses_answer = self._wifi.takes_an_answer()
                    copy = b"" if copy or not self._wifi.comes_again() else b"\0"
                if copy:
                    copy = self._copy(copy + data)
                if not self.is_silent:
                    self._server.sendall(data)
        self.end()

    def _copy(self, copy: bytes) -> bytes:
        """What is there of a post that will come again; nothing once it is all there, and on its way."""
        head, found, body = copy.lstrip(b"\0").partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not found or not length or len(body) < int(length[1]):
            return copy
        self._wifi.send_again(head + found + body)
        return b""

    def _answer(self) -> None:
        with suppress(OSError):
            while (data := self._server.recv(65536)) and not self._loses_answer:
                time.sleep(self._wifi.delay)
                if not self.is_silent:
                    self._tablet.sendall(data)
        if not self.is_silent:  # a silent link hangs, as a real one does
            self.end()


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)  # wakes the thread that still reads
    end.close()
