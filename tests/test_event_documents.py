"""docs/asyncapi.json and docs/events/ say what the code does. `asyncapi-3.0.0.json` is the
schema of AsyncAPI's own specification (Apache-2.0), without its prose."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from apps.bookings.enums import Action, Actor
from apps.bookings.services import booking_change
from apps.events.rows import outbox_messages
from apps.events.schemas import BookingCreated, BookingStatusUpdated, SchemaError, documents
from apps.events.schemas.json_schema import breaches, schema_of
from apps.events.tests.consuming import consuming
from apps.events.tests.test_schemas import CREATED, EXAMPLES
from apps.events.tests.waiting import wait_for
from apps.events.topics import TOPICS, wire_name
from apps.owners.handlers import HANDLERS as OWNERS

DOCS = Path(settings.BASE_DIR) / "docs"
ASYNCAPI = json.loads(Path(__file__).with_name("asyncapi-3.0.0.json").read_text())
EVENTS = documents.event_classes()


@pytest.mark.unit
@pytest.mark.parametrize("path", documents.files(), ids=lambda path: path.name)
def test_the_file_stands_as_the_code_is(path):
    stands = path.read_text() if path.exists() else ""
    assert stands == documents.files()[path], "run `make api`"


@pytest.mark.unit
def test_no_other_schema_stands_there():
    assert set((DOCS / "events").iterdir()) | {DOCS / "asyncapi.json"} == set(documents.files())


def document():
    return json.loads((DOCS / "asyncapi.json").read_text())


@pytest.mark.unit
def test_the_document_is_valid_by_asyncapis_own_schema():
    jsonschema.validate(document(), ASYNCAPI)


@pytest.mark.unit
def test_a_wrong_document_is_not():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document(), "channels": {"x": {"address": 7}}}, ASYNCAPI)


def references(node):
    if isinstance(node, dict):
        yield from ([node["$ref"]] if "$ref" in node else [])
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from references(one)


@pytest.mark.unit
def test_every_reference_leads_somewhere():
    made = document()
    for reference in references(made):
        if not reference.startswith("#/"):
            assert (DOCS / reference).is_file()
            continue
        node = made
        for part in reference[2:].split("/"):
            node = node[part]


@pytest.mark.unit
def test_it_has_each_topic_and_each_reader():
    made = document()
    kafka = {name: one["bindings"]["kafka"] for name, one in made["channels"].items()}
    assert {
        name: (one["partitions"], one["topicConfiguration"]["retention.ms"])
        for name, one in kafka.items()
    } == {name: (topic.partitions, topic.retention_ms) for name, topic in TOPICS.items()}
    receive = {name for name, one in made["operations"].items() if one["action"] == "receive"}
    assert receive == {
        "owners/booking-requests",
        "owners/booking-updates",
        "owners/booking-cancellations",
        "travelers/booking-updates",
        "travelers/booking-confirmations",
        "notifications/notifications",
        "notifications/booking-requests",
        "notifications/booking-updates",
    }


@pytest.mark.unit
@pytest.mark.parametrize("event", EVENTS)
def test_each_schema_is_one(event):
    Draft202012Validator.check_schema(schema_of(event))


@pytest.mark.unit
@pytest.mark.parametrize(("event", "example"), EXAMPLES)
def test_the_seeds_examples_are_valid_and_what_we_make_of_them(event, example):
    assert breaches(event, example) == []
    assert breaches(event, event.from_payload(example).to_payload()) == []
    assert breaches(event, {**example, "added_later": [1]}) == []


WRONG = [
    ({"event_type": "other"}, "event_type: 'booking_created' was expected"),
    ({"schema_version": 2}, "schema_version: 1 was expected"),
    ({"schema_version": "1.1"}, "schema_version: '1.1' is not of type 'integer'"),
    ({"booking_id": 7}, "booking_id: 7 is not of type 'string'"),
    ({"total_price": "500"}, "total_price: '500' is not of type 'number'"),
    ({"total_price": True}, "total_price: True is not of type 'number'"),
    ({"metadata": []}, "metadata: [] is not of type 'object'"),
    ({"version": 1.5}, "version: 1.5 is not of type 'integer'"),
]


@pytest.mark.unit
@pytest.mark.parametrize(("change", "said"), WRONG)
def test_the_schema_refuses_what_the_code_refuses(change, said):
    wrong = {**CREATED, **change}
    assert said in breaches(BookingCreated, wrong)
    with pytest.raises(SchemaError):
        BookingCreated.from_payload(wrong)


@pytest.mark.unit
@pytest.mark.parametrize("name", schema_of(BookingCreated)["required"])
def test_a_missing_field_is_named(name):
    wrong = {key: value for key, value in CREATED.items() if key != name}
    assert breaches(BookingCreated, wrong) == [f"message: '{name}' is a required property"]
    with pytest.raises(SchemaError, match=name):
        BookingCreated.from_payload(wrong)


def test_real_events_are_valid(relay, producer, book, now):
    booking = book(days=10)
    booking_change(booking_id=booking["_id"], action=Action.ACCEPT, actor=Actor.OWNER, now=now)
    producer.send(wire_name("booking-requests"), key=b"b1", value=b"{bad")
    relay.publish_batch()
    with consuming(OWNERS, group="owners"):
        wait_for(lambda: outbox_messages.find_one({"topics": "notifications"}), "a notification")
        wait_for(lambda: outbox_messages.find_one({"topics": "booking-dlq"}), "a dead letter")
    of_type = {event.event_type: event for event in EVENTS}
    found = [row["payload"] for row in outbox_messages.find({})]
    assert {payload["event_type"] for payload in found} == set(of_type)
    assert [breaches(of_type[payload["event_type"]], payload) for payload in found] == [[]] * len(
        found
    )


HANDLES_TWO = {"booking-updates": {BookingStatusUpdated: print, BookingCreated: print}}


@pytest.mark.unit
def test_a_topic_of_two_types_names_both(settings):
    settings.CONSUMER_GROUPS = {**settings.CONSUMER_GROUPS, "probe": f"{__name__}.HANDLES_TWO"}
    made = documents.document()
    both = ["booking_created", "booking_status_updated"]
    assert sorted(made["channels"]["booking-updates"]["messages"]) == both
    received = made["operations"]["probe/booking-updates"]["messages"]
    place = "#/channels/booking-updates/messages/"
    assert sorted(one["$ref"] for one in received) == [f"{place}{name}" for name in both]
    jsonschema.validate(made, ASYNCAPI)
