"""Makes a plan's row: what is near and free goes to a planner, what it chooses into the row."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

import msgspec
from bson import ObjectId

from apps.accounts.selectors import preferences_of
from apps.ai.planner.choose import plan_made
from apps.ai.planner.port import Plan
from apps.ai.replies.activities import PlannedActivityReply
from apps.ai.replies.trips import StayReply
from apps.ai.replies.weather import WeatherReply
from apps.ai.rows import (
    ActivityRow,
    ItineraryRow,
    PlannedActivityRow,
    PlannedDayRow,
    StayRow,
    WeatherRow,
)
from apps.ai.selectors.activities import activities_near
from apps.ai.selectors.places import Place
from apps.ai.services.briefs import brief_made
from apps.ai.services.other_stays import OtherStays, other_stays
from apps.ai.services.requests import TripRequest
from apps.ai.services.stays import RequestedStay, stays_affordable
from apps.ai.services.weather import weather_of
from apps.common.geo import LngLat
from apps.properties.imports.ids import stable_id
from apps.properties.nights import midnight

ACTIVITIES_KM, MOST_ACTIVITIES = 25.0, 250
# How many of the ranked stays are kept to be quoted again when the plan is made.
MOST_CHOSEN = 8


def row_planned(
    user_id: ObjectId, request: TripRequest, place: Place, now: dt.datetime
) -> ItineraryRow:
    stay = _requested_stay(request, place)
    weather = weather_of(place, start=request.start_date, end=request.end_date, now=now)
    activities = activities_near(place.point, radius_km=ACTIVITIES_KM, most=MOST_ACTIVITIES)
    stays = stays_affordable(stay, now=now)
    likes = preferences_of(user_id)
    plan, planner = plan_made(brief_made(request, place, likes, stays, activities, weather))
    chosen = _chosen(plan, stays)
    others = OtherStays("", []) if chosen else other_stays(stay, now=now)
    return ItineraryRow(
        _id=_itinerary_id(user_id, request),
        user_id=user_id,
        destination=place.city,
        start_date=midnight(request.start_date),
        end_date=midnight(request.end_date),
        guests=request.guests,
        budget=request.budget,
        planner=planner,
        words=plan.summary,
        weather=_weather_row(weather),
        stay=chosen[0] if chosen else None,
        alternatives=chosen[1:] or [_stay_row(other) for other in others.stays],
        obstacle=others.obstacle,
        days=_day_rows(plan, activities, _home(plan, stays, place)),
        created_at=now,
    )


def _requested_stay(request: TripRequest, place: Place) -> RequestedStay:
    return RequestedStay(
        place=place,
        check_in=request.start_date,
        check_out=request.end_date,
        guests=request.guests,
        budget=request.budget,
        currency=request.currency,
    )


def _itinerary_id(user_id: ObjectId, request: TripRequest) -> ObjectId:
    text = json.dumps(asdict(request), default=str, sort_keys=True)
    return stable_id("itinerary", str(user_id), text)


def _chosen(plan: Plan, stays: Sequence[StayReply]) -> list[StayRow]:
    by_id = {str(stay.listing.id): stay for stay in stays}
    return [_stay_row(by_id[stay_id]) for stay_id in plan.stay_ids[:MOST_CHOSEN]]


def _stay_row(stay: StayReply) -> StayRow:
    return StayRow(
        listing_id=stay.listing.id,
        check_in=midnight(stay.check_in),
        check_out=midnight(stay.check_out),
    )


def _home(plan: Plan, stays: Sequence[StayReply], place: Place) -> LngLat:
    for stay in stays:
        if plan.stay_ids[:1] == (str(stay.listing.id),):
            lng, lat = stay.listing.location.coordinates["coordinates"]
            return (lng, lat)
    return place.point


def _weather_row(weather: WeatherReply | None) -> WeatherRow | None:
    return None if weather is None else cast("WeatherRow", msgspec.to_builtins(weather))


def _day_rows(plan: Plan, activities: Sequence[ActivityRow], home: LngLat) -> list[PlannedDayRow]:
    by_id = {row["_id"]: row for row in activities}
    return [
        PlannedDayRow(
            date=day.date.isoformat(),
            note=day.note,
            activities=[
                _activity_row(
                    PlannedActivityReply.of(by_id[item.id], part_of_day=item.part, home=home)
                )
                for item in day.activities
            ],
        )
        for day in plan.days
    ]


def _activity_row(activity: PlannedActivityReply) -> PlannedActivityRow:
    return cast("PlannedActivityRow", msgspec.to_builtins(activity))
