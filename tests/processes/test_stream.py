"""The live stream of a real server process of the notification role."""

import datetime as dt
import os
import subprocess
import sys
import uuid

import httpx
import pytest

from apps.accounts.models import User
from apps.accounts.tokens import UserToken
from apps.common import mongo
from apps.common.clock import utc_now
from apps.notifications.rows import notifications
from apps.notifications.services import notification_deliver
from stack.common.waiting import wait_until
from tests.processes.serving import PATH, ROOT, WAIT_SECONDS, Server, listening


@pytest.fixture(scope="module")
def server(database):
    made = Server("notification")
    yield made
    made.stop()


@pytest.fixture
def deliver(now):
    def put(person, *, at=None) -> str:
        made = uuid.uuid4().hex
        notification_deliver(
            notification_id=made,
            user_id=person.id,
            kind="booking_confirmed",
            title="Your stay is confirmed",
            body="A quiet flat",
            booking_id="b1",
            now=at or utc_now(),
        )
        return made

    return put


def test_an_item_arrives_as_the_feed_shows_it_and_the_number_of_unread_follows(
    server, guest, deliver
):
    with listening(server, guest.token) as stream:
        assert stream.until("ready") == [{"resumed": False, "unread": 0}]
        made = deliver(guest)
        (item,) = stream.until("notification")
        assert item["id"] == made
        assert item == guest.get("/api/notifications").json()["results"][0]
        assert stream.until("unread") == [{"unread": 1, "read": []}]


def test_what_another_process_writes_arrives(server, guest):
    code = (
        "import django; django.setup(); from bson import ObjectId;"
        "from apps.common.clock import utc_now;"
        "from apps.notifications.services import notification_deliver as deliver;"
        f"deliver(notification_id='other', user_id=ObjectId('{guest.id}'), kind='k', title='t',"
        "body='b', booking_id='b1', now=utc_now())"
    )
    with listening(server, guest.token) as stream:
        stream.until("ready")
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=_django())
        assert stream.ids_until("other") == ["other"]


def _django():
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "airbnb.settings"}


def test_items_of_others_never_appear(server, guest, make_person, deliver):
    other = make_person()
    with listening(server, guest.token) as stream, listening(server, other.token) as theirs:
        stream.until("ready")
        theirs.until("ready")
        foreign = deliver(other)
        assert theirs.ids_until(foreign) == [foreign]
        mine = deliver(guest)
        assert stream.ids_until(mine) == [mine]


def test_reading_in_one_tab_shows_in_the_other(server, guest, deliver):
    first, second, third = deliver(guest), deliver(guest), deliver(guest)
    with listening(server, guest.token) as stream:
        assert stream.until("ready") == [{"resumed": False, "unread": 3}]
        guest.post(f"/api/notifications/{first}/read")
        assert stream.until("unread") == [{"unread": 2, "read": [first]}]
        guest.post("/api/notifications/read-all")
        (told,) = stream.until("unread")
        assert (told["unread"], set(told["read"])) == (0, {second, third})


def test_a_reconnect_misses_nothing_not_even_what_was_committed_out_of_order(
    server, guest, deliver, now
):
    """The late one is created before the stream's last item and committed after it."""
    with listening(server, guest.token) as stream:
        stream.until("ready")
        with mongo.connection.connection.start_session() as session, session.start_transaction():
            late = _in(session, guest, at=utc_now() - dt.timedelta(seconds=30))
            seen = deliver(guest)
            assert stream.ids_until(seen) == [seen]
            position = stream.last_id
    meanwhile = [deliver(guest) for _ in range(3)]

    with listening(server, guest.token, position) as stream:
        sent = []
        while (event := stream.next())[0] != "ready":
            sent += [event[2]["id"]] if event[0] == "notification" else []
        assert event[2] == {"resumed": True, "unread": 5}
        assert len(sent) == len(set(sent))
        assert {late, *meanwhile} <= set(sent) <= {late, seen, *meanwhile}


