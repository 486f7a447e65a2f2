"""What a plan offers where no stay fits the request, and the sentence that says why."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from apps.ai.replies.trips import StayReply
from apps.ai.services.itinerary_views import guests_text
from apps.ai.services.stays import RequestedStay, stays_free, stays_on_other_dates
from apps.common.money import from_wire, money_text, units_of

MOST = 3


class OtherStays(NamedTuple):
    obstacle: str
    stays: list[StayReply]


def other_stays(request: RequestedStay, *, now: dt.datetime) -> OtherStays:
    """Finds dearer stays on the same dates, or where nothing is free stays on other dates."""
    dearer = stays_free(request, now=now) if request.budget is not None else []
    if dearer:
        return OtherStays(_budget_obstacle(request, dearer), _cheapest(dearer))
    return OtherStays(_full(request), stays_on_other_dates(request, now=now, most=MOST))


def _budget_obstacle(request: RequestedStay, dearer: Sequence[StayReply]) -> str:
    city, currency = request.place.city, dearer[0].currency
    if request.currency not in {None, *(stay.currency for stay in dearer)}:
        return (
            f"Prices in {city} are in {currency}, so a budget in {request.currency} cannot be "
            "compared with them."
        )
    budget = units_of(request.budget or 0, request.currency)
    most = money_text(from_wire(budget, currency), currency)
    return f"No available stay in {city} on these dates costs {most} or less in total."


def _full(request: RequestedStay) -> str:
    nights = "this night" if request.nights == 1 else f"all {request.nights} nights"
    guests = guests_text(request.guests)
    return f"No listing in {request.place.city} is available for {guests} on {nights}."


def _cheapest(stays: Sequence[StayReply]) -> list[StayReply]:
    return sorted(stays, key=lambda stay: (stay.total_price, stay.listing.id))[:MOST]
