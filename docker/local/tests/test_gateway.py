import shutil
import subprocess
from dataclasses import replace

import pytest

from airbnb.roles import ROLES
from docker.local import gateway
from docker.local.instances import E2E


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


def test_the_live_stream_is_not_buffered_and_the_rest_is():
    assert "proxy_buffering off" in gateway.location("/api/notifications", "notification")
    assert "proxy_buffering" not in gateway.location("/api/bookings", "booking")


def test_nothing_is_left_to_fill_in(instance):
    text = gateway.configuration(instance)["gateway.conf"]
    assert [word for word in ("@USER@", "@PORT@", "@UPSTREAMS@") if word in text] == []
    assert f"listen 127.0.0.1:{instance.ports.web};" in text


def test_nginx_accepts_the_configuration(instance):
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        pytest.skip("nginx is not installed")
    command = gateway.program(instance).command
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
