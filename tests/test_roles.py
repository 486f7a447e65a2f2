import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import get_commands

from airbnb.roles import ROLES, UnknownRoleError, role_current
from airbnb.urls import ROUTES
from stack.processes.keys import public_of
from tests.production import PRODUCTION

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
import sys
assert "webauthn" not in sys.modules, "It takes 0.15 s: docs/decisions/0051"
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


def but(**changes: str) -> dict[str, str]:
    return {**PRODUCTION, **changes}


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in PRODUCTION.items() if key != name}


SMALL_KEY = (
    rsa.generate_private_key(public_exponent=65537, key_size=1024)
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)
OTHER_KEY = (
    ec.generate_private_key(ec.SECP256R1())
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)
REFUSED = {
    "no secret": (without("SECRET_KEY"), "SECRET_KEY"),
    "a default secret": (but(SECRET_KEY="change-me"), "SECRET_KEY"),
    "a short secret": (but(SECRET_KEY="kV2-t9Qw_81xLzR0mBnE5yUcJh7d"), "SECRET_KEY"),
    "a secret of one letter": (but(SECRET_KEY="s" * 50), "SECRET_KEY"),
    "a secret of Django's": (
        but(SECRET_KEY="django-insecure-kV2-t9Qw81xLzR0mBnE5yUcJh7dGfAoPsi3K"),
        "SECRET_KEY",
    ),
    "no signing key": (without("JWT_SECRET_KEY"), "JWT_SECRET_KEY"),
    "a signing key that is none": (but(JWT_SECRET_KEY="pem"), "JWT_SECRET_KEY"),
    "a short signing key": (but(JWT_SECRET_KEY=SMALL_KEY), "JWT_SECRET_KEY has 1024 bits"),
    "a signing key of a curve": (but(JWT_SECRET_KEY=OTHER_KEY), "JWT_SECRET_KEY"),
    "no public keys": (
        {**without("JWT_PUBLIC_KEYS"), "SERVICE_ROLE": "booking"},
        "JWT_PUBLIC_KEYS",
    ),
    "a short public key": (
        but(JWT_PUBLIC_KEYS=PRODUCTION["JWT_PUBLIC_KEYS"] + public_of(SMALL_KEY)),
        "JWT_PUBLIC_KEYS has 1024 bits",
    ),
    "no hosts": (without("ALLOWED_HOSTS"), "ALLOWED_HOSTS"),
    "an unknown environment": (but(DJANGO_ENV="staging"), "DJANGO_ENV"),
    "an unknown provider": (but(PAYMENT_PROVIDER="cash"), "PAYMENT_PROVIDER"),
    "no provider": (without("PAYMENT_PROVIDER"), "PAYMENT_PROVIDER=sandbox"),
    "test cards": (but(PAYMENT_PROVIDER="sandbox", SERVICE_ROLE="booking"), "PAYMENT_PROVIDER"),
    "a worker with test cards": (
        but(PAYMENT_PROVIDER="sandbox", SERVICE_ROLE="worker"),
        "PAYMENT_PROVIDER",
    ),
    "no webhook secret": (without("STRIPE_WEBHOOK_SECRET"), "PAYMENT_PROVIDER"),
    "a worker without a key": (
        but(STRIPE_SECRET_KEY="", SERVICE_ROLE="worker"),
        "PAYMENT_PROVIDER",
    ),
    "a test key": (but(STRIPE_SECRET_KEY="sk_test_of_no_account"), "STRIPE_SECRET_KEY"),
    "a limited test key": (but(STRIPE_SECRET_KEY="rk_test_of_no_account"), "STRIPE_SECRET_KEY"),
    "a provider without TLS": (but(STRIPE_API_BASE="http://stripe.example"), "STRIPE_API_BASE"),
    "a worker without a mail server": (
        but(EMAIL_HOST="", SERVICE_ROLE="worker"),
        "EMAIL_HOST",
    ),
    "a worker with a folder for e-mails": (
        but(EMAIL_HOST="", EMAIL_FILE_PATH="/tmp/emails", SERVICE_ROLE="worker"),
        "EMAIL_HOST",
    ),
    "a worker that mails in the open": (
        but(EMAIL_SECURITY="none", SERVICE_ROLE="worker"),
        "EMAIL_SECURITY",
    ),
    "an unknown security": (but(EMAIL_SECURITY="ssl"), "EMAIL_SECURITY"),
    "no address of the site": (without("SITE_URL"), "SITE_URL"),
    "an address without TLS": (but(SITE_URL="http://a.example"), "SITE_URL"),
    "an address of this machine": (but(SITE_URL="https://localhost:8000"), "SITE_URL"),
    "an origin without TLS": (
        but(CORS_ALLOWED_ORIGINS="https://a.example,http://b.example"),
        "CORS_ALLOWED_ORIGINS",
    ),
    "photos without TLS": (but(MEDIA_URL="http://media.example/"), "MEDIA_URL"),
    "a MongoDB without a password": (
        but(MONGODB_URI="mongodb://mongodb-0:27017,mongodb-1:27017/?replicaSet=rs0"),
        "MONGODB_PASSWORD",
    ),
    "a Redis without a password": (but(REDIS_URL="redis://redis:6379/0"), "REDIS_URL"),
}


@pytest.mark.unit
@pytest.mark.parametrize("name", REFUSED)
def test_production_refuses_to_start_half_configured(name):
    environment, named = REFUSED[name]
    ended = _settings_of(**environment)
    assert ended.returncode != 0
    assert f"ImproperlyConfigured: {named}" in ended.stderr


@pytest.mark.unit
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"PAYMENT_PROVIDER": "sandbox", "SERVICE_ROLE": "traveler"},
        {"EMAIL_HOST": "", "SERVICE_ROLE": "booking"},
        {"EMAIL_HOST": "localhost", "EMAIL_SECURITY": "none", "SERVICE_ROLE": "worker"},
        {
            "MONGODB_URI": "mongodb://mongodb-0:27017/?replicaSet=rs0",
            "MONGODB_PASSWORD": "of-no-account",
            "REDIS_URL": "redis://:of-no-account@redis:6379/0",
        },
        {"SERVICE_ROLE": "booking", "JWT_SECRET_KEY": ""},
        {"SERVICE_ROLE": "relay", "JWT_SECRET_KEY": "", "JWT_PUBLIC_KEYS": ""},
        {"MONGODB_URI": "mongodb://a:b@mongodb-0:27017/", "MEDIA_URL": "https://media.example/"},
    ],
    ids=[
        "everything",
        "a role that takes no money",
        "a role that sends no e-mails",
        "a mail server on this machine",
        "passwords",
        "a role that only verifies",
        "a role that takes no tokens",
        "a password in the address",
    ],
)
def test_production_starts_when_configured(environment):
    ended = _settings_of(**{**PRODUCTION, **environment})
    assert ended.returncode == 0, ended.stderr
