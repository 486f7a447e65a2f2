"""Whose an address is. It belongs to who opened a link that was sent there; until somebody did, to
whoever registered with it last."""

import datetime as dt
from typing import ClassVar

from bson import ObjectId
from django.contrib.auth.hashers import make_password

from apps.accounts.enums import LinkPurpose
from apps.accounts.models import User
from apps.accounts.replies import address_shown
from apps.accounts.rows import LinkRow, UserRow, users
from apps.accounts.selectors import UserUnknownError
from apps.accounts.services.links import link_create, link_use, links_end
from apps.accounts.services.mail import account_mail
from apps.accounts.services.passkeys import passkeys_remove
from apps.accounts.services.passwords import password_confirmed
from apps.accounts.services.token_ends import tokens_end
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.addresses import address_key
from apps.common.errors import ConflictError, InvalidInputError

NOWHERE = "unclaimed.invalid"


class EmailTakenError(ConflictError):
    code = "EMAIL_TAKEN"
    sentence = "There is another account with the e-mail {email}. Log in there instead."
    sample: ClassVar = {"email": "ann.lee@example.com"}


class AlreadyVerifiedError(ConflictError):
    code = "ALREADY_VERIFIED"
    sentence = "Your e-mail address is confirmed already."


class SameAddressError(InvalidInputError):
    field = "email"
    sentence = "This is your address already."


def nowhere(user_id: ObjectId) -> str:
    """Returns the placeholder of an account that has no address of its own."""
    return f"{user_id}@{NOWHERE}"


def address_claim(user: User) -> UserRow | None:
    """Returns the confirmed owner of the address that a new account asks for, or None.

    Where there is an owner, the new account gets a placeholder and keeps what was asked for, so
    that from outside both look the same. An account that did not confirm it gives the address up.
    """
    key = address_key(user.email)
    users.update_many({"requested_key": key}, {"$set": {"requested_key": ""}})
    holder = users.find_one({"email_key": key})
    if holder is None:
        return None
    if holder.get("email_verified_at") is None:
        _release(holder)
        return None
    user.requested_email, user.requested_key = user.email, key
    user.email = nowhere(ObjectId(str(user.pk)))
    return holder


def _release(holder: UserRow) -> None:
    """The account stays, without an address; a link that it was sent still gives it back."""
    placeholder = nowhere(holder["_id"])
    values = {
        "email": placeholder,
        "email_key": placeholder,
        "requested_email": holder["email"],
    }
    users.update_one({"_id": holder["_id"]}, {"$set": values})


