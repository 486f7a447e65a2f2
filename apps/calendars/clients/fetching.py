"""Fetches one feed, politely and within limits: of time as a whole, of bytes on the wire and of
bytes when unpacked."""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from threading import Timer
from typing import NamedTuple
from urllib.parse import urljoin

from apps.calendars.clients.addresses import (
    AddressRefusedError,
    Target,
    resolved,
    target_of,
)
from apps.common.clock import utc_now

MOST_BYTES = 1_000_000
MOST_REDIRECTS = 4
PIECE = 64 * 1024
AGENT = "Staywell-Calendars/1.0"
REDIRECTS = {301, 302, 303, 307, 308}
NOT_MODIFIED, OK = 304, 200
ASK_LATER = {429, 503}


class FetchError(Exception):
    """Why there is no feed, as a sentence for its host. `retry_after` is in seconds."""

    def __init__(self, text: str, *, retry_after: int | None = None) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class Fetched(NamedTuple):
    """`content` is None where nothing has changed."""

    content: bytes | None
    etag: str
    last_modified: str


def feed_fetched(url: str, *, etag: str = "", last_modified: str = "", seconds: float) -> Fetched:
    """Raises `FetchError` and `AddressRefusedError`."""
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in known.items() if value}
    until = time.monotonic() + seconds
    target = target_of(url)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            found = _asked(target, headers, until)
            if isinstance(found, Fetched):
                return found
            target = _redirected(target, found)
    except AddressRefusedError:
        raise
    except ssl.SSLError as error:
        raise FetchError(f"{target.site} has no valid certificate.") from error
    except TimeoutError as error:
        raise FetchError(f"{target.site} did not answer within {seconds:.0f} s.") from error
    except socket.gaierror as error:
        raise FetchError(f"There is no site {target.site}.") from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        late = time.monotonic() > until
        text = "did not answer in time" if late else "cannot be reached, or broke off"
        raise FetchError(f"{target.site} {text}.") from error
    raise FetchError(f"The address leads on more than {MOST_REDIRECTS} times.")


def _redirected(target: Target, location: str) -> Target:
    where = f"{target.scheme}://{target.authority}{target.path}"
    after = target_of(urljoin(where, location))
    if target.scheme == "https" and after.scheme != "https":
        raise AddressRefusedError("The address leads on to one without encryption.")
    return after


def _asked(target: Target, headers: Mapping[str, str], until: float) -> Fetched | str:
    """Returns what the site sends, or where it leads on to."""
    number = resolved(target, seconds=until - time.monotonic())
    connection, watch = _connected(target, number, until)
    try:
        connection.request(
            "GET", target.path, headers={**_OURS, "Host": target.authority, **headers}
        )
        return _answer(target, connection.getresponse(), until)
    finally:
        connection.close()
        watch.cancel()


_OURS = {
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "User-Agent": AGENT,
    "Connection": "close",
}


def _connected(
    target: Target, number: str, until: float
) -> tuple[http.client.HTTPConnection, Timer]:
    """Connects to the number that was checked, by the name that was asked for."""
    left = max(0.01, until - time.monotonic())
    sock = socket.create_connection((number, target.port), timeout=left)
    if target.scheme == "https":
        context = ssl.create_default_context()
        sock = context.wrap_socket(sock, server_hostname=target.host, do_handshake_on_connect=False)
    # A site that sends a byte now and then would keep us for ever: each waits only for the next.
    watch = Timer(left, _cut, [sock])
    watch.daemon = True
    watch.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
    except BaseException:
        watch.cancel()
        sock.close()
        raise
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    return connection, watch


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _answer(target: Target, response: http.client.HTTPResponse, until: float) -> Fetched | str:
    if response.status in REDIRECTS and (location := response.headers.get("Location")):
        return location
    etag = response.headers.get("ETag", "")[:300]
    last_modified = response.headers.get("Last-Modified", "")[:100]
    if response.status == NOT_MODIFIED:
        return Fetched(None, etag, last_modified)
    if response.status != OK:
        retry = _retry_after(response) if response.status in ASK_LATER else None
        text = f"{target.site} answered {response.status} {_reason(response)}".strip()
        raise FetchError(f"{text}.", retry_after=retry)
    return Fetched(_body(target, response, until), etag, last_modified)


def _reason(response: http.client.HTTPResponse) -> str:
    return http.client.responses.get(response.status, "")


def _body(target: Target, response: http.client.HTTPResponse, until: float) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise FetchError(f"{target.site} sends the calendar packed in a way that is not read.")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    read, content = 0, bytearray()
    while piece := response.read1(PIECE):
        if time.monotonic() > until:
            raise TimeoutError
        read += len(piece)
        content += unpack.decompress(piece, MOST_BYTES + 1 - len(content)) if unpack else piece
        if max(read, len(content)) > MOST_BYTES:
            raise FetchError(f"The calendar is larger than {MOST_BYTES:,} bytes.")
    if response.length or (unpack and not unpack.eof):
        raise FetchError(f"{target.site} broke off in the middle of the calendar.")
    return bytes(content)


def _retry_after(response: http.client.HTTPResponse) -> int | None:
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return int(text[:9])
    try:
        return max(0, int((parsedate_to_datetime(text) - utc_now()).total_seconds()))
    except (ValueError, TypeError):
        return None
