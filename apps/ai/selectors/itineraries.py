from bson import ObjectId

from apps.ai.replies.trips import ItineraryHeadReply
from apps.ai.rows import ItineraryHeadRow, ItineraryRow, itineraries
from apps.common.errors import NotFoundError
from apps.common.pagination import Page
from apps.common.replies import Paged
from apps.common.rows import fields_of

HEAD = dict.fromkeys(fields_of(ItineraryHeadRow), 1)
NEWEST = [("created_at", -1), ("_id", -1)]


class ItineraryUnknownError(NotFoundError):
    sentence = "There is no such itinerary."


def itinerary_stored(itinerary_id: ObjectId, *, user_id: ObjectId) -> ItineraryRow:
    """Raises `ItineraryUnknownError`, also for another traveler's plan."""
    found = itineraries.find_one({"_id": itinerary_id, "user_id": user_id})
    if found is None:
        raise ItineraryUnknownError
    return found


def itinerary_page(user_id: ObjectId, *, page: Page) -> Paged[ItineraryHeadReply]:
    """Lists the newest first, without their days."""
    query = {"user_id": user_id}
    found = itineraries.find(query, HEAD).sort(NEWEST).skip(page.skip).limit(page.per_page)
    total = itineraries.count(query, hint="user_newest")
    return Paged.of([ItineraryHeadReply.of(row) for row in found], page=page, total=total)
