"""The link that stops e-mails of one kind without a login (RFC 8058). It does not expire: all that
it can do is to switch off."""

from bson import ObjectId
from django.core import signing

from apps.common.errors import NotFoundError
from apps.notifications.enums import KINDS

SALT = "notifications.unsubscribe"


class IncompleteLinkError(NotFoundError):
    sentence = "This link is not complete. Log in and choose your e-mails under Notifications."


def token_issue(user_id: ObjectId, kind: str) -> str:
    return signing.Signer(salt=SALT).sign(f"{user_id}:{kind}")


def token_read(token: str) -> tuple[ObjectId, str]:
    """Returns the user and the kind. Raises `IncompleteLinkError`."""
    try:
        user_id, _, kind = signing.Signer(salt=SALT).unsign(token).partition(":")
    except (signing.BadSignature, UnicodeEncodeError) as error:
        raise IncompleteLinkError from error
    if not ObjectId.is_valid(user_id) or kind not in KINDS:
        raise IncompleteLinkError
    return ObjectId(user_id), kind
