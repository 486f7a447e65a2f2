import datetime as dt
from typing import Annotated

from msgspec import Meta

from apps.ai.enums import WeatherSource
from apps.common.json import readable
from apps.common.replies import Reply, choices, example

WEATHER_DAY = {
    "date": "2026-12-16",
    "high_c": 30.4,
    "low_c": 24.1,
    "rain_mm": None,
    "rain_days_share": 0.61,
    "summary": "Usual for December: 24 to 30 °C, rain on 6 days out of 10.",
}
WEATHER = {
    "place": "Singapore",
    "source": "climate-normals",
    "attribution": "Example data",
    "days": [WEATHER_DAY],
}
Source = Annotated[str, choices(WeatherSource)]
Credit = Annotated[str, Meta(description="Show it beside the data.")]
Rain = Annotated[float | None, Meta(description="Forecasts only.")]
Share = Annotated[
    float | None, Meta(description="Climate normals only: the share of wet days in that month.")
]


class WeatherDayReply(Reply, frozen=True, kw_only=True, gc=False):
    date: dt.date
    high_c: float
    low_c: float
    rain_mm: Rain
    rain_days_share: Share
    summary: str


@readable
@example(WEATHER)
class WeatherReply(Reply, frozen=True, kw_only=True, gc=False):
    place: str
    source: Source
    attribution: Credit
    days: list[WeatherDayReply]
