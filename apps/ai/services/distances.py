"""Measures again how far the activities of stored plans are from their stay, as it is public."""

from collections.abc import Sequence

from bson import ObjectId
from pymongo import UpdateOne

from apps.ai.rows import ItineraryRow, itineraries
from apps.common.geo import LngLat, distance_km
from apps.properties.selectors import listing_cards_any

BATCH = 200
FIELDS = {"stay": 1, "days": 1}


def distances_measure() -> int:
    """Returns how many plans were read. Doing it again changes nothing."""
    done, last = 0, ObjectId("0" * 24)
    while plans := list(_after(last)):
        homes = _homes(plans)
        updates = [
            _measured(plan, homes[stay["listing_id"]])
            for plan in plans
            if (stay := plan["stay"]) and stay["listing_id"] in homes
        ]
        if updates:
            itineraries.bulk_write(updates, ordered=False)
        done, last = done + len(plans), plans[-1]["_id"]
    return done


def _after(last: ObjectId) -> Sequence[ItineraryRow]:
    query = {"_id": {"$gt": last}, "stay": {"$ne": None}}
    return list(itineraries.find(query, FIELDS).sort("_id", 1).limit(BATCH))


def _homes(plans: Sequence[ItineraryRow]) -> dict[ObjectId, LngLat]:
    cards = listing_cards_any(plan["stay"]["listing_id"] for plan in plans if plan["stay"])
    points = {key: card.card.location.coordinates["coordinates"] for key, card in cards.items()}
    return {key: (lng, lat) for key, (lng, lat) in points.items()}


def _measured(plan: ItineraryRow, home: LngLat) -> UpdateOne:
    for day in plan["days"]:
        for activity in day["activities"]:
            lng, lat = activity["coordinates"]["coordinates"]
            activity["distance_km"] = round(distance_km(home, (lng, lat)), 2)
    return UpdateOne({"_id": plan["_id"]}, {"$set": {"days": plan["days"]}})
