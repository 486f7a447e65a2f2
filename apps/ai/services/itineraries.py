"""Plans of trips. A planner chooses among what this module found free and near; what a stay costs
and whether it is free is said by the quote at every reply, never by a planner or a stored plan."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bson import ObjectId

from apps.accounts.selectors import preferences_of
from apps.ai.documents import Itinerary
from apps.ai.planner.choose import plan_made
from apps.ai.planner.port import Plan
from apps.ai.selectors import (
    Place,
    activities_near,
    activity_item,
    distance_from,
    itinerary_stored,
    itinerary_unknown,
    place_named,
)
from apps.ai.services.briefs import brief_made
from apps.ai.services.itinerary_views import guests_text, itinerary_view
from apps.ai.services.requests import TripRequest
from apps.ai.services.stays import Wish, other_dates, stays_affordable, stays_free, stays_now
from apps.ai.services.weather import weather_of
from apps.common.errors import InvalidInputError
from apps.common.geo import LngLat
from apps.common.money import money_text
from apps.properties.imports.ids import stable_id
from apps.properties.nights import WINDOW_DAYS, midnight

ACTIVITIES_KM, ACTIVITIES = 25.0, 250
ALTERNATIVES = 3
# How many of the ranked stays are asked again when the plan is made.
ASKED_AGAIN = 8
KEPT = ("id", "name", "category", "description", "coordinates", "url")


def itinerary_plan(*, user_id: ObjectId, request: TripRequest, now: dt.datetime) -> dict[str, Any]:
    """Raises `NotFoundError` for a destination without listings."""
    _dates_check(request, now)
    place, likes = place_named(request.destination), preferences_of(user_id)
    wish = Wish(
        place=place,
        check_in=request.start_date,
        check_out=request.end_date,
        guests=request.guests,
        budget=request.budget,
        currency=request.currency,
    )
    weather = weather_of(place, start=request.start_date, end=request.end_date, now=now)
    activities = activities_near(place.point, radius_km=ACTIVITIES_KM, most=ACTIVITIES)
    stays = stays_affordable(wish, now=now)
    brief = brief_made(request, place, likes, stays, activities, weather)
    plan, planner = plan_made(brief)
    chosen = _kept(plan, stays)
    obstacle, others = ("", []) if chosen else _instead(wish, now)
    document = {
        "user_id": user_id,
        "destination": place.city,
        "start_date": midnight(request.start_date),
        "end_date": midnight(request.end_date),
        "guests": request.guests,
        "budget": request.budget,
        "planner": planner,
        "words": plan.words,
        "weather": _stored_weather(weather),
        "stay": chosen[0] if chosen else None,
        "alternatives": chosen[1:] or [_reference(stay) for stay in others],
        "obstacle": obstacle,
        "days": _days(plan, activities, _home(plan, stays, place)),
        "created_at": now,
    }
    itinerary_id = _itinerary_id(user_id, request)
    view = _promoted(document, user_id=user_id, now=now)
    Itinerary._get_collection().replace_one({"_id": itinerary_id}, document, upsert=True)
    return {"id": itinerary_id, **view}


def itinerary_detail(
    itinerary_id: ObjectId, *, user_id: ObjectId, now: dt.datetime
) -> dict[str, Any]:
    """Raises `NotFoundError`, also for another's."""
    stored = itinerary_stored(itinerary_id, user_id=user_id)
    return {"id": itinerary_id, **itinerary_view(stored, user_id=user_id, now=now)}


def itinerary_delete(itinerary_id: ObjectId, *, user_id: ObjectId) -> None:
    """Raises `NotFoundError`, also for another's."""
    plans = Itinerary._get_collection()
    if not plans.delete_one({"_id": itinerary_id, "user_id": user_id}).deleted_count:
        raise itinerary_unknown()


def _itinerary_id(user_id: ObjectId, request: TripRequest) -> ObjectId:
    asked = json.dumps(asdict(request), default=str, sort_keys=True)
    return stable_id("itinerary", str(user_id), asked)


