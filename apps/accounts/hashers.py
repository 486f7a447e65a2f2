"""How passwords become hashes, at every door: whoever makes or checks one goes through Django's
`PASSWORD_HASHERS`."""

import unicodedata
from typing import Any

from django.utils.crypto import constant_time_compare

from apps.common.password_hasher import BoundedBCryptSHA256PasswordHasher


def password_normalised(password: str) -> str:
    """Returns the password as RFC 8265 (OpaqueString) compares it: in NFC, with every kind of
    space as a space. Two systems type an accented letter in different ways."""
    spaced = (" " if unicodedata.category(c) == "Zs" else c for c in password)
    return unicodedata.normalize("NFC", "".join(spaced))


class NormalisingHasher(BoundedBCryptSHA256PasswordHasher):
    """The hashes of before, which were made of what was typed, stay valid for the same typing."""

    def encode(self, password: str, salt: Any) -> str:
        return super().encode(password_normalised(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        if super().verify(password, encoded):
            return True
        return password_normalised(password) != password and self._is_as_typed(password, encoded)

    def _is_as_typed(self, password: str, encoded: str) -> bool:
        salt: Any = encoded.split("$", 1)[1].encode("ascii")
        return constant_time_compare(encoded, super().encode(password, salt))
