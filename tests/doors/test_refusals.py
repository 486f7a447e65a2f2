"""What is refused before Django sees it has the API's shape below /api and is a page elsewhere."""

import json
import re
import socket

import pytest

from airbnb.content_policy import POLICIES, header
from airbnb.http_errors import ERRORS
from tests.doors import shapes
from tests.doors.raw import ask

LONG = "a" * 40_000
HOST = "Host: 127.0.0.1\r\nConnection: close"
CASES = {
    "a long address": (414, "GET {path}?q=" + LONG + " HTTP/1.1", HOST),
    "a large header": (431, "GET {path} HTTP/1.1", f"{HOST}\r\nX-Large: {LONG}"),
    "a header's name with a space": (400, "GET {path} HTTP/1.1", f"{HOST}\r\nBad Name: 1"),
    "a length that is no number": (400, "POST {path} HTTP/1.1", f"{HOST}\r\nContent-Length: x"),
    "an encoding that is none": (501, "POST {path} HTTP/1.1", f"{HOST}\r\nTransfer-Encoding: x"),
    "a space in the address": (400, "GET {path} y HTTP/1.1", HOST),
}
OF_NGINX = {
    "a body over 16 MB": (413, "POST {path} HTTP/1.1", f"{HOST}\r\nContent-Length: 17000000"),
    "a null in the path": (400, "GET {path}%00 HTTP/1.1", HOST),
    "a path out of the root": (400, "GET {path}/../../../x HTTP/1.1", HOST),
    "half an escape": (400, "GET {path}%zz HTTP/1.1", HOST),
    "a version that is none": (505, "GET {path} HTTP/9.1", HOST),
    "a host that is none": (400, "GET {path} HTTP/1.1", "Host: a b/c"),
}


def _request(case: tuple[int, str, str], path: str) -> bytes:
    _, line, headers = case
    return f"{line.format(path=path)}\r\n{headers}\r\n\r\n".encode()


def _is_ours(reply, status: int, path: str) -> None:
    found, headers, body = reply
    assert found == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    if path.startswith("/api/"):
        assert headers["content-type"] == "application/json"
        error = json.loads(body)["error"]
        assert (error["code"], error["message"]) == (ERRORS[status].code, ERRORS[status].message)
        assert re.fullmatch("[0-9a-f]{32}", error["request_id"])
        assert headers["x-request-id"] == error["request_id"]
        assert headers["content-security-policy"] == header(POLICIES["data"]).lower()
    else:
        assert headers["content-type"].startswith("text/html")
        assert f"<h1>{ERRORS[status].title}</h1><p>{ERRORS[status].message}</p>" in body.decode()
        assert headers["content-security-policy"] == header(POLICIES["error"]).lower()


@pytest.mark.parametrize("path", ["/api/properties", "/listings/1"])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["all", "gateway", "compose", "spa"])
def test_a_request_that_is_none_is_refused_in_our_shape(ways_in, name, case, path):
    reply = ask(ways_in[name].port, _request(CASES[case], path))
    _is_ours(reply, CASES[case][0], path)


@pytest.mark.parametrize("path", ["/api/properties", "/listings/1"])
@pytest.mark.parametrize("case", OF_NGINX)
@pytest.mark.parametrize("name", ["gateway", "compose"])
def test_what_nginx_refuses_by_itself(ways_in, name, case, path):
    reply = ask(ways_in[name].port, _request(OF_NGINX[case], path))
    _is_ours(reply, OF_NGINX[case][0], path)


def test_a_request_of_which_nothing_can_be_read_gets_json(one_process):
    _is_ours(ask(one_process.port, b"\x16\x03\x01\r\n\r\n"), 400, "/api/")


@pytest.mark.parametrize("path", ["/api/bookings", "/admin/"])
def test_a_part_that_is_away_or_silent_is_said_to_be_so(files, path):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        with shapes.compose_gateway(files, port, seconds=1) as shape:
            late = ask(shape.port, _request((0, "GET {path} HTTP/1.1", HOST), path))
            silent.close()
            away = ask(shape.port, _request((0, "GET {path} HTTP/1.1", HOST), path))
    for reply in (late, away):
        _is_ours(reply, 503, path)
        assert reply[1]["retry-after"] == "5"


def test_a_callers_request_id_is_repeated_only_where_it_is_one(ways_in):
    for sent, kept in (("a-request-0001", True), ('x","code":"OK', False), ("short", False)):
        lines = f"{HOST}\r\nX-Request-ID: {sent}"
        _, headers, body = ask(
            ways_in["gateway"].port, _request((0, "GET /api/nothing/{path} HTTP/1.1", lines), "x")
        )
        assert (json.loads(body)["error"]["request_id"] == sent) == kept
        assert (headers["x-request-id"] == sent) == kept


def test_the_stream_s_server_refuses_in_the_same_shape():
    from tests.doors.shapes import free_port, role

    with role("notification", free_port()) as port:
        _is_ours(ask(port, b"GET /api/notifications y HTTP/1.1\r\n\r\n"), 400, "/api/")
