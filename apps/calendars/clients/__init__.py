"""The network: only addresses of the outside are connected to, and every answer is bounded."""

from apps.calendars.clients.addresses import AddressRefusedError, Target, target_of
from apps.calendars.clients.fetching import Fetched, FetchError, feed_fetched

__all__ = [
    "AddressRefusedError",
    "FetchError",
    "Fetched",
    "Target",
    "feed_fetched",
    "target_of",
]
