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
