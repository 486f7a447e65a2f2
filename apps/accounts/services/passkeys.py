"""The passkeys of an account: added, named and removed by who proves who they are."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from apps.accounts.enums import PasskeyUse
from apps.accounts.passkeys import Attestation, attested, challenge_in, encoded
from apps.accounts.rows import PasskeyRow, passkeys, users
from apps.accounts.selectors import UserUnknownError
from apps.accounts.services.challenges import ChallengeOverError, challenge_new, challenge_use
from apps.accounts.services.identity import Proof, identity_prove
from apps.accounts.services.mail import account_mail
from apps.accounts.services.suspension import user_keep_active
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError, NotFoundError

MOST = 20


class AttestationInvalidError(InvalidInputError):
    field = "attestation"
    sentence = "This passkey could not be checked. Try again, or with another device."


class ChallengeInvalidError(InvalidInputError):
    code = ChallengeOverError.code
    field = "client_data"
    sentence = ChallengeOverError.sentence


class PasskeyKnownError(ConflictError):
    code = "PASSKEY_KNOWN"
    sentence = "This passkey was added before."


class TooManyPasskeysError(ConflictError):
    code = "TOO_MANY_PASSKEYS"
    sentence = "An account has {most} passkeys at most. Remove one first."
    sample: ClassVar = {"most": MOST}


class PasskeyGoneError(NotFoundError):
    sentence = "This passkey was removed already."


class Beginning(NamedTuple):
    """What the browser needs to make a passkey. No device makes a second one beside `known`."""

    challenge: bytes
    user_id: ObjectId
    email: str
    known: Sequence[PasskeyRow]


def passkey_begin(*, user_id: ObjectId, proof: Proof, now: dt.datetime) -> Beginning:
    """The challenge stands for the proof: whoever signs it within its time adds a passkey.

    Raises what `identity_prove` raises, `TooManyPasskeysError` and `ChallengesUnavailableError`.
    """
    identity_prove(user_id=user_id, proof=proof, now=now)
    user = users.find_one({"_id": user_id}, {"email": 1})
    if user is None:
        raise UserUnknownError
    known = list(passkeys.find({"user_id": user_id}).sort("_id", 1))
    if len(known) >= MOST:
        raise TooManyPasskeysError(most=MOST)
    challenge = challenge_new(PasskeyUse.ADD, who=str(user_id))
    return Beginning(challenge, user_id, user["email"], known)


def passkey_add(
    *,
    user_id: ObjectId,
    sent: Attestation,
    name: str,
    transports: Sequence[str],
    device: str,
    now: dt.datetime,
) -> PasskeyRow:
    """Tells the person by e-mail from which `device` it was done.

    Raises `ChallengeInvalidError`, `AttestationInvalidError`, `PasskeyKnownError`,
    `TooManyPasskeysError` and `ChallengesUnavailableError`.
    """
    challenge = challenge_in(sent.client_data)
    if challenge is None:
        raise AttestationInvalidError
    try:
        challenge_use(challenge, PasskeyUse.ADD, who=str(user_id))
    except ChallengeOverError as error:
        raise ChallengeInvalidError from error
    made = attested(sent, challenge=challenge)
    if made is None:
        raise AttestationInvalidError
    row: PasskeyRow = {
        "_id": ObjectId(),
        "user_id": user_id,
        "name": name,
        "credential_id": encoded(made.credential_id),
        "public_key": encoded(made.public_key),
        "sign_count": made.sign_count,
        "model_id": made.model_id,
        "transports": list(transports),
        "can_sync": made.can_sync,
        "is_synced": made.is_synced,
        "created_at": now,
        "used_at": None,
    }
    try:
        mongo.run_in_transaction(lambda: _insert(row, device))
    except DuplicateKeyError as error:
        raise PasskeyKnownError from error
    return row


def _insert(row: PasskeyRow, device: str) -> None:
    user_id, now = row["user_id"], row["created_at"]
    user_keep_active(user_id)
    if passkeys.count({"user_id": user_id}) >= MOST:
        raise TooManyPasskeysError(most=MOST)
    passkeys.insert_one(row)
    details = {"passkey": str(row["_id"])}
    security_event(Kind.PASSKEY_ADDED, user_id=user_id, now=now, details=details)
    _notify("passkey_added", user_id, device, now)


def passkey_rename(*, user_id: ObjectId, passkey_id: ObjectId, name: str) -> None:
    """Raises `PasskeyGoneError`."""
    mine = {"_id": passkey_id, "user_id": user_id}
    if not passkeys.update_one(mine, {"$set": {"name": name}}).matched_count:
        raise PasskeyGoneError


def passkey_end(
    *, user_id: ObjectId, passkey_id: ObjectId, proof: Proof, device: str, now: dt.datetime
) -> None:
    """Raises `PasskeyGoneError`, and what `identity_prove` raises."""
    if not passkeys.exists({"_id": passkey_id, "user_id": user_id}):
        raise PasskeyGoneError
    identity_prove(user_id=user_id, proof=proof, now=now)
    passkey_remove(passkey_id=passkey_id, actor_id=user_id, device=device, now=now)


def passkey_remove(
    *, passkey_id: ObjectId, actor_id: ObjectId, device: str, now: dt.datetime
) -> None:
    """Removes it, also for staff. Log-ins that it began go on. Raises `PasskeyGoneError`."""

    def transaction() -> None:
        row = passkeys.find_one({"_id": passkey_id})
        if row is None or not passkeys.delete_one({"_id": passkey_id}).deleted_count:
            raise PasskeyGoneError
        details = {"passkey": str(passkey_id)}
        security_event(
            Kind.PASSKEY_REMOVED,
            user_id=row["user_id"],
            actor_id=actor_id,
            now=now,
            details=details,
        )
        _notify("passkey_removed", row["user_id"], device, now)

    mongo.run_in_transaction(transaction)


def passkeys_remove(*, user_id: ObjectId, now: dt.datetime) -> None:
    """Removes all, since somebody else was in. Belongs in the transaction of taking back."""
    count = passkeys.delete_many({"user_id": user_id}).deleted_count
    if count:
        details = {"count": str(count)}
        security_event(Kind.PASSKEY_REMOVED, user_id=user_id, now=now, details=details)


def _notify(kind: str, user_id: ObjectId, device: str, now: dt.datetime) -> None:
    user = users.find_one({"_id": user_id}, {"email": 1})
    if user is None:
        return
    values = {"device": device, "time": f"{now:%Y-%m-%d %H:%M} UTC"}
    account_mail().request(
        kind=kind, user_id=user_id, address=user["email"], values=values, now=now
    )
