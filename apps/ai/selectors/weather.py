import datetime as dt

from apps.ai.rows import ClimateNormalRow, WeatherReportRow, climate_normals, weather_reports
from apps.common.geo import LngLat
from apps.common.text import name_key


def normal_key(city: str, country: str) -> str:
    return f"{name_key(city)}:{name_key(country)}"


def normal_of(city: str, country: str | None = None) -> ClimateNormalRow | None:
    if country is not None:
        return climate_normals.find_one({"_id": normal_key(city, country)})
    start = normal_key(city, "")
    return climate_normals.find_one({"_id": {"$gte": start, "$lt": f"{start[:-1]};"}})


def report_key(point: LngLat) -> str:
    return f"{point[1]:.2f},{point[0]:.2f}"


def report_of(point: LngLat, *, now: dt.datetime) -> WeatherReportRow | None:
    """Finds the stored forecast, as long as it is fresh: the TTL index may be a minute late."""
    query = {"_id": report_key(point), "expires_at": {"$gt": now}}
    return weather_reports.find_one(query)
