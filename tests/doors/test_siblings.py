"""Small doors beside the large ones: redirects, hosts, methods, origins and cookies."""

import pytest
from django.test import Client

from conftest import PASSWORD

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "https://testserver@evil.example/",
)


@pytest.mark.parametrize("address", [*ELSEWHERE, "/admin/bookings/booking/"])
def test_the_log_in_leads_only_to_pages_of_ours(make_person, address):
    staff = make_person(is_staff=True, is_superuser=True)
    form = {"username": staff.user.email, "password": PASSWORD, "next": address}
    done = Client().post("/admin/login/", form, query_params={"next": address})
    assert done.status_code == 302
    assert done["Location"] == ("/admin/" if address in ELSEWHERE else address)


@pytest.mark.parametrize("path", ["/", "/api/properties", "/admin/login/", "/media/x.webp"])
@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example"]
)
def test_another_host_is_refused(path, host):
    reply = Client().get(path, headers={"host": host})
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "BAD_REQUEST")


def test_a_host_that_a_caller_claims_for_us_is_not_believed():
    claimed = {
        "x-forwarded-host": "evil.example",
        "x-host": "evil.example",
        "forwarded": "host=evil.example",
    }
    for path in ("/admin/", "/admin", "/api/docs", "/"):
        reply = Client().get(path, headers=claimed)
        body = b"".join(reply.streaming_content) if reply.streaming else reply.content
        assert b"evil.example" not in body
        assert "evil.example" not in str(reply.headers)


@pytest.mark.parametrize("header", ["x-http-method-override", "x-method-override", "x-http-method"])
def test_no_header_and_no_field_changes_the_method(guest, header):
    path = "/api/traveler/bookings"
    read = guest.http.get(path, headers={header: "DELETE"})
    assert read.status_code == 200
    written = guest.http.post(
        path, {"_method": "GET"}, content_type="application/json", headers={header: "GET"}
    )
    assert written.status_code == 405


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_methods_that_nobody_needs_answer_nothing(guest, method):
    # What is no read is a write, which at listings only an owner may.
    for path, status in (("/api/traveler/bookings", 405), ("/api/properties", 403)):
        reply = Client().generic(
            method, path, headers={"authorization": f"Bearer {guest.token}", "x-secret": "abc"}
        )
        assert reply.status_code == status
        assert b"abc" not in reply.content


@pytest.mark.parametrize("origin", ["https://app.example", "https://evil.example", "null"])
@pytest.mark.parametrize("path", ["/api/properties", "/api/account/session/refresh"])
def test_no_origin_may_send_cookies(settings, origin, path):
    """Where the SPA has an origin of its own, programs there use bearer tokens."""
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    asked = Client().options(
        path,
        headers={
            "origin": origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization",
        },
    )
    assert ("Access-Control-Allow-Origin" in asked) == (origin == "https://app.example")
    assert "Access-Control-Allow-Credentials" not in asked