def verification_send(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Raises `AlreadyVerifiedError`."""
    mongo.run_in_transaction(lambda: _verification_send(user_id, now))


def _verification_send(user_id: ObjectId, now: dt.datetime) -> None:
    user = users.find_one({"_id": user_id})
    if user is None:
        raise UserUnknownError
    if user.get("email_verified_at") is not None:
        raise AlreadyVerifiedError
    address = address_shown(user)
    owner = users.find_one({"email_key": address_key(address), "email_verified_at": {"$ne": None}})
    if owner is None:
        link_mail(user_id, LinkPurpose.VERIFY, address, now)
    else:
        account_exists_mail(owner, now)


def link_mail(user_id: ObjectId, purpose: LinkPurpose, address: str, now: dt.datetime) -> None:
    nonce = link_create(user_id=user_id, purpose=purpose, address=address, now=now)
    account_mail().request(
        kind=KINDS[purpose], user_id=user_id, address=address, nonce=nonce, now=now
    )


KINDS = {LinkPurpose.VERIFY: "verify_address", LinkPurpose.CHANGE: "confirm_new_address"}


def account_exists_mail(owner: UserRow, now: dt.datetime) -> None:
    """Tells the owner of an address that somebody asked for an account with it."""
    if owner["is_active"]:
        account_mail().request(
            kind="account_exists", user_id=owner["_id"], address=owner["email"], now=now
        )


def address_confirm(*, token: str, now: dt.datetime) -> str:
    """Gives the address to the account that the link was sent for, and returns it. The address
    before, if it was confirmed, gets a notice with a link back.

    Raises `LinkInvalidError`, and `EmailTakenError` where another account confirmed it meanwhile.
    """

    def transaction() -> str:
        link = link_use(token=token, purposes=(LinkPurpose.VERIFY, LinkPurpose.CHANGE), now=now)
        before = _address_give(link, now)
        is_new = link["purpose"] == LinkPurpose.VERIFY
        kind = Kind.EMAIL_VERIFIED if is_new else Kind.EMAIL_CHANGED
        security_event(kind, user_id=link["user_id"], now=now)
        is_left = before.get("email_verified_at") is not None
        if is_left and address_key(before["email"]) != address_key(link["address"]):
            _notify_before(before, link["address"], now)
        return link["address"]

    return mongo.run_in_transaction(transaction)


def _address_give(link: LinkRow, now: dt.datetime) -> UserRow:
    """Returns the user as before."""
    key = address_key(link["address"])
    holder = users.find_one({"email_key": key, "_id": {"$ne": link["user_id"]}})
    if holder is not None:
        if holder.get("email_verified_at") is not None:
            raise EmailTakenError(email=link["address"])
        _release(holder)
    values = {
        "email": link["address"],
        "email_key": key,
        "email_verified_at": now,
        "requested_email": "",
        "requested_key": "",
        "updated_at": now,
    }
    before = users.find_one_and_update({"_id": link["user_id"]}, {"$set": values})
    if before is None:
        raise UserUnknownError
    return before


def _notify_before(before: UserRow, address: str, now: dt.datetime) -> None:
    user_id, old = before["_id"], before["email"]
    nonce = link_create(user_id=user_id, purpose=LinkPurpose.RESTORE, address=old, now=now)
    account_mail().request(
        kind="address_changed",
        user_id=user_id,
        address=old,
        nonce=nonce,
        values={"address": address},
        now=now,
    )


def address_change(
    *, user_id: ObjectId, current_password: str, email: str, now: dt.datetime
) -> None:
    """E-mails a link to the new address; until it is opened the old one stays. Whether somebody has
    the new one cannot be seen from outside: then they are told instead.

    Raises `WrongPasswordError` and `SameAddressError`.
    """
    user = password_confirmed(user_id, current_password)
    if user.email == email:
        raise SameAddressError
    key = address_key(email)

    def transaction() -> None:
        links_end(user_id, [LinkPurpose.VERIFY, LinkPurpose.CHANGE])
        others = {"email_key": key, "email_verified_at": {"$ne": None}, "_id": {"$ne": user_id}}
        owner = users.find_one(others)
        if owner is None:
            link_mail(user_id, LinkPurpose.CHANGE, email, now)
        else:
            account_exists_mail(owner, now)

    mongo.run_in_transaction(transaction)


def address_restore(*, token: str, now: dt.datetime) -> str:
    """Takes a change of the address back: "this was not me". Ends every token and session, removes
    every passkey and e-mails a link to choose a new password, since somebody else knows the
    present one.

    Raises `LinkInvalidError` and `EmailTakenError`.
    """

    def transaction() -> str:
        link = link_use(token=token, purposes=(LinkPurpose.RESTORE,), now=now)
        _address_give(link, now)
        security_event(Kind.EMAIL_CHANGED, user_id=link["user_id"], now=now)
        user_id, address = link["user_id"], link["address"]
        users.update_one({"_id": user_id}, {"$set": {"password_hash": make_password(None)}})
        passkeys_remove(user_id=user_id, now=now)
        tokens_end(user_id=user_id, now=now)
        links_end(user_id, list(LinkPurpose))
        nonce = link_create(user_id=user_id, purpose=LinkPurpose.RESET, address=address, now=now)
        account_mail().request(
            kind="reset_password", user_id=user_id, address=address, nonce=nonce, now=now
        )
        return address

    return mongo.run_in_transaction(transaction)
