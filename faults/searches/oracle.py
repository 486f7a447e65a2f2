"""Which homes a search finds, and in which order, by looking at each of them: its own row, its
claims, and the rules as README, docs/decisions/0005, 0020 and 0044 tell them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bson import ObjectId

from apps.common.exchange import current_rates
from apps.properties.rows import listings, night_claims, search_entries
from faults.searches import globe, prices
from faults.searches.asked import NAMES, Asked

# What an amenity that is asked for may be called at a home.
CALLED = {
    "wifi": {"Wifi"},
    "Pool": {"Pool"},
    "hot tub": {"Hot tub"},
    "jacuzzi": {"Hot tub"},
    "a samovar": {"A samovar"},
    "WIFI": {"Wifi"},
    "step_free_access": {"Step-free access"},
}
SPELLED = {"sunny": "sunny", "LOFT": "loft", "garden": "garden", "chateau": "château",
           "alesund": "Ålesund", "retro": "retro"}  # fmt: skip
FREE = {"flexible", "moderate"}
WIDE = 1_000_000 / 1.01
BEYOND = Fraction(10**15)
# The last place on earth where a day ends.
WEST = dt.timezone(dt.timedelta(hours=-12))


@dataclass
class Home:
    row: Mapping[str, Any]
    vector: globe.Vector
    rank: float
    today: dt.date
    taken: dict[dt.date, bool] = field(default_factory=dict)
    """The nights that are taken, and whether somebody sleeps there."""


class Stay(NamedTuple):
    check_in: dt.date
    check_out: dt.date
    guests: int


class Hit(NamedTuple):
    """`place` puts hits in order; `stay` and `total` are those that are meant."""

    id: ObjectId
    place: tuple[Any, ...]
    stay: Stay | None
    total: int | None


def homes_read(now: dt.datetime) -> list[Home]:
    """Reads the listings that are shown. How good one is (its rank) is not judged here."""
    ranks = {row["_id"]: row["rank"] for row in search_entries.find({}, {"rank": 1})}
    taken: dict[ObjectId, dict[dt.date, bool]] = defaultdict(dict)
    for claim in night_claims.find({}):
        until = claim["expires_at"]
        if until is None or until.replace(tzinfo=dt.UTC) > now:
            sleeps = claim["kind"] in {"booking", "hold"}
            taken[claim["listing_id"]][claim["night"].date()] = sleeps
    return [
        Home(
            row,
            globe.vector(*row["location"]["coordinates"]["coordinates"]),
            ranks[row["_id"]],
            now.astimezone(ZoneInfo(row["time_zone"])).date(),
            taken[row["_id"]],
        )
        for row in listings.find({"is_active": True})
    ]


def is_past(asked: Asked, now: dt.datetime) -> bool:
    stays = list(stays_asked(asked, now.date()))
    return bool(stays) and all(stay.check_in < now.astimezone(WEST).date() for stay in stays)


def has_no_nearest(asked: Asked) -> bool:
    return asked.get("sort") == "distance" and not Area(asked).has_nearest


def found(homes: Sequence[Home], asked: Asked, now: dt.datetime) -> list[Hit]:
    """Lists what a search finds, in its order."""
    stays, area = list(stays_asked(asked, now.date())), Area(asked)
    per_euro = current_rates().per_euro
    hits = []
    for home in homes:
        if not (area.has(home) and fits(home, asked, per_euro)):
            continue
        stay = next((stay for stay in stays if is_bookable(home, stay)), None)
        if stays and stay is None:
            continue
        total = prices.total(home.row, *stay) if stay else None
        currency = home.row["currency"]
        if total is not None and not prices.is_within(total, currency, asked, "total", per_euro):
            continue
        place = place_of(home, asked, area, total, per_euro)
        hits.append(Hit(home.row["_id"], place, stay, total))
    return sorted(hits, key=lambda hit: hit.place)


class Area:
    def __init__(self, asked: Asked) -> None:
        self.edges = tuple(map(float, asked["bbox"].split(","))) if "bbox" in asked else None
        self.ring: list[globe.Vector] = []
        self.centre: tuple[float, float] | None = None
        self.radius = float(asked.get("radius_km", 20)) * 1000
        self.cities = NAMES[asked["location"]] if "location" in asked else None
        if self.edges:
            west, south, east, north = self.edges
            wide = 360 if east - west == 360 else (east - west) % 360  # noqa: PLR2004
            self.centre = (west + wide / 2, (south + north) / 2)
        elif "polygon" in asked:
            pairs = (corner.split(",") for corner in asked["polygon"].split(";"))
            self.ring = [globe.vector(float(lng), float(lat)) for lng, lat in pairs]
            self.centre = globe.middle(self.ring)
        elif "lat" in asked:
            self.centre = (float(asked["lng"]), -0.0 + float(asked["lat"]))
        self.vector = globe.vector(*self.centre) if self.centre else None
        self.has_nearest = self.centre is not None and not self._is_wide()

    def has(self, home: Home) -> bool:
        if self.cities is not None and home.row["location"]["city"] not in self.cities:
            return False
        if self.edges:
            return self._in_box(*home.row["location"]["coordinates"]["coordinates"])
        if self.ring and self.centre:
            return globe.is_inside(home.vector, self.ring, self.centre)
        return self.vector is None or globe.metres(self.vector, home.vector) <= self.radius

    def _is_wide(self) -> bool:
        """Farther than 1,000 km from the middle of a box to a corner."""
        if not (self.edges and self.vector):
            return False
        west, south, east, north = self.edges
        if east - west == 360 or (east - west) % 360 > 180:  # noqa: PLR2004
            return True
        corners = (globe.vector(lng, lat) for lng in (west, east) for lat in (south, north))
        return max(globe.metres(self.vector, corner) for corner in corners) > WIDE

    def _in_box(self, lng: float, lat: float) -> bool:
        west, south, east, north = self.edges or (0, 0, 0, 0)
        if not south <= lat <= north:
            return False
        if east - west == 360:  # noqa: PLR2004
            return True
        return (lng - west) % 360 <= (east - west) % 360


def fits(home: Home, asked: Asked, per_euro: prices.PerEuro) -> bool:
    row, capacity = home.row, home.row["capacity"]
    guests = guests_asked(asked)
    rooms = {name: capacity[name] for name in ("bedrooms", "beds", "bathrooms")}
    least = {**rooms, "min_rating": row["rating"]["average"]}
    for name, there in least.items():
        if name in asked and (there is None or there < float(asked[name])):
            return False
    amenities, wanted = set(row["amenities"]), []
    wanted += [CALLED[name] for name in asked.get("amenities", "").split(",") if name]
    wanted += [CALLED[name] for name in asked.get("accessibility", "").split(",") if name]
    wanted += [{"Self check-in"}] if "self_check_in" in asked else []
    wanted += [{"Pets allowed"}] if "pets" in asked else []
    said = f"{row['title']} {row['description']}".split()
    words = [SPELLED[word] for word in asked.get("q", "").split()]
    return (
        capacity["max_guests"] >= guests
        and asked.get("property_type", row["property_type"]) == row["property_type"]
        and ("instant_book" not in asked or row["instant_book"])
        and ("free_cancellation" not in asked or row["cancellation_policy"] in FREE)
        and all(names & amenities for names in wanted)
        and all(word in said for word in words)
        and prices.is_within(row["price_per_night"], row["currency"], asked, "price", per_euro)
    )


def guests_asked(asked: Asked) -> int:
    if "adults" in asked:
        return int(asked["adults"]) + int(asked.get("children", 0))
    return int(asked.get("guests", 1))


def stays_asked(asked: Asked, today: dt.date) -> Iterator[Stay]:
    """Yields the stays of which one is wanted, the one that is meant most first."""
    guests, flexible = guests_asked(asked), asked.get("flexible", "")
    if "check_in" in asked:
        check_in, check_out = (
            dt.date.fromisoformat(asked[name]) for name in ("check_in", "check_out")
        )
        most = int(flexible or 0)
        for days in sorted(range(-most, most + 1), key=lambda days: (abs(days), days)):
            shift = dt.timedelta(days=days)
            yield Stay(check_in + shift, check_out + shift, guests)
    elif flexible:
        for first in months_asked(asked, today):
            day = first
            while day.month == first.month:
                if end := _end(flexible, day):
                    yield Stay(day, end, guests)
                day += dt.timedelta(days=1)


def _end(flexible: str, day: dt.date) -> dt.date | None:
    if flexible == "week":
        return day + dt.timedelta(days=7) if day.weekday() == prices.SATURDAY else None
    if flexible == "weekend":
        return day + dt.timedelta(days=2) if day.weekday() == prices.FRIDAY else None
    return None if day.day > 1 else _next_month(day)


def months_asked(asked: Asked, today: dt.date) -> list[dt.date]:
    if "months" in asked:
        return [dt.date.fromisoformat(f"{month}-01") for month in asked["months"].split(",")]
    first = today.replace(day=1)
    return [first, _next_month(first), _next_month(_next_month(first))]


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def is_bookable(home: Home, stay: Stay) -> bool:
    row, nights = home.row, (stay.check_out - stay.check_in).days
    ahead = (stay.check_in - home.today).days
    least, most = row["min_nights"], row["max_nights"]
    for season in row["seasons"]:
        if season["start"].date() <= stay.check_in < season["end"].date():
            least = least if season["min_nights"] is None else season["min_nights"]
            most = most if season["max_nights"] is None else season["max_nights"]
    return (
        stay.guests <= row["capacity"]["max_guests"]
        and max(0, row["lead_days"]) <= ahead <= row["window_days"]
        and least <= nights <= max(least, most)
        and (not row["check_in_days"] or stay.check_in.weekday() in row["check_in_days"])
        and (not row["check_out_days"] or stay.check_out.weekday() in row["check_out_days"])
        and is_free(home, stay)
    )


def is_free(home: Home, stay: Stay) -> bool:
    """Nobody has a night of the stay; in those that prepare for the next one nobody sleeps."""
    for night, sleeps in home.taken.items():
        if stay.check_in <= night < stay.check_out:
            return False
        after = (night - stay.check_out).days
        if sleeps and 0 <= after < home.row["prep_nights"]:
            return False
    return True


def place_of(
    home: Home, asked: Asked, area: Area, total: int | None, per_euro: prices.PerEuro
) -> tuple[Any, ...]:
    """Returns what puts the home in order: the least is first."""
    row = home.row
    usual = "distance" if area.has_nearest else "recommended"
    order, backwards = asked.get("sort", usual), -int(str(row["_id"]), 16)
    if order == "distance" and area.vector:
        return (round(globe.metres(area.vector, home.vector), 3), -backwards)
    if order == "price":
        amount = row["price_per_night"] if total is None else total
        worth = prices.in_euro(amount, row["currency"], per_euro)
        return (BEYOND + amount if worth is None else worth, -backwards)
    if order == "rating":
        average = row["rating"]["average"]
        return (average is None, -(average or 0), -row["rating"]["count"], backwards)
    if order == "newest":
        return (-row["created_at"].timestamp(), backwards)
    return (-home.rank, backwards)
