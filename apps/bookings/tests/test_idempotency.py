import uuid
from concurrent.futures import ThreadPoolExecutor

from apps.common import mongo


def test_the_same_key_gets_the_same_reply(guest, host, stay, counts):
    key = str(uuid.uuid4())
    first = guest.post("/api/bookings", stay(), idempotency_key=key)
    host.post(f"/api/owner/bookings/{first.json()['id']}/accept")
    before = counts()

    second = guest.post("/api/bookings", stay(), idempotency_key=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert counts() == before


def test_another_body_with_the_same_key_is_refused(guest, stay, counts):
    key = str(uuid.uuid4())
    guest.post("/api/bookings", stay(), idempotency_key=key)
    before = counts()
    other = guest.post("/api/bookings", stay(guest_count=1), idempotency_key=key)
    assert other.status_code == 422
    assert other.json()["error"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert counts() == before


def test_a_refused_call_is_not_remembered(guest, stay):
    key = str(uuid.uuid4())
    assert guest.post("/api/bookings", stay(guest_count=9), idempotency_key=key).status_code == 400
    assert guest.post("/api/bookings", stay(), idempotency_key=key).status_code == 201


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


def test_sixteen_calls_at_once_are_one_booking(guest, stay):
    key, body = str(uuid.uuid4()), stay()
    with ThreadPoolExecutor(16) as pool:
        replies = list(
            pool.map(lambda _: guest.post("/api/bookings", body, idempotency_key=key), range(16))
        )
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.content for reply in replies}) == 1
    assert mongo.collection("bookings").count_documents({}) == 1
    assert mongo.collection("outbox").count_documents({}) == 1
