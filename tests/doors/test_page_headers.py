"""What a browser is told of each kind of page, in every shape, with production's settings."""

import httpx
import pytest

from airbnb.content_policy import POLICIES, header
from stack.manifests import rendering
from stack.manifests.rules_paths import role_behind
from tests.doors.raw import ask
from tests.doors.shapes import SCRIPT

KINDS = {
    "/": "spa",
    "/listings/1?check_in=2027-01-01": "spa",
    f"/assets/{SCRIPT}": "spa",
    "/assets/gone.js": None,
    "/admin/login/": "admin",
    "/admin/theme.css": "admin",
    "/admin/": "admin",
    "/api/docs": "docs",
    "/api/docs?script=": "docs",
    "/api/schema": "data",
    "/api/nothing": "data",
    "/api/traveler/bookings": "data",
    "/api/properties/places": "data",
    "/static/common/api_docs.css": "file",
    "/media/demo/a.svg": "file",
}
OF_NGINX = ("/", "/listings/1?check_in=2027-01-01", f"/assets/{SCRIPT}", "/api/nothing")
ONCE = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000",
}
CLIENT = httpx.Client(timeout=30)
SHAPES = ("all", "gateway", "compose", "spa")


def _ask(shape, path, **headers) -> httpx.Response:
    return CLIENT.get(f"{shape.url}{path}", headers={"x-forwarded-proto": "https", **headers})


def _once(reply, name) -> str:
    [value] = reply.headers.get_list(name)
    return value


@pytest.mark.parametrize(
    ("name", "path"),
    [(name, path) for name in SHAPES for path in (OF_NGINX if name == "spa" else KINDS)],
)
def test_every_page_of_every_shape_has_its_headers_once(ways_in, name, path):
    shape = ways_in[name]
    reply = _ask(shape, path)
    expected = dict(ONCE)
    if name in {"gateway", "compose"}:
        # The gateway itself has no TLS, and tells Django so.
        expected.pop("strict-transport-security")
    assert {key: _once(reply, key) for key in expected} == expected
    policy = _once(reply, "content-security-policy")
    if KINDS[path]:
        assert policy == header(POLICIES[KINDS[path]])
    assert not any(digit in _once(reply, "server") for digit in "0123456789")
    assert "access-control-allow-origin" not in reply.headers


def test_no_policy_lets_a_page_run_what_stands_in_it():
    for kind, policy in POLICIES.items():
        text = header(policy)
        assert "unsafe-inline" not in text
        assert ("unsafe-eval" in text) == (kind == "admin")
        assert text.startswith("default-src 'none'; base-uri 'none'; form-action ")
        assert "frame-ancestors 'none'" in text


@pytest.mark.parametrize("overlay", ["local", "production", "eks"])
def test_behind_the_ingress_each_kind_of_page_comes_from_a_shape_that_is_checked(overlay):
    """From Django, whose middleware is the same in any role, or from the image of the SPA."""
    objects = rendering.render(f"overlays/{overlay}")
    for path in KINDS:
        role = role_behind(objects, path.partition("?")[0])
        assert (role is None) == path.startswith(("/assets/", "/media/")), path


@pytest.mark.parametrize("name", ["all", "gateway", "compose"])
def test_what_holds_personal_data_is_kept_nowhere(ways_in, name, guest):
    headers = {"authorization": f"Bearer {guest.token}"}
    for path in ("/api/traveler/bookings", "/api/notifications", "/api/traveler/profile"):
        assert _once(_ask(ways_in[name], path, **headers), "cache-control") == "no-store"
    assert "no-store" in _once(_ask(ways_in[name], "/admin/login/"), "cache-control")


@pytest.mark.parametrize("name", ["gateway", "compose", "spa"])
@pytest.mark.parametrize("path", ["/metrics", "/health", "/livez", "/readyz"])
def test_probes_and_metrics_stay_inside(ways_in, name, path):
    reply = _ask(ways_in[name], path)
    assert reply.text == "<title>SPA</title>"


@pytest.mark.parametrize("name", ["all", "gateway", "compose"])
@pytest.mark.parametrize(
    "path",
    [
        "/media/../outside.txt",
        "/media/%2e%2e/outside.txt",
        "/media/..%2foutside.txt",
        "/media/demo/..%5c..%5c..%5coutside.txt",
        "/media//etc/passwd",
        "/media/%2fetc%2fpasswd",
        "/media../outside.txt",
        "/assets/../../outside.txt",
        "/assets/..%2f..%2foutside.txt",
        "/static/..%2f..%2foutside.txt",
    ],
)
def test_no_path_leads_out_of_the_folders_that_are_served(ways_in, name, path):
    shape = ways_in[name]
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    _, _, body = ask(shape.port, request.encode())
    assert b"secret" not in body
    assert b"root:" not in body
