"""Logging to standard output, as lines or as JSON."""

import json
import logging
import sys
import time

from flask import Flask, Response, g, request

from cocreate.config import Config


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update(getattr(record, "request", {}))
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def init_app(app: Flask, config: Config) -> None:
    """One handler, and one line for each request: never a query string, a body or a person."""
    logger = logging.getLogger("cocreate")  # Flask's own logger has the same name, so it is the same
    handler = logging.StreamHandler(sys.stdout)
    plain = logging.Formatter("%(asctime)s %(levelname)s %(message)s")
    handler.setFormatter(_JsonLines() if config.log_json else plain)
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = config.testing
    if not config.testing:
        app.before_request(_start)
        app.after_request(_report)


def _start() -> None:
    g.started = time.perf_counter()


def _report(answer: Response) -> Response:
    # The rule, not the path: addresses hold ids of spaces, and those belong in no log.
    rule = request.url_rule.rule if request.url_rule else "-"
    took = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
    facts = {"method": request.method, "rule": rule, "status": answer.status_code, "ms": took}
    logging.getLogger("cocreate.requests").info(
        "%(method)s %(rule)s %(status)s %(ms)s ms", facts, extra={"request": facts}
    )
    return answer
