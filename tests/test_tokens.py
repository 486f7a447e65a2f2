"""Access tokens and their keys: ids, rotation, what is required of a token."""

import base64
import datetime as dt
import json

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

from apps.accounts.models import User
from apps.accounts.tokens import (
    InvalidTokenError,
    access,
    public_keys,
    refresh_read,
    refresh_written,
    token_claims,
    token_issue,
)
from apps.accounts.tokens import keys as key_module
from stack.processes.keys import new_rsa_key, public_of

USER = User(id="66f1c2a4b8e0d3f5a7c91e24", user_type="traveler")


@pytest.fixture
def use_keys(settings):
    """Lets this process start anew with other keys."""

    def forget():
        key_module.keys.cache_clear()
        access._signer.cache_clear()

    def use(*, private="", public=""):
        changed = {"SIGNING_KEY": private, "VERIFYING_KEY": public}
        settings.SIMPLE_JWT = {**settings.SIMPLE_JWT, **changed}
        forget()

    yield use
    forget()


@pytest.fixture(scope="module")
def old():
    return new_rsa_key()


@pytest.fixture(scope="module")
def new():
    return new_rsa_key()


@pytest.mark.unit
def test_a_key_id_is_the_thumbprint_of_rfc_7638():
    """The example of its section 3.1."""
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRX"
        "jBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaS"
        "qzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksIN"
        "HaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )
    number = int.from_bytes(base64.urlsafe_b64decode(modulus + "=="))
    key = rsa.RSAPublicNumbers(65537, number).public_key()
    assert key_module.kid_of(key) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.unit
def test_a_token_names_its_key_and_the_key_is_published(use_keys, new):
    use_keys(private=new)
    token, _ = token_issue(USER)
    [published] = public_keys()
    assert jwt.get_unverified_header(token)["kid"] == published["kid"]
    key = jwt.PyJWK(published).key
    claims = jwt.decode(token, key, ["RS256"], audience="airbnb-api", issuer="airbnb")
    assert claims["sub"] == USER.pk
    assert set(published) == {"kty", "n", "e", "kid", "use", "alg"}


@pytest.mark.unit
def test_an_exchange_of_the_key_logs_nobody_out(use_keys, old, new):
    """The three steps of docs/deployment.md, as a verifying and a signing role live them."""
    use_keys(private=old)
    before, _ = token_issue(USER)

    use_keys(public=public_of(old) + public_of(new))
    assert token_claims(before).sub == USER.pk

    use_keys(private=new, public=public_of(old))
    after, _ = token_issue(USER)
    assert jwt.get_unverified_header(after)["kid"] != jwt.get_unverified_header(before)["kid"]
    for token in (before, after):
        assert token_claims(token).sub == USER.pk
    assert len(public_keys()) == 2

    use_keys(public=public_of(new))
    assert token_claims(after).sub == USER.pk
    with pytest.raises(InvalidTokenError):
        token_claims(before)


@pytest.mark.unit
def test_a_token_of_before_the_key_ids_works_until_it_expires(use_keys, old, new):
    """Whichever of the keys signed it. It has neither session nor generation."""
    now = int(dt.datetime.now(dt.UTC).timestamp())
    claims = {"aud": "airbnb-api", "iss": "airbnb", "iat": now, "exp": now + 60, "jti": "j"}
    said = {**claims, "sub": USER.pk, "user_type": "traveler", "token_type": "access"}
    token = jwt.encode(said, old, algorithm="RS256")
    use_keys(private=new, public=public_of(old))
    read = token_claims(token)
    assert (read.sub, read.sid, read.gen) == (USER.pk, "", 0)
    use_keys(private=new)
    with pytest.raises(InvalidTokenError):
        token_claims(token)


@pytest.mark.unit
def test_a_role_without_the_private_key_verifies_and_cannot_sign(use_keys, old):
    use_keys(private=old)
    token, _ = token_issue(USER)
    use_keys(public=public_of(old))
    assert token_claims(token).sub == USER.pk
    with pytest.raises(RuntimeError, match="does not sign"):
        token_issue(USER)


def _small() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    return key.private_bytes(*form, serialization.NoEncryption()).decode()


SHORT = _small()


@pytest.mark.unit
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"public": "change"},
        {"private": "pem"},
        {"private": SHORT},
        {"public": public_of(SHORT)},
    ],
    ids=["none", "no PEM", "no private PEM", "a short private key", "a short public key"],
)
def test_keys_that_are_none_are_refused(use_keys, given):
    use_keys(**given)
    with pytest.raises(ImproperlyConfigured, match="JWT_"):
        key_module.keys()


def test_the_set_is_served_to_everybody(anonymous):
    reply = anonymous.get("/.well-known/jwks.json")
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/json")
    assert reply["Cache-Control"] == "max-age=300"
    assert reply.json() == {"keys": public_keys()}
    private = {"d", "p", "q", "dp", "dq", "qi"}
    assert not any(private & set(key) for key in json.loads(reply.content)["keys"])


@pytest.mark.unit
def test_a_refresh_token_is_its_sessions_and_its_seeds():
    text = refresh_written("a" * 32, 7, "seed")
    read = refresh_read(text)
    assert (read.session_id, read.rotation) == ("a" * 32, 7)
    assert read.is_genuine("seed")
    assert not read.is_genuine("other")
    assert refresh_written("a" * 32, 7, "seed") == text
    forged = refresh_read(text.replace(".7.", ".8."))
    assert not forged.is_genuine("seed")


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", "a", "a.b.c", "a" * 32 + ".1.", "a" * 32 + ".1." + "é" * 43])
def test_what_is_no_refresh_token_is_none(text):
    assert refresh_read(text) is None
