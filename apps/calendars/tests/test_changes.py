"""What readings leave closed, against a plain model. `make faults ARGS=feeds` does the same with
300 feeds over sockets, claims and the database."""

import datetime as dt

import pytest

from apps.calendars.ics import FeedError, Window, feed_read
from apps.calendars.services import changes
from apps.calendars.services.changes import change_of
from apps.calendars.tests.random_feeds import DAY, ZONES, life

pytestmark = pytest.mark.unit
TODAY = dt.date(2026, 11, 29)
NOON = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
LOOK = dt.timedelta(minutes=30)


def differing(seed):
    """Whether any reading of this feed, or the same once more, leaves other nights closed than the
    model says."""
    zone = list(ZONES)[seed % len(ZONES)]
    window = Window(TODAY, TODAY + 731 * DAY)
    stored, vanished, held_at = [], [], None
    for number, step in enumerate(life(seed, today=TODAY, zone=zone, steps=8)):
        try:
            reading = feed_read(step.content, time_zone=zone, window=window)
        except FeedError:
            continue
        for _ in range(2):
            change = change_of(
                stored,
                reading,
                vanished=vanished,
                held_at=held_at,
                second_look=LOOK,
                today=TODAY,
                now=NOON + number * LOOK,
            )
            stored, vanished, held_at = change.events, change.vanished, change.held_at
            if closed(stored) != step.closed:
                return True
    return False


def closed(stored):
    return {
        row["start"].date() + night * DAY
        for row in stored
        for night in range((row["end"] - row["start"]).days)
    }


def test_random_feeds():
    assert [seed for seed in range(40) if differing(seed)] == []


def test_without_the_guard_the_model_differs(monkeypatch):
    monkeypatch.setattr(changes, "MANY", 1000)
    assert any(differing(seed) for seed in range(40))
