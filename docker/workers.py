"""gunicorn's workers with our refusals: threads for every role, an event loop for live streams."""

import socket
from contextlib import suppress
from typing import Any

import h11
from gunicorn.http.errors import ParseException
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn_worker import UvicornWorker

from docker.buffering_worker import BufferingWorker
from docker.refusals import refusal, reply, status_of

REMEMBERED = 64


class RememberedRequest(Request):
    """Keeps how a request began: one that cannot be read has no path that could be asked for."""

    start = b""

    def read_line(self, unreader: Any, buf: Any, limit_request_line: int = 0) -> Any:
        self.start = buf.getvalue()[:REMEMBERED]
        return super().read_line(unreader, buf, limit_request_line)

    def __init__(self, *arguments: Any) -> None:
        try:
            super().__init__(*arguments)
        except ParseException as error:
            error.start = self.start  # type: ignore[attr-defined] # all that handle_error gets
            raise


RequestParser.mesg_class = RememberedRequest


class WebWorker(BufferingWorker):
    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        status = status_of(exc)
        if isinstance(exc, ParseException):
            self.log.warning("Invalid request from ip=%s: %s", (addr or [""])[0], exc)
        else:
            self.log.error("Error handling %s", getattr(req, "uri", "a request"), exc_info=exc)
        start: bytes = getattr(exc, "start", b"") or getattr(req, "start", b"")
        with suppress(OSError):
            client.sendall(reply(status, start))
            _discard_rest(client)


def _discard_rest(client: socket.socket) -> None:
    """Closing a socket with something unread in it would take our reply from the caller."""
    client.shutdown(socket.SHUT_WR)
    client.setblocking(False)
    while client.recv(65_536):
        pass


class StreamProtocol(H11Protocol):
    def send_400_response(self, msg: str) -> None:
        headers, body = refusal(400, b"")
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        for event in (
            h11.Response(status_code=400, headers=raw, reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


class StreamWorker(UvicornWorker):
    CONFIG_KWARGS = {"loop": "auto", "http": StreamProtocol, "server_header": False}
