"""`manage.py outbox_status` on a backbone where something waits everywhere."""

import datetime as dt
import io
import json

import pytest
from django.core.management import call_command

from apps.events import leases
from apps.events.rows import dead_letters, inbox_messages, outbox_messages
from apps.events.schemas import BookingCreated
from apps.events.schemas.documents import readers
from apps.events.tests.consuming import consuming
from apps.events.tests.test_consumer import _payload, _send
from apps.events.tests.waiting import wait_for
from apps.events.topics import TOPICS


def status(**options):
    out = io.StringIO()
    call_command("outbox_status", stdout=out, json=True, **options)
    return json.loads(out.getvalue())


def lags(found):
    return {
        (row["group"], row["topic"], row["partition"]): row["lag"]
        for row in found["lag"]
        if row["lag"]
    }


def test_nothing_waits(kafka_prefix):
    found = status(max_waiting=0, max_age=0, max_lag=0, max_letters=0, max_refused=0)
    assert found["outbox"] == {"waiting": 0, "refused": 0, "oldest_seconds": 0.0, "heads": []}
    assert found["lease"] == {"owner": "", "seconds_left": 0.0}
    assert found["dead_letters"] == {}
    assert found["over"] == []
    assert len(found["lag"]) == sum(TOPICS[topic].partitions for _, topic, _ in readers())
    assert lags(found) == {}


def test_the_oldest_aggregates_come_first(kafka_prefix, book, now):
    first, second = book(days=10), book(days=20)
    rows = outbox_messages
    rows.update_one(
        {"key": str(first["_id"])},
        {"$set": {"created_at": now - dt.timedelta(minutes=2), "refused_at": now, "error": "x"}},
    )
    leases.acquire("relay", owner="pod:1:ab", seconds=10)
    found = status()
    assert [
        (head["aggregate_id"], head["waiting"], head["next_version"], head["error"])
        for head in found["outbox"]["heads"]
    ] == [(f"booking:{first['_id']}", 1, 1, "x"), (f"booking:{second['_id']}", 1, 1, "")]
    assert (found["outbox"]["waiting"], found["outbox"]["refused"]) == (2, 1)
    assert 120 <= found["outbox"]["oldest_seconds"] < 180
    assert found["lease"]["owner"] == "pod:1:ab"
    assert 5 < found["lease"]["seconds_left"] <= 10


def test_lag_is_what_a_group_has_not_committed(producer):
    for _ in range(3):
        _send(producer, _payload())
    found = lags(status())
    assert {place[:2] for place in found} == {
        ("owners", "booking-requests"),
        ("notifications", "booking-requests"),
    }
    assert set(found.values()) == {3}
    handlers = {"booking-requests": {BookingCreated: lambda *_, **__: None}}
    with consuming(handlers, group="owners"):
        wait_for(lambda: inbox_messages.count({}) == 3, "the events")
    _send(producer, _payload())
    by_group = {place[0]: lag for place, lag in lags(status()).items()}
    assert by_group == {"owners": 1, "notifications": 4}


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"max_waiting": 0}, "1 events that are not published yet, more than 0"),
        ({"max_age": 60}, "seconds that the oldest of them waits, more than 60"),
        ({"max_refused": 0}, "1 events that Kafka rejected, more than 0"),
        ({"max_letters": 1}, "2 dead letters that wait for staff"),
        ({"need_relay": True}, "no relay holds the lease"),
    ],
)
def test_a_figure_over_its_limit_fails(kafka_prefix, book, now, capsys, limit, said):
    book(days=10)
    long_ago = {"created_at": now - dt.timedelta(minutes=2), "refused_at": now}
    outbox_messages.update_many({}, {"$set": long_ago})
    dead_letters.insert_many([{"_id": "a", "status": "failed"}, {"_id": "b", "status": "parked"}])
    generous = {"max_waiting": 1, "max_age": 600, "max_refused": 1, "max_lag": 0, "max_letters": 2}
    call_command("outbox_status", **generous)
    assert "dead letters failed: 1" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        call_command("outbox_status", **{**generous, **limit})
    assert ended.value.code == 1
    assert said in capsys.readouterr().out
