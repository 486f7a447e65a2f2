"""Random searches, as the parameters of GET /api/properties/search."""

import datetime as dt
import random
from math import cos, pi, radians, sin

from faults.searches.homes import TOWNS, often

Asked = dict[str, str]
ORDERS = ("recommended", "distance", "price", "rating", "newest")
# What people call a town, and the towns that they mean.
NAMES = {
    "singapore": {"Singapore"},
    "SANTA MONICA, ca": {"Santa Monica"},
    "santa monica california usa": {"Santa Monica"},
    "california": {"Santa Monica"},
    "sao paulo": {"São Paulo"},
    "United States": {"Santa Monica"},
    "Kyoto, Japan": {"Kyoto"},
    "Kyoto, France": set(),
    "pago pago american samoa": {"Pago Pago"},
    "fiji": {"Taveuni"},
    "arctic": {"Camp Barneo"},
    "nowhere at all": set(),
}
FILTERS: dict[str, tuple[str, ...]] = {
    "guests": ("1", "2", "5", "8"),
    "bedrooms": ("0", "1", "3"),
    "beds": ("1", "4"),
    "bathrooms": ("1", "1.5"),
    "min_rating": ("4.2", "4.75", "5"),
    "property_type": ("apartment", "house", "cabin"),
    "amenities": ("wifi", "Pool,hot tub", "jacuzzi", "a samovar,WIFI"),
    "accessibility": ("step_free_access",),
    "instant_book": ("true",),
    "free_cancellation": ("true",),
    "self_check_in": ("true",),
    "pets": ("1",),
    "infants": ("3",),
    "min_price": ("60", "200.5"),
    "max_price": ("150", "390.99"),
    "q": ("sunny", "LOFT garden", "chateau", "alesund retro"),
}
TOTALS = {"min_total": ("150", "900"), "max_total": ("700", "2500.5")}
AMOUNTS = ("min_price", "max_price", *TOTALS)
# Where the meridians are so close that a star of degrees is none.
FAR_NORTH = 85
CURRENCIES = ("EUR", "JPY", "USD", "IRR")


def search_asked(rng: random.Random, now: dt.datetime) -> Asked:
    asked = {**_where(rng), **_when(rng, now.date())}
    filters = dict(FILTERS)
    if asked.keys() & {"check_in", "flexible"}:
        filters |= TOTALS
    chosen = rng.sample(sorted(filters), rng.choice([0, 0, 1, 1, 2, 3]))
    asked |= {name: rng.choice(filters[name]) for name in chosen}
    if asked.keys() & {"min_price", "max_price", *TOTALS} and often(rng, 0.6):
        asked["currency"] = rng.choice(CURRENCIES)
    if asked.get("currency") == "JPY":
        asked |= {name: asked[name].partition(".")[0] for name in AMOUNTS if name in asked}
    for most in ("max_price", "max_total"):
        if float(asked.get(most, "inf")) < float(asked.get(most.replace("max", "min"), 0)):
            del asked[most]
    if "guests" in asked and often(rng, 0.3):
        asked |= {"adults": asked.pop("guests"), "children": rng.choice(["0", "1"])}
    orders = [
        one for one in ORDERS if one != "distance" or asked.keys() & {"lat", "bbox", "polygon"}
    ]
    if often(rng, 0.8):
        asked["sort"] = rng.choice(orders)
    return asked


def _where(rng: random.Random) -> Asked:
    town = rng.choice(TOWNS)
    return {
        "circle": _circle,
        "box": _box,
        "polygon": _polygon,
        "world": lambda *_: rng.choice(WORLDS),
        "name": lambda *_: {"location": rng.choice(sorted(NAMES))},
        "anywhere": lambda *_: {},
    }[rng.choice(("circle", "circle", "circle", "box", "box", "polygon", "polygon", "world", "name",
                  "anywhere"))](rng, town.lng, town.lat)  # fmt: skip


WORLDS: tuple[Asked, ...] = (
    {"bbox": "-180,-90,180,90"},
    {"bbox": "-180,60,180,90"},
    {"bbox": "-180,-90,180,-70"},
    {"bbox": "-10,-90,-20,90"},
    {"bbox": "0,-60,180,80"},
    {"bbox": "-180,-60,0,80"},
    {"bbox": "100,-40,-100,40"},
    {"bbox": "170,85,-170,90"},
)


def _circle(rng: random.Random, lng: float, lat: float) -> Asked:
    lng, lat = _near(rng, lng, lat, 0.2)
    asked = {"lng": f"{lng:.5f}", "lat": f"{lat:.5f}"}
    if often(rng, 0.7):
        asked["radius_km"] = rng.choice(["0.5", "3", "8", "60", "500"])
    return asked


def _near(rng: random.Random, lng: float, lat: float, far: float) -> tuple[float, float]:
    moved = lng + rng.uniform(-far, far)
    return (moved + 180) % 360 - 180, max(-89.9, min(89.9, lat + rng.uniform(-far, far)))


def _box(rng: random.Random, lng: float, lat: float) -> Asked:
    width, height = rng.choice([0.02, 0.1, 0.5, 20]), rng.choice([0.02, 0.1, 0.5, 10])
    west, south = _near(rng, lng - width / 2, lat - height / 2, 0.1)
    east = (west + width + 180) % 360 - 180
    north = min(90.0, south + height)
    return {"bbox": f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}"}


def _polygon(rng: random.Random, lng: float, lat: float) -> Asked:
    """A star around a point: its sides never cross."""
    if abs(lat) > FAR_NORTH:
        return _box(rng, lng, lat)
    corners, size = rng.randint(3, 9), rng.choice([0.03, 0.1, 0.3])
    turns = [2 * pi * (place + rng.uniform(0.1, 0.9)) / corners for place in range(corners)]
    flat = cos(radians(lat))
    points = []
    for turn in turns:
        far = size * rng.uniform(0.3, 1)
        east = (lng + far * cos(turn) / flat + 180) % 360 - 180
        points.append(f"{east:.5f},{lat + far * sin(turn):.5f}")
    return {"polygon": ";".join(points)}


def _when(rng: random.Random, today: dt.date) -> Asked:
    if often(rng, 0.3):
        return {}
    if often(rng, 0.15):
        first = (today.replace(day=1) + dt.timedelta(days=rng.choice([0, 32, 63]))).replace(day=1)
        kind = rng.choice(["weekend", "week", "month"])
        return {"flexible": kind, **({"months": f"{first:%Y-%m}"} if often(rng, 0.7) else {})}
    check_in = today + dt.timedelta(days=rng.choice([-1, 0, 0, 1, 2, 3, 14, 30, *range(5, 60)]))
    nights = rng.choice([1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 10, 14, 28, 31])
    asked = {"check_in": str(check_in), "check_out": str(check_in + dt.timedelta(days=nights))}
    if often(rng, 0.2):
        asked["flexible"] = rng.choice(["1", "2", "3"])
    return asked
