import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from airbnb.urls import ROUTES
from apps.common import api_document
from apps.common.api_document import document

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("path", api_document.files(), ids=lambda path: path.name)
def test_what_is_committed_is_what_the_code_says(path):
    stands = path.read_text() if path.exists() else ""
    assert stands == api_document.files()[path], (
        f"docs/{path.name} is not what the code says any more. Mend it: make api"
    )


def test_the_schema_is_served_whole(anonymous):
    reply = anonymous.get("/api/schema")
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/json")
    assert reply.json() == document()


def test_the_page_and_all_it_loads_come_from_here(anonymous):
    page = anonymous.get("/api/docs")
    assert page.status_code == 200
    html = page.content.decode()
    # The content policy refuses what stands in the page itself.
    assert "<style" not in html
    assert re.findall(r"<script>", html) == []
    script = anonymous.get("/api/docs?script=")
    assert script["Content-Type"] == "application/javascript"
    assert 'url: "/api/schema"' in script.content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert len(loaded) > 4
    assert "/api/docs?script=" in loaded
    for address in loaded:
        assert address.startswith(("/static/", "/api/docs?"))
        file = anonymous.get(address)
        assert (file.status_code, len(b"".join(file)) > 100) == (200, True), address


SNIPPET = """
import django, json; django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
reply = Client().get("/api/schema")
print(json.dumps([reply.status_code, sorted(reply.json().get("paths", {}))]))
"""


def _asked(role):
    out = subprocess.run(
        [sys.executable, "-c", SNIPPET],
        cwd=ROOT,
        env={**os.environ, "SERVICE_ROLE": role, "DJANGO_SETTINGS_MODULE": "airbnb.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return json.loads(out)


def test_role_admin_describes_the_endpoints_of_all_roles():
    status, paths = _asked("admin")
    assert (status, paths) == (200, sorted(document()["paths"]))
    sides = {path.split("/")[2] for path in paths}
    assert sides >= set(ROUTES) & {"traveler", "owner", "properties", "bookings", "notifications"}


def test_another_role_does_not_describe():
    assert _asked("booking") == [404, []]


AT_ONCE = """
import sys, threading, django
django.setup()
from apps.common import api_document
make = getattr(api_document, sys.argv[1])
sys.setswitchinterval(1e-5)
start, failed = threading.Barrier(8), []

def first():
    start.wait()
    try:
        make()
    except Exception:
        failed.append(1)

threads = [threading.Thread(target=first) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(len(failed))
"""


def at_once(make: str) -> int:
    """How many of the threads failed."""
    command = [sys.executable, "-c", AT_ONCE, make]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def test_the_first_who_ask_for_it_at_once_all_get_it():
    assert at_once("document") == 0


def test_past_the_lock_they_do_not():
    """The control: sooner or later, for threads go as they like."""
    assert any(at_once("_made") for _ in range(6))