def _in(session, person, *, at) -> str:
    row = {"_id": uuid.uuid4().hex, "user_id": person.id, "kind": "k", "title": "t", "body": "b"}
    notifications.collection.insert_one(
        {**row, "booking_id": "b1", "created_at": at, "read_at": None}, session=session
    )
    return row["_id"]


def test_items_that_come_while_a_stream_is_opened_are_neither_lost_nor_confused(
    server, guest, deliver
):
    """Reconnects again and again while another writes: together the streams show everything."""
    made, seen, position = [], set(), None
    for _ in range(15):
        made += [deliver(guest) for _ in range(3)]
        with listening(server, guest.token, position) as stream:
            made += [deliver(guest)]
            seen |= set(stream.ids_until(made[-1]))
            position = stream.last_id or position
    assert set(made[3:]) <= seen | set(made[:3])
    assert seen <= set(made)


def _row(row_id, person, **values):
    text = {"kind": "k", "title": "t", "body": "b", "booking_id": "b1", "read_at": None}
    return {"_id": row_id, "user_id": person.id, **text, **values}


def test_after_very_many_items_the_client_is_told_to_load_the_feed(server, guest, now):
    with listening(server, guest.token) as stream:
        stream.until("ready")
        position = stream.last_id
    notifications.insert_many([_row(f"m{n}", guest, created_at=now) for n in range(501)])
    with listening(server, guest.token, position) as stream:
        assert stream.until("ready") == [{"resumed": False, "unread": 501}]


@pytest.mark.parametrize("token", [None, "nonsense", "expired", "suspended"])
def test_who_is_not_logged_in_gets_the_usual_refusal(server, guest, token):
    sent = {"expired": lambda: _token(guest, seconds=-5), "suspended": lambda: guest.token}
    if token == "suspended":
        User.objects.filter(pk=guest.user.pk).update(is_active=False)
    headers = {"Accept": "text/event-stream"}
    if token:
        headers["Authorization"] = f"Bearer {sent.get(token, lambda: token)()}"
    reply = httpx.get(f"{server.url}{PATH}", headers=headers)
    assert (reply.status_code, reply.headers["content-type"]) == (401, "application/json")
    error = reply.json()["error"]
    code = "ACCOUNT_SUSPENDED" if token == "suspended" else "NOT_AUTHENTICATED"
    assert (error["code"], error["request_id"]) == (code, reply.headers["x-request-id"])


def _token(person, *, seconds) -> str:
    token = UserToken()
    token["sub"], token["user_type"] = str(person.id), "traveler"
    token.set_exp(lifetime=dt.timedelta(seconds=seconds))
    return str(token)


@pytest.mark.parametrize("last_id", ["x", "1" * 14, "-100000000000", "0f8fad5bd9cb4"])
def test_an_id_that_nobody_gave_out_is_refused(server, guest, last_id):
    headers = {"Authorization": f"Bearer {guest.token}", "Last-Event-ID": last_id}
    reply = httpx.get(f"{server.url}{PATH}", headers=headers)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "VALIDATION_ERROR")


def test_an_id_from_the_future_or_of_long_ago_is_no_harm(server, guest, deliver):
    made = deliver(guest)
    for last_id in ("9999999999999", "0000000000000"):
        with listening(server, guest.token, last_id) as stream:
            assert stream.ids_until(made) == [made]


def test_other_methods_open_no_stream(server, guest):
    headers = {"Authorization": f"Bearer {guest.token}"}
    for method in ("HEAD", "POST"):
        assert httpx.request(method, f"{server.url}{PATH}", headers=headers).status_code == 405


