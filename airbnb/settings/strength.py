"""What production refuses: secrets that can be guessed, and addresses where anybody listens."""

import re
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from django.core.exceptions import ImproperlyConfigured

SECRET_LENGTH, SECRET_VARIETY, RSA_BITS = 32, 10, 2048
PEM = re.compile(r"-----BEGIN (?P<kind>[A-Z ]+)-----.+?-----END (?P=kind)-----", re.DOTALL)
KNOWN = ("django-insecure", "secret", "password", "example", "default", "changeme")
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def require_strong(name: str, value: str) -> None:
    """A random text: long, of many characters, and none of the words that stand in tutorials."""
    is_known = any(word in value.lower() for word in KNOWN)
    if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_VARIETY or is_known:
        raise ImproperlyConfigured(
            f"{name} can be guessed: set {SECRET_LENGTH} random characters or more, for example "
            "what `openssl rand -base64 48` prints."
        )


def require_rsa(name: str, pems: str) -> None:
    """RSA keys one after the other, private or public."""
    for pem in [found[0] for found in PEM.finditer(pems)] or [pems.strip()]:
        size = _bits(pem) if pem else RSA_BITS
        if size < RSA_BITS:
            found = f"has {size} bits" if size else "is no RSA key in PEM"
            raise ImproperlyConfigured(
                f"{name} {found}: set one of {RSA_BITS} bits or more, for example what "
                f"`openssl genrsa {RSA_BITS}` prints."
            )


def _bits(pem: str) -> int:
    text = pem.encode()
    try:
        key = (
            load_pem_public_key(text)
            if "PUBLIC KEY" in pem
            else load_pem_private_key(text, password=None)
        )
    except (ValueError, TypeError):
        return 0
    return key.key_size if isinstance(key, RSAPrivateKey | RSAPublicKey) else 0


def require_https(name: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or (parts.hostname or "localhost") in LOCAL:
        raise ImproperlyConfigured(
            f"{name}={url!r}: in production it is an https:// address that other machines reach."
        )


def is_on_this_machine(url: str) -> bool:
    """No other machine reaches such a server. MongoDB's addresses name several."""
    hosts = urlsplit(url).netloc.rpartition("@")[2].split(",")
    return all((host.rpartition(":")[0] or host).strip("[]") in LOCAL for host in hosts)
