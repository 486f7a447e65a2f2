"""Codes of an app against RFC 6238's own, and how secrets are stored."""

import base64
import datetime as dt

import pytest

from apps.accounts import codes

pytestmark = pytest.mark.unit
RFC = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_the_codes_of_the_rfc(second, code):
    moment = dt.datetime.fromtimestamp(second, dt.UTC)
    assert codes.step_of(RFC, code, moment) == second // 30
    for drift, found in ((-60, None), (-30, second // 30), (30, second // 30), (61, None)):
        assert codes.step_of(RFC, code, moment + dt.timedelta(seconds=drift)) == found


@pytest.mark.parametrize("code", ["", "08180", "0818040", "abcdef", "٠٨١٨٠٤", "081 804"])
def test_what_is_no_code(code):
    assert codes.step_of(RFC, code, dt.datetime.fromtimestamp(1111111109, dt.UTC)) is None


def test_a_secret_is_stored_encrypted_and_survives_a_new_key(settings):
    secret = codes.secret_new()
    stored = codes.encrypted(secret)
    assert secret not in stored
    assert codes.decrypted(stored) == secret
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    assert codes.decrypted(stored) is None
    settings.SECRET_KEY_FALLBACKS = [former]
    assert codes.decrypted(stored) == secret


def test_recovery_codes_are_many_long_and_read_in_any_spelling():
    recovery = codes.recovery_codes_new()
    assert len(set(recovery)) == codes.RECOVERY_CODES == 10
    assert {len(code) for code in recovery} == {19}
    typed = recovery[0].upper().replace("-", "")
    assert codes.recovery_hash(typed) == codes.recovery_hash(recovery[0])


def test_a_qr_code_is_drawn_with_its_quiet_zone():
    size, path = codes.qr_path(codes.secret_uri(RFC, "ann@example.com"))
    assert path.startswith("M4 4h7v1h-7z")
    assert size % 4 == 1
