"""A stored plan as it is shown: what its stays cost and whether they are free is asked anew."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bson import ObjectId

from apps.ai.selectors import itinerary_head
from apps.ai.services.stays import stays_now
from apps.common.money import from_wire, money_text


def itinerary_view(
    document: Mapping[str, Any], *, user_id: ObjectId, now: dt.datetime
) -> dict[str, Any]:
    kept = [document["stay"]] if document["stay"] else []
    found = stays_now(
        [*kept, *document["alternatives"]], guests=document["guests"], user_id=user_id, now=now
    )
    stay = found[0] if kept else None
    head = itinerary_head({"_id": None, **document})
    del head["id"]
    weather = document["weather"]
    by_date = {day["date"]: day for day in weather["days"]} if weather else {}
    return {
        **head,
        "summary": _summary(document, stay),
        "weather": weather,
        "stay": stay,
        "alternatives": [other for other in found[len(kept) :] if other],
        "days": [{**day, "weather": by_date.get(day["date"])} for day in document["days"]],
    }


def _summary(document: Mapping[str, Any], stay: Mapping[str, Any] | None) -> str:
    """Our own facts of now, then the model's words, which hold none."""
    nights = (document["end_date"] - document["start_date"]).days
    length = "One night" if nights == 1 else f"{nights} nights"
    count = sum(len(day["activities"]) for day in document["days"])
    known = {0: "no activities that we know of", 1: "one activity"}
    things = known.get(count, f"{count} activities")
    guests = guests_text(document["guests"])
    first = f"{length} in {document['destination']} for {guests}, with {things}."
    return " ".join(filter(None, (first, _stay_said(document, stay), document["words"])))


def _stay_said(document: Mapping[str, Any], stay: Mapping[str, Any] | None) -> str:
    if stay:
        total = money_text(from_wire(stay["total_price"]), stay["currency"])
        verb = "You have booked" if stay["booking_id"] else "Free now:"
        return f"{verb} {stay['listing']['title']}, {total} in all."
    if document["stay"]:
        return "The listing that was chosen cannot be booked for these dates any more."
    return str(document["obstacle"])


def guests_text(count: int) -> str:
    return "one guest" if count == 1 else f"{count} guests"
