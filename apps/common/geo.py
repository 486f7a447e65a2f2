import math

EARTH_RADIUS_KM = 6_371.0
LngLat = tuple[float, float]


def distance_km(a: LngLat, b: LngLat) -> float:
    """Great-circle distance (haversine) between two (longitude, latitude)."""
    lng_a, lat_a, lng_b, lat_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lng_b - lng_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
