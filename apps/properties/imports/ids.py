import hashlib

from bson import ObjectId

# Older than any id made by a person's action: "newest first" keeps the newest first.
EPOCH = bytes.fromhex("50000000")


def stable_id(*parts: str) -> ObjectId:
    """The same id for the same parts for ever: importing again finds what it made."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return ObjectId(EPOCH + digest)
