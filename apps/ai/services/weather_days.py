"""A day's figures and the sentence about them."""

import calendar
import datetime as dt

from apps.ai.replies.weather import WeatherDayReply
from apps.ai.rows import ForecastDayRow, MonthRow

WET_MM = 5.0
WET_SHARE = 0.6
RARE_SHARE = 0.1
# WMO codes as Open-Meteo reports them, the most important weather first.
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


def is_wet(day: WeatherDayReply | None) -> bool:
    if day is None:
        return False
    if day.rain_mm is not None:
        return day.rain_mm >= WET_MM
    return (day.rain_days_share or 0) >= WET_SHARE


def forecast_day(day: dt.date, row: ForecastDayRow) -> WeatherDayReply:
    sky = next((words for codes, words in SKIES if row["code"] in codes), "Mixed")
    rain = f", {row['rain_mm']:.0f} mm of rain" if row["rain_mm"] >= 1 else ""
    return WeatherDayReply(
        date=day,
        high_c=round(row["high_c"], 1),
        low_c=round(row["low_c"], 1),
        rain_mm=round(row["rain_mm"], 1),
        rain_days_share=None,
        summary=f"{sky}, {row['low_c']:.0f} to {row['high_c']:.0f} °C{rain}.",
    )


def usual_day(day: dt.date, month: MonthRow) -> WeatherDayReply:
    length = calendar.monthrange(day.year, day.month)[1]
    share = min(1.0, max(0.0, 1 - month["dry_days"] / length))
    degrees = f"{month['low_c']:.0f} to {month['high_c']:.0f} °C"
    return WeatherDayReply(
        date=day,
        high_c=month["high_c"],
        low_c=month["low_c"],
        rain_mm=None,
        rain_days_share=round(share, 2),
        summary=f"Usual for {day:%B}: {degrees}, {_rain_text(share)}.",
    )


def _rain_text(share: float) -> str:
    if share < RARE_SHARE:
        return "hardly any rain"
    return f"rain on {round(share * 10)} days out of 10"
