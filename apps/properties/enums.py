from django.db.models import TextChoices

# The right of staff to see where listings are exactly, and how guests get in.
READ_EXACT_ADDRESS = "accounts.read_exact_address"


class PropertyType(TextChoices):
    APARTMENT = "apartment"
    HOUSE = "house"
    ROOM = "room"
    SHARED_ROOM = "shared_room"
    HOTEL = "hotel"
    CABIN = "cabin"
    OTHER = "other"


class ClaimKind(TextChoices):
    HOLD = "hold"
    BOOKING = "booking"
    BLOCK = "block"
    EXTERNAL = "external"
    PREP = "prep"


class CancellationPolicy(TextChoices):
    FLEXIBLE = "flexible"
    MODERATE = "moderate"
    FIRM = "firm"
    STRICT = "strict"


class PlaceKind(TextChoices):
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    DISTRICT = "district"
    SIGHT = "sight"


class ImportWithdrawal(TextChoices):
    """Why an import withdrew a listing. It comes back when its dump has it, with a price."""

    VANISHED = "vanished"
    NO_PRICE = "no_price"


class SearchOrder(TextChoices):
    RECOMMENDED = "recommended"
    DISTANCE = "distance"
    PRICE = "price"
    RATING = "rating"
    NEWEST = "newest"


class RankPart(TextChoices):
    QUALITY = "quality"
    PRICE = "price"
    PHOTOS = "photos"
    AVAILABILITY = "availability"
    FRESHNESS = "freshness"
    NEWNESS = "newness"


class RankLimit(TextChoices):
    """What a listing lacks whose rank may not go beyond a limit."""

    PHOTOS = "photos"
    REVIEWS = "reviews"


class Flexible(TextChoices):
    """How far the dates of a search are open: that many days, or any such stay in some months."""

    ONE_DAY = "1"
    TWO_DAYS = "2"
    THREE_DAYS = "3"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"

    @property
    def days(self) -> int | None:
        return int(self.value) if self.value.isdigit() else None
