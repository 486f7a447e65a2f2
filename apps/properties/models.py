from typing import ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import ArrayField, EmbeddedModelField
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, DESCENDING, GEOSPHERE, IndexModel

from apps.properties.enums import ClaimKind, PropertyType


class Point(EmbeddedModel):
    """GeoJSON: [longitude, latitude]."""

    type = models.CharField(max_length=5, default="Point")
    coordinates = ArrayField(models.FloatField(), size=2)


class Location(EmbeddedModel):
    address = models.CharField(max_length=300, blank=True, default="")
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=100)
    coordinates = EmbeddedModelField(Point)


class Capacity(EmbeddedModel):
    max_guests = models.PositiveSmallIntegerField(default=1)
    bedrooms = models.PositiveSmallIntegerField(null=True, blank=True)
    bathrooms = models.FloatField(null=True, blank=True)
    beds = models.PositiveSmallIntegerField(null=True, blank=True)


class Rating(EmbeddedModel):
    average = models.FloatField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)


class Listing(models.Model):
    """Prices are minor units of `currency`. `source` and `source_id` name the dump and its row."""

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    price_per_night = models.PositiveIntegerField()
    cleaning_fee = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, default="USD")
    location = EmbeddedModelField(Location)
    property_type = models.CharField(max_length=20, choices=PropertyType.choices)
    amenities = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    capacity = EmbeddedModelField(Capacity)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False)
    images = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    rating = EmbeddedModelField(Rating, default=Rating)
    min_nights = models.PositiveSmallIntegerField(default=1)
    max_nights = models.PositiveSmallIntegerField(default=365)
    check_in_time = models.CharField(max_length=5, default="15:00")
    check_out_time = models.CharField(max_length=5, default="11:00")
    time_zone = models.CharField(max_length=50, default="UTC")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=80, null=True, blank=True)
    source_id = models.CharField(max_length=40, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    INDEXES: ClassVar = [
        IndexModel("host_id", name="host_id"),
        IndexModel([("location.coordinates", GEOSPHERE)], name="location_coordinates"),
        IndexModel("property_type", name="property_type"),
        IndexModel("price_per_night", name="price_per_night"),
        IndexModel(
            [("location.city", ASCENDING), ("location.state", ASCENDING)],
            name="location_city_state",
        ),
        IndexModel([("is_active", ASCENDING), ("_id", DESCENDING)], name="newest"),
        IndexModel(
            [("source", ASCENDING), ("source_id", ASCENDING)],
            name="source",
            unique=True,
            partialFilterExpression={"source": {"$type": "string"}},
        ),
    ]

    class Meta:
        db_table = "listings"

    def __str__(self) -> str:
        return self.title


class NightClaim(models.Model):
    """One sold, held or blocked night. `id` is `<listing id>:<YYYY-MM-DD>`: its uniqueness is
    what makes a night scarce. `owner_id` names the booking or block that holds it."""

    id = models.CharField(primary_key=True, max_length=40, db_column="_id")
    listing = models.ForeignKey(Listing, models.CASCADE, db_index=False)
    night = models.DateField()
    kind = models.CharField(max_length=10, choices=ClaimKind.choices)
    owner_id = models.CharField(max_length=80)
    expires_at = models.DateTimeField(null=True, blank=True)

    INDEXES: ClassVar = [
        IndexModel([("listing_id", ASCENDING), ("night", ASCENDING)], name="listing_night"),
        IndexModel("owner_id", name="owner_id"),
    ]

    class Meta:
        db_table = "night_claims"

    def __str__(self) -> str:
        return self.id


class Review(models.Model):
    """A guest's words. Imported ones keep the id of their dump, so importing again adds none."""

    listing = models.ForeignKey(Listing, models.CASCADE, db_index=False)
    author = models.CharField(max_length=150)
    date = models.DateField()
    text = models.TextField()
    source_id = models.CharField(max_length=40, null=True, blank=True)

    INDEXES: ClassVar = [
        IndexModel(
            [("listing_id", ASCENDING), ("date", DESCENDING), ("_id", DESCENDING)],
            name="listing_newest",
        ),
        IndexModel(
            [("listing_id", ASCENDING), ("source_id", ASCENDING)],
            name="source",
            unique=True,
            partialFilterExpression={"source_id": {"$type": "string"}},
        ),
    ]

    class Meta:
        db_table = "reviews"

    def __str__(self) -> str:
        return f"{self.author}, {self.date}"
