"""A person mends a message, and the booking goes on in its order."""

import base64
import json

import pytest

from apps.common.errors import ConflictError, InvalidInputError, NotFoundError
from apps.events.dead_letters.edits import dead_letter_edit, message_problems, message_text
from apps.events.dead_letters.replay import dead_letter_replay
from apps.events.rows import dead_letters
from apps.events.tests.test_replay import Bench, _payload

GOOD = {**_payload("mended"), "event_id": "e1"}
BROKEN = {key: value for key, value in GOOD.items() if key != "host_id"}


@pytest.fixture
def stuck(producer, relay):
    """A message without its host, and two of the same booking that wait behind it."""
    bench = Bench(producer, relay)
    bench.send(json.dumps(BROKEN).encode(), "second", "third")
    bench.consume_until(lambda: len(bench.statuses) == 3, "the dead letters")
    assert bench.statuses == ["failed", "parked", "parked"]
    while relay.publish_batch():
        pass
    return bench


def first_stored():
    return dead_letters.find_one({}, sort=[("offset", 1)])


def edit(now, text=None, **changes):
    asked = {"dead_letter_id": first_stored()["_id"], "reason": "Its host was lost", "actor": "ada"}
    text = json.dumps(GOOD) if text is None else text
    return dead_letter_edit(**{**asked, **changes}, text=text, now=now)


def test_edit_and_replay_restores_the_order(stuck, now):
    head = first_stored()
    sent = edit(now)

    assert sent == [stuck.dead_letter(0), stuck.dead_letter(1), stuck.dead_letter(2)]
    assert stuck.relay.publish_batch() == 3
    stuck.consume_until(lambda: stuck.statuses == ["replayed"] * 3, "the replay")
    assert stuck.effects == ["mended", "second", "third"]
    first = first_stored()["history"][0]
    assert (first["action"], first["actor"], first["note"]) == ("edit", "ada", "Its host was lost")
    assert first["value"] == head["value"]
    assert json.loads(base64.b64decode(first["value"])) == BROKEN
    assert json.loads(message_text(first_stored()["value"])) == GOOD

    assert dead_letter_replay(dead_letter_id=head["_id"], actor="ada", now=now) == []
    with pytest.raises(ConflictError):
        edit(now)
    assert stuck.relay.publish_batch() == 0
    assert stuck.effects == ["mended", "second", "third"]


REFUSED = {
    "no JSON": ("{bad", "not JSON"),
    "no object": ("[]", "message: [] is not of type 'object'"),
    "a missing field": (json.dumps(BROKEN), "'host_id' is a required property"),
    "a wrong kind": (json.dumps({**GOOD, "total_price": "1"}), "total_price: '1' is not"),
    "a count with a point": (json.dumps({**GOOD, "version": 1.0}), "version is 1.0, not int"),
    "another event": (json.dumps({**GOOD, "event_id": "e2"}), "event_id must stay e1."),
    "another booking": (json.dumps({**GOOD, "booking_id": "b2"}), "booking_id must be the message"),
    "another version": (
        json.dumps({**GOOD, "schema_version": 2}),
        "schema_version: 1 was expected",
    ),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_wrong_message_is_refused_and_changes_nothing(stuck, now, text, said):
    before = first_stored()
    with pytest.raises(InvalidInputError) as refusal:
        edit(now, text)
    assert said in refusal.value.message
    assert first_stored() == before
    assert stuck.relay.publish_batch() == 0


def test_who_may_not_be_edited(stuck, now):
    before = list(dead_letters.find({}))
    with pytest.raises(InvalidInputError):
        edit(now, reason=" ")
    with pytest.raises(NotFoundError):
        edit(now, dead_letter_id="none")
    with pytest.raises(ConflictError):
        edit(now, dead_letter_id=stuck.dead_letter(1))
    assert list(dead_letters.find({})) == before


def test_one_that_is_blocked_behind_another_is_not_edited_before_it(producer, relay, now):
    bench = Bench(producer, relay)
    bench.send(b"{bad", json.dumps(BROKEN).encode())
    bench.consume_until(lambda: bench.statuses == ["failed", "failed"], "the dead letters")
    second = dead_letters.find_one({"_id": bench.dead_letter(1)})
    with pytest.raises(ConflictError, match="is blocked behind"):
        edit(now, dead_letter_id=second["_id"])
    assert dead_letters.find_one({"_id": second["_id"]}) == second

    edit(now, json.dumps({**GOOD, "event_id": "found-out"}))
    assert first_stored()["event_id"] == "found-out"
    while relay.publish_batch():
        pass
    bench.consume_until(lambda: bench.statuses == ["replayed", "failed"], "the first")
    edit(now, dead_letter_id=second["_id"])
    while relay.publish_batch():
        pass
    bench.consume_until(lambda: bench.statuses == ["replayed"] * 2, "the second")
    assert bench.effects == ["mended", "mended"]


def test_the_field_that_is_wrong_is_named():
    assert message_problems("booking-requests", json.dumps(GOOD)) == []
    assert message_problems("nowhere", "{}") == ["no event is known on nowhere"]
    assert message_problems("booking-requests", json.dumps(BROKEN)) == [
        "message: 'host_id' is a required property"
    ]
