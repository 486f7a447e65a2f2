"""iCalendar (RFC 5545) as bytes: `reading` makes events of a feed, `writing` a calendar of nights.
Nothing here knows of MongoDB or of the network."""

from apps.calendars.ics.events import FeedError, FeedEvent, Problem, Reading, key_of
from apps.calendars.ics.reading import feed_read
from apps.calendars.ics.repeats import Window
from apps.calendars.ics.writing import BOOKED, CLOSED, Busy, calendar_written

__all__ = [
    "BOOKED",
    "CLOSED",
    "Busy",
    "FeedError",
    "FeedEvent",
    "Problem",
    "Reading",
    "Window",
    "calendar_written",
    "feed_read",
    "key_of",
]
