"""Calendars of other sites: how often they are read, and from when on they are too old."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from airbnb.settings.environment import IS_PRODUCTION, env

FEED_EVERY = timedelta(minutes=env.int("FEED_EVERY_MINUTES", default=15))
# An instant booking needs feeds that were read since, else the host answers it.
FEED_FRESH = timedelta(minutes=env.int("FEED_FRESH_MINUTES", default=30))
# From then on the host is notified, and the alarm counts the feed.
FEED_STALE = timedelta(hours=env.int("FEED_STALE_HOURS", default=6))
# When many events vanish at once, they are freed if the feed still says so after this time.
FEED_SECOND_LOOK = timedelta(minutes=30)
# Feeds on this machine or in a private network, on any port: for development and tests alone.
FEED_INSIDE_ALLOWED = env.bool("FEED_INSIDE_ALLOWED", default=False)
if IS_PRODUCTION and FEED_INSIDE_ALLOWED:
    raise ImproperlyConfigured("FEED_INSIDE_ALLOWED must not be set in production.")
