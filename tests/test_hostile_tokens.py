"""Every door that needs a login, against each token of `corpora/hostile_tokens.json`.

An entry changes an accepted token: `header` and `claims` (null takes one away), `raw_*` what is
not JSON as we write it, `key` who signs it. Most are signed with our own key: not even then are
they let in.
"""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.test import Client

from apps.accounts.enums import LogInKind
from apps.accounts.services import Device, session_begin, tokens_end
from apps.accounts.tokens import token_issue
from apps.accounts.tokens.keys import keys
from apps.common.api_document import document
from stack.processes.keys import new_rsa_key
from tests.contract import CheckedClient

CORPUS = json.loads(
    (Path(__file__).parent / "corpora" / "hostile_tokens.json").read_text(), strict=False
)
ID = "0123456789abcdef01234567"


def doors() -> list[tuple[str, str]]:
    """Method and address of each operation that cannot be called without a login."""
    return [
        (method, "/".join(ID if "{" in part else part for part in path.split("/")))
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
        if operation.get("security") and {} not in operation["security"]
    ]


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Forge:
    def __init__(self, token: str) -> None:
        self.token = token
        self.header = jwt.get_unverified_header(token)
        self.claims = jwt.decode(token, options={"verify_signature": False})
        self.own = keys().signing
        self.foreign: Any = load_pem_private_key(new_rsa_key().encode(), None)

    def made(self, entry: dict[str, Any]) -> str:
        """The token of one entry."""
        if entry.get("cut"):
            head = self.token.rpartition(".")[0]
            return head + ("." if entry["cut"] == "signature text" else "")
        header = entry.get("raw_header") or _changed(self.header, self._named(entry))
        payload = entry.get("raw_payload") or self._payload(entry)
        content = bytes.fromhex(entry.get("raw_payload_bytes", "")) or payload.encode()
        signed = f"{b64(header.encode())}.{b64(content)}"
        signature = self._signature(entry.get("key", "own"), signed)
        if entry.get("tamper"):
            signed = f"{b64(header.encode())}.{b64(content.replace(b'traveler', b'owner---'))}"
        return f"{signed}.{signature}"

    def _payload(self, entry: dict[str, Any]) -> str:
        text = _changed(self.claims, entry.get("claims", {}))
        for name, value in entry.get("raw_claims", {}).items():
            text = text.replace(f'"{name}": {self.claims[name]}', f'"{name}": {value}')
        return text

    def _named(self, entry: dict[str, Any]) -> dict[str, Any]:
        changes = dict(entry.get("header", {}))
        if changes.get("kid") == "own":
            changes["kid"] = self.header["kid"]
        if changes.get("jwk") == "foreign":
            changes["jwk"] = jwt.algorithms.RSAAlgorithm.to_jwk(
                self.foreign.public_key(), as_dict=True
            )
        return changes

    def _signature(self, key: str, signed: str) -> str:
        if key == "none":
            return ""
        if key.endswith("as secret"):
            return b64(hmac.new(self._secret(key), signed.encode(), hashlib.sha256).digest())
        private = self.foreign if key == "foreign" else self.own
        return b64(private.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))

    def _secret(self, key: str) -> bytes:
        if key.startswith("kid"):
            return str(self.header["kid"]).encode()
        form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return self.own.public_key().public_bytes(*form)


def _changed(values: dict[str, Any], changes: dict[str, Any]) -> str:
    changed = {**values, **changes}
    return json.dumps({name: value for name, value in changed.items() if value is not None})


@pytest.fixture
def forge(guest, now) -> Forge:
    """Its accepted token is of the second generation, so that one without is of before."""
    tokens_end(user_id=guest.id, now=now)
    guest.user.refresh_from_db()
    return Forge(token_issue(guest.user)[0])


@pytest.fixture
def refresh(guest, now) -> str:
    return session_begin(
        user=guest.user, kind=LogInKind.BROWSER, device=Device("curl", "::1"), now=now
    ).refresh


@pytest.fixture
def sent(forge, refresh) -> dict[str, str]:
    """Authorization headers by the name of their entry."""
    tokens = {entry["name"]: f"Bearer {forge.made(entry)}" for entry in CORPUS["tokens"]}
    bare = {h: h.format(token=forge.token, refresh=refresh) for h in CORPUS["headers"]}
    return {**tokens, **bare}


def test_the_token_that_they_are_made_of_is_let_in(forge):
    accepted = forge.made({"name": "as it is"})
    reply = CheckedClient().get(
        "/api/account/sessions", headers={"authorization": f"Bearer {accepted}"}
    )
    assert reply.status_code == 200


def test_no_door_opens_to_any(sent):
    client = CheckedClient()
    found = doors()
    assert len(found) > 60
    answered = {
        (name, method, path): Client.generic(
            client, method.upper(), path, HTTP_AUTHORIZATION=header
        )
        for name, header in sent.items()
        for method, path in found
    }
    let_in = {
        call: reply.status_code
        for call, reply in answered.items()
        if (reply.status_code, reply.json()["error"]["code"]) != (401, "NOT_AUTHENTICATED")
    }
    assert let_in == {}


def test_an_open_page_stays_open_and_refuses_none_of_them_with_a_fault(sent):
    client = CheckedClient()
    statuses = {
        client.get("/api/properties", headers={"authorization": header}).status_code
        for header in sent.values()
    }
    assert statuses == {200}
