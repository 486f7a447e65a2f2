"""A listing as its owner sends it, and what is stored."""

from django.apps import apps

from apps.common.rows import Rows
from apps.properties.rows import listings, night_claims

BODY = {
    "title": "A beach house",
    "description": "Sand at the door.",
    "price_per_night": 150.5,
    "cleaning_fee": 40,
    "currency": "USD",
    "location": {
        "address": "123 Beach St, Unit 7",
        "area": "Ocean Park",
        "city": "Santa Monica",
        "state": "CA",
        "country": "USA",
        "coordinates": {"type": "Point", "coordinates": [-118.4912, 34.0195]},
    },
    "property_type": "house",
    "amenities": ["wifi", "Pool", "pool"],
    "capacity": {"max_guests": 6, "bedrooms": 3, "bathrooms": 2.5, "beds": 4},
    "min_nights": 2,
    "max_nights": 30,
    "check_in_time": "16:00",
    "check_out_time": "10:30",
    "time_zone": "America/Los_Angeles",
}


def changed(**changes):
    return {**BODY, **changes}


def stored(listing_id):
    return listings.find_one({"_id": listing_id})


def snapshot():
    bookings = Rows(apps.get_model("bookings", "Booking"))
    handles = (listings, night_claims, bookings)
    return {handle.name: list(handle.find({}).sort("_id", 1)) for handle in handles}
