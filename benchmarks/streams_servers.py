"""What our streams are held against: a bare loop over sockets, and Flask-SocketIO."""

import json
import sys
import time
from typing import Any

MESSAGE = (
    "<article class=card><p>" + "Wij zaten met z'n allen buiten aan de lange tafel. " * 22 + "</p></article>"
)


def bare(port: int) -> None:
    """Write the same bytes to every socket, and do nothing else: the floor."""
    from gevent.server import StreamServer

    opened: list[Any] = []

    def handle(client: Any, _address: object) -> None:
        request = client.recv(65536)
        path = request.split(b" ", 2)[1]
        if path.startswith(b"/healthz"):
            answer(client, {})
        elif path.startswith(b"/notes"):
            head, _, body = request.partition(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            while len(body) < length:
                body += client.recv(65536)
            facts = json.loads(body)
            at = time.monotonic_ns()
            seq = facts.pop("seq")
            data = json.dumps({"seq": seq, "topic": "note", **facts}, separators=(",", ":"))
            event = f"id: {seq}\nevent: change\ndata: {data}\n\n".encode()
            chunk = b"%X\r\n%s\r\n" % (len(event), event)
            for one in opened:
                one.sendall(chunk)
            answer(client, {"seq": seq, "at": at})
        else:
            client.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n: hello\n\n\r\n")
            opened.append(client)
            client.recv(1)

    StreamServer(("127.0.0.1", port), handle, backlog=2048).serve_forever()


def answer(client: Any, facts: dict[str, object]) -> None:
    """A small JSON answer."""
    body = json.dumps(facts).encode()
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    client.close()


def socketio_app() -> Any:
    """Flask-SocketIO on the same server, relaying the same message."""
    from flask import Flask, jsonify, request
    from flask_socketio import SocketIO

    app = Flask("relay")
    relay = SocketIO(app, async_mode="gevent", cors_allowed_origins="*", ping_interval=600, ping_timeout=600)

    @app.get("/healthz")
    def healthz() -> Any:
        return jsonify(status="ok")

    @app.post("/notes/<_space>")
    def notes(_space: str) -> Any:
        facts = request.get_json()
        at = time.monotonic_ns()
        relay.emit("change", {"seq": facts.pop("seq"), "topic": "note", **facts})
        return jsonify(at=at)

    return app


if __name__ == "__main__":
    bare(int(sys.argv[1]))
