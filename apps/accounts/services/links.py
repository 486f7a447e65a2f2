"""Links that are e-mailed and work once.

What is stored is the hash of a link's token, and a nonce. The token follows from the nonce and the
secret key, so the worker that writes the e-mail has it, and who reads the database has not.
"""

import base64
import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Mapping

from bson import ObjectId
from django.utils.crypto import salted_hmac

from apps.accounts.enums import LinkPurpose
from apps.accounts.rows import LinkRow, account_links
from apps.common.errors import NotFoundError

LIFETIMES: Mapping[LinkPurpose, dt.timedelta] = {
    LinkPurpose.VERIFY: dt.timedelta(days=3),
    LinkPurpose.RESET: dt.timedelta(hours=1),
    LinkPurpose.CHANGE: dt.timedelta(days=1),
    LinkPurpose.RESTORE: dt.timedelta(days=14),
}
SALT = "apps.accounts.links"


class LinkInvalidError(NotFoundError):
    code = "LINK_INVALID"
    sentence = "This link has expired or was used already. Ask for a new one."


def link_create(*, user_id: ObjectId, purpose: LinkPurpose, address: str, now: dt.datetime) -> str:
    """Returns the nonce of a new link."""
    nonce = secrets.token_hex(16)
    row: LinkRow = {
        "_id": _hashed(link_token(nonce)),
        "nonce": nonce,
        "purpose": purpose.value,
        "user_id": user_id,
        "address": address,
        "created_at": now,
        "expires_at": now + LIFETIMES[purpose],
    }
    account_links.insert_one(row)
    return nonce


def link_token(nonce: str) -> str:
    """Returns what stands in the e-mail."""
    digest = salted_hmac(SALT, nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def link_read(*, token: str, purposes: Collection[LinkPurpose], now: dt.datetime) -> LinkRow:
    """Raises `LinkInvalidError`."""
    found = account_links.find_one(
        {
            "_id": _hashed(token),
            "purpose": {"$in": [purpose.value for purpose in purposes]},
            "expires_at": {"$gt": now},
        }
    )
    if found is None:
        raise LinkInvalidError
    return found


def link_use(*, token: str, purposes: Collection[LinkPurpose], now: dt.datetime) -> LinkRow:
    """Uses the link up, and with it the others of its person and purpose. Belongs into the
    transaction of what the link does. Raises `LinkInvalidError`."""
    link = link_read(token=token, purposes=purposes, now=now)
    if not account_links.delete_one({"_id": link["_id"]}).deleted_count:
        raise LinkInvalidError
    links_end(link["user_id"], [LinkPurpose(link["purpose"])])
    return link


def links_end(user_id: ObjectId, purposes: Collection[LinkPurpose]) -> None:
    names = [purpose.value for purpose in purposes]
    account_links.delete_many({"user_id": user_id, "purpose": {"$in": names}})


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
