from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django_mongodb_backend.fields import (
    ArrayField,
    EmbeddedModelArrayField,
    EmbeddedModelField,
    ObjectIdAutoField,
    ObjectIdField,
)
from django_mongodb_backend.models import EmbeddedModel
from pymongo import ASCENDING, DESCENDING, GEOSPHERE, IndexModel

from apps.common.text import name_key
from apps.properties.enums import CancellationPolicy, ClaimKind, ImportWithdrawal, PropertyType
from apps.properties.vocabulary import place_names

NAMED_BY = ("city", "state", "country")


class Point(EmbeddedModel):
    """GeoJSON: [longitude, latitude]."""

    type = models.CharField(max_length=5, default="Point")
    coordinates = ArrayField(models.FloatField(), size=2)


class Location(EmbeddedModel):
    """Where everybody may know a listing to be: its area, and a point near by
    (`apps.properties.public_points`)."""

    area = models.CharField(max_length=300, blank=True, default="")
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=100)
    coordinates = EmbeddedModelField(Point)


class ExactPlace(EmbeddedModel):
    """The house itself: for the host, guests of a confirmed stay, and staff with the permission."""

    address = models.CharField(max_length=300, blank=True, default="")
    coordinates = EmbeddedModelField(Point)


class Capacity(EmbeddedModel):
    max_guests = models.PositiveSmallIntegerField(default=1)
    bedrooms = models.PositiveSmallIntegerField(null=True, blank=True)
    bathrooms = models.FloatField(null=True, blank=True)
    beds = models.PositiveSmallIntegerField(null=True, blank=True)


class Rating(EmbeddedModel):
    average = models.FloatField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)


class Season(EmbeddedModel):
    """The nights [start, end): what they cost in minor units, and how long a stay must be that
    begins on one of them. What is None is as in the rest of the year."""

    name = models.CharField(max_length=60)
    start = models.DateField()
    end = models.DateField()
    price_per_night = models.PositiveBigIntegerField(null=True, blank=True)
    min_nights = models.PositiveSmallIntegerField(null=True, blank=True)
    max_nights = models.PositiveSmallIntegerField(null=True, blank=True)


def amenity_keys(amenities: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(name_key, amenities))))


def search_keys(listing: Mapping[str, Any]) -> dict[str, list[str]]:
    """Returns what search looks names up in: whoever writes a listing's row stores it with the
    row."""
    return {
        "place_names": place_names(listing["location"]),
        "amenity_keys": amenity_keys(listing["amenities"]),
    }


