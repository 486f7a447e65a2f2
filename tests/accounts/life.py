"""A life of an account over HTTP: what it is e-mailed is read from the rows that a worker sends."""

import uuid
from typing import Any

from apps.accounts.services import link_token
from apps.notifications.rows import EmailRow, emails
from tests.contract import CheckedClient

PASSWORD = "a long enough password"
OTHER_PASSWORD = "another long enough password"


def call(path: str, body: dict[str, Any], *, token: str = "", method: str = "post", **headers: str):
    client = CheckedClient()
    if token:
        headers["authorization"] = f"Bearer {token}"
    send = getattr(client, method)
    return send(path, body, content_type="application/json", headers=headers)


def register(email: str, *, password: str = PASSWORD, side: str = "traveler", **more: str):
    name = f"p-{uuid.uuid4().hex[:10]}"
    body = {"username": name, "email": email, "password": password, **more}
    return call(f"/api/{side}/auth/register", body)


def log_in(email: str, password: str = PASSWORD, side: str = "traveler"):
    return call(f"/api/{side}/auth/login", {"email": email, "password": password})


def mails(address: str) -> list[EmailRow]:
    """Those to the address, the oldest first."""
    return list(emails.find({"recipient": address}).sort("created_at", 1))


def kinds(address: str) -> list[str]:
    return [mail["kind"] for mail in mails(address)]


def link(address: str, kind: str) -> str:
    """The token of the last link of a kind that was sent there."""
    *_, last = (mail for mail in mails(address) if mail["kind"] == kind)
    return link_token(last["nonce"])


def code(reply) -> str:
    return reply.json()["error"]["code"]
