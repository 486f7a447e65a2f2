"""The keys of the tokens: the private one, where this process signs, and all public ones by key id.

They are parsed once a process: that costs more than signing.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from jwt.algorithms import RSAAlgorithm

PUBLIC_PEM = re.compile(r"-----BEGIN ([A-Z ]*PUBLIC KEY)-----.+?-----END \1-----", re.DOTALL)
FEWEST_BITS = 2048


class Keys(NamedTuple):
    """`signing` is None where this process only verifies; `kid` names it."""

    signing: RSAPrivateKey | None
    kid: str
    verifying: Mapping[str, RSAPublicKey]


@cache
def keys() -> Keys:
    """Raises `ImproperlyConfigured` for a key that is none, or too short."""
    options: dict[str, Any] = settings.SIMPLE_JWT
    public = [_public(found.group()) for found in PUBLIC_PEM.finditer(options["VERIFYING_KEY"])]
    signing = _private(options["SIGNING_KEY"]) if options["SIGNING_KEY"] else None
    if signing:
        public.insert(0, signing.public_key())
    if not public:
        raise ImproperlyConfigured("JWT_PUBLIC_KEYS holds no PEM of an RSA public key.")
    by_kid = {kid_of(key): key for key in public}
    return Keys(signing, kid_of(public[0]) if signing else "", by_kid)


def kid_of(key: RSAPublicKey) -> str:
    """The thumbprint of RFC 7638."""
    members = {name: _jwk(key)[name] for name in ("e", "kty", "n")}
    canonical = json.dumps(members, separators=(",", ":"), sort_keys=True).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()


def public_keys() -> list[dict[str, str]]:
    """As JSON Web Keys; the one that signs comes first."""
    return [
        {**_jwk(key), "kid": kid, "use": "sig", "alg": "RS256"}
        for kid, key in keys().verifying.items()
    ]


def _jwk(key: RSAPublicKey) -> dict[str, str]:
    known = RSAAlgorithm.to_jwk(key, as_dict=True)
    return {name: known[name] for name in ("kty", "n", "e")}


def _private(pem: str) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured("JWT_SECRET_KEY is not the PEM of a private key.") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < FEWEST_BITS:
        raise ImproperlyConfigured(f"JWT_SECRET_KEY must be RSA of {FEWEST_BITS} bits or more.")
    return key


def _public(pem: str) -> RSAPublicKey:
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError as error:
        raise ImproperlyConfigured("JWT_PUBLIC_KEYS holds a PEM that is no key.") from error
    if not isinstance(key, RSAPublicKey) or key.key_size < FEWEST_BITS:
        raise ImproperlyConfigured(f"JWT_PUBLIC_KEYS must be RSA of {FEWEST_BITS} bits or more.")
    return key
