"""Open-Meteo's forecast: the daily figures of sixteen days from today at the place."""

import datetime as dt
import logging
import time
from typing import Annotated, NamedTuple

import httpx
from django.conf import settings
from pydantic import BaseModel, Field, ValidationError, model_validator

from apps.ai.clients.deadline import Breaker, within

logger = logging.getLogger(__name__)
ATTRIBUTION = "Weather data by Open-Meteo.com (CC BY 4.0)"
DAYS = 16
TRIES = 2
CALL_SECONDS, WHOLE_SECONDS = 2.0, 3.0
MOST_BYTES = 100_000
BREAKER = Breaker(failures=1, seconds=60)
# Only what can be over in a moment is asked again.
AGAIN = frozenset({500, 502, 503, 504})

Celsius = Annotated[float, Field(ge=-95, le=65, allow_inf_nan=False)]
Millimetres = Annotated[float, Field(ge=0, le=3000, allow_inf_nan=False)]


class ForecastUnavailableError(Exception):
    pass


class ForecastDay(NamedTuple):
    """`code` is the WMO's."""

    date: dt.date
    high_c: float
    low_c: float
    rain_mm: float
    code: int


class _TooLargeError(Exception):
    pass


UNUSABLE = (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValidationError, _TooLargeError)


class _Daily(BaseModel):
    time: list[dt.date] = Field(min_length=1, max_length=DAYS)
    temperature_2m_max: list[Celsius | None]
    temperature_2m_min: list[Celsius | None]
    precipitation_sum: list[Millimetres | None]
    weather_code: list[int | None]

    @model_validator(mode="after")
    def one_of_each(self) -> "_Daily":
        lists = (self.temperature_2m_max, self.temperature_2m_min, self.precipitation_sum)
        if any(len(values) != len(self.time) for values in (*lists, self.weather_code)):
            raise ValueError("the lists have different lengths")
        return self


class _Answer(BaseModel):
    daily: _Daily


def forecast(*, latitude: float, longitude: float) -> list[ForecastDay]:
    """Asks for the days that have all figures.

    Raises `ForecastUnavailableError` within a few seconds, at once while the circuit is open.
    """
    if BREAKER.is_open:
        raise ForecastUnavailableError("not asked: it failed within the last minute")
    try:
        answer = within(WHOLE_SECONDS, lambda: _asked(latitude, longitude))
        days = _days(_Answer.model_validate_json(answer).daily)
    except UNUSABLE as error:
        BREAKER.failed()
        logger.warning("ai.forecast_failed", extra={"error": _short(error)})
        raise ForecastUnavailableError(_short(error)) from error
    BREAKER.succeeded()
    return days


def _asked(latitude: float, longitude: float) -> bytes:
    wanted = "temperature_2m_max,temperature_2m_min,precipitation_sum,weather_code"
    query: dict[str, str | float | int] = {
        "latitude": round(latitude, 2),
        "longitude": round(longitude, 2),
        "daily": wanted,
        "timezone": "auto",
        "forecast_days": DAYS,
    }
    until = time.monotonic() + WHOLE_SECONDS
    url = f"{settings.OPEN_METEO_URL.rstrip('/')}/v1/forecast"
    with httpx.Client(timeout=CALL_SECONDS) as client:
        for tried in range(1, TRIES + 1):
            with client.stream("GET", url, params=query) as response:
                if response.status_code in AGAIN and tried < TRIES:
                    continue
                response.raise_for_status()
                return _read(response, until)
    raise AssertionError("the last try returns or raises")


def _read(response: httpx.Response, until: float) -> bytes:
    """Gives up by itself as well, so that a dripping server keeps no thread."""
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MOST_BYTES:
            raise _TooLargeError(f"more than {MOST_BYTES} bytes")
        if time.monotonic() > until:
            raise TimeoutError
    return body


def _days(daily: _Daily) -> list[ForecastDay]:
    rows = zip(
        daily.time,
        daily.temperature_2m_max,
        daily.temperature_2m_min,
        daily.precipitation_sum,
        daily.weather_code,
        strict=True,
    )
    return [
        ForecastDay(date, high, low, rain, code)
        for date, high, low, rain, code in rows
        if high is not None and low is not None and rain is not None and code is not None
    ]


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
