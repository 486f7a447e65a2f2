"""Weather of a place: its forecast, and for days without one what is usual in that month."""

import datetime as dt
from typing import ClassVar

from apps.ai.clients import open_meteo
from apps.ai.clients.open_meteo import ForecastUnavailableError
from apps.ai.enums import WeatherSource
from apps.ai.replies.weather import WeatherDayReply, WeatherReply
from apps.ai.rows import ForecastDayRow, weather_reports
from apps.ai.selectors.places import Place, UnknownDestinationError, place_named, place_near
from apps.ai.selectors.weather import normal_of, report_key, report_of
from apps.ai.services.weather_days import forecast_day, usual_day
from apps.common.errors import InvalidInputError, NotFoundError
from apps.common.geo import LngLat
from apps.properties.nights import WINDOW_DAYS, midnight, nights_of

FRESH = dt.timedelta(hours=3)


class PastWeatherError(InvalidInputError):
    field = "start"
    code = "PAST_DATE"
    sentence = "Must be between today and two years ahead."


class DistantWeatherError(InvalidInputError):
    field = "start"
    code = "TOO_FAR_AHEAD"
    sentence = PastWeatherError.sentence


class NoWeatherError(NotFoundError):
    code = "NO_WEATHER"
    sentence = "There is no forecast for {place} on these days, and no climate normals either."
    sample: ClassVar = {"place": "Singapore"}


def weather_at(
    *, city: str | None, point: LngLat | None, start: dt.date, end: dt.date, now: dt.datetime
) -> WeatherReply:
    """Reads the weather of [start, end) at a city or a point.

    Raises `PastWeatherError`, `DistantWeatherError`, `UnknownDestinationError`, `NoWeatherError`.
    """
    _dates_check(start, now)
    if city is not None:
        return _at_city(city, start, end, now)
    if point is None:
        raise ValueError("neither a city nor a point")
    place = place_near(point)
    name = place.city if place else f"{point[1]:.2f}, {point[0]:.2f}"
    country = place.country if place else None
    return _read(name, country, point, nights_of(start, end), now)


def weather_of(
    place: Place, *, start: dt.date, end: dt.date, now: dt.datetime
) -> WeatherReply | None:
    try:
        return _read(place.city, place.country, place.point, nights_of(start, end), now)
    except NoWeatherError:
        return None


def _dates_check(start: dt.date, now: dt.datetime) -> None:
    days = (start - now.date()).days
    if days < -1:
        raise PastWeatherError
    if days > WINDOW_DAYS:
        raise DistantWeatherError


def _at_city(city: str, start: dt.date, end: dt.date, now: dt.datetime) -> WeatherReply:
    """A city without listings may still have climate normals."""
    try:
        place = place_named(city)
    except UnknownDestinationError:
        normal = normal_of(city)
        if normal is None:
            raise
        return _read(normal["city"], normal["country"], None, nights_of(start, end), now)
    return _read(place.city, place.country, place.point, nights_of(start, end), now)


def _read(
    name: str, country: str | None, point: LngLat | None, days: list[dt.date], now: dt.datetime
) -> WeatherReply:
    found = _forecast(point, days, now) if point else None
    if found is not None:
        source, attribution = WeatherSource.FORECAST, open_meteo.ATTRIBUTION
        return _weather(name, source, attribution, found)
    normal = normal_of(name, country)
    if normal is None:
        raise NoWeatherError(place=name)
    usual = [usual_day(day, normal["months"][day.month - 1]) for day in days]
    return _weather(name, WeatherSource.NORMALS, normal["attribution"], usual)


def _weather(
    place: str, source: WeatherSource, attribution: str, days: list[WeatherDayReply]
) -> WeatherReply:
    return WeatherReply(place=place, source=source.value, attribution=attribution, days=days)


def _forecast(point: LngLat, days: list[dt.date], now: dt.datetime) -> list[WeatherDayReply] | None:
    """Returns None unless the forecast holds every day: one reply has one source."""
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
    return [forecast_day(day, by_date[day]) for day in days]


def _fetched(point: LngLat, now: dt.datetime) -> list[ForecastDayRow]:
    rows = [
        ForecastDayRow(
            date=midnight(day.date),
            high_c=day.high_c,
            low_c=day.low_c,
            rain_mm=day.rain_mm,
            code=day.code,
        )
        for day in open_meteo.forecast(latitude=point[1], longitude=point[0])
    ]
    report = {"days": rows, "fetched_at": now, "expires_at": now + FRESH}
    weather_reports.update_one({"_id": report_key(point)}, {"$set": report}, upsert=True)
    return rows
