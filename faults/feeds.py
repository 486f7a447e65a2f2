"""Random calendars of other sites, read over sockets into claims, against a plain model."""

import datetime as dt
import random
from collections.abc import Iterator

from bson import ObjectId
from django.conf import settings

from apps.bookings.invariants import breaches
from apps.calendars.rows import calendar_feeds
from apps.calendars.services import feed_add, feed_fetch
from apps.calendars.tests.feeds import Site, site
from apps.calendars.tests.random_feeds import ZONES, life
from apps.common.clock import utc_now
from apps.properties.rows import night_claims
from apps.properties.services.search_rebuild import entries_differing
from faults.fixtures import listings_add, people_add

STEPS = 8
EACH = dt.timedelta(minutes=31)


def problems(count: int, *, seed: int) -> Iterator[str]:
    """Reads so many random feeds again and again, and names what differs from the model."""
    settings.FEED_INSIDE_ALLOWED = True
    now = utc_now().replace(hour=12)
    rng = random.Random(seed)  # noqa: S311 the same again by its seed
    with site() as sender:
        for _ in range(count):
            yield from _one(sender, rng.randrange(2**32), rng.choice(list(ZONES)), now)
    for name, ids in breaches(now=now).items():
        if ids:
            yield f"{name}: {ids[:3]}"
    if differing := entries_differing():
        yield f"search entries: {list(differing.items())[:3]}"


def _one(sender: Site, seed: int, zone: str, now: dt.datetime) -> Iterator[str]:
    host_id, listing_id = ObjectId(), ObjectId()
    people_add([host_id], "owner")
    listings_add(host_id, [listing_id], time_zone=zone)
    own = {"listing_id": listing_id, "host_id": host_id}
    feed_id = feed_add(**own, name="Random", url=sender.url, now=now)
    for number, step in enumerate(life(seed, today=now.date(), zone=zone, steps=STEPS)):
        sender.content = step.content
        at = now + number * EACH
        for _ in range(2):
            before = calendar_feeds.find_one({"_id": feed_id}, {"events": 1})
            feed_fetch(feed_id, clock=lambda at=at: at)  # type: ignore[misc]
            closed = {row["night"].date() for row in night_claims.find({"listing_id": listing_id})}
            if closed != step.closed:
                yield f"feed {seed}, reading {number}: {sorted(closed ^ step.closed)[:5]}"
                return
        after = calendar_feeds.find_one({"_id": feed_id}, {"events": 1})
        if before != after:
            yield f"feed {seed}, reading {number}: read twice it is another"
