"""Plans of trips. A planner chooses among the stays and activities that were found for it; what a
stay costs and whether it is free comes from the quote at every reply, never from a planner or a
stored plan."""

import datetime as dt

from bson import ObjectId

from apps.ai.replies.trips import ItineraryReply
from apps.ai.rows import ItineraryRow, itineraries
from apps.ai.selectors.itineraries import ItineraryUnknownError, itinerary_stored
from apps.ai.selectors.places import place_named
from apps.ai.services.itinerary_views import itinerary_view
from apps.ai.services.planned_rows import row_planned
from apps.ai.services.requests import TripRequest
from apps.ai.services.stays import stays_now
from apps.common.errors import InvalidInputError
from apps.properties.nights import WINDOW_DAYS

MOST_ALTERNATIVES = 3
BOOKED_MEANWHILE = "The chosen stay was booked while this plan was made. Plan the trip again."


class PastTripError(InvalidInputError):
    field = "start_date"
    code = "PAST_DATE"
    sentence = "Must be today or later."


class DistantTripError(InvalidInputError):
    field = "start_date"
    code = "TOO_FAR_AHEAD"
    sentence = "Trips can be planned up to two years ahead."


def itinerary_plan(*, user_id: ObjectId, request: TripRequest, now: dt.datetime) -> ItineraryReply:
    """Makes a plan and stores it; the same request again replaces it.

    Raises `PastTripError`, `DistantTripError`, `UnknownDestinationError`.
    """
    _dates_check(request, now)
    place = place_named(request.destination)
    row = row_planned(user_id, request, place, now)
    _still_free(row, now)
    view = itinerary_view(row, user_id=user_id, now=now)
    itineraries.replace_one({"_id": row["_id"]}, row, upsert=True)
    return view


def itinerary_detail(
    itinerary_id: ObjectId, *, user_id: ObjectId, now: dt.datetime
) -> ItineraryReply:
    """Raises `ItineraryUnknownError`, also for another traveler's."""
    row = itinerary_stored(itinerary_id, user_id=user_id)
    return itinerary_view(row, user_id=user_id, now=now)


def itinerary_delete(itinerary_id: ObjectId, *, user_id: ObjectId) -> None:
    """Raises `ItineraryUnknownError`, also for another traveler's."""
    query = {"_id": itinerary_id, "user_id": user_id}
    if not itineraries.delete_one(query).deleted_count:
        raise ItineraryUnknownError


def _dates_check(request: TripRequest, now: dt.datetime) -> None:
    """Leaves a day of grace: at the destination it may still be yesterday."""
    days = (request.start_date - now.date()).days
    if days < -1:
        raise PastTripError
    if days > WINDOW_DAYS:
        raise DistantTripError


def _still_free(row: ItineraryRow, now: dt.datetime) -> None:
    """Keeps those stays of a plan just made that are still free: a planner may take its time."""
    stored = [stay for stay in (row["stay"], *row["alternatives"]) if stay]
    found = stays_now(stored, guests=row["guests"], user_id=row["user_id"], now=now)
    free = [stay for stay, is_free in zip(stored, found, strict=True) if is_free]
    if row["stay"]:
        row["stay"], free = (free[0], free[1:]) if free else (None, [])
        row["obstacle"] = "" if row["stay"] else BOOKED_MEANWHILE
    row["alternatives"] = free[:MOST_ALTERNATIVES]
