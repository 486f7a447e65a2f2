"""One trace from the guest's request to what the host is told, over real Kafka."""

import logging

import pytest

from airbnb import celery
from apps.common.trace import Trace, trace_bind, trace_id_current
from apps.events.rows import outbox_messages
from apps.events.tests.consuming import consuming
from apps.events.tests.waiting import read_topic, wait_for
from apps.notifications.handlers import HANDLERS as NOTIFICATIONS
from apps.notifications.rows import emails, notifications
from apps.owners.handlers import HANDLERS as OWNERS

TRACE = "0af7651916cd43dd8448eb211c80319c"
GIVEN = f"00-{TRACE}-b7ad6b7169203331-01"


def headers(message):
    return {name: value.decode() for name, value in message.headers}


def test_a_request_can_be_followed_to_the_notification(relay, guest, stay, caplog):
    caplog.set_level(logging.INFO)
    given = {"traceparent": GIVEN, "x-request-id": "from-the-gateway"}
    assert guest.post("/api/bookings", stay(), **given).status_code == 201
    row = outbox_messages.find_one({})
    relay.publish_batch()
    (message,) = read_topic("booking-requests", 1)
    assert {name: headers(message)[name] for name in row["headers"]} == row["headers"]

    with consuming(OWNERS, group="owners"):
        derived = wait_for(
            lambda: outbox_messages.find_one({"topics": "notifications"}), "the handler"
        )
    relay.publish_batch()
    with consuming(NOTIFICATIONS, group="notifications"):
        item = wait_for(lambda: notifications.find_one({}), "the item")

    steps = [row["headers"], headers(message), derived["headers"], item]
    assert {step["request_id"] for step in steps} == {"from-the-gateway"}
    traces = [Trace.parse(step["traceparent"]) for step in steps]
    assert {(trace.trace_id, trace.flags) for trace in traces} == {(TRACE, 1)}
    assert len({trace.span_id for trace in traces}) == 3
    email = emails.find_one({})
    assert Trace.parse(email["traceparent"]).trace_id == TRACE


@pytest.mark.parametrize("given", ["", "00-not-a-trace-01"])
def test_a_request_without_a_trace_begins_one(guest, stay, given):
    assert guest.post("/api/bookings", stay(), traceparent=given).status_code == 201
    row = outbox_messages.find_one({})
    assert Trace.parse(row["headers"]["traceparent"]).trace_id not in {TRACE, ""}


def test_a_task_goes_on_with_the_trace_of_its_sender():
    class Task:
        request = {}

    trace_bind(GIVEN)
    sent = {}
    celery.task_sent(headers=sent)
    trace_bind("")
    assert trace_id_current() != TRACE
    Task.request = {"headers": sent}
    celery.task_begins(task_id="t1", task=Task)
    assert trace_id_current() == TRACE
