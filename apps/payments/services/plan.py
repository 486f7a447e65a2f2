"""What has to be asked of a booking's payments so that a wanted amount of it is the one that stays
taken. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from apps.bookings.enums import Charge, Command
from apps.bookings.services import ledger
from apps.bookings.services.ledger import Shares

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    kind: Command
    payment: Row
    amount: int
    postings: Sequence[Row] = ()


class Books:
    """The payments of one booking, oldest first, and everything that was asked of them: what failed
    counts as well, since it is tried again or settled by hand. `adjustments` are ledger entries
    that moved no money."""

    def __init__(
        self, payments: Sequence[Row], commands: Sequence[Row], adjustments: Sequence[Row] = ()
    ) -> None:
        self.payments = payments
        self.commands = commands
        self.adjustments = adjustments

    @property
    def shares(self) -> Shares:
        """Of what is taken, once everything is done."""
        rows = (*self.commands, *self.adjustments)
        return ledger.shares_posted(posting for row in rows for posting in row["postings"])

    @property
    def taken(self) -> int:
        return sum(self.shares.values())

    def free(self) -> list[Row]:
        """Authorised, and nothing asked yet: a payment is captured once, and its rest let go."""
        asked = {command["payment_id"] for command in self.commands}
        return [
            payment
            for payment in self.payments
            if payment["status"] == Charge.AUTHORISED and payment["_id"] not in asked
        ]

    def refundable(self, payment: Row) -> int:
        return self._asked(payment["_id"], Command.CAPTURE) - self._asked(
            payment["_id"], Command.REFUND
        )

    def _asked(self, payment_id: ObjectId, kind: Command) -> int:
        return sum(
            command["amount"]
            for command in self.commands
            if command["payment_id"] == payment_id and command["kind"] == kind
        )


def planned(books: Books, wanted: Shares) -> list[Ask]:
    """Captures from the oldest payment on, or refunds from the newest on; then nothing stays
    reserved."""
    news = ledger.difference(wanted, books.shares)
    due = sum(news.values())
    if due > 0:
        pieces = _pieces(due, [(payment, payment["amount"]) for payment in books.free()])
        moves = _moves(Command.CAPTURE, pieces, news, sign=1)
    else:
        given = [(payment, books.refundable(payment)) for payment in reversed(books.payments)]
        moves = _moves(Command.REFUND, _pieces(-due, given), news, sign=-1)
    used = {move.payment["_id"] for move in moves}
    voids = [
        Ask(Command.VOID, payment, payment["amount"])
        for payment in books.free()
        if payment["_id"] not in used
    ]
    return [*moves, *voids]


def _pieces(amount: int, sources: Sequence[tuple[Row, int]]) -> list[tuple[Row, int]]:
    """`amount` out of the sources in their order, or as much as they have."""
    pieces = []
    for payment, most in sources:
        piece = min(amount, most)
        if piece > 0:
            pieces.append((payment, piece))
            amount -= piece
    return pieces


def _moves(
    kind: Command, pieces: Sequence[tuple[Row, int]], news: Shares, *, sign: int
) -> list[Ask]:
    parts = ledger.split(news, [sign * amount for _, amount in pieces])
    return [
        Ask(kind, payment, amount, ledger.postings(part))
        for (payment, amount), part in zip(pieces, parts, strict=True)
    ]
