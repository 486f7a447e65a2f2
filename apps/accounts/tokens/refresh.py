"""What a browser's cookie holds: `<session>.<rotation>.<signature>`.

The signature needs the secret of this installation and the seed in the session's row, so neither
alone makes one; nothing of it is stored. The same rotation always gives the same text, so that a
reply that was lost on its way can be asked for again. Every token that ever was can be told from
an invention: an old one that is shown again was copied.
"""

import re
from typing import NamedTuple

from django.core.signing import BadSignature, Signer

FORM = re.compile(r"([0-9a-f]{32})\.([0-9]{1,9})\.[A-Za-z0-9_-]{43}")


class RefreshToken(NamedTuple):
    session_id: str
    rotation: int
    text: str

    def is_genuine(self, seed: str) -> bool:
        try:
            _signer(seed).unsign(self.text)
        except BadSignature:
            return False
        return True


def refresh_written(session_id: str, rotation: int, seed: str) -> str:
    return _signer(seed).sign(f"{session_id}.{rotation}")


def refresh_read(text: str) -> RefreshToken | None:
    """None for what has not its form. Whether it is genuine is known with the session's seed."""
    found = FORM.fullmatch(text)
    return RefreshToken(found[1], int(found[2]), text) if found else None


def _signer(seed: str) -> Signer:
    return Signer(salt=f"accounts.refresh.{seed}", sep=".")
