import pytest

from apps.calendars.services import feed_add, feed_fetch
from apps.calendars.tests import feeds
from apps.properties.rows import night_claims
from apps.properties.services import FEED


@pytest.fixture
def site(settings):
    settings.FEED_INSIDE_ALLOWED = True
    with feeds.site() as made:
        yield made


@pytest.fixture
def read(site, host, listing_id, now):
    """Adds the site's calendar, or reads it again."""
    known = {}

    def read_feed(clock=lambda: now):
        if not known:
            own = {"listing_id": listing_id, "host_id": host.id, "now": now}
            known["id"] = feed_add(**own, name="Elsewhere", url=site.url)
        feed_fetch(known["id"], clock=clock)
        return known["id"]

    return read_feed


@pytest.fixture
def nights(listing_id):
    """The nights that feeds have."""

    def of_feeds():
        query = {"listing_id": listing_id, "owner_id": {"$regex": f"^{FEED}"}}
        return sorted(row["night"].date() for row in night_claims.find(query))

    return of_feeds
