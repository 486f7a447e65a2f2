"""The files that people and machines start from."""

import re
import subprocess

import pytest
import yaml

from docker.local.instances import UP
from docker.local.paths import ROOT


def test_make_alone_lists_every_target():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in listed.stdout.splitlines()} == targets


@pytest.mark.parametrize("name", ["base", "production", "development"])
def test_requirements_are_pinned_and_hashed_and_name_no_registry(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+", text, re.MULTILINE)
    assert len(pinned) > 20
    assert len(
        re.findall(r"^[\w.\[\],-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
    ) == len(pinned)
    assert "://" not in text
    assert "--find-links" not in text


def test_compose_offers_the_same_ports_on_loopback():
    compose = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())
    ports = {port for service in compose["services"].values() for port in service.get("ports", [])}
    own = UP.ports
    assert ports == {
        f"127.0.0.1:{own.mongo}:{own.mongo}",
        f"127.0.0.1:{own.kafka}:{own.kafka}",
        f"127.0.0.1:{own.redis}:6379",
    }
    assert "healthcheck" in compose["services"]["mongodb"]
