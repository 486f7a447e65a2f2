"""A guest who is about to book holds the nights for a while, and nobody else gets them."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import ClassVar

from bson import ObjectId
from django.conf import settings
from pymongo.errors import DuplicateKeyError
from redis.exceptions import RedisError

from apps.accounts.services import user_keep_active
from apps.bookings.idempotency import Answer, Key, once
from apps.bookings.quote import Stay, alternatives, price_agreed
from apps.bookings.replies.prices import HoldReply
from apps.bookings.rows import HoldRow, holds
from apps.bookings.selectors import hold_replies, hold_reply
from apps.bookings.services.guests import guest_check
from apps.common import mongo, rate_limits
from apps.common.errors import ConflictError, NotFoundError
from apps.properties.enums import ClaimKind
from apps.properties.house_rules import stay_check
from apps.properties.nights import Claim, midnight
from apps.properties.selectors import listing_summary, listing_terms
from apps.properties.services import listing_keep_open, nights_claim, nights_release

OWNER = "hold:"
SCOPE = "hold-minutes"
AT_ONCE = 1000


class TooManyHoldsError(ConflictError):
    code = "TOO_MANY_HOLDS"
    sentence = "You hold {count} stays already. Book one of them or release it first."
    sample: ClassVar = {"count": 3}


class HoldUnknownError(NotFoundError):
    sentence = "You have no such hold. It may have expired."


class HeldTooLongError(ConflictError):
    code = "HELD_TOO_LONG"
    sentence = (
        "You have held nights here for as long as one may in a day. Choose another place, or come "
        "back in {hours} h."
    )
    sample: ClassVar = {"hours": 20}


def owner_of(hold_id: ObjectId) -> str:
    """How the hold's claims are owned."""
    return f"{OWNER}{hold_id}"


def hold_create(
    *,
    guest_id: ObjectId,
    listing_id: ObjectId,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    quote_token: str | None = None,
    key: Key | None = None,
) -> Answer[HoldReply]:
    """Holds the nights at the price, in place of the guest's own on nights that overlap. A repeated
    `key` gets the first call's answer.

    Raises, with the nearest free stays where it is the stay that cannot be held, what
    `listing_terms`, `stay_check`, `price_agreed` and `once` raise, `NightsTakenError`,
    `TooManyHoldsError` and `HeldTooLongError`.
    """
    stay = Stay(listing_id, check_in, check_out, guest_count)
    minutes = 0

    def place() -> HoldReply:
        nonlocal minutes
        minutes = _minutes_more(guest_id, listing_id, now)
        return _placed(guest_id, stay, quote_token, now)

    with alternatives(stay, now=now):
        answer = once(key, place, now=now, status=201)
    if answer.made is not None:
        _minutes_charge(guest_id, listing_id, minutes)
    return answer


def _minutes_more(guest_id: ObjectId, listing_id: ObjectId, now: dt.datetime) -> int:
    """How much longer than now the guest holds nights of the listing with another hold."""
    query = {"guest_id": guest_id, "listing_id": listing_id, "expires_at": {"$gt": now}}
    held = max((_expiry(hold) - now for hold in holds.find(query)), default=dt.timedelta())
    return max(0, round((settings.HOLD_TTL - held) / dt.timedelta(minutes=1)))


def _minutes_charge(guest_id: ObjectId, listing_id: ObjectId, minutes: int) -> None:
    rate = settings.RATE_LIMIT_HOLD_MINUTES
    with suppress(RedisError):
        if rate and minutes:
            rate_limits.hit(rate, SCOPE, f"{guest_id}:{listing_id}", cost=minutes)


