from rest_framework import serializers

from apps.common.fields import MoneyField, ObjectIdField
from apps.common.openapi import PointField, example
from apps.properties.enums import CancellationPolicy, PropertyType

CARD = {
    "id": "66f1c2a4b8e0d3f5a7c91e01",
    "title": "A quiet flat by the river",
    "property_type": "apartment",
    "price_per_night": 120.0,
    "currency": "SGD",
    "location": {
        "city": "Singapore",
        "state": "Central Region",
        "country": "Singapore",
        "coordinates": {"type": "Point", "coordinates": [103.8558, 1.2936]},
    },
    "capacity": {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3},
    "image": "https://example.com/media/listings/river-1600.webp",
    "rating": {"average": 4.8, "count": 31},
}
DETAIL = {
    **CARD,
    "location": {**CARD["location"], "address": "Robertson Quay"},  # type: ignore[dict-item]
    "description": "Two rooms, a balcony, ten minutes from the botanic garden.",
    "amenities": ["Wifi", "Kitchen", "Washer"],
    "min_nights": 2,
    "max_nights": 30,
    "check_in_time": "15:00",
    "check_out_time": "11:00",
    "time_zone": "Asia/Singapore",
    "is_active": True,
    "version": 3,
    "images": ["https://example.com/media/listings/river-1600.webp"],
    "cleaning_fee": 30.0,
    "weekend_price": 150.0,
    "seasons": [
        {
            "name": "New Year",
            "start": "2026-12-28",
            "end": "2027-01-03",
            "price_per_night": 210.0,
            "min_nights": 3,
            "max_nights": None,
        }
    ],
    "weekly_discount_percent": 10,
    "monthly_discount_percent": 25,
    "tax_per_person_night": 2.5,
    "tax_nights_cap": 7,
    "lead_days": 1,
    "window_days": 365,
    "prep_nights": 1,
    "check_in_days": [],
    "check_out_days": [],
    "instant_book": False,
    "alteration_consent": True,
    "cancellation_policy": "moderate",
    "host_id": "66f1c2a4b8e0d3f5a7c91e24",
    "host": {
        "id": "66f1c2a4b8e0d3f5a7c91e24",
        "first_name": "Hal",
        "since": "2026-09-23T19:40:36Z",
    },
}


class PlaceNameSerializer(serializers.Serializer):
    city = serializers.CharField()
    state = serializers.CharField(allow_blank=True)
    country = serializers.CharField()
    coordinates = PointField()


class AddressSerializer(PlaceNameSerializer):
    address = serializers.CharField(allow_blank=True)


class CapacitySerializer(serializers.Serializer):
    max_guests = serializers.IntegerField()
    bedrooms = serializers.IntegerField(allow_null=True)
    bathrooms = serializers.FloatField(allow_null=True)
    beds = serializers.IntegerField(allow_null=True)


class RatingSerializer(serializers.Serializer):
    average = serializers.FloatField(allow_null=True)
    count = serializers.IntegerField()


@example(CARD)
class ListingCardSerializer(serializers.Serializer):
    id = ObjectIdField()
    title = serializers.CharField()
    property_type = serializers.ChoiceField(PropertyType.choices)
    price_per_night = MoneyField()
    currency = serializers.CharField()
    location = PlaceNameSerializer()
    capacity = CapacitySerializer()
    image = serializers.CharField(allow_null=True)
    rating = RatingSerializer()


class StayTotalSerializer(serializers.Serializer):
    nights = serializers.IntegerField()
    total_price = MoneyField()


@example({**CARD, "stay": {"nights": 2, "total_price": 302.4}})
class FoundCardSerializer(ListingCardSerializer):
    stay = StayTotalSerializer(
        required=False, help_text="What the whole stay costs, in a search with dates."
    )


class SeasonSerializer(serializers.Serializer):
    name = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField()
    price_per_night = MoneyField(allow_null=True)
    min_nights = serializers.IntegerField(allow_null=True)
    max_nights = serializers.IntegerField(allow_null=True)


