"""Plays the stories through the same services as everybody else, at the times they happened, so
that claims, history and events are right."""

import datetime as dt

from bson import ObjectId

from apps.bookings.demo.stories import Story, stories
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import BookingRow, bookings
from apps.bookings.selectors import booking_stored
from apps.bookings.services import booking_change, booking_request
from apps.common.errors import AppError
from apps.properties.demo.people import person_id

ASKED_DAYS_BEFORE = 18
Step = tuple[Action, tuple[Actor, ObjectId | None], dt.datetime]


def bookings_add(now: dt.datetime) -> int:
    """Leaves out a story whose guest has been at that listing, and one whose nights are taken."""
    told = {
        (row["guest_id"], row["listing_id"])
        for row in bookings.find({}, {"guest_id": 1, "listing_id": 1})
    }
    fresh = [story for story in stories() if (person_id(story.guest), story.demo.id) not in told]
    fresh.sort(key=lambda story: _asked_at(story, now))
    return sum(_tell(story, now) for story in fresh)


def _tell(story: Story, now: dt.datetime) -> bool:
    check_in = story.check_in(now.date())
    check_out = check_in + dt.timedelta(days=story.nights)
    asked = _asked_at(story, now)
    try:
        made = booking_request(
            guest_id=person_id(story.guest),
            listing_id=story.demo.id,
            check_in=check_in,
            check_out=check_out,
            guest_count=story.guests,
            special_requests=story.wish,
            now=asked,
        )
    except AppError:
        return False
    _answer(story, booking_stored(made.reply.id), asked, check_out)
    return True


def _asked_at(story: Story, now: dt.datetime) -> dt.datetime:
    """A pending request is fresh: it would have expired after a day."""
    if story.status is Status.PENDING:
        return now - dt.timedelta(hours=1 + story.days % 5)
    asked = now + dt.timedelta(days=story.days - ASKED_DAYS_BEFORE)
    return min(asked, now - dt.timedelta(days=2 + story.nights))


def _answer(story: Story, booking: BookingRow, asked: dt.datetime, check_out: dt.date) -> None:
    answered = asked + dt.timedelta(hours=2 + story.nights)
    owner, guest = (Actor.OWNER, booking["host_id"]), (Actor.GUEST, booking["guest_id"])
    morning_after = dt.datetime.combine(check_out + dt.timedelta(days=1), dt.time(6), tzinfo=dt.UTC)
    system = (Actor.SYSTEM, None)
    ended = owner if story.ended_by == "owner" else guest
    accept: Step = (Action.ACCEPT, owner, answered)
    course: dict[Status, list[Step]] = {
        Status.PENDING: [],
        Status.CONFIRMED: [accept],
        Status.COMPLETED: [accept, (Action.COMPLETE, system, morning_after)],
        Status.DECLINED: [(Action.DECLINE, owner, answered)],
        Status.EXPIRED: [(Action.EXPIRE, system, asked + dt.timedelta(hours=24))],
        Status.CANCELLED: [accept, (Action.CANCEL, ended, answered + dt.timedelta(hours=20))],
    }
    for action, (actor, actor_id), at in course[story.status]:
        reason = story.reason if action in {Action.DECLINE, Action.CANCEL} else ""
        booking_change(
            booking_id=booking["_id"],
            action=action,
            actor=actor,
            actor_id=actor_id,
            now=at,
            reason=reason,
        )