def _check_minutes(guest_id: ObjectId, listing_id: ObjectId) -> None:
    """Open where Redis is away."""
    rate, who = settings.RATE_LIMIT_HOLD_MINUTES, f"{guest_id}:{listing_id}"
    with suppress(RedisError):
        if rate and rate_limits.is_used_up(rate, SCOPE, who):
            hours = -(-rate_limits.seconds_left(rate, SCOPE, who) // 3600)
            raise HeldTooLongError(hours=hours)


def _placed(guest_id: ObjectId, stay: Stay, quote_token: str | None, now: dt.datetime) -> HoldReply:
    terms = listing_terms(stay.listing_id)
    guest_check(terms, guest_id)
    stay_check(terms, **stay.requested(), now=now)
    _check_minutes(guest_id, stay.listing_id)
    priced, quote_id = price_agreed(terms, stay, token=quote_token, guest_id=guest_id, now=now)
    hold: HoldRow = {
        "_id": ObjectId(),
        "guest_id": guest_id,
        "slot": _slot_free(guest_id, stay, terms["prep_nights"], now=now),
        "listing_id": stay.listing_id,
        "check_in": midnight(stay.check_in),
        "check_out": midnight(stay.check_out),
        "guest_count": stay.guest_count,
        "quote_id": quote_id,
        "lines": priced.lines,
        "total_price": priced.total,
        "currency": priced.currency,
        "expires_at": now + settings.HOLD_TTL,
        "created_at": now,
    }
    nights_claim(
        listing_id=stay.listing_id,
        check_in=stay.check_in,
        check_out=stay.check_out,
        prep_nights=terms["prep_nights"],
        kind=ClaimKind.HOLD,
        owner_id=owner_of(hold["_id"]),
        expires_at=hold["expires_at"],
        now=now,
    )
    user_keep_active(guest_id)
    listing_keep_open(stay.listing_id)
    try:
        holds.insert_one(hold)
    except DuplicateKeyError as error:
        raise mongo.StartAnewError from error
    return hold_reply(hold, listing=listing_summary(terms))


def _slot_free(guest_id: ObjectId, stay: Stay, prep_nights: int, *, now: dt.datetime) -> int:
    """Ends the guest's holds that the new one replaces and those that expired."""
    query = {"guest_id": guest_id}
    mine = list(holds.find(query))
    over = [hold for hold in mine if _has_expired(hold, now) or _overlaps(hold, stay, prep_nights)]
    holds_end(hold["_id"] for hold in over)
    kept = [hold for hold in mine if hold not in over]
    slots = set(range(settings.HOLDS_A_GUEST)) - {hold["slot"] for hold in kept}
    if len(kept) >= _most(guest_id, now):
        raise TooManyHoldsError(count=len(kept), details={"holds": hold_replies(kept)})
    return min(slots)


def _most(guest_id: ObjectId, now: dt.datetime) -> int:
    """An account's id says when it was made."""
    is_new = now - guest_id.generation_time < settings.NEW_GUEST
    return int(settings.HOLDS_A_NEW_GUEST if is_new else settings.HOLDS_A_GUEST)


def _has_expired(hold: HoldRow, now: dt.datetime) -> bool:
    return _expiry(hold) <= now


def _expiry(hold: HoldRow) -> dt.datetime:
    return hold["expires_at"].replace(tzinfo=dt.UTC)


def _overlaps(hold: HoldRow, stay: Stay, prep_nights: int) -> bool:
    prepared = dt.timedelta(days=prep_nights)
    return bool(
        hold["listing_id"] == stay.listing_id
        and hold["check_in"].date() < stay.check_out + prepared
        and stay.check_in < hold["check_out"].date() + prepared
    )


def holds_end(hold_ids: Iterable[ObjectId]) -> None:
    """Removes holds and frees what they still claim. Belongs in a transaction."""
    for hold_id in hold_ids:
        nights_release(owner_id=owner_of(hold_id))
        holds.delete_one({"_id": hold_id})


def holds_own(claims: Iterable[Claim], guest_id: ObjectId) -> dict[str, ObjectId]:
    """Of the owners of the `claims` those that are holds of the guest, with their ids."""
    owners = {claim["owner_id"] for claim in claims if claim["kind"] == ClaimKind.HOLD}
    ids = [ObjectId(owner.removeprefix(OWNER)) for owner in owners if owner.startswith(OWNER)]
    if not ids:
        return {}
    query = {"_id": {"$in": ids}, "guest_id": guest_id}
    found = holds.find(query, {"_id": 1})
    return {owner_of(row["_id"]): row["_id"] for row in found}


def hold_release(*, hold_id: ObjectId, guest_id: ObjectId | None = None) -> None:
    """Raises `HoldUnknownError`, also for one that is not the guest's. Staff name no guest."""
    query = {"_id": hold_id} if guest_id is None else {"_id": hold_id, "guest_id": guest_id}

    def transaction() -> None:
        if not holds.exists(query):
            raise HoldUnknownError
        holds_end([hold_id])

    mongo.run_in_transaction(transaction)


def holds_expire(*, now: dt.datetime) -> int:
    """Removes the holds that expired. Nobody waits for it: their nights are free already."""
    due = {"expires_at": {"$lte": now}}
    ids = [row["_id"] for row in holds.find(due, {"_id": 1}).limit(AT_ONCE)]
    for hold_id in ids:
        mongo.run_in_transaction(partial(holds_end, [hold_id]))
    return len(ids)
