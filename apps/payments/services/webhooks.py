"""A provider notifies us. Retries at once the commands that it says are done, and records what was
done at the provider's own pages. The same notice twice, or late, changes nothing more."""

import datetime as dt
import logging
from functools import partial
from typing import ClassVar

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import InvalidInputError
from apps.payments.clients import provider
from apps.payments.clients.port import Authorised, Notice, NoticeInvalidError
from apps.payments.enums import Command, CommandStatus, PaymentState
from apps.payments.rows import PaymentRow, PostingRow, payment_commands, payments
from apps.payments.selectors import PaymentUnknownError, payment_stored
from apps.payments.services import ledger
from apps.payments.services.authorise import outcome_store
from apps.payments.services.commands import command_add
from apps.payments.services.execute import commands_execute
from apps.payments.services.payable import payable
from apps.payments.services.plan import BookingPayments
from apps.payments.services.results import command_done

logger = logging.getLogger(__name__)
ENDED = [PaymentState.CAPTURED.value, PaymentState.VOIDED.value]
UNFINISHED = [CommandStatus.DUE.value, CommandStatus.FAILED.value]


class PaymentNoticeInvalidError(InvalidInputError):
    code = "PAYMENT_NOTICE_INVALID"
    sentence = "{reason}"
    sample: ClassVar = {"reason": "The signature of this message is not Stripe's."}


def payment_notice(body: bytes, signature: str, *, now: dt.datetime) -> bool:
    """Returns whether it was about a payment of ours.

    Raises `PaymentNoticeInvalidError`.
    """
    try:
        notice = provider().notice(body, signature)
    except NoticeInvalidError as error:
        raise PaymentNoticeInvalidError(reason=error.sentence) from error
    if notice is None or not ObjectId.is_valid(notice.payment_id):
        return False
    try:
        payment = payment_stored(ObjectId(notice.payment_id))
    except PaymentUnknownError:
        logger.warning("payments.notice_of_unknown", extra={"payment_id": notice.payment_id})
        return False
    if payment["provider_ref"] not in {None, notice.ref}:
        logger.warning("payments.notice_of_another", extra={"payment_id": notice.payment_id})
        return False
    _catch_up(payment, notice, now)
    return True


def _catch_up(payment: PaymentRow, notice: Notice, now: dt.datetime) -> None:
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
    found = payment_commands.update_many(asked, {"$set": due})
    if found.matched_count:
        commands_execute(now=now, payment_id=payment_id)
    return found.matched_count > 0


def _recorded(payment_id: ObjectId, kind: Command, notice: Notice, now: dt.datetime) -> None:
    payment = payment_stored(payment_id)
    if kind is Command.VOID:
        _void_recorded(payment, now)
        return
    reported = notice.captured if kind is Command.CAPTURE else notice.refunded
    known = payment["captured"] if kind is Command.CAPTURE else payment["refunded"]
    amount = (reported or 0) - known
    if amount <= 0:
        return
    extra = {"payment_id": str(payment_id), "kind": kind.value, "amount": amount}
    mongo.after_commit(partial(logger.warning, "payments.moved_past_us", extra=extra))
    command_id = command_add(
        kind, payment, amount, now=now, postings=_postings(payment, kind, amount)
    )
    command = payment_commands.find_one({"_id": command_id})
    assert command is not None
    command_done(command, ref=notice.ref, now=now)


def _void_recorded(payment: PaymentRow, now: dt.datetime) -> None:
    """An authorisation also lapses by itself, after a week at most banks."""
    payments.update_one(
        {"_id": payment["_id"], "status": {"$nin": ENDED}},
        {
            "$set": {
                "status": PaymentState.VOIDED.value,
                "problem": "The provider released the reservation.",
                "updated_at": now,
            }
        },
    )


def _postings(payment: PaymentRow, kind: Command, amount: int) -> list[PostingRow]:
    """By the booking's price: what is still to be captured, or what is captured."""
    if payment["booking_id"] is None:
        return []
    price = payable().price_allocation(payment["booking_id"])
    commands = list(payment_commands.find({"booking_id": payment["booking_id"]}))
    captured = BookingPayments([payment], commands).allocation
    if kind is Command.REFUND:
        return ledger.postings(_part(ledger.difference({}, captured), price, -amount))
    return ledger.postings(_part(ledger.difference(price, captured), price, amount))


def _part(due: ledger.Allocation, whole: ledger.Allocation, amount: int) -> ledger.Allocation:
    return ledger.split(due if sum(due.values()) else whole, [amount])[0]
