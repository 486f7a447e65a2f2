"""Development secrets, made on first start with mode 600 and never committed."""

import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from stack.common.instances import Instance

RSA_BITS = 2048


def key_files(instance: Instance) -> dict[str, str]:
    """The *_FILE variables of the instance's secrets; makes the files that are missing."""
    folder = instance.directory / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = folder / "JWT_SECRET_KEY"
    makers = {
        "SECRET_KEY": new_secret,
        "JWT_SECRET_KEY": new_rsa_key,
        "JWT_PUBLIC_KEYS": lambda: public_of(private.read_text()),
    }
    return {f"{name}_FILE": str(made(folder / name, make)) for name, make in makers.items()}


def made(path: Path, make: Callable[[], str]) -> Path:
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        part.write_text(make())
        part.rename(path)
    return path


def new_secret() -> str:
    return secrets.token_urlsafe(50)


def new_rsa_key() -> str:
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def public_of(private: str) -> str:
    return (
        serialization.load_pem_private_key(private.encode(), password=None)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