def test_streams_end_within_a_minute_after_their_token_or_its_session(
    server, guest, host, make_person
):
    stays, leaves = make_person(), make_person()
    with (
        listening(server, _token(host, seconds=3)) as expires,
        listening(server, guest.token) as suspended,
        listening(server, leaves.token) as logged_out,
        listening(server, stays.token) as lasts,
    ):
        for stream in (expires, suspended, logged_out, lasts):
            stream.until("ready")
        ready = lasts.last_id
        User.objects.filter(pk=guest.user.pk).update(is_active=False)
        leaves.post("/api/account/logout")
        assert expires.next() is None or expires.next() is None
        assert suspended.next() is None or suspended.next() is None
        assert logged_out.next() is None or logged_out.next() is None
        # Kept alive, and to be resumed from where it is now.
        assert lasts.next()[0] == ":"
        assert int(lasts.last_id) > int(ready)
    ends = "notification_stream_ends_total"
    assert server.figure(ends, reason="expired") == 1
    assert server.figure(ends, reason="logged_out") == 2


def test_a_client_that_does_not_read_is_dropped_and_can_resume(server, guest, now):
    """What a connection may buffer stands in the kernel and in a hundred queued items."""
    rows = [_row(f"big{n}", guest, created_at=utc_now(), body="x" * 100_000) for n in range(400)]
    ends = "notification_stream_ends_total"
    before = server.figure(ends, reason="slow")
    with listening(server, guest.token) as lazy, listening(server, guest.token) as reads:
        lazy.until("ready")
        reads.until("ready")
        for row in rows:
            notifications.insert_one(row)
            assert reads.ids_until(row["_id"]) == [row["_id"]]
        wait_until(
            lambda: server.figure(ends, reason="slow") == before + 1,
            "the end",
            seconds=WAIT_SECONDS,
        )
        got = _until_it_breaks(lazy)
        position = lazy.last_id
    assert 0 < len(got) < len(rows)
    with listening(server, guest.token, position) as again:
        assert set(again.ids_until("big399")) | set(got) == {row["_id"] for row in rows}


def _until_it_breaks(stream) -> list[str]:
    got = []
    try:
        while True:
            got += [item["id"] for item in stream.until("notification")]
    except httpx.RemoteProtocolError:
        return got


def test_the_change_stream_goes_on_after_it_was_killed(server, guest, deliver):
    feeds = notifications.collection
    cursors = [
        {"$currentOp": {"idleCursors": True, "allUsers": True}},
        {"$match": {"ns": feeds.full_name, "cursor.tailable": True}},
    ]
    with listening(server, guest.token) as stream:
        stream.until("ready")
        killed = set()
        while len(killed) < 3:
            open_now = mongo.connection.connection.admin.aggregate(cursors)
            ids = {operation["cursor"]["cursorId"] for operation in open_now} - killed
            for cursor in ids:
                feeds.database.command("killCursors", feeds.name, cursors=[cursor])
                killed.add(cursor)
                made = deliver(guest)
                assert stream.ids_until(made) == [made]


def test_a_row_that_cannot_be_shown_hides_no_other(server, guest, deliver):
    with listening(server, guest.token) as stream:
        stream.until("ready")
        notifications.insert_one(
            {"_id": "odd", "user_id": guest.id, "created_at": utc_now(), "title": b"\xff"}
        )
        made = deliver(guest)
        assert stream.ids_until(made) == [made]


def test_a_stream_is_measured_and_logged_once_at_its_end(start, guest, deliver):
    server = start("notification")
    with listening(server, guest.token) as stream:
        stream.until("ready")
        assert server.figure("notification_streams_open") == 1
        stream.ids_until(deliver(guest))
        position, request_id = stream.last_id, stream.reply.headers["x-request-id"]
    with listening(server, guest.token, position) as stream:
        stream.until("ready")
    wait_until(lambda: server.figure("notification_streams_open") == 0, "0", seconds=WAIT_SECONDS)
    assert server.figure("notification_stream_items_total") == 2
    assert server.figure("notification_stream_resumes_total", outcome="resumed") == 1
    assert server.figure("notification_stream_ends_total", reason="left") == 2
    timed = {"route": PATH.removeprefix("/"), "status": "200"}
    assert server.figure("http_request_seconds_count", **timed) == 2
    _, log = server.stop()
    (line,) = [line for line in log.splitlines() if request_id in line]
    assert '"ended":"left","items":1,"status":200' in line
