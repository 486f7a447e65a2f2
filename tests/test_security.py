"""The rows of the seed's security table that need more than one app; the others stand in
`apps/accounts/tests/test_views.py` (bcrypt, RS256) and `test_sessions.py` (cookies)."""

import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from apps.accounts.rows import users
from stack.common.waiting import wait_until
from stack.processes.readiness import answer
from tests.production import PRODUCTION
from tests.test_roles import _settings_of

ROOT = Path(__file__).resolve().parents[1]
OPERATOR = {"$gt": ""}
PROCESSES, CALLS, LIMIT = 4, 200, 100
PORTS = range(19_410, 19_410 + PROCESSES)


@pytest.mark.parametrize("side", ["traveler", "owner"])
@pytest.mark.parametrize(
    "body",
    [
        {"email": OPERATOR, "password": OPERATOR},
        {"email": "a@example.com", "password": OPERATOR},
        {"email": OPERATOR, "password": "a long enough password"},
        {"email": ["a@example.com"], "password": "a long enough password"},
    ],
)
def test_an_operator_is_no_credential(anonymous, guest, host, side, body):
    reply = anonymous.post(f"/api/{side}/auth/login", body, content_type="application/json")
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "VALIDATION_ERROR")


def test_operators_in_bodies_change_nothing(guest, stay, counts):
    before = counts()
    for change in ({"listing_id": OPERATOR}, {"guest_count": OPERATOR}, {"check_in": OPERATOR}):
        refused = guest.post("/api/bookings", stay(**change))
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
        assert list(refused.json()["error"]["fields"]) == list(change)
    assert counts() == before


@pytest.mark.parametrize(
    "path",
    [
        '/api/traveler/bookings?status={"$ne":""}',
        '/api/properties/search?property_type={"$gt":""}',
        '/api/properties/search?guests={"$gt":0}',
        '/api/properties?page={"$gt":0}',
        '/api/bookings/quote?listing_id={"$gt":""}&check_in=2027-01-01&check_out=2027-01-02',
    ],
)
def test_operators_in_queries_are_refused(guest, listing_id, path):
    refused = guest.get(path)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "VALIDATION_ERROR")


def test_operators_in_names_and_paths_reach_no_query(guest, listing_id, book):
    """`?status[$ne]=x` is an unknown parameter, an operator in a path is no id."""
    book()
    refused = guest.get("/api/traveler/bookings?status[$ne]=pending")
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (400, ["status[$ne]"])
    assert guest.get("/api/properties/{'$gt':''}").status_code == 404
    assert guest.get('/api/bookings/{"$gt":""}').status_code == 404


@pytest.fixture
def web_processes():
    """Four processes of their own, which know of each other only by Redis."""
    environment = {
        **os.environ,
        "SERVICE_ROLE": "traveler",
        "MONGODB_DATABASE": settings.DATABASES["default"]["NAME"],
        "RATE_LIMIT_USER": f"{LIMIT}/minute",
        "WEB_WORKERS": "1",
    }
    started = [
        subprocess.Popen(
            [sys.executable, "docker/entrypoint.py"],
            cwd=ROOT,
            env={**environment, "BIND": f"127.0.0.1:{port}"},
            stderr=subprocess.DEVNULL,
        )
        for port in PORTS
    ]
    try:
        for port in PORTS:
            url = f"http://127.0.0.1:{port}/livez"
            wait_until(lambda url=url: answer(url).ready, url, seconds=120)
        yield [httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) for port in PORTS]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(20)


def test_100_calls_a_minute_are_exact_across_processes(web_processes, guest, make_person):
    """The window opens with a user's first call and lasts a minute, so that no edge of a clock
    can fall into the run; the run must be shorter than the window, which is checked."""

    def call(number: int) -> tuple[int, int]:
        process = number % PROCESSES
        headers = {"Authorization": f"Bearer {guest.token}"}
        reply = web_processes[process].get("/api/traveler/bookings", headers=headers)
        return process, reply.status_code

    began = time.monotonic()
    with ThreadPoolExecutor(32) as pool:
        replies = list(pool.map(call, range(CALLS)))
    assert time.monotonic() - began < 60
    statuses = Counter(status for _, status in replies)
    assert statuses == {200: LIMIT, 429: CALLS - LIMIT}
    assert {process for process, status in replies if status == 200} == set(range(PROCESSES))

    other = {"Authorization": f"Bearer {make_person().token}"}
    assert web_processes[0].get("/api/traveler/bookings", headers=other).status_code == 200


def test_cors_lets_listed_origins_read_and_no_other(anonymous, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    listed = anonymous.get("/api/properties", headers={"origin": "https://app.example"})
    assert listed["Access-Control-Allow-Origin"] == "https://app.example"
    for origin in ("https://evil.example", "https://app.example.evil.example", "null"):
        other = anonymous.get("/api/properties", headers={"origin": origin})
        assert "Access-Control-Allow-Origin" not in other


@pytest.mark.parametrize("origins", ["*", "https://app.example,*"])
def test_the_settings_refuse_every_origin(origins):
    for name in ("production", "development"):
        ended = _settings_of(**{**PRODUCTION, "DJANGO_ENV": name, "CORS_ALLOWED_ORIGINS": origins})
        assert ended.returncode != 0
        assert "ImproperlyConfigured: CORS_ALLOWED_ORIGINS" in ended.stderr


def test_no_password_is_stored_or_sent_in_the_open(anonymous):
    body = {"username": "ann.lee", "email": "a@example.com", "password": "a long enough password"}
    reply = anonymous.post("/api/traveler/auth/register", body, content_type="application/json")
    assert reply.status_code == 201
    stored = users.find_one({"email": "a@example.com"})
    assert stored["password_hash"].startswith("bcrypt_sha256$$2b$12$")
    assert body["password"] not in str(stored) + reply.content.decode()
    assert "password_hash" not in reply.content.decode()
