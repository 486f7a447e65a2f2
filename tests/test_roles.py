import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from airbnb.roles import ROLES, UnknownRoleError, role_current
from airbnb.urls import ROUTES

ROOT = Path(__file__).resolve().parents[1]
PATHS = {
    "traveler": "/api/traveler/bookings",
    "owner": "/api/owner/bookings",
    "property": "/api/properties",
    "booking": "/api/bookings/quote",
    "notification": "/api/notifications",
    "admin": "/admin/login/",
}
# What the traveler role serves beside its own.
ALSO = {"account": "/api/account/sessions", "keys": "/.well-known/jwks.json"}


@pytest.mark.unit
def test_an_unknown_role_lists_the_known_ones():
    with pytest.raises(UnknownRoleError, match="not a role") as error:
        role_current({"SERVICE_ROLE": "traveller"})
    assert all(name in str(error.value) for name in ROLES)


@pytest.mark.unit
def test_the_default_role_serves_everything():
    name, role = role_current({})
    assert name == "all"
    assert set(role.routes) == set(ROUTES)


@pytest.mark.unit
def test_the_entrypoint_refuses_an_unknown_role():
    environment = {**os.environ, "SERVICE_ROLE": "nonsense"}
    ended = subprocess.run(
        [sys.executable, "docker/entrypoint.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "Known roles: " in ended.stderr


SNIPPET = """
import django, json; django.setup()
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
paths = json.loads({paths!r})
print(json.dumps({{name: Client().get(path).status_code for name, path in paths.items()}}))
"""


@pytest.mark.parametrize("role", sorted(PATHS))
def test_a_web_role_serves_its_own_paths_and_its_probes_only(role):
    paths = {**PATHS, **ALSO, "livez": "/livez", "readyz": "/readyz", "health": "/health"}
    out = subprocess.run(
        [sys.executable, "-c", SNIPPET.format(paths=json.dumps(paths))],
        cwd=ROOT,
        env={**os.environ, "SERVICE_ROLE": role, "DJANGO_SETTINGS_MODULE": "airbnb.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    statuses = json.loads(out)
    own = {"account", "keys"} if role == "traveler" else set()
    served = {name for name, status in statuses.items() if status != 404}
    assert served == {role, "livez", "readyz", "health"} | own
    assert [statuses[probe] for probe in ("livez", "readyz", "health")] == [200, 200, 200]


@pytest.mark.unit
def test_worker_roles_name_commands_that_exist():
    for role in ROLES.values():
        if "manage.py" in role.command:
            assert role.command[2] in get_commands()


@pytest.mark.unit
def test_every_consumer_group_has_handlers():
    for path in settings.CONSUMER_GROUPS.values():
        module, name = path.rsplit(".", 1)
        assert getattr(importlib.import_module(module), name)


@pytest.mark.unit
def test_every_role_has_a_row_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for name in ROLES:
        assert f"| `{name}` |" in readme


@pytest.mark.unit
def test_every_environment_variable_is_documented():
    import re

    modules = (ROOT / "airbnb" / "settings").glob("*.py")
    source = "".join(module.read_text() for module in modules)
    names = set(re.findall(r'(?:env\.\w+|\bsecret)\(\s*"([A-Z_]+)"', source)) | {"SERVICE_ROLE"}
    example = (ROOT / ".env.example").read_text()
    documented = set(re.findall(r"^#?\s?([A-Z_]+)=", example, re.MULTILINE))
    assert names - documented == set()


def _settings_of(**environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", "import airbnb.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_ENV": "production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


READY = {"SECRET_KEY": "s" * 50, "JWT_SECRET_KEY": "pem", "ALLOWED_HOSTS": "a.example"}
STRIPE = {
    "PAYMENT_PROVIDER": "stripe",
    "STRIPE_SECRET_KEY": "sk_live_x",
    "STRIPE_WEBHOOK_SECRET": "whsec_x",
}


@pytest.mark.unit
@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY"),
        ({"SECRET_KEY": "s" * 50, "ALLOWED_HOSTS": "a.example"}, "JWT_SECRET_KEY"),
        ({**READY, "SERVICE_ROLE": "booking"}, "JWT_PUBLIC_KEYS"),
        ({"SECRET_KEY": "s" * 50, "JWT_SECRET_KEY": "pem"}, "ALLOWED_HOSTS"),
        ({"DJANGO_ENV": "staging"}, "DJANGO_ENV"),
        ({**READY, "PAYMENT_PROVIDER": "cash"}, "PAYMENT_PROVIDER"),
        ({**READY, **STRIPE, "STRIPE_WEBHOOK_SECRET": ""}, "PAYMENT_PROVIDER"),
        (
            {**READY, **STRIPE, "STRIPE_SECRET_KEY": "", "SERVICE_ROLE": "worker"},
            "PAYMENT_PROVIDER",
        ),
        ({**READY, "SERVICE_ROLE": "worker"}, "EMAIL_HOST"),
        ({**READY, "EMAIL_SECURITY": "ssl"}, "EMAIL_SECURITY"),
    ],
    ids=[
        "nothing",
        "a default",
        "no signing key",
        "no public keys",
        "no hosts",
        "an unknown environment",
        "an unknown provider",
        "no webhook secret",
        "a worker without a key",
        "a worker without a mail server",
        "an unknown security",
    ],
)
def test_production_refuses_to_start_half_configured(environment, named):
    ended = _settings_of(**environment)
    assert ended.returncode != 0
    assert f"ImproperlyConfigured: {named}" in ended.stderr


@pytest.mark.unit
@pytest.mark.parametrize(
    "environment",
    [
        {},
        STRIPE,
        {"PAYMENT_PROVIDER": "stripe", "SERVICE_ROLE": "traveler"},
        {"SERVICE_ROLE": "worker", "EMAIL_HOST": "mail.example"},
        {"SERVICE_ROLE": "worker", "EMAIL_FILE_PATH": "/tmp/emails"},
        {"SERVICE_ROLE": "booking", "JWT_SECRET_KEY": "", "JWT_PUBLIC_KEYS": "pem"},
        {"SERVICE_ROLE": "relay", "JWT_SECRET_KEY": ""},
    ],
    ids=[
        "by default",
        "with Stripe",
        "a role that takes no money",
        "mail",
        "files",
        "a role that only verifies",
        "a role that takes no tokens",
    ],
)
def test_production_starts_when_configured(environment):
    ended = _settings_of(**{**READY, **environment})
    assert ended.returncode == 0, ended.stderr
