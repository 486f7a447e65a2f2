import json
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import replace

import pytest

from airbnb.roles import ROLES
from stack.common.instances import E2E
from stack.processes import gateway


@pytest.fixture
def instance(tmp_path):
    made = replace(E2E, base=tmp_path)
    made.make_directories()
    return made


def test_every_web_role_is_reached_under_its_path():
    split = {name for name, role in ROLES.items() if role.is_web and name != "all"}
    assert set(gateway.routes().values()) == split
    assert gateway.routes()["/api/bookings"] == "booking"
    assert gateway.routes()["/admin/"] == "admin"
    assert gateway.routes()["/api/schema"] == gateway.routes()["/api/docs"] == "admin"


def test_the_live_stream_is_not_buffered_and_the_rest_is():
    assert "proxy_buffering off" in gateway.location("/api/notifications", "notification")
    assert "proxy_buffering" not in gateway.location("/api/bookings", "booking")


def test_nothing_is_left_to_fill_in(instance):
    text = gateway.configuration(instance)["gateway.conf"]
    assert re.findall("@[A-Z_]+@", text) == []
    assert f"listen 127.0.0.1:{instance.ports.web};" in text


def test_nginx_accepts_the_configuration(instance):
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        pytest.skip("nginx is not installed")
    command = gateway.program(instance).command
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", gateway.committed())
def test_what_compose_and_the_image_use_is_the_same(name):
    text = gateway.TEMPLATE.with_name(name).read_text()
    assert text == gateway.committed()[name], "fix: python -m stack.processes.gateway"


@pytest.fixture
def running(instance):
    """A gateway of its own on a free port, with one uploaded photo and one demo picture."""
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        pytest.skip("nginx is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    instance = replace(instance, ports=replace(instance.ports, web=port))
    for name in ("listings/1/a-320.webp", "demo/a.svg"):
        file = instance.data / "media" / name
        file.parent.mkdir(parents=True)
        file.write_text(name)
    process = subprocess.Popen(gateway.program(instance).command, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def test_photos_are_kept_by_browsers_for_ever_and_other_media_for_an_hour(running):
    with urllib.request.urlopen(f"{running}/media/listings/1/a-320.webp") as reply:
        assert reply.read() == b"listings/1/a-320.webp"
        assert reply.headers["Content-Type"] == "image/webp"
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with urllib.request.urlopen(f"{running}/media/demo/a.svg") as reply:
        assert reply.headers["Cache-Control"] == "max-age=3600"
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{running}/media/listings/1/b-320.webp")
    assert (missing.value.code, missing.value.headers["Cache-Control"]) == (404, "no-store")


def test_a_body_over_the_gateways_limit_gets_the_error_that_the_api_has(running):
    body = b"0" * 17_000_000
    request = urllib.request.Request(f"{running}/api/properties/1/images", body)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 413
    assert json.loads(refused.value.read())["error"]["code"] == "PAYLOAD_TOO_LARGE"
