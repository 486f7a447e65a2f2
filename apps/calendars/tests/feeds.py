"""Feeds for tests: a site on this machine, and calendars in the shapes of the big ones."""

import datetime as dt
import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def calendar(*events: str, before: str = "") -> bytes:
    """Each event is its lines without BEGIN and END."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tests//EN", *before.splitlines()]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.strip().splitlines(), "END:VEVENT"]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def stay(uid: str, start: dt.date, nights: int, summary: str = "Reserved") -> str:
    end = start + dt.timedelta(days=nights)
    return (
        f"UID:{uid}\nDTSTART;VALUE=DATE:{start:%Y%m%d}\nDTEND;VALUE=DATE:{end:%Y%m%d}\n"
        f"SUMMARY:{summary}"
    )


class Site:
    """What it answers, and the headers of what it was asked."""

    def __init__(self) -> None:
        self.content: bytes = calendar()
        self.status = 200
        self.headers: dict[str, str] = {}
        self.etag = ""
        self.packed = False
        self.cut_at: int | None = None
        self.asked: list[dict[str, str]] = []
        self.at_once = self.most_at_once = 0
        self.gate: threading.Event | None = None
        self.delay = 0.0
        self.url = ""
        self._lock = threading.Lock()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append(dict(handler.headers.items()))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.gate:
                self.gate.wait(10)
            time.sleep(self.delay)
            self._answer(handler)
        finally:
            with self._lock:
                self.at_once -= 1

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self.etag and handler.headers.get("If-None-Match") == self.etag:
            handler.send_response(304)
            handler.end_headers()
            return
        body = gzip.compress(self.content) if self.packed else self.content
        handler.send_response(self.status)
        headers = {"Content-Length": str(len(body)), "ETag": self.etag, **self.headers}
        if self.packed:
            headers["Content-Encoding"] = "gzip"
        for name, value in headers.items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[: self.cut_at])


@contextmanager
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.answer(self)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/calendar.ics"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
