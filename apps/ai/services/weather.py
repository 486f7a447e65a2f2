"""Weather of a place: the forecast where there is one, else what is usual there in that month."""

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from apps.ai.clients import open_meteo
from apps.ai.clients.open_meteo import ForecastUnavailableError
from apps.ai.documents import WeatherReport
from apps.ai.enums import WeatherSource
from apps.ai.selectors import (
    Place,
    normal_of,
    place_named,
    place_near,
    report_key,
    report_of,
)
from apps.common.errors import InvalidInputError, NotFoundError
from apps.common.geo import LngLat
from apps.properties.nights import WINDOW_DAYS, midnight, nights_of

FRESH = dt.timedelta(hours=3)
WET_MM = 5.0
WET_SHARE = 0.6
# WMO codes as Open-Meteo gives them, from the most to the least telling.
SKIES: tuple[tuple[frozenset[int], str], ...] = (
    (frozenset(range(95, 100)), "Thunderstorms"),
    (frozenset((*range(71, 78), 85, 86)), "Snow"),
    (frozenset((*range(61, 68), *range(80, 83))), "Rain"),
    (frozenset(range(51, 58)), "Drizzle"),
    (frozenset({45, 48}), "Fog"),
    (frozenset({3}), "Overcast"),
    (frozenset({1, 2}), "Partly cloudy"),
    (frozenset({0}), "Clear sky"),
)


def weather_at(
    *, city: str | None, point: LngLat | None, start: dt.date, end: dt.date, now: dt.datetime
) -> dict[str, Any]:
    """{place, source, attribution, days} of [start, end); raises `NotFoundError`."""
    _dates_check(start, now)
    if city is not None:
        return _at_city(city, start, end, now)
    if point is None:
        raise ValueError("neither a city nor a point")
    place = place_near(point)
    name = place.city if place else f"{point[1]:.2f}, {point[0]:.2f}"
    country = place.country if place else None
    return _read(name, country, point, nights_of(start, end), now)


def _at_city(city: str, start: dt.date, end: dt.date, now: dt.datetime) -> dict[str, Any]:
    """A city without listings may still have climate normals."""
    try:
        place = place_named(city)
    except NotFoundError:
        normal = normal_of(city)
        if normal is None:
            raise
        return _read(normal["city"], normal["country"], None, nights_of(start, end), now)
    return _read(place.city, place.country, place.point, nights_of(start, end), now)


def _dates_check(start: dt.date, now: dt.datetime) -> None:
    days = (start - now.date()).days
    if not -1 <= days <= WINDOW_DAYS:
        sentence = "Must be between today and two years ahead."
        code = "PAST_DATE" if days < 0 else "TOO_FAR_AHEAD"
        raise InvalidInputError(f"start: {sentence}", fields={"start": [sentence]}, code=code)


def _read(
    name: str, country: str | None, point: LngLat | None, days: list[dt.date], now: dt.datetime
) -> dict[str, Any]:
    found = _forecast(point, days, now) if point else None
    if found is not None:
        return _labelled(name, WeatherSource.FORECAST, open_meteo.ATTRIBUTION, found)
    normal = normal_of(name, country)
    if normal is None:
        raise NotFoundError(
            f"There is no forecast for {name} on these days, and no climate normals were imported "
            "for it.",
            code="NO_WEATHER",
        )
    usual = [_usual(day, normal["months"][day.month - 1]) for day in days]
    return _labelled(name, WeatherSource.NORMALS, normal["attribution"], usual)


def weather_of(
    place: Place, *, start: dt.date, end: dt.date, now: dt.datetime
) -> dict[str, Any] | None:
    try:
        return _read(place.city, place.country, place.point, nights_of(start, end), now)
    except NotFoundError:
        return None


def is_wet(day: dict[str, Any] | None) -> bool:
    if day is None:
        return False
    if day["rain_mm"] is not None:
        return bool(day["rain_mm"] >= WET_MM)
    return bool((day["rain_days_share"] or 0) >= WET_SHARE)


def _labelled(
    place: str, source: WeatherSource, attribution: str, days: list[dict[str, Any]]
) -> dict[str, Any]:
    return {"place": place, "source": source.value, "attribution": attribution, "days": days}


def _forecast(point: LngLat, days: list[dt.date], now: dt.datetime) -> list[dict[str, Any]] | None:
    """None unless the forecast holds every day: one reply has one source."""
    first, last = now.date() - dt.timedelta(days=1), now.date() + dt.timedelta(days=open_meteo.DAYS)
    if days[0] < first or days[-1] > last:
        return None
    stored = report_of(point, now=now)
    try:
        rows = stored["days"] if stored else _fetched(point, now)
    except ForecastUnavailableError:
        return None
    by_date = {row["date"].date(): row for row in rows}
    if not by_date.keys() >= set(days):
        return None
    return [_told(day, by_date[day]) for day in days]


def _fetched(point: LngLat, now: dt.datetime) -> Iterable[dict[str, Any]]:
    days = open_meteo.forecast(latitude=point[1], longitude=point[0])
    rows = [{**day, "date": midnight(day["date"])} for day in days]
    report = {"days": rows, "fetched_at": now, "expires_at": now + FRESH}
    WeatherReport._get_collection().update_one(
        {"_id": report_key(point)}, {"$set": report}, upsert=True
    )
    return rows


def _told(day: dt.date, row: dict[str, Any]) -> dict[str, Any]:
    sky = next((words for codes, words in SKIES if row["code"] in codes), "Mixed")
    rain = f", {row['rain_mm']:.0f} mm of rain" if row["rain_mm"] >= 1 else ""
    return {
        "date": day,
        "high_c": round(row["high_c"], 1),
        "low_c": round(row["low_c"], 1),
        "rain_mm": round(row["rain_mm"], 1),
        "rain_days_share": None,
        "summary": f"{sky}, {row['low_c']:.0f} to {row['high_c']:.0f} °C{rain}.",
    }


def _usual(day: dt.date, month: dict[str, Any]) -> dict[str, Any]:
    length = calendar.monthrange(day.year, day.month)[1]
    share = min(1.0, max(0.0, 1 - month["dry_days"] / length))
    return {
        "date": day,
        "high_c": month["high_c"],
        "low_c": month["low_c"],
        "rain_mm": None,
        "rain_days_share": round(share, 2),
        "summary": f"Usual for {day:%B}: {month['low_c']:.0f} to {month['high_c']:.0f} °C, "
        f"{_often(share)}.",
    }


def _often(share: float) -> str:
    if share < 0.1:  # noqa: PLR2004 three days of a month
        return "hardly ever wet"
    return f"wet on {round(share * 10)} days of 10"
