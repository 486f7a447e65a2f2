import datetime as dt
from typing import NotRequired, TypedDict

from bson import ObjectId

from apps.common.rows import Rows
from apps.owners.documents import BookingFact


class BookingFactRow(TypedDict):
    """The price is missing until an event names it, everything else where somebody removed it."""

    _id: str
    host_id: NotRequired[ObjectId]
    listing_id: NotRequired[ObjectId]
    check_in: NotRequired[dt.datetime]
    check_out: NotRequired[dt.datetime]
    status: NotRequired[str]
    changed_at: NotRequired[dt.datetime]
    version: NotRequired[int]
    currency: NotRequired[str]
    total: NotRequired[int]
    priced_version: NotRequired[int]


booking_facts: Rows[BookingFactRow] = Rows(BookingFact)
shadow_facts: Rows[BookingFactRow] = booking_facts.shadow()
