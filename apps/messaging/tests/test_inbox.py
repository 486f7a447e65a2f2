"""Lists of threads and messages: by cursor, by an index, and what was read."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.messaging.enums import Side
from apps.messaging.rows import messages, threads
from apps.messaging.selectors import INBOX, answer_time, inbox_query
from apps.messaging.services import question_send
from apps.properties.tests.plans import plan_stages

PATH = "/api/messages/threads"


@pytest.fixture
def many(guest, make_listing, now, settings):
    """Threads of one guest; each second has the same time as the one before."""
    settings.QUESTIONS_OF_A_NEW_GUEST = 100

    def make(count):
        for number in range(count):
            question_send(
                guest_id=guest.id,
                listing_id=make_listing(),
                text=f"Question {number}?",
                client_id=f"question-{number}",
                now=now + dt.timedelta(minutes=number // 2),
            )

    return make


def pages(person, path, **query):
    cursor: dict[str, str] = {}
    while True:
        page = person.get(path, **query, **cursor).json()
        yield page["results"]
        if page["next_cursor"] is None:
            return
        cursor = {"cursor": page["next_cursor"]}


def test_pages_have_each_thread_once_newest_first(guest, host, many):
    many(45)
    for person in (guest, host):
        found = list(pages(person, PATH))
        assert [len(page) for page in found] == [20, 20, 5]
        said = [card["preview"] for page in found for card in page]
        assert len(set(said)) == 45
        times = [card["last_at"] for page in found for card in page]
        assert times == sorted(times, reverse=True)
    assert host.get(PATH).json()["unread"] == 45
    assert host.get("/api/messages/unread").json() == {"guest": 0, "host": 45}
    assert guest.get("/api/messages/unread").json() == {"guest": 0, "host": 0}
    assert guest.get(PATH, side="host").json()["results"] == []


@pytest.mark.parametrize("cursor", ["x", "1.2", "99999999999999.abc", "1.$gt", "5." + "a" * 23])
def test_a_wrong_cursor_is_refused(guest, cursor):
    for path, query in ((PATH, {}), ("/api/messages/search", {"q": "desk"})):
        reply = guest.get(path, cursor=cursor, **query)
        assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["cursor"])


@pytest.mark.parametrize("side", list(Side))
def test_the_inbox_is_one_query_by_an_index(side):
    query = inbox_query(ObjectId(), side, is_archived=False)
    plan = threads.find(query).sort(INBOX).explain()
    stages = plan_stages(plan)
    assert "IXSCAN" in stages
    assert not stages & {"COLLSCAN", "SORT"}
    assert f"{side}_inbox" in str(plan)
    found = messages.find({f"{side}_id": ObjectId()}).sort([("at", -1), ("_id", -1)]).explain()
    assert not plan_stages(found) & {"COLLSCAN", "SORT"}


def test_a_thread_opens_with_its_newest_and_earlier_ones_follow(
    guest, host, thread, write, settings
):
    settings.RATE_LIMIT_MESSAGES = settings.RATE_LIMIT_USER = ""
    for number in range(2, 62):
        write(host, f"Message {number}")
    newest = guest.get(thread).json()
    assert [newest["messages"][0]["number"], newest["earlier"]] == [12, 12]
    earlier = guest.get(thread, before=12).json()
    numbers = [one["number"] for one in earlier["messages"] + newest["messages"]]
    assert numbers == list(range(1, 62))
    assert earlier["earlier"] is None


def unread(person) -> int:
    return person.get(PATH).json()["unread"]


def test_reading_counts_down_and_never_back(guest, host, thread, write):
    for _ in range(3):
        write(host)
    assert unread(guest) == 3
    assert guest.post(f"{thread}/read", {"number": 3}).json()["unread"] == 1
    assert guest.post(f"{thread}/read", {"number": 1}).json()["unread"] == 1
    assert host.get(thread).json()["read_by_other"] == 3
    assert guest.post(f"{thread}/read", {"number": 99}).json()["unread"] == 0
    assert host.get(thread).json()["read_by_other"] == 4
    write(host)
    assert (unread(guest), unread(host)) == (1, 1)


def test_the_archive(guest, host, thread, write):
    assert guest.put(f"{thread}/archived", {"is_archived": True}).json()["is_archived"] is True
    shown = {
        name: len(guest.get(PATH, archived=name).json()["results"]) for name in ("true", "false")
    }
    assert shown == {"true": 1, "false": 0}
    assert len(host.get(PATH).json()["results"]) == 1
    write(host)
    assert len(guest.get(PATH).json()["results"]) == 1


def find(person, text) -> list[dict]:
    return person.get("/api/messages/search", q=text).json()["results"]


def test_search_is_in_own_threads_without_case_and_accents(guest, host, make_person, ask, write):
    ask("Is there a CAFÉ nearby?")
    write(host, "A cafe is at the corner; the price is (about) 3.50")
    for person in (guest, host):
        said = [one["message"]["text"] for one in find(person, "cafe")]
        assert said == [
            "A cafe is at the corner; the price is (about) 3.50",
            "Is there a CAFÉ nearby?",
        ]
        assert len(find(person, "corner café")) == 1
        assert len(find(person, "(about)")) == 1
        for hostile in (".*", "(a+)+$", "[[", "\u0301\u0301", '{"$gt": ""}', "nowhere"):
            assert find(person, hostile) == []
    assert find(make_person("traveler"), "cafe") == []


def test_answer_times_are_those_of_first_answers(guest, host, make_person, now, listing_id):
    assert answer_time(host.id, now=now).median_minutes is None
    for minutes in (10, 30, 50, None):
        asked_at = now - dt.timedelta(days=3)
        answered_at = None if minutes is None else asked_at + dt.timedelta(minutes=minutes)
        asked = question_send(
            guest_id=make_person("traveler").id,
            listing_id=listing_id,
            text="Desk?",
            client_id="question-1",
            now=asked_at,
        )
        threads.update_one({"_id": asked.reply.thread_id}, {"$set": {"answered_at": answered_at}})
    shown = guest.get(f"/api/messages/listings/{listing_id}").json()
    assert shown["answer_time"] == {
        "questions": 4,
        "answered_percent": 75,
        "median_minutes": 30,
    }
    assert (shown["host_first_name"], shown["thread_id"]) == ("Hal", None)


def test_the_first_answer_is_measured_once(host, thread, write):
    write(host, "Yes.")
    first = threads.find_one({})["answered_at"]
    assert first is not None
    write(host, "And a chair.")
    assert threads.find_one({})["answered_at"] == first
