"""Rows of the documents. Nothing here is called within a transaction."""

import datetime as dt
from typing import TypedDict

from bson import ObjectId

from apps.ai.documents import Activity, ClimateNormal, Itinerary, WeatherReport
from apps.common.rows import Rows


class PointRow(TypedDict):
    """GeoJSON: longitude, then latitude."""

    type: str
    coordinates: list[float]


class ActivityRow(TypedDict):
    _id: str
    source: str
    name: str
    category: str
    indoors: bool
    description: str
    address: str
    city: str
    city_key: str
    country: str
    coordinates: PointRow
    url: str
    opening_hours: str
    attribution: str


class ForecastDayRow(TypedDict):
    """`code` is the WMO's."""

    date: dt.datetime
    high_c: float
    low_c: float
    rain_mm: float
    code: int


class WeatherReportRow(TypedDict):
    _id: str
    days: list[ForecastDayRow]
    fetched_at: dt.datetime
    expires_at: dt.datetime


class MonthRow(TypedDict):
    high_c: float
    low_c: float
    rain_mm: float
    dry_days: float


class ClimateNormalRow(TypedDict):
    _id: str
    city: str
    country: str
    months: list[MonthRow]
    attribution: str


class StayRow(TypedDict):
    listing_id: ObjectId
    check_in: dt.datetime
    check_out: dt.datetime


class WeatherDayRow(TypedDict):
    """`date` is YYYY-MM-DD here and in planned days: BSON has no dates."""

    date: str
    high_c: float
    low_c: float
    rain_mm: float | None
    rain_days_share: float | None
    summary: str


class WeatherRow(TypedDict):
    place: str
    source: str
    attribution: str
    days: list[WeatherDayRow]


class PlannedActivityRow(TypedDict):
    id: str
    name: str
    category: str
    part_of_day: str
    description: str
    coordinates: PointRow
    distance_km: float
    url: str


class PlannedDayRow(TypedDict):
    date: str
    note: str
    activities: list[PlannedActivityRow]


class ItineraryHeadRow(TypedDict):
    _id: ObjectId
    destination: str
    start_date: dt.datetime
    end_date: dt.datetime
    guests: int
    planner: str
    created_at: dt.datetime


class ItineraryRow(ItineraryHeadRow):
    user_id: ObjectId
    budget: int | None
    words: str
    weather: WeatherRow | None
    stay: StayRow | None
    alternatives: list[StayRow]
    obstacle: str
    days: list[PlannedDayRow]


activities: Rows[ActivityRow] = Rows(Activity)
weather_reports: Rows[WeatherReportRow] = Rows(WeatherReport)
climate_normals: Rows[ClimateNormalRow] = Rows(ClimateNormal)
itineraries: Rows[ItineraryRow] = Rows(Itinerary)
