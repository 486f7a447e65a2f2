"""What an account may do whose address is not confirmed yet: the one table. Whoever calls anything
else that changes something is refused with the next step; reading is open to all.

docs/accounts.md shows it, and tests walk every operation and compare.
"""

from collections.abc import Mapping

UNVERIFIED_MAY: Mapping[str, tuple[str, ...]] = {
    "keep favorites and preferences": (
        "POST api/traveler/favorites",
        "DELETE api/traveler/favorites/<str:listing_id>",
        "PUT api/traveler/preferences",
    ),
    "ask where to go": (
        "POST api/ai/itinerary",
        "DELETE api/ai/itineraries/<str:itinerary_id>",
    ),
    "look after the own account": (
        "PUT api/traveler/profile",
        "POST api/traveler/profile/picture",
        "DELETE api/traveler/profile/picture",
        "PUT api/owner/profile",
        "POST api/owner/profile/picture",
        "DELETE api/owner/profile/picture",
        "DELETE api/account",
        "POST api/account/export",
        "POST api/account/verify/resend",
        "POST api/account/password",
        "POST api/account/email",
        "POST api/account/logout",
        "DELETE api/account/sessions",
        "DELETE api/account/sessions/<str:session_id>",
    ),
    "read what they are notified of": (
        "PUT api/notifications/preferences",
        "POST api/notifications/read-all",
        "POST api/notifications/<str:notification_id>/read",
    ),
}
_ALLOWED = frozenset(call for calls in UNVERIFIED_MAY.values() for call in calls)
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


def may_unverified(method: str, route: str) -> bool:
    """`route` is the pattern of the URL, as in the table."""
    return method in _READS or f"{method} {route}" in _ALLOWED
