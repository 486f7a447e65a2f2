"""A stored plan as it is shown: its stays are quoted anew at every read."""

import datetime as dt

from bson import ObjectId

from apps.ai.replies.activities import PlannedActivityReply
from apps.ai.replies.trips import ItineraryReply, PlannedDayReply, StayReply
from apps.ai.replies.weather import WeatherReply
from apps.ai.rows import ItineraryRow, PlannedDayRow
from apps.ai.services.stays import stays_now
from apps.common.json import read, read_each
from apps.common.money import from_wire, money_text


def itinerary_view(row: ItineraryRow, *, user_id: ObjectId, now: dt.datetime) -> ItineraryReply:
    stored = [row["stay"]] if row["stay"] else []
    found = stays_now(
        [*stored, *row["alternatives"]], guests=row["guests"], user_id=user_id, now=now
    )
    stay = found[0] if stored else None
    weather = read(row["weather"], WeatherReply) if row["weather"] else None
    return ItineraryReply.of(
        row,
        summary=_summary(row, stay),
        weather=weather,
        stay=stay,
        alternatives=[other for other in found[len(stored) :] if other],
        days=_days(row["days"], weather),
    )


def _days(rows: list[PlannedDayRow], weather: WeatherReply | None) -> list[PlannedDayReply]:
    by_date = {day.date: day for day in weather.days} if weather else {}
    return [
        PlannedDayReply(
            date=(date := dt.date.fromisoformat(row["date"])),
            weather=by_date.get(date),
            note=row["note"],
            activities=read_each(row["activities"], PlannedActivityReply),
        )
        for row in rows
    ]


def _summary(row: ItineraryRow, stay: StayReply | None) -> str:
    """Our own facts of now, then the model's words, which hold none."""
    nights = (row["end_date"] - row["start_date"]).days
    length = "One night" if nights == 1 else f"{nights} nights"
    count = sum(len(day["activities"]) for day in row["days"])
    few = {0: "no known activities", 1: "one activity"}
    things = few.get(count, f"{count} activities")
    first = f"{length} in {row['destination']} for {guests_text(row['guests'])}, with {things}."
    return " ".join(filter(None, (first, _stay_text(row, stay), row["words"])))


def _stay_text(row: ItineraryRow, stay: StayReply | None) -> str:
    if stay:
        total = money_text(from_wire(stay.total_price, stay.currency), stay.currency)
        verb = "You have booked" if stay.booking_id else "Available now:"
        return f"{verb} {stay.listing.title}, {total} in total."
    if row["stay"]:
        return "The chosen listing is no longer available on these dates."
    return row["obstacle"]


def guests_text(count: int) -> str:
    return "one guest" if count == 1 else f"{count} guests"
