"""What an account may do whose address is not confirmed yet: the one table. Whoever calls anything
else that changes something is refused with the next step; reading is open to all.

docs/accounts.md shows it, and a test walks every operation.
"""

from collections.abc import Mapping

UNVERIFIED_MAY: Mapping[str, tuple[str, ...]] = {
    "keep favorites and preferences": (
        "POST api/traveler/favorites",
        "DELETE api/traveler/favorites/<str:listing_id>",
        "PUT api/traveler/preferences",
    ),
    "ask what a stay costs and where to go": (
        "POST api/bookings/quote",
        "POST api/ai/itinerary",
        "DELETE api/ai/itineraries/<str:itinerary_id>",
        "POST api/ai/search",
    ),
    "read what they are notified of": (
        "PUT api/notifications/preferences",
        "POST api/notifications/read-all",
        "POST api/notifications/<str:notification_id>/read",
    ),
}
