"""The payments follow their booking: each of its changes decides here, in its own transaction,
what its provider has to do."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.bookings import policies, states
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.services import ledger
from apps.bookings.services.ledger import Shares
from apps.bookings.services.payments.commands import command_add
from apps.bookings.services.payments.plan import Books, planned
from apps.bookings.services.payments.settle import settle_after_commit
from apps.common import mongo

Row = Mapping[str, Any]
# These keep what is reserved: a proposal for its answer.
LEAVE_AS_IT_IS = frozenset({Action.PROPOSE, Action.REMIND})
PAID_FOR = frozenset({Status.CONFIRMED, Status.COMPLETED})


def payments_follow(before: Row, after: Row, change: Row, *, now: dt.datetime) -> None:
    """In the transaction of the change, after it: inserts the commands. They are carried out after
    the commit."""
    if after["status"] == Status.PENDING or change["action"] in LEAVE_AS_IT_IS:
        return
    books = _books(after["_id"])
    if not books.payments:
        return
    wanted = wanted_shares(before, after, change, books, now)
    asked = planned(books, wanted)
    for ask in asked:
        command_add(ask.kind, ask.payment, ask.amount, now=now, postings=ask.postings)
    if not any(ask.postings for ask in asked):
        _adjusted(after, ledger.difference(wanted, books.shares), now)
    settle_after_commit([ask.payment for ask in asked], now=now)


def payments_missing(booking: Row, *, total: int) -> int:
    """What has to be authorised besides what the booking's payments have for `total`. One that was
    never asked to pay owes the difference alone."""
    books = _books(booking["_id"])
    if not books.payments:
        return max(0, total - booking["total_price"])
    reserved = sum(payment["amount"] for payment in books.free())
    have = reserved if booking["status"] == Status.PENDING else books.taken
    return max(0, total - have)


def _books(booking_id: ObjectId) -> Books:
    query, session = {"booking_id": booking_id}, mongo.session()
    oldest = [("created_at", 1), ("_id", 1)]
    payments = mongo.collection("payments").find(query, session=session).sort(oldest)
    commands = mongo.collection("payment_commands").find(query, session=session)
    moved_nothing = {**query, "postings.account": {"$ne": ledger.CASH}}
    adjustments = mongo.collection("ledger_entries").find(moved_nothing, session=session)
    return Books(list(payments), list(commands), list(adjustments))


def wanted_shares(before: Row, after: Row, change: Row, books: Books, now: dt.datetime) -> Shares:
    """Of the money that is to stay taken."""
    if after["status"] in PAID_FOR:
        return ledger.shares_of(after["lines"], host_id=after["host_id"])
    assert after["status"] in states.RELEASES_NIGHTS
    if before["status"] != Status.CONFIRMED:
        return {}
    back = policies.refund(before, actor=Actor(change["actor"]), at=now)
    returned = ledger.shares_of(back.lines, host_id=after["host_id"])
    return ledger.difference(books.shares, _at_most(returned, books.taken))


def _at_most(shares: Shares, most: int) -> Shares:
    return shares if sum(shares.values()) <= most else ledger.split(shares, [most])[0]


def _adjusted(booking: Row, news: Shares, now: dt.datetime) -> None:
    """The same amount for other things: no money moves, but who is owed does."""
    if any(news.values()) and not sum(news.values()):
        made_of = ledger.postings(news)
        ledger.entry_add(ObjectId(), booking=booking, text="Altered", made_of=made_of, now=now)
