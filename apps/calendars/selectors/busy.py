"""The nights of a listing that other sites must not sell."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlsplit

from bson import ObjectId
from django.conf import settings

from apps.calendars.ics import BOOKED, CLOSED, Busy
from apps.properties.enums import ClaimKind
from apps.properties.nights import WINDOW_DAYS, Claim, nights_claimed

DAY = dt.timedelta(days=1)
# A stay that has begun is shown whole.
BACK = dt.timedelta(days=366)
# Not what other sites have said: it would come back to them, and never become free. Not holds:
# they are over before anybody reads this.
SHOWN = frozenset({ClaimKind.BOOKING, ClaimKind.BLOCK, ClaimKind.PREP})


def busy_nights(listing_id: ObjectId, *, today: dt.date, now: dt.datetime) -> list[Busy]:
    """Lists stays and closed nights from today on, in order."""
    end = today + dt.timedelta(days=WINDOW_DAYS + 8)
    claims = nights_claimed(listing_id, start=today - BACK, end=end, now=now)
    shown = [claim for claim in claims if claim["kind"] in SHOWN]
    return [busy for busy in _runs(listing_id, shown) if busy.end > today]


def booking_uid(booking_id: str) -> str:
    return f"{booking_id}@{urlsplit(settings.SITE_URL).hostname}"


def _runs(listing_id: ObjectId, claims: list[Claim]) -> Iterator[Busy]:
    """Consecutive nights of one booking are one event, and so are those without a guest."""

    def run(pair: tuple[int, Claim]) -> tuple[int, str]:
        at, claim = pair
        return claim["night"].toordinal() - at, _owner(claim)

    for (_, owner), pairs in groupby(enumerate(claims), key=run):
        nights = [claim["night"] for _, claim in pairs]
        first, last = nights[0], nights[-1] + DAY
        if owner:
            yield Busy(booking_uid(owner), first, last, BOOKED)
        else:
            yield Busy(booking_uid(f"{listing_id}-{first:%Y%m%d}"), first, last, CLOSED)


def _owner(claim: Claim) -> str:
    return claim["owner_id"] if claim["kind"] == ClaimKind.BOOKING else ""