class Listing(models.Model):
    """Prices are minor units of `currency`. `source` and `source_id` name the dump and its row,
    `seen_on` is the day of the newest dump that has it, and `withdrawn_for` why an import has
    withdrawn it. A listing whose dump names no price has none, 0, and is not active.

    Weekend nights are those of Friday and Saturday. `check_in_days` and `check_out_days` count
    from Monday, 0; empty ones are every day. A stay is bought `lead_days` to `window_days` before
    it begins, and `prep_nights` after it stay empty. `tax_nights_cap` is the number of nights of
    a stay that are taxed, None all of them. `exact` and `arrival_instructions` are not public.

    Deleted and suspended ones are not active: public reads ask for `is_active` alone. A listing is
    suspended by itself or with its host; `active_before` is what its host had chosen. `deals`
    counts the bookings, holds and changes: writing it makes each conflict with a suspension at the
    same time.
    """

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    price_per_night = models.PositiveBigIntegerField()
    cleaning_fee = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="USD")
    location = EmbeddedModelField(Location)
    exact = EmbeddedModelField(ExactPlace, null=True, blank=True, editable=False)
    arrival_instructions = models.TextField(blank=True, default="")
    property_type = models.CharField(max_length=20, choices=PropertyType.choices)
    amenities = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    capacity = EmbeddedModelField(Capacity)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False)
    images = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    rating = EmbeddedModelField(Rating, default=Rating)
    min_nights = models.PositiveSmallIntegerField(default=1)
    max_nights = models.PositiveSmallIntegerField(default=365)
    weekend_price = models.PositiveBigIntegerField(null=True, blank=True)
    seasons = EmbeddedModelArrayField(Season, default=list, blank=True)
    weekly_discount_percent = models.PositiveSmallIntegerField(default=0)
    monthly_discount_percent = models.PositiveSmallIntegerField(default=0)
    tax_per_person_night = models.PositiveBigIntegerField(default=0)
    tax_nights_cap = models.PositiveSmallIntegerField(null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(default=0)
    window_days = models.PositiveSmallIntegerField(default=730)
    prep_nights = models.PositiveSmallIntegerField(default=0)
    check_in_days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    check_out_days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    instant_book = models.BooleanField(default=False)
    alteration_consent = models.BooleanField(default=True)
    cancellation_policy = models.CharField(
        max_length=10, choices=CancellationPolicy.choices, default=CancellationPolicy.MODERATE.value
    )
    check_in_time = models.CharField(max_length=5, default="15:00")
    check_in_until = models.CharField(max_length=5, null=True, blank=True)
    check_out_time = models.CharField(max_length=5, default="11:00")
    time_zone = models.CharField(max_length=50, default="UTC")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=80, null=True, blank=True)
    source_id = models.CharField(max_length=40, null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_for = models.CharField(
        max_length=10, choices=ImportWithdrawal.choices, null=True, blank=True, editable=False
    )
    place_names = ArrayField(models.CharField(max_length=300), default=list, editable=False)
    amenity_keys = ArrayField(models.CharField(max_length=200), default=list, editable=False)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    host_suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    active_before = models.BooleanField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deals = models.PositiveIntegerField(default=0, editable=False)
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
        IndexModel([("place_names", ASCENDING), ("_id", DESCENDING)], name="place_newest"),
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        location = {name: getattr(self.location, name) for name in ("area", *NAMED_BY)}
        keys = search_keys({"location": location, "amenities": self.amenities})
        for name, value in keys.items():
            setattr(self, name, value)
        super().save(*args, **kwargs)


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


class NamedPlace(models.Model):
    """A district of our listings or a sight, with the names that it is looked up by. It is made
    from them anew (`manage.py renew_places`); `made_at` tells what the last run has left."""

    id = models.CharField(primary_key=True, max_length=120, db_column="_id")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=100)
    center = ArrayField(models.FloatField(), size=2)
    keys = ArrayField(models.CharField(max_length=300), default=list)
    typos = ArrayField(models.CharField(max_length=300), default=list)
    count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    INDEXES: ClassVar = [
        IndexModel([("keys", ASCENDING), ("count", DESCENDING)], name="keys_count"),
        IndexModel("typos", name="typos"),
    ]

    class Meta:
        db_table = "named_places"

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word that some listing is found by; `typos` is what is left of it without a letter
    (`manage.py renew_places`)."""

    id = models.CharField(primary_key=True, max_length=60, db_column="_id")
    typos = ArrayField(models.CharField(max_length=60), default=list)

    INDEXES: ClassVar = [IndexModel("typos", name="typos")]

    class Meta:
        db_table = "search_words"

    def __str__(self) -> str:
        return self.id


class Ranking(EmbeddedModel):
    at = models.DateTimeField()
    free_share = models.FloatField()
    usual_price = models.PositiveBigIntegerField(null=True)


class Held(EmbeddedModel):
    owner_id = models.CharField(max_length=80)
    until = models.DateTimeField()
    taken = models.JSONField(default=dict)
    slept = models.JSONField(default=dict)


class SearchEntry(models.Model):
    """What a search reads of one listing that is shown; its id is the listing's. It is made of the
    listing and its claims (`apps.properties.entries`) and written with them. What a search decides
    stands beside `card`, which has what it shows.

    `taken` and `slept` have one integer a month ("2027-03"), of claims that do not expire: bit 0
    is the night of the 1st. In a night of `slept` somebody sleeps, so it cannot prepare another
    stay. `holds` are the same of claims that expire, by owner. `check_in_days` and
    `check_out_days` are bits of weekdays, Monday's is 1. Seasons have the year's rules where they
    have none of their own.
    """

    id = ObjectIdAutoField(primary_key=True, db_column="_id")
    host_id = ObjectIdField()
    version = models.PositiveIntegerField()
    point = EmbeddedModelField(Point)
    card = models.JSONField(default=dict)
    place_keys = ArrayField(models.CharField(max_length=300), default=list)
    words = ArrayField(models.CharField(max_length=200), default=list)
    amenities = ArrayField(models.CharField(max_length=60), default=list)
    amenity_keys = ArrayField(models.CharField(max_length=200), default=list)
    policy = models.CharField(max_length=10)
    instant_book = models.BooleanField()
    rank = models.FloatField()
    ranking = EmbeddedModelField(Ranking)
    created_at = models.DateTimeField()
    min_nights = models.PositiveSmallIntegerField()
    max_nights = models.PositiveSmallIntegerField()
    check_in_days = models.PositiveSmallIntegerField()
    check_out_days = models.PositiveSmallIntegerField()
    lead_days = models.PositiveSmallIntegerField()
    window_days = models.PositiveSmallIntegerField()
    prep_nights = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=50)
    weekend_price = models.PositiveBigIntegerField(null=True)
    cleaning_fee = models.PositiveBigIntegerField()
    weekly_discount_percent = models.PositiveSmallIntegerField()
    monthly_discount_percent = models.PositiveSmallIntegerField()
    tax_per_person_night = models.PositiveBigIntegerField()
    tax_nights_cap = models.PositiveSmallIntegerField(null=True)
    seasons = EmbeddedModelArrayField(Season, default=list)
    taken = models.JSONField(default=dict)
    slept = models.JSONField(default=dict)
    holds = EmbeddedModelArrayField(Held, default=list)

    INDEXES: ClassVar = [
        IndexModel([("point", GEOSPHERE)], name="point"),
        IndexModel([("rank", DESCENDING), ("_id", DESCENDING)], name="best"),
        IndexModel([("created_at", DESCENDING), ("_id", DESCENDING)], name="newest"),
        IndexModel(
            [("place_keys", ASCENDING), ("rank", DESCENDING), ("_id", DESCENDING)],
            name="place_best",
        ),
        IndexModel([("words", ASCENDING)], name="words"),
        IndexModel([("ranking.at", ASCENDING)], name="ranked"),
    ]

    class Meta:
        db_table = "search_entries"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return str(self.card.get("title") or self.pk)
