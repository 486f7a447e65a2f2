"""A server of role all with nothing before it, and connections that are left half open."""

import json
import select
import socket
import time
from contextlib import ExitStack, contextmanager, suppress

import httpx
import pytest

from docker.buffering_worker import BODIES_BYTES, BODY_BYTES
from stack.common.waiting import wait_until
from tests.processes.serving import Server

pytestmark = pytest.mark.slow

THREADS = 8
ANSWER_SECONDS = 8
MANY = 1_100
BODY = json.dumps({"email": "nobody@example.com", "password": "long enough"}).encode()
LOGIN = b"POST /api/traveler/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\n"
JSON = b"Content-Type: application/json\r\n"
GET = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """A file that no buffer of the kernel holds, in a folder that is served."""
    folder = tmp_path_factory.mktemp("dist")
    (folder / "index.html").write_text("<p>Hi</p>")
    (folder / "big.bin").write_bytes(b"x" * 3_000_000)
    return folder


@pytest.fixture(scope="module")
def server(database, big):
    made = Server("all", SPA_DIST=str(big), RATE_LIMIT_LOGIN="")
    yield made
    made.stop()


@contextmanager
def connections(server, count, sent=b"", receive_buffer=0):
    with ExitStack() as stack:
        opened = []
        for _ in range(count):
            sock = stack.enter_context(socket.socket())
            if receive_buffer:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            sock.settimeout(ANSWER_SECONDS)
            sock.connect(("127.0.0.1", server.port))
            sock.sendall(sent)
            opened.append(sock)
        yield opened


def answers(server) -> bool:
    try:
        return httpx.get(f"{server.url}/livez", timeout=ANSWER_SECONDS).status_code == 200
    except httpx.TransportError:
        return False


def read_reply(sock) -> tuple[int, bytes]:
    """Status and all that comes until the body that was announced is there."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += sock.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += sock.recv(65_536)
    return int(head.split()[1]), body


HALF = {
    "half a head": GET + b"X-Part: ",
    "no body": LOGIN + JSON + b"Content-Length: 500\r\n\r\n",
    "half a body": LOGIN + JSON + b"Content-Length: 500\r\n\r\n" + b"x" * 100,
    "half of chunks": LOGIN + JSON + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe",
}


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF.keys())
def test_half_requests_take_no_thread(server, sent):
    with connections(server, 3 * THREADS, sent):
        time.sleep(0.3)
        assert answers(server)


def test_gunicorns_own_worker_is_stopped_by_as_many_as_it_has_threads(database):
    """The negative control."""
    made = Server("all", GUNICORN_CMD_ARGS="--worker-class gthread", WEB_THREADS="3")
    try:
        with connections(made, 3, HALF["half a head"]):
            time.sleep(0.3)
            assert not answers(made)
        assert answers(made)
    finally:
        made.stop()


def test_more_silent_connections_than_a_process_holds(server):
    with connections(server, MANY):
        assert answers(server)


def test_bodies_that_never_end_do_not_fill_the_disk(server):
    """Each is as large as a photo may be, and lacks its last byte."""
    head = LOGIN + JSON + b"Content-Length: %d\r\n\r\n" % BODY_BYTES
    body = b"x" * (BODY_BYTES - 1)
    fit = BODIES_BYTES // len(body)
    with connections(server, fit + 3, head) as opened:
        for sock in opened[:fit]:
            sock.sendall(body)
        assert not any(map(is_closed, opened))
        for sock in opened[fit:]:
            with suppress(ConnectionError):
                sock.sendall(body)
        wait_until(lambda: any(map(is_closed, opened)), "a closed connection", seconds=20)
        assert sum(map(is_closed, opened)) <= 3
        assert answers(server)


def is_closed(sock) -> bool:
    if not select.select([sock], [], [], 0)[0]:
        return False
    try:
        return sock.recv(1, socket.MSG_PEEK) == b""
    except ConnectionError:
        return True


def test_clients_that_do_not_read_take_no_thread(server):
    ask = b"GET /big.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with connections(server, 2 * THREADS, ask, receive_buffer=4_096) as opened:
        time.sleep(0.5)
        assert answers(server)
        # Who reads after all gets everything.
        opened[0].settimeout(30)
        status, body = read_reply(opened[0])
        assert (status, len(body)) == (200, 3_000_000)


def test_a_request_in_pieces_is_answered(server):
    whole = LOGIN + JSON + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
    with connections(server, 1) as [sock]:
        for at in range(0, len(whole), 40):
            sock.sendall(whole[at : at + 40])
            time.sleep(0.005)
        assert read_reply(sock)[0] == 401
        # The connection is kept for the next one.
        sock.sendall(GET + b"\r\n")
        assert read_reply(sock)[0] == 200


def test_who_waits_to_be_asked_for_the_body_is_asked(server):
    head = LOGIN + JSON + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY)
    with connections(server, 1, head) as [sock]:
        assert sock.recv(100).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        sock.sendall(BODY)
        assert read_reply(sock)[0] == 401


def test_two_requests_at_once_get_one_reply_and_the_end(server):
    with connections(server, 1, (GET + b"\r\n") * 2) as [sock]:
        assert read_reply(sock)[0] == 200
        assert sock.recv(1) == b""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / nonsense\r\n\r\n", 400),
        (GET + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET /livez HTTP/1.1\r\n" + b"X: " + b"y" * 200_000, 431),
        (LOGIN + JSON + b"Content-Length: 99999999\r\n\r\n", 413),
        (LOGIN + JSON + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 400),
    ],
    ids=["no protocol", "two lengths", "a head without end", "too long", "chunks"],
)
def test_what_cannot_be_read_is_refused(server, sent, status):
    with connections(server, 1, sent) as [sock]:
        assert int(sock.recv(65_536).split()[1]) == status


def test_a_large_upload_comes_whole(server, guest):
    body = {"image": ("photo.jpg", b"\xff\xd8\xff" + b"x" * 2_000_000)}
    reply = httpx.post(
        f"{server.url}/api/traveler/profile/picture",
        files=body,
        headers={"Authorization": f"Bearer {guest.token}"},
        timeout=60,
    )
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "IMAGE_INVALID")
