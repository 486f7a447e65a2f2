"""A provider notifies us. Retries at once the commands that it says are done, and records what was
done at the provider's own pages. The same notice twice, or late, changes nothing more."""

import datetime as dt
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import InvalidInputError, NotFoundError
from apps.payments.clients import provider
from apps.payments.clients.port import Authorised, Notice, NoticeInvalidError
from apps.payments.enums import Command, CommandStatus, PaymentState
from apps.payments.selectors import payment_stored
from apps.payments.services import ledger
from apps.payments.services.authorise import outcome_store
from apps.payments.services.commands import command_add
from apps.payments.services.execute import commands_execute
from apps.payments.services.payable import payable
from apps.payments.services.plan import BookingPayments
from apps.payments.services.results import command_done

logger = logging.getLogger(__name__)
Row = Mapping[str, Any]
ENDED = [PaymentState.CAPTURED.value, PaymentState.VOIDED.value]
UNFINISHED = [CommandStatus.DUE.value, CommandStatus.FAILED.value]


def payment_notice(body: bytes, signature: str, *, now: dt.datetime) -> bool:
    """Returns whether it was about a payment of ours.

    Raises `InvalidInputError` PAYMENT_NOTICE_INVALID.
    """
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
    _catch_up(payment, notice, now)
    return True


def _catch_up(payment: Row, notice: Notice, now: dt.datetime) -> None:
    payment_id = payment["_id"]
    if notice.is_authorised or notice.captured is not None:
        outcome_store(payment_id, Authorised(notice.ref), now=now)
    for kind, is_reported in (
        (Command.VOID, notice.is_voided),
        (Command.CAPTURE, notice.captured is not None),
        (Command.REFUND, notice.refunded is not None),
    ):
        if is_reported and not _retried(payment_id, kind, now):
            mongo.run_in_transaction(partial(_recorded, payment_id, kind, notice, now))


def _retried(payment_id: ObjectId, kind: Command, now: dt.datetime) -> bool:
    """Returns whether we have asked for it without knowing the outcome: then it is asked again at
    once, with its own key, and the answer is that of the first time."""
    asked = {"payment_id": payment_id, "kind": kind.value, "status": {"$in": UNFINISHED}}
    due = {"status": CommandStatus.DUE.value, "next_at": now}
    found = mongo.collection("payment_commands").update_many(asked, {"$set": due})
    if found.matched_count:
        commands_execute(now=now, payment_id=payment_id)
    return found.matched_count > 0


def _recorded(payment_id: ObjectId, kind: Command, notice: Notice, now: dt.datetime) -> None:
    payment = payment_stored(payment_id)
    if kind is Command.VOID:
        _void_recorded(payment, now)
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


def _void_recorded(payment: Row, now: dt.datetime) -> None:
    """An authorisation also lapses by itself, after a week at most banks."""
    mongo.collection("payments").update_one(
        {
            "_id": payment["_id"],
            "status": {"$nin": ENDED},
        },
        {
            "$set": {
                "status": PaymentState.VOIDED.value,
                "problem": "The provider let the reservation go.",
                "updated_at": now,
            }
        },
        session=mongo.session(),
    )


def _postings(payment: Row, kind: Command, amount: int) -> list[dict[str, Any]]:
    """By the booking's price: what is still to be captured, or what is captured."""
    if payment["booking_id"] is None:
        return []
    price = payable().price_allocation(payment["booking_id"])
    query, session = {"booking_id": payment["booking_id"]}, mongo.session()
    commands = list(mongo.collection("payment_commands").find(query, session=session))
    captured = BookingPayments([payment], commands).allocation
    if kind is Command.REFUND:
        return ledger.postings(_part(ledger.difference({}, captured), price, -amount))
    return ledger.postings(_part(ledger.difference(price, captured), price, amount))


def _part(due: ledger.Allocation, whole: ledger.Allocation, amount: int) -> ledger.Allocation:
    return ledger.split(due if sum(due.values()) else whole, [amount])[0]
