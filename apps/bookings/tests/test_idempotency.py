import datetime as dt
import time
import uuid
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random

import pytest
from bson import ObjectId
from pymongo.errors import AutoReconnect

from apps.bookings import idempotency
from apps.bookings.idempotency import Key, KeyInFlightError, KeyReusedError, once
from apps.bookings.invariants import breaches
from apps.bookings.rows import bookings, idempotency_keys
from apps.common import mongo
from apps.common.clock import utc_now
from apps.common.errors import ConflictError
from apps.events.rows import outbox_messages
from apps.payments.rows import payments
from apps.properties.rows import night_claims

KEYS, CALLERS = 25, 16


def rows() -> list[dict]:
    return list(idempotency_keys.find({}))


def test_the_same_key_gets_the_same_reply(guest, host, stay, counts):
    key = str(uuid.uuid4())
    first = guest.post("/api/bookings", stay(), idempotency_key=key)
    host.post(f"/api/owner/bookings/{first.json()['id']}/accept")
    before = counts()

    second = guest.post("/api/bookings", stay(), idempotency_key=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert counts() == before
    (row,) = rows()
    assert (row["status"], row["body"], row["locked_until"]) == (201, first.content, None)


def test_another_body_with_the_same_key_is_refused(guest, stay, counts):
    key = str(uuid.uuid4())
    guest.post("/api/bookings", stay(), idempotency_key=key)
    before = counts()
    other = guest.post("/api/bookings", stay(guest_count=1), idempotency_key=key)
    assert other.status_code == 422
    assert other.json()["error"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert counts() == before


def test_another_call_with_the_same_key_is_refused(guest, stay, counts):
    key, body = str(uuid.uuid4()), stay()
    assert guest.post("/api/bookings/holds", body, idempotency_key=key).status_code == 201
    before = counts()
    assert guest.post("/api/bookings", body, idempotency_key=key).status_code == 422
    assert counts() == before


@pytest.mark.parametrize("change", [{"guest_count": 9}, {"guest_count": "many"}])
def test_a_refused_call_is_not_remembered(guest, stay, change):
    key = str(uuid.uuid4())
    refused = guest.post("/api/bookings", stay(**change), idempotency_key=key)
    assert (refused.status_code, rows()) == (400, [])
    assert guest.post("/api/bookings", stay(), idempotency_key=key).status_code == 201


def test_a_call_that_its_transaction_refuses_is_not_remembered(guest, stay, monkeypatch):
    """The nights are lost between the look at them and the transaction."""
    from apps.bookings.services import requests

    key = str(uuid.uuid4())
    monkeypatch.setattr(requests, "_holds_in_the_way", lambda *_, **__: [])
    assert guest.post("/api/bookings", stay()).status_code == 201
    assert guest.post("/api/bookings", stay(), idempotency_key=key).status_code == 409
    assert rows() == []
    assert payments.count({"dropped_at": None}) == 1


def test_keys_belong_to_their_user(guest, make_person, make_listing, stay):
    key = str(uuid.uuid4())
    other = stay(listing_id=str(make_listing()))
    mine = guest.post("/api/bookings", stay(), idempotency_key=key)
    theirs = make_person().post("/api/bookings", other, idempotency_key=key)
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["id"] != theirs.json()["id"]


def test_a_malformed_key_is_refused(guest, stay, counts):
    body, before = stay(), counts()
    assert guest.post("/api/bookings", body, idempotency_key="$").status_code == 400
    assert counts() == before


def test_while_the_first_call_is_at_work_the_second_is_asked_to_come_back(guest, stay, now):
    key, body = str(uuid.uuid4()), stay()
    held = []

    def act():
        held.append(_once(guest.id, key, now))

    with pytest.raises(KeyInFlightError):
        once(Key(guest.id, key, "one"), act, now=now)
    assert held == []
    assert rows() == []

    fingerprint = _fingerprint_of(guest, key, body)
    _begun(guest, key, fingerprint, now + dt.timedelta(seconds=20))
    reply = guest.post("/api/bookings", body, idempotency_key=key)
    assert reply.status_code == 409
    assert reply.json()["error"]["code"] == "IDEMPOTENCY_IN_FLIGHT"
    assert reply.headers["Retry-After"] == "1"
    assert bookings.count({}) == 0


def _once(user_id, key, now, act=lambda: {"done": 1}):
    answer = once(Key(user_id, key, "one"), act, now=now)
    return answer.status, answer.body


def _fingerprint_of(guest, key, body) -> str:
    """That of a call, whose traces are removed."""
    assert guest.post("/api/bookings", body, idempotency_key=key).status_code == 201
    (row,) = rows()
    for handle in (idempotency_keys, bookings, night_claims, outbox_messages, payments):
        handle.delete_many({})
    return row["fingerprint"]


def _begun(guest, key, fingerprint, until) -> None:
    idempotency_keys.insert_one(
        {
            "_id": f"{guest.id}:{key}",
            "fingerprint": fingerprint,
            "status": None,
            "body": None,
            "locked_until": until,
            "created_at": until,
        }
    )


def test_who_died_before_the_commit_is_followed_by_the_next(guest, stay, now):
    key, body = str(uuid.uuid4()), stay()
    _begun(guest, key, _fingerprint_of(guest, key, body), now - dt.timedelta(milliseconds=1))

    reply = guest.post("/api/bookings", body, idempotency_key=key)

    assert reply.status_code == 201
    (row,) = rows()
    assert (row["status"], row["body"]) == (201, reply.content)
    assert guest.post("/api/bookings", body, idempotency_key=key).content == reply.content
    assert bookings.count({}) == 1


def test_an_error_of_ours_leaves_the_key_locked_for_half_a_minute(now):
    user_id, key = ObjectId(), "key-of-a-failure"

    def fails():
        raise AutoReconnect("connection closed")

    with suppress(AutoReconnect):
        _once(user_id, key, now, fails)
    with pytest.raises(KeyInFlightError):
        _once(user_id, key, now + idempotency.LOCK - dt.timedelta(milliseconds=1))
    assert _once(user_id, key, now + idempotency.LOCK) == (200, b'{"done":1}')


def test_a_lapsed_key_is_taken_over_once(now):
    """Both have found it lapsed; one goes on and the other comes back later."""
    user_id, key, acted = ObjectId(), "key-of-two", []

    def die():
        raise AutoReconnect("connection closed")

    with suppress(AutoReconnect):
        _once(user_id, key, now, die)
    later = now + dt.timedelta(minutes=1)

    def act():
        acted.append(1)
        time.sleep(0.2)
        return {"done": 1}

    def try_it(_):
        try:
            return _once(user_id, key, later, act)
        except KeyInFlightError:
            return "in flight"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(try_it, range(4)))
    assert outcomes.count((200, b'{"done":1}')) == 1
    assert outcomes.count("in flight") == 3
    assert acted == [1]


def test_who_was_overtaken_leaves_nothing_behind(now):
    """The first is slow beyond its lock: the second does the work, and the first's is undone."""
    user_id, key, undone = ObjectId(), "key-of-a-sloth", []

    def slow(_prepared):
        bookings.insert_one({"slow": True})
        return {"done": 0}

    def prepare():
        _once(user_id, key, now + dt.timedelta(minutes=1))
        return "a payment"

    with pytest.raises(KeyInFlightError):
        once(Key(user_id, key, "one"), slow, prepare=prepare, undo=undone.append, now=now)

    assert undone == ["a payment"]
    assert bookings.count({}) == 0
    assert _once(user_id, key, now) == (200, b'{"done":1}')


def test_a_refusal_undoes_what_was_prepared(now):
    undone = []

    def refuse(_prepared):
        raise ConflictError

    def fail(_prepared):
        raise AutoReconnect("connection closed")

    for act, error in ((refuse, ConflictError), (fail, AutoReconnect)):
        with pytest.raises(error):
            idempotency.perform(act, prepare=lambda: "a payment", undo=undone.append)
    assert undone == ["a payment"]


def test_the_request_is_part_of_the_key(now):
    user_id, key = ObjectId(), "key-of-requests"
    _once(user_id, key, now)
    with pytest.raises(KeyReusedError):
        once(Key(user_id, key, "two"), dict, now=now)


def test_keys_are_forgotten_after_a_day():
    (ttl,) = [
        index
        for index in idempotency_keys.collection.list_indexes()
        if "expireAfterSeconds" in index
    ]
    assert (dict(ttl["key"]), ttl["expireAfterSeconds"]) == ({"created_at": 1}, 24 * 3600)


@pytest.fixture
def lost_after_commit(monkeypatch):
    """Loses the connection of the first call with each of the `losing` keys after its commit."""
    run, losing, lost = mongo.run_in_transaction, set(), set()

    def run_and_lose(function, **named):
        result = run(function, **named)
        if mongo.session() is None and isinstance(result, idempotency.Answer):
            key = _key_of(result)
            if key in losing - lost:
                lost.add(key)
                raise AutoReconnect("connection closed")
        return result

    def _key_of(answer):
        row = idempotency_keys.find_one({"body": answer.body}, {"_id": 1})
        return row["_id"].partition(":")[2]

    monkeypatch.setattr(mongo, "run_in_transaction", run_and_lose)
    return losing, lost


def _until_answered(person, key, body) -> tuple[list[int], bytes]:
    """What a client does: the same again while it has to wait, and after an outage."""
    seen = []
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        reply = person.post("/api/bookings", body, idempotency_key=key)
        seen.append(reply.status_code)
        if reply.status_code == 201:
            return seen, reply.content
        in_flight = b"IDEMPOTENCY_IN_FLIGHT" in reply.content
        assert in_flight or reply.status_code == 503, reply.content
        time.sleep(0.1)
    raise AssertionError(seen)


def test_a_connection_lost_after_the_commit(guest, stay, lost_after_commit):
    losing, lost = lost_after_commit
    key = str(uuid.uuid4())
    losing.add(key)

    seen, body = _until_answered(guest, key, stay())

    assert seen == [503, 201]
    assert lost == {key}
    assert bookings.count({}) == 1
    (row,) = rows()
    assert row["body"] == body


def test_twenty_five_keys_times_sixteen_callers(
    guest, make_listing, stay, settings, lost_after_commit
):
    settings.RATE_LIMIT_USER = ""
    losing, lost = lost_after_commit
    bodies = {str(uuid.uuid4()): stay(listing_id=str(make_listing())) for _ in range(KEYS)}
    losing.update(list(bodies)[: KEYS // 5])
    calls = [(key, body) for key, body in bodies.items() for _ in range(CALLERS)]
    Random(5).shuffle(calls)

    replies = defaultdict(set)
    with ThreadPoolExecutor(CALLERS) as pool:
        answered = pool.map(lambda call: (call[0], _until_answered(guest, *call)), calls)
        for key, (_, body) in answered:
            replies[key].add(body)

    assert lost == losing
    assert {len(found) for found in replies.values()} == {1}
    assert bookings.count({}) == KEYS
    booked = {str(row["_id"]) for row in bookings.find({}, {"_id": 1})}
    events = list(outbox_messages.find({}, {"key": 1, "version": 1}))
    assert len(events) == KEYS
    assert {(row["key"], row["version"]) for row in events} == {(each, 1) for each in booked}
    assert night_claims.count({}) == 2 * KEYS
    assert {name: ids for name, ids in breaches(now=utc_now()).items() if ids} == {}
    bound = payments.count({"booking_id": {"$ne": None}})
    assert bound == KEYS
