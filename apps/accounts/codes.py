"""Second factors: one-time codes of an app (TOTP, RFC 6238) and recovery codes.

An app's secret is stored encrypted by a key that is derived from `SECRET_KEY`: a copy of the
database alone makes no codes. Recovery codes are long enough to be stored as plain hashes.
"""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from functools import cache
from itertools import groupby

import segno
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings

STEP_SECONDS = 30
DRIFT = 1
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
ISSUER = "Staywell"


def secret_new() -> str:
    """160 bits in base32, as apps ask for."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def secret_uri(secret: str, email: str) -> str:
    return _totp(secret).get_provisioning_uri(email, ISSUER)


def step_of(secret: str, code: str, now: dt.datetime) -> int | None:
    """Returns the step of 30 s whose code it is: the current one, or the one before or after it."""
    current = int(now.timestamp()) // STEP_SECONDS
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step), code.encode()):
            return step
    return None


def code_at(secret: str, step: int) -> bytes:
    return _totp(secret).generate(step * STEP_SECONDS)


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 RFC 6238's


def recovery_codes_new() -> list[str]:
    return [_recovery_code() for _ in range(RECOVERY_CODES)]


def _recovery_code() -> str:
    text = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def recovery_hash(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").lower().encode()).hexdigest()


def encrypted(secret: str) -> str:
    return _cipher((settings.SECRET_KEY,)).encrypt(secret.encode()).decode()


def decrypted(stored: str) -> str | None:
    """None where no key that the settings have made it."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    try:
        return _cipher(keys).decrypt(stored.encode()).decode()
    except InvalidToken:
        return None


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"airbnb second factor")
    return base64.urlsafe_b64encode(hkdf.derive(key.encode()))


def qr_path(text: str) -> tuple[int, str]:
    """A QR code as the size of its square and the path of an SVG in it, quiet zone included."""
    matrix = [list(row) for row in segno.make(text, error="m").matrix_iter(border=4)]
    return len(matrix), "".join(_row_path(y, row) for y, row in enumerate(matrix))


def _row_path(y: int, row: list[int]) -> str:
    path, x = "", 0
    for dark, run in groupby(row):
        width = len(list(run))
        path += f"M{x} {y}h{width}v1h-{width}z" if dark else ""
        x += width
    return path
