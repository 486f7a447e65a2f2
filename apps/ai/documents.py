"""Each `_id` follows from the source or the request, so writing twice changes nothing."""

from typing import Any, ClassVar

import mongoengine

from apps.ai.enums import Category


class Activity(mongoengine.Document):
    """Something to do. `_id` is `<source>:<id there>`; `indoors` is where rain does not matter."""

    id = mongoengine.StringField(primary_key=True)
    source = mongoengine.StringField(required=True)
    name = mongoengine.StringField(required=True, max_length=200)
    category = mongoengine.StringField(required=True, choices=Category.values)
    indoors = mongoengine.BooleanField(required=True)
    description = mongoengine.StringField(default="")
    address = mongoengine.StringField(default="")
    city = mongoengine.StringField(required=True)
    city_key = mongoengine.StringField(required=True)
    country = mongoengine.StringField(required=True)
    coordinates = mongoengine.PointField(required=True, auto_index=False)
    url = mongoengine.StringField(default="")
    opening_hours = mongoengine.StringField(default="")
    attribution = mongoengine.StringField(default="")

    meta: ClassVar[dict[str, Any]] = {
        "collection": "activities",
        "auto_create_index": False,
        "index_cls": False,
        "indexes": [
            {"fields": [("coordinates", "2dsphere")], "name": "coordinates"},
            {"fields": ["city_key", "name", "id"], "name": "city_name"},
            {"fields": ["city_key", "category", "name", "id"], "name": "city_category_name"},
            {"fields": ["name", "id"], "name": "name"},
            {"fields": ["source"], "name": "source"},
        ],
    }


class WeatherReport(mongoengine.Document):
    """The last forecast of a place; `_id` is `<latitude>,<longitude>` to two decimals."""

    id = mongoengine.StringField(primary_key=True)
    days = mongoengine.ListField(mongoengine.DictField())
    fetched_at = mongoengine.DateTimeField(required=True)
    expires_at = mongoengine.DateTimeField(required=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "weather_reports",
        "auto_create_index": False,
        "index_cls": False,
        "indexes": [{"fields": ["expires_at"], "name": "expires_ttl", "expireAfterSeconds": 0}],
    }


class ClimateNormal(mongoengine.Document):
    """Twelve typical months {high_c, low_c, rain_mm, dry_days} of a city; `_id` is
    `<city>:<country>`, folded."""

    id = mongoengine.StringField(primary_key=True)
    city = mongoengine.StringField(required=True)
    country = mongoengine.StringField(required=True)
    months = mongoengine.ListField(mongoengine.DictField())
    attribution = mongoengine.StringField(required=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "climate_normals",
        "auto_create_index": False,
        "index_cls": False,
    }


class Itinerary(mongoengine.Document):
    """A plan. `_id` follows from the traveler and the request, so the same request replaces it. Of
    a stay only listing and dates are stored: it is quoted anew at every read."""

    id = mongoengine.ObjectIdField(primary_key=True)
    user_id = mongoengine.ObjectIdField(required=True)
    destination = mongoengine.StringField(required=True)
    start_date = mongoengine.DateTimeField(required=True)
    end_date = mongoengine.DateTimeField(required=True)
    guests = mongoengine.IntField(required=True)
    budget = mongoengine.IntField()
    planner = mongoengine.StringField(required=True)
    words = mongoengine.StringField(default="")
    weather = mongoengine.DictField(null=True)
    stay = mongoengine.DictField(null=True)
    alternatives = mongoengine.ListField(mongoengine.DictField())
    obstacle = mongoengine.StringField(default="")
    days = mongoengine.ListField(mongoengine.DictField())
    created_at = mongoengine.DateTimeField(required=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "itineraries",
        "auto_create_index": False,
        "index_cls": False,
        "indexes": [{"fields": ["user_id", "-created_at", "-id"], "name": "user_newest"}],
    }
