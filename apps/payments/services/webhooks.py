"""What a provider tells by itself. It hurries what we asked for, and what was done past us, in the
provider's own pages, is written down. The same notice twice, or late, changes nothing more."""

import datetime as dt
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from bson import ObjectId

from apps.bookings.clients.payments import provider
from apps.bookings.clients.payments.port import Authorised, Notice, NoticeInvalidError
from apps.bookings.enums import Charge, Command, CommandStatus
from apps.bookings.selectors import booking_stored, payment_stored
from apps.bookings.services import ledger
from apps.bookings.services.payments.authorise import outcome_store
from apps.bookings.services.payments.commands import command_add
from apps.bookings.services.payments.effects import command_done
from apps.bookings.services.payments.plan import Books
from apps.bookings.services.payments.settle import payments_settle
from apps.common import mongo
from apps.common.errors import InvalidInputError, NotFoundError

logger = logging.getLogger(__name__)
Row = Mapping[str, Any]
UNFINISHED = [CommandStatus.DUE.value, CommandStatus.FAILED.value]


def payment_notice(body: bytes, signature: str, *, now: dt.datetime) -> bool:
    """Whether it was about a payment of ours. Raises `InvalidInputError` PAYMENT_NOTICE_INVALID."""
    try:
        notice = provider().notice(body, signature)
    except NoticeInvalidError as error:
        raise InvalidInputError(error.sentence, code="PAYMENT_NOTICE_INVALID") from error
    if notice is None or not ObjectId.is_valid(notice.payment_id):
        return False
    try:
        payment = payment_stored(ObjectId(notice.payment_id))
    except NotFoundError:
        logger.warning("payments.notice_of_unknown", extra={"payment_id": notice.payment_id})
        return False
    if payment["provider_ref"] not in {None, notice.ref}:
        logger.warning("payments.notice_of_another", extra={"payment_id": notice.payment_id})
        return False
    _caught_up(payment, notice, now)
    return True


def _caught_up(payment: Row, notice: Notice, now: dt.datetime) -> None:
    payment_id = payment["_id"]
    if notice.is_authorised or notice.captured is not None:
        outcome_store(payment_id, Authorised(notice.ref), now=now)
    for kind, is_said in (
        (Command.VOID, notice.is_voided),
        (Command.CAPTURE, notice.captured is not None),
        (Command.REFUND, notice.refunded is not None),
    ):
        if is_said and not _hurried(payment_id, kind, now):
            mongo.run_in_transaction(partial(_written_down, payment_id, kind, notice, now))


def _hurried(payment_id: ObjectId, kind: Command, now: dt.datetime) -> bool:
    """Whether it is what we asked for and have not heard of: then it is asked again at once, with
    its own key, and the answer is the first one's."""
    asked = {"payment_id": payment_id, "kind": kind.value, "status": {"$in": UNFINISHED}}
    due = {"status": CommandStatus.DUE.value, "next_at": now}
    found = mongo.collection("payment_commands").update_many(asked, {"$set": due})
    if found.matched_count:
        payments_settle(now=now, payment_id=payment_id)
    return found.matched_count > 0


def _written_down(payment_id: ObjectId, kind: Command, notice: Notice, now: dt.datetime) -> None:
    payment = payment_stored(payment_id)
    if kind is Command.VOID:
        _void_past_us(payment, now)
        return
    said = notice.captured if kind is Command.CAPTURE else notice.refunded
    known = payment["captured"] if kind is Command.CAPTURE else payment["refunded"]
    amount = (said or 0) - known
    if amount <= 0:
        return
    said_of = {"payment_id": str(payment_id), "kind": kind.value, "amount": amount}
    mongo.after_commit(partial(logger.warning, "payments.moved_past_us", extra=said_of))
    command_id = command_add(
        kind, payment, amount, now=now, postings=_postings(payment, kind, amount)
    )
    command = mongo.collection("payment_commands").find_one(
        {"_id": command_id}, session=mongo.session()
    )
    assert command is not None
    command_done(command, ref=notice.ref, now=now)


def _void_past_us(payment: Row, now: dt.datetime) -> None:
    """An authorisation also lapses by itself, after a week at most banks."""
    mongo.collection("payments").update_one(
        {"_id": payment["_id"], "status": {"$nin": [Charge.CAPTURED.value, Charge.VOIDED.value]}},
        {
            "$set": {
                "status": Charge.VOIDED.value,
                "problem": "The provider let the reservation go.",
                "updated_at": now,
            }
        },
        session=mongo.session(),
    )


def _postings(payment: Row, kind: Command, amount: int) -> list[dict[str, Any]]:
    """By the booking's lines: what is still to be taken, or what is taken."""
    if payment["booking_id"] is None:
        return []
    booking = booking_stored(payment["booking_id"])
    session = mongo.session()
    query = {"booking_id": booking["_id"]}
    commands = list(mongo.collection("payment_commands").find(query, session=session))
    taken = Books([payment], commands).shares
    whole = ledger.shares_of(booking["lines"], host_id=booking["host_id"])
    if kind is Command.REFUND:
        return ledger.postings(_part(ledger.difference({}, taken), whole, -amount))
    return ledger.postings(_part(ledger.difference(whole, taken), whole, amount))


def _part(due: ledger.Shares, whole: ledger.Shares, amount: int) -> ledger.Shares:
    return ledger.split(due if sum(due.values()) else whole, [amount])[0]
