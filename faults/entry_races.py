"""A race for the search entry of one listing, which everything that claims nights there writes."""

from collections.abc import Sequence
from dataclasses import replace

from faults.fixtures import stay_of
from faults.rounds import Facts, Race, Round


class OneSearchEntry(Race):
    """A booking, a hold that is released again, an owner's block and a cancellation, all on other
    nights: each succeeds, and the entry has what all of them did."""

    name = "all that changes a search entry"
    guard = "the entry in the transaction"
    allowed = frozenset({"200", "201", "204"})
    seen = allowed

    def prepare(self, at: Round) -> Round:
        return replace(at, booking_ids=(at.booked(3, start=8),))

    def act(self, at: Round, place: int) -> str:
        return (self._book, self._hold, self._block, self._cancel)[place](at)

    def breach(self, outcomes: Sequence[str], facts: Facts) -> str:
        return ", ".join(facts.entry_differs)

    def _book(self, at: Round) -> str:
        return at.book(0)

    def _hold(self, at: Round) -> str:
        guest = at.guest(1)
        held = guest.post("/api/bookings/holds", stay_of(at.listing_id, start=3))
        return guest.call("DELETE", f"/api/bookings/holds/{held.body['id']}").outcome

    def _block(self, at: Round) -> str:
        start, end = at.dates(start=5).values()
        body = {"block": [{"start": start, "end": end}]}
        return at.host().call("PUT", f"/api/owner/availability/{at.listing_id}", body).outcome

    def _cancel(self, at: Round) -> str:
        return at.guest(3).post(f"/api/bookings/{at.booking_ids[0]}/cancel").outcome
