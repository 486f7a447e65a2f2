"""Plans the commands after which as much stays captured as a booking is to keep. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bson import ObjectId

from apps.payments.enums import Command, PaymentState
from apps.payments.rows import LedgerEntryRow, PaymentCommandRow, PaymentRow, PostingRow
from apps.payments.services import ledger
from apps.payments.services.ledger import Allocation


@dataclass(frozen=True)
class PlannedCommand:
    kind: Command
    payment: PaymentRow
    amount: int
    postings: Sequence[PostingRow] = ()


class BookingPayments:
    """The payments of one booking, oldest first, and everything that was asked of them: what failed
    counts as well, since it is tried again or finished by hand. `adjustments` are ledger entries
    that moved no money."""

    def __init__(
        self,
        rows: Sequence[PaymentRow],
        commands: Sequence[PaymentCommandRow],
        adjustments: Sequence[LedgerEntryRow] = (),
    ) -> None:
        self.rows = rows
        self.commands = commands
        self.adjustments = adjustments

    @property
    def allocation(self) -> Allocation:
        """Of what is captured, once everything is done."""
        return ledger.allocation_posted(self._postings())

    @property
    def captured(self) -> int:
        return sum(self.allocation.values())

    def kept_after(self, returned: Allocation) -> Allocation:
        """What stays captured when `returned`, or as much of it as there is, is refunded."""
        if sum(returned.values()) > self.captured:
            returned = ledger.split(returned, [self.captured])[0]
        return ledger.difference(self.allocation, returned)

    def _postings(self) -> Iterator[PostingRow]:
        for row in (*self.commands, *self.adjustments):
            yield from row["postings"]

    def free(self) -> list[PaymentRow]:
        """Authorised, and nothing asked yet: a payment is captured once, and the rest of it
        released."""
        asked = {command["payment_id"] for command in self.commands}
        return [
            payment
            for payment in self.rows
            if payment["status"] == PaymentState.AUTHORISED and payment["_id"] not in asked
        ]

    def refundable(self, payment: PaymentRow) -> int:
        return self._asked(payment["_id"], Command.CAPTURE) - self._asked(
            payment["_id"], Command.REFUND
        )

    def _asked(self, payment_id: ObjectId, kind: Command) -> int:
        return sum(
            command["amount"]
            for command in self.commands
            if command["payment_id"] == payment_id and command["kind"] == kind
        )


def commands_planned(payments: BookingPayments, kept: Allocation) -> list[PlannedCommand]:
    """Captures from the oldest payment on, or refunds from the newest on; then nothing stays
    reserved."""
    change = ledger.difference(kept, payments.allocation)
    due = sum(change.values())
    if due > 0:
        pieces = _pieces(due, [(payment, payment["amount"]) for payment in payments.free()])
        moves = _moves(Command.CAPTURE, pieces, change, sign=1)
    else:
        sources = [(payment, payments.refundable(payment)) for payment in reversed(payments.rows)]
        moves = _moves(Command.REFUND, _pieces(-due, sources), change, sign=-1)
    used = {move.payment["_id"] for move in moves}
    voids = [
        PlannedCommand(Command.VOID, payment, payment["amount"])
        for payment in payments.free()
        if payment["_id"] not in used
    ]
    return [*moves, *voids]


def _pieces(amount: int, sources: Sequence[tuple[PaymentRow, int]]) -> list[tuple[PaymentRow, int]]:
    """`amount` out of the sources in their order, or as much as they have."""
    pieces = []
    for payment, most in sources:
        piece = min(amount, most)
        if piece > 0:
            pieces.append((payment, piece))
            amount -= piece
    return pieces


def _moves(
    kind: Command, pieces: Sequence[tuple[PaymentRow, int]], change: Allocation, *, sign: int
) -> list[PlannedCommand]:
    parts = ledger.split(change, [sign * amount for _, amount in pieces])
    return [
        PlannedCommand(kind, payment, amount, ledger.postings(part))
        for (payment, amount), part in zip(pieces, parts, strict=True)
    ]
