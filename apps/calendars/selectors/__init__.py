"""Reads of this app."""

from apps.calendars.selectors.conflicts import Conflict, conflicts_of
from apps.calendars.selectors.pages import FeedUnknownError, calendars_page, feed_page

__all__ = ["Conflict", "FeedUnknownError", "calendars_page", "conflicts_of", "feed_page"]
