"""A device that keeps passkeys: signs as a real one does, and as hostile ones would."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings

from apps.accounts.passkeys import decoded, encoded

PRESENT, VERIFIED, CAN_SYNC, IS_SYNCED, ATTESTED = 1, 4, 8, 16, 64
USUAL = PRESENT | VERIFIED


def cbor(value: object) -> bytes:
    from webauthn.helpers import encode_cbor

    return encode_cbor(value)


class Authenticator:
    """One passkey. `count` is what the device says at the next use; zero: it does not count."""

    def __init__(self, *, flags: int = USUAL, count: int = 0) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.flags, self.count = flags, count
        self.handle = b""

    @property
    def cose(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def made(self, begun: dict, *, cose=None, statement=None, form="none", **client) -> dict:
        """What `POST /api/account/passkeys` is sent, without the name."""
        self.handle = decoded(begun["user_handle"])
        length = len(self.id).to_bytes(2, "big")
        data = self._data(self.flags | ATTESTED) + bytes(16) + length + self.id
        data += self.cose if cose is None else cose
        attestation = {"fmt": form, "attStmt": statement or {}, "authData": data}
        return {
            "client_data": encoded(client_data("webauthn.create", begun["challenge"], **client)),
            "attestation": encoded(cbor(attestation)),
            "transports": ["internal"],
        }

    def used(self, challenge: str, *, flags=None, domain=None, **client) -> dict:
        """What a log-in is sent, or a proof."""
        if self.count:
            self.count += 1
        data = self._data(self.flags if flags is None else flags, domain)
        signed = client_data("webauthn.get", challenge, **client)
        whole = data + hashlib.sha256(signed).digest()
        return {
            "credential_id": encoded(self.id),
            "client_data": encoded(signed),
            "authenticator_data": encoded(data),
            "signature": encoded(self.key.sign(whole, ec.ECDSA(SHA256()))),
            "user_handle": encoded(self.handle),
        }

    def _data(self, flags: int, domain: str | None = None) -> bytes:
        where = hashlib.sha256((domain or settings.PASSKEY_DOMAIN).encode()).digest()
        return where + bytes([flags]) + self.count.to_bytes(4, "big")


def client_data(kind: str, challenge: str, *, origin: str | None = None, **more) -> bytes:
    said = {"type": kind, "challenge": challenge, "origin": origin or settings.PASSKEY_ORIGIN}
    return json.dumps({**said, "crossOrigin": False, **more}).encode()