def _dates_check(request: TripRequest, now: dt.datetime) -> None:
    """A day of grace: at the destination it may still be yesterday."""
    days = (request.start_date - now.date()).days
    if days < -1:
        raise _refused("PAST_DATE", "Must be today or later.")
    if days > WINDOW_DAYS:
        raise _refused("TOO_FAR_AHEAD", "Trips can be planned two years ahead.")


def _refused(code: str, sentence: str) -> InvalidInputError:
    fields = {"start_date": [sentence]}
    return InvalidInputError(f"start_date: {sentence}", fields=fields, code=code)


def _kept(plan: Plan, stays: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {str(stay["listing"]["id"]): stay for stay in stays}
    return [_reference(by_id[stay_id]) for stay_id in plan.stay_ids[:ASKED_AGAIN]]


def _reference(stay: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "listing_id": stay["listing"]["id"],
        "check_in": midnight(stay["check_in"]),
        "check_out": midnight(stay["check_out"]),
    }


def _home(plan: Plan, stays: Sequence[dict[str, Any]], place: Place) -> LngLat:
    for stay in stays:
        if plan.stay_ids[:1] == (str(stay["listing"]["id"]),):
            lng, lat = stay["listing"]["location"]["coordinates"]["coordinates"]
            return (lng, lat)
    return place.point


def _instead(wish: Wish, now: dt.datetime) -> tuple[str, list[dict[str, Any]]]:
    """Why there is no stay, and what there is instead."""
    city = wish.place.city
    dearer = stays_free(wish, now=now) if wish.budget is not None else []
    if dearer and wish.currency not in {None, *(stay["currency"] for stay in dearer)}:
        said = f"Prices in {city} are in {dearer[0]['currency']}, so a budget in {wish.currency} "
        return f"{said}cannot be compared with them.", _cheapest(dearer)
    if dearer and wish.budget is not None:
        most = money_text(wish.budget, dearer[0]["currency"])
        said = f"Nothing that is free in {city} on these nights costs {most} or less in all."
        return said, _cheapest(dearer)
    nights = "this night" if wish.nights == 1 else f"all {wish.nights} nights"
    others = other_dates(wish, now=now, most=ALTERNATIVES)
    return f"Nothing in {city} is free for {guests_text(wish.guests)} on {nights}.", others


def _cheapest(stays: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(stays, key=lambda stay: (stay["total_price"], stay["listing"]["id"]))[
        :ALTERNATIVES
    ]


def _days(plan: Plan, activities: Sequence[dict[str, Any]], home: LngLat) -> list[dict[str, Any]]:
    by_id = {row["_id"]: row for row in activities}
    return [
        {
            "date": day.date.isoformat(),
            "note": day.note,
            "activities": [
                _planned(by_id[item.id], item.part.value, home) for item in day.activities
            ],
        }
        for day in plan.days
    ]


def _planned(row: dict[str, Any], part_of_day: str, home: LngLat) -> dict[str, Any]:
    item = activity_item(row)
    kept = {name: item[name] for name in KEPT}
    return {**kept, "part_of_day": part_of_day, "distance_km": distance_from(home, row)}


def _stored_weather(weather: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """BSON knows no dates, so they are kept as the reply writes them."""
    if weather is None:
        return None
    days = [{**day, "date": day["date"].isoformat()} for day in weather["days"]]
    return {**weather, "days": days}


def _promoted(document: dict[str, Any], *, user_id: ObjectId, now: dt.datetime) -> dict[str, Any]:
    """The view of a plan just made, after `document` has got the first of its stays that is still
    free: a planner may take its time."""
    kept = [stay for stay in (document["stay"], *document["alternatives"]) if stay]
    found = stays_now(kept, guests=document["guests"], user_id=user_id, now=now)
    free = [stay for stay, is_free in zip(kept, found, strict=True) if is_free]
    if document["stay"]:
        document["stay"], free = (free[0], free[1:]) if free else (None, [])
        document["obstacle"] = "" if document["stay"] else "What was free a moment ago is taken."
    document["alternatives"] = free[:ALTERNATIVES]
    return itinerary_view(document, user_id=user_id, now=now)