class HostSerializer(serializers.Serializer):
    id = ObjectIdField()
    first_name = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField()


@example(DETAIL)
class ListingDetailSerializer(ListingCardSerializer):
    location = AddressSerializer()
    description = serializers.CharField(allow_blank=True)
    amenities = serializers.ListField(child=serializers.CharField())
    min_nights = serializers.IntegerField()
    max_nights = serializers.IntegerField()
    check_in_time = serializers.CharField()
    check_out_time = serializers.CharField()
    time_zone = serializers.CharField()
    is_active = serializers.BooleanField()
    version = serializers.IntegerField()
    images = serializers.ListField(child=serializers.CharField())
    cleaning_fee = MoneyField()
    weekend_price = MoneyField(allow_null=True)
    seasons = SeasonSerializer(many=True)
    weekly_discount_percent = serializers.IntegerField()
    monthly_discount_percent = serializers.IntegerField()
    tax_per_person_night = MoneyField()
    tax_nights_cap = serializers.IntegerField(allow_null=True)
    lead_days = serializers.IntegerField()
    window_days = serializers.IntegerField()
    prep_nights = serializers.IntegerField()
    check_in_days = serializers.ListField(child=serializers.IntegerField())
    check_out_days = serializers.ListField(child=serializers.IntegerField())
    instant_book = serializers.BooleanField()
    alteration_consent = serializers.BooleanField()
    cancellation_policy = serializers.ChoiceField(CancellationPolicy.choices)
    host_id = ObjectIdField()
    host = HostSerializer(allow_null=True)


class PlaceSerializer(serializers.Serializer):
    city = serializers.CharField()
    state = serializers.CharField(allow_blank=True)
    country = serializers.CharField()
    count = serializers.IntegerField()
    center = serializers.ListField(
        child=serializers.FloatField(), help_text="Longitude, then latitude."
    )


@example(
    {
        "places": [
            {
                "city": "Singapore",
                "state": "Central Region",
                "country": "Singapore",
                "count": 128,
                "center": [103.85, 1.29],
            }
        ]
    }
)
class PlacesSerializer(serializers.Serializer):
    places = PlaceSerializer(many=True)


@example(
    {
        "listing_id": CARD["id"],
        "from": "2026-12-01",
        "to": "2027-01-01",
        "taken": ["2026-12-16", "2026-12-17"],
    }
)
class TakenNightsSerializer(serializers.Serializer):
    listing_id = ObjectIdField()
    to = serializers.DateField()
    taken = serializers.ListField(child=serializers.DateField())

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), "from": serializers.DateField()}


@example(
    {
        "id": "66f1c2a4b8e0d3f5a7c91e33",
        "author": "Mei",
        "date": "2026-08-30",
        "text": "Just as described, and very quiet at night.",
    }
)
class ReviewSerializer(serializers.Serializer):
    id = ObjectIdField()
    author = serializers.CharField(allow_blank=True)
    date = serializers.DateField()
    text = serializers.CharField(allow_blank=True)


@example({**CARD, "is_active": True, "is_suspended": False, "version": 3})
class OwnedCardSerializer(ListingCardSerializer):
    is_active = serializers.BooleanField()
    is_suspended = serializers.BooleanField(help_text="A moderator took it off the market.")
    version = serializers.IntegerField()


@example({**DETAIL, "is_suspended": False})
class OwnedDetailSerializer(ListingDetailSerializer):
    is_suspended = serializers.BooleanField()


@example({"images": DETAIL["images"], "version": 4})
class PhotosSerializer(serializers.Serializer):
    images = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class AmenitySerializer(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField()


@example({"amenities": [{"name": "Wifi", "count": 940}, {"name": "Kitchen", "count": 812}]})
class AmenitiesSerializer(serializers.Serializer):
    amenities = AmenitySerializer(many=True)
