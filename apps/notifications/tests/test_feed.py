import datetime as dt
import uuid

from apps.events.schemas import NotificationRequested
from apps.notifications.documents import Notification
from apps.notifications.handlers import deliver


def _event(person, **changes) -> NotificationRequested:
    values = {
        "event_id": str(uuid.uuid4()),
        "timestamp": "2026-01-01T00:00:00Z",
        "user_id": str(person.id),
        "kind": "booking_confirmed",
        "title": "Your stay is confirmed",
        "body": "A quiet flat",
        "booking_id": "b1",
        **changes,
    }
    return NotificationRequested(**values)


def test_an_event_delivered_twice_is_one_item(guest, now):
    event = _event(guest)
    deliver(event, now=now)
    deliver(event, now=now + dt.timedelta(seconds=5))

    feed = guest.get("/api/notifications").json()

    assert feed["unread"] == 1
    assert [(item["id"], item["kind"], item["read_at"]) for item in feed["results"]] == [
        (event.event_id, "booking_confirmed", None)
    ]


def test_reading_marks_once(guest, make_person, now):
    event = _event(guest)
    deliver(event, now=now)
    path = f"/api/notifications/{event.event_id}/read"

    assert make_person().post(path).status_code == 404
    first = guest.post(path).json()["read_at"]
    assert first is not None
    assert guest.post(path).json()["read_at"] == first
    assert guest.get("/api/notifications").json()["unread"] == 0


def test_read_all_touches_only_ones_own(guest, make_person, now):
    other = make_person()
    for person in (guest, guest, other):
        deliver(_event(person), now=now)
    assert guest.post("/api/notifications/read-all").json() == {"unread": 0}
    assert Notification.objects(read_at=None).count() == 1
    assert other.get("/api/notifications").json()["unread"] == 1


def test_the_feed_is_newest_first_and_needs_a_login(guest, anonymous, now):
    for minute in range(3):
        deliver(_event(guest, title=f"t{minute}"), now=now + dt.timedelta(minutes=minute))
    titles = [item["title"] for item in guest.get("/api/notifications").json()["results"]]
    assert titles == ["t2", "t1", "t0"]
    assert anonymous.get("/api/notifications").status_code == 401


def test_the_feed_shows_the_text_of_the_table(guest, now):
    values = {"listing_title": "A flat", "check_in": "2030-12-04", "check_out": "2030-12-08"}
    deliver(_event(guest, title="Old", body="Old", variant="own", values=values), now=now)
    deliver(_event(guest, kind="stay_begins", title="Old", body="Old", values=values), now=now)
    found = {
        item["title"]: item["body"] for item in guest.get("/api/notifications").json()["results"]
    }
    assert found == {
        "Old": "Old",
        "Your stay begins soon": "A flat: 4 Dec 2030 to 8 Dec 2030. Have a good journey.",
    }
