"""The files that people and machines start from."""

import re
import subprocess
from dataclasses import replace

import pytest
import yaml

from airbnb.roles import ROLES
from stack.common.instances import E2E, UP
from stack.common.paths import ROOT
from stack.processes import application

pytestmark = pytest.mark.unit


def test_make_alone_lists_every_target():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in listed.stdout.splitlines()} == targets


@pytest.mark.parametrize("name", ["base", "production", "stack", "development"])
def test_requirements_are_pinned_and_hashed_and_name_no_registry(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+", text, re.MULTILINE)
    assert len(pinned) > 20
    assert len(
        re.findall(r"^[\w.\[\],-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
    ) == len(pinned)
    assert "://" not in text
    assert "--find-links" not in text


def test_a_single_tool_is_pinned_and_hashed():
    for path in (ROOT / "requirements" / "uv.txt", *(ROOT / "stack" / "setup").glob("*.txt")):
        lines = [line for line in path.read_text().splitlines() if not re.match(" *#", line)]
        assert re.fullmatch(r"[\w.-]+==[\w.]+ \\", lines[0]), path
        assert all(re.fullmatch(r"    --hash=sha256:\w{64}( \\)?", line) for line in lines[1:]), (
            path
        )
        assert len(lines) > 1


def test_the_development_packages_contain_what_running_needs():
    """So that `make up` after `make test` finds everything there."""
    running, development = (
        set(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==\S+", path.read_text(), re.MULTILINE))
        for path in (ROOT / "requirements" / f"{name}.txt" for name in ("stack", "development"))
    )
    assert running <= development


def test_compose_offers_the_same_ports_on_loopback():
    compose = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())
    ports = {port for service in compose["services"].values() for port in service.get("ports", [])}
    own = UP.ports
    assert ports == {
        f"127.0.0.1:{own.web}:8080",
        f"127.0.0.1:{own.mongo}:{own.mongo}",
        f"127.0.0.1:{own.kafka}:{own.kafka}",
        f"127.0.0.1:{own.redis}:6379",
    }
    assert "healthcheck" in compose["services"]["mongodb"]


def test_compose_runs_every_role_as_strictly_as_kubernetes():
    services = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())["services"]
    for role in set(ROLES) - {"all"}:
        service = services[role]
        assert service["environment"]["SERVICE_ROLE"] == role
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
    known = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    named = {name.removesuffix("_FILE") for name in services["relay"]["environment"]}
    assert named <= known


def test_the_image_has_no_root_no_build_tools_and_a_health_check():
    """As the seed's Dockerfile; `make image` builds and runs it."""
    text = (ROOT / "docker" / "Dockerfile").read_text()
    runtime = text.split("FROM ${PYTHON_IMAGE}\n")[1]
    assert text.count("FROM ${PYTHON_IMAGE}") == 2
    assert "--uid 1000 appuser" in runtime
    assert "USER 1000" in runtime
    assert "pip install" not in runtime
    assert "HEALTHCHECK --interval=30s --timeout=3s --start-period=40s" in runtime
    assert "EXPOSE 5000" in runtime


def test_compose_hands_the_private_key_only_to_the_roles_that_sign():
    services = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())["services"]
    roles = {
        name: ROLES[s["environment"]["SERVICE_ROLE"]]
        for name, s in services.items()
        if "SERVICE_ROLE" in s.get("environment", {})
    }
    assert len(roles) == len(ROLES)  # all but `all`, and set-up
    for name, role in roles.items():
        assert ("jwt_secret_key" in services[name]["secrets"]) is role.signs, name
        assert ("JWT_SECRET_KEY_FILE" in services[name]["environment"]) is role.signs, name
        assert "jwt_public_keys" in services[name]["secrets"]


def test_the_local_stack_hands_the_private_key_only_to_the_roles_that_sign(tmp_path):
    instance = replace(E2E, base=tmp_path)
    instance.make_directories()
    environment = {"JWT_SECRET_KEY_FILE": "private", "JWT_PUBLIC_KEYS_FILE": "public"}
    for split in (True, False):
        started = application.programs(instance, environment, split=split)
        holders = {each.name for each in started if "JWT_SECRET_KEY_FILE" in each.environment}
        assert holders == {each.name for each in started if ROLES[each.name].signs}
        assert all("JWT_PUBLIC_KEYS_FILE" in each.environment for each in started)
