"""Makes the sample bookings by the same services as everybody else, at the times they happened, so
that claims, history and events are right."""

import datetime as dt

from bson import ObjectId

from apps.bookings.demo.samples import SampleBooking, sample_bookings
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import BookingRow, bookings
from apps.bookings.selectors import booking_stored
from apps.bookings.services import booking_change, booking_request
from apps.common.errors import AppError
from apps.properties.demo.people import person_id

REQUESTED_DAYS_BEFORE = 18
Step = tuple[Action, tuple[Actor, ObjectId | None], dt.datetime]


def bookings_add(now: dt.datetime) -> int:
    """Leaves out a sample whose guest has been at that listing, or whose nights are not free."""
    there = {
        (row["guest_id"], row["listing_id"])
        for row in bookings.find({}, {"guest_id": 1, "listing_id": 1})
    }
    fresh = [
        sample
        for sample in sample_bookings()
        if (person_id(sample.guest), sample.demo.id) not in there
    ]
    fresh.sort(key=lambda sample: _requested_at(sample, now))
    return sum(_add(sample, now) for sample in fresh)


def _add(sample: SampleBooking, now: dt.datetime) -> bool:
    check_in = sample.check_in(now.date())
    check_out = check_in + dt.timedelta(days=sample.nights)
    requested = _requested_at(sample, now)
    try:
        made = booking_request(
            guest_id=person_id(sample.guest),
            listing_id=sample.demo.id,
            check_in=check_in,
            check_out=check_out,
            guest_count=sample.guests,
            special_requests=sample.special_requests,
            now=requested,
        )
    except AppError:
        return False
    _answer(sample, booking_stored(made.reply.id), requested, check_out)
    return True


def _requested_at(sample: SampleBooking, now: dt.datetime) -> dt.datetime:
    """A pending request is fresh: it would have expired after a day."""
    if sample.status is Status.PENDING:
        return now - dt.timedelta(hours=1 + sample.days % 5)
    requested = now + dt.timedelta(days=sample.days - REQUESTED_DAYS_BEFORE)
    return min(requested, now - dt.timedelta(days=2 + sample.nights))


def _answer(
    sample: SampleBooking, booking: BookingRow, requested: dt.datetime, check_out: dt.date
) -> None:
    answered = requested + dt.timedelta(hours=2 + sample.nights)
    owner, guest = (Actor.OWNER, booking["host_id"]), (Actor.GUEST, booking["guest_id"])
    morning_after = dt.datetime.combine(check_out + dt.timedelta(days=1), dt.time(6), tzinfo=dt.UTC)
    system = (Actor.SYSTEM, None)
    ended = owner if sample.ended_by == "owner" else guest
    accept: Step = (Action.ACCEPT, owner, answered)
    course: dict[Status, list[Step]] = {
        Status.PENDING: [],
        Status.CONFIRMED: [accept],
        Status.COMPLETED: [accept, (Action.COMPLETE, system, morning_after)],
        Status.DECLINED: [(Action.DECLINE, owner, answered)],
        Status.EXPIRED: [(Action.EXPIRE, system, requested + dt.timedelta(hours=24))],
        Status.CANCELLED: [accept, (Action.CANCEL, ended, answered + dt.timedelta(hours=20))],
    }
    for action, (actor, actor_id), at in course[sample.status]:
        reason = sample.reason if action in {Action.DECLINE, Action.CANCEL} else ""
        booking_change(
            booking_id=booking["_id"],
            action=action,
            actor=actor,
            actor_id=actor_id,
            now=at,
            reason=reason,
        )
