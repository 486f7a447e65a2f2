"""Passkeys (WebAuthn): checks what a device signed, by `webauthn`. That library is loaded at its
first use, as it takes 0.15 s and most roles never need it."""

import base64
import logging
from typing import NamedTuple

import orjson
from django.conf import settings

logger = logging.getLogger(__name__)
# EdDSA, ES256, RS256: what all devices between them have.
ALGORITHMS = (-8, -7, -257)
LONGEST_ID = 1023
LONGEST_KEY = 1024


class Attestation(NamedTuple):
    """What a browser sends when a passkey is made."""

    client_data: bytes
    attestation: bytes


class Assertion(NamedTuple):
    """What a browser sends when a passkey is used."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes
    user_handle: bytes


class NewPasskey(NamedTuple):
    credential_id: bytes
    public_key: bytes
    sign_count: int
    model_id: str
    can_sync: bool
    is_synced: bool


class PasskeyUsed(NamedTuple):
    sign_count: int
    can_sync: bool
    is_synced: bool


def encoded(data: bytes) -> str:
    """Base64url without padding, as browsers write it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(f"{text}==")


def challenge_in(client_data: bytes) -> bytes | None:
    """Returns which challenge was signed; None where that cannot be read, or where the page was
    inside one of somebody else."""
    try:
        found = orjson.loads(client_data)
        framed = found.get("crossOrigin", False) is not False
        return None if framed else decoded(found["challenge"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def attested(sent: Attestation, *, challenge: bytes) -> NewPasskey | None:
    """Returns the passkey that was made; None where anything about it is wrong. Who made the device
    is not asked, so its certificates prove nothing and are not kept."""
    from webauthn import verify_registration_response
    from webauthn.helpers import decode_credential_public_key, decoded_public_key_to_cryptography
    from webauthn.helpers.cose import COSEAlgorithmIdentifier
    from webauthn.helpers.structs import AuthenticatorAttestationResponse, RegistrationCredential

    response = AuthenticatorAttestationResponse(
        client_data_json=sent.client_data, attestation_object=sent.attestation
    )
    try:
        found = verify_registration_response(
            # The id that counts is among what was signed.
            credential=RegistrationCredential(id="", raw_id=b"", response=response),
            expected_challenge=challenge,
            expected_rp_id=settings.PASSKEY_DOMAIN,
            expected_origin=settings.PASSKEY_ORIGIN,
            require_user_verification=True,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(one) for one in ALGORITHMS],
        )
        key = decode_credential_public_key(found.credential_public_key)
        decoded_public_key_to_cryptography(key)
    except Exception as error:  # noqa: BLE001 the library lets any error of malformed CBOR through
        _log(error)
        return None
    if len(found.credential_id) > LONGEST_ID or len(found.credential_public_key) > LONGEST_KEY:
        return None
    return NewPasskey(
        credential_id=found.credential_id,
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
        model_id=found.aaguid,
        can_sync=found.credential_device_type == "multi_device",
        is_synced=found.credential_backed_up,
    )


def asserted(sent: Assertion, *, challenge: bytes, public_key: bytes) -> PasskeyUsed | None:
    """Returns what the device said with its signature; None where anything about it is wrong. The
    count is not judged here: `webauthn` would look at it before the signature."""
    from webauthn import verify_authentication_response
    from webauthn.helpers.structs import AuthenticationCredential, AuthenticatorAssertionResponse

    response = AuthenticatorAssertionResponse(
        client_data_json=sent.client_data,
        authenticator_data=sent.authenticator_data,
        signature=sent.signature,
    )
    try:
        found = verify_authentication_response(
            credential=AuthenticationCredential(
                id=encoded(sent.credential_id), raw_id=sent.credential_id, response=response
            ),
            expected_challenge=challenge,
            expected_rp_id=settings.PASSKEY_DOMAIN,
            expected_origin=settings.PASSKEY_ORIGIN,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception as error:  # noqa: BLE001 the library lets any error of malformed CBOR through
        _log(error)
        return None
    return PasskeyUsed(
        sign_count=found.new_sign_count,
        can_sync=found.credential_device_type == "multi_device",
        is_synced=found.credential_backed_up,
    )


def _log(error: Exception) -> None:
    logger.info("passkeys.refused", extra={"why": f"{type(error).__name__}: {error}"[:200]})
