"""How the two sides of a stay meet."""

import datetime as dt
from typing import Annotated

from msgspec import Meta

from apps.common.replies import Reply, example
from apps.properties.replies import AddressReply


@example(
    {
        "location": {
            "area": "Robertson Quay",
            "address": "60 Robertson Quay",
            "city": "Singapore",
            "state": "Central Region",
            "country": "Singapore",
            "coordinates": {"type": "Point", "coordinates": [103.8379, 1.2901]},
        },
        "arrival_instructions": None,
        "instructions_from": "2026-12-13",
        "check_in_time": "15:00",
        "check_in_until": "22:00",
        "time_zone": "Asia/Singapore",
        "contact_first_name": "Hal",
        "can_contact": True,
    }
)
class ArrivalReply(Reply, frozen=True, kw_only=True, gc=False):
    location: AddressReply
    arrival_instructions: Annotated[
        str | None, Meta(description="How to get in; null before `instructions_from`.")
    ]
    instructions_from: dt.date
    check_in_time: str
    check_in_until: str | None
    time_zone: str
    contact_first_name: Annotated[str, Meta(description="Of the other side of the stay.")]
    can_contact: bool
