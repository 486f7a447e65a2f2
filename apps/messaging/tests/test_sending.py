"""A message is written once, reaches the other side once, and nobody else."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from apps.events.rows import outbox_messages
from apps.messaging.invariants import breaches
from apps.messaging.rows import messages, threads
from apps.messaging.services import entries, message_send, question_send, thread_read
from apps.notifications.rows import emails
from apps.notifications.services import email_preview, emails_send_due


def stored() -> tuple[int, int, int]:
    return threads.count({}), messages.count({}), outbox_messages.count({})


def code(reply) -> tuple[int, str]:
    return reply.status_code, reply.json()["error"]["code"]


def test_a_question_and_its_answer(guest, host, ask, thread, write, deliver_all):
    deliver_all()
    assert write(host, "Yes, by the window.").status_code == 201
    shown = guest.get(thread).json()
    said = [(one["number"], one["by"], one["is_yours"], one["text"]) for one in shown["messages"]]
    assert said == [
        (1, "guest", True, "Is there a desk?"),
        (2, "host", False, "Yes, by the window."),
    ]
    assert (shown["other_first_name"], shown["listing"]["title"]) == ("Hal", "A quiet flat")
    assert (shown["side"], host.get(thread).json()["side"]) == ("guest", "host")
    assert shown["can_write"]

    assert [payload["user_id"] for payload in deliver_all()] == [str(guest.id)]
    [item] = guest.get("/api/notifications").json()["results"]
    assert item["kind"] == "message_received"
    assert item["body"] == "A quiet flat. Hal writes: Yes, by the window."
    assert item["thread_id"] == shown["id"]
    [email] = emails.find({"user_id": guest.id})
    assert "Hal writes: Yes, by the window." in email_preview(email["_id"], now=None)


def test_asking_again_goes_on_in_the_same_thread(ask):
    first, second = ask(), ask("And a chair?")
    assert first.json()["thread_id"] == second.json()["thread_id"]
    assert second.json()["message"]["number"] == 2
    assert threads.count({}) == 1


def test_sent_again_it_is_there_once(host, ask, write):
    replies = [ask(client_id="two-clicks") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [201, 200, 200]
    assert replies[0].json() == replies[2].json()
    assert stored() == (1, 2, 2)
    assert [write(host, "Yes.", client_id="a-lost-reply").status_code for _ in range(2)] == [
        201,
        200,
    ]
    assert stored() == (1, 3, 3)
    assert code(write(host, "No.", client_id="a-lost-reply")) == (422, "MESSAGE_ID_REUSED")
    assert stored() == (1, 3, 3)


def test_the_same_name_of_two_people_is_two_messages(guest, host, write):
    assert [write(one, client_id="same-name").status_code for one in (guest, host)] == [201, 201]


def send_at_once(calls) -> list[bool]:
    with ThreadPoolExecutor(8) as pool:
        return [sent.is_new for sent in pool.map(lambda call: call(), calls)]


def questions(guest, listing_id, now, names):
    return [
        lambda name=name: question_send(
            guest_id=guest.id, listing_id=listing_id, text="Desk?", client_id=name, now=now
        )
        for name in names
    ]


def test_two_tabs_and_many_clicks_at_once(guest, host, listing_id, now):
    """Threads, messages and counts are exact, whoever was first."""
    names = ["one-click"] * 8 + [f"another-{number}" for number in range(8)]
    assert sum(send_at_once(questions(guest, listing_id, now, names))) == 9
    [thread] = threads.find({})
    assert (thread["length"], thread["host_view"]["unread"]) == (9, 9)
    assert outbox_messages.count({}) == 9

    reads = [
        lambda number=number: thread_read(
            thread_id=thread["_id"], person_id=host.id, number=number, now=now
        )
        for number in (3, 5, 9, 2)
    ]
    answers = [
        lambda number=number: message_send(
            thread_id=thread["_id"],
            sender_id=(host, guest)[number % 2].id,
            text="So.",
            client_id=f"answer-{number}",
            now=now,
        )
        for number in range(8)
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda call: call(), [*reads, *answers]))
    [thread] = threads.find({})
    assert thread["length"] == 17
    assert thread["host_view"]["unread"] == 4
    assert not any(breaches().values())


def test_without_the_row_of_the_thread_counts_would_be_wrong(guest, listing_id, now, monkeypatch):
    """The negative control: numbers read before, instead of taken by the write."""

    def add(thread, row, *, preview, changes, unread_of):
        last = messages.find_one({"thread_id": thread["_id"]}, sort=[("number", -1)])
        row["number"] = (last["number"] if last else 0) + 1
        messages.outside().insert_one({**row, "_id": f"{row['_id']}-x", "number": row["number"]})
        return row

    question_send(
        guest_id=guest.id, listing_id=listing_id, text="Desk?", client_id="the-first", now=now
    )
    monkeypatch.setattr(entries, "_add", add)
    names = [f"another-{number}" for number in range(8)]
    with pytest.raises(Exception, match="duplicate key"):
        send_at_once(questions(guest, listing_id, now, names))
    assert any(breaches().values())


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, None, 7, {"$gt": ""}, "a\u202eb"])
def test_bad_texts_are_refused(guest, ask, write, text):
    before = stored()
    for reply in (ask(text), write(guest, text)):
        assert (reply.status_code, list(reply.json()["error"]["fields"])) == (400, ["text"])
    assert stored() == (before[0], 1, 1)


def test_whom_one_cannot_ask(guest, host, make_person, ask, make_listing):
    nobodys = make_listing(is_active=False)
    assert code(ask(listing=nobodys)) == (404, "NOT_FOUND")
    both = make_person("owner", roles=["owner", "traveler"])
    own = make_listing(host_id=both.id)
    assert code(ask(person=both, listing=own)) == (409, "OWN_LISTING")
    assert code(ask(person=host)) == (403, "WRONG_USER_TYPE")
    assert stored() == (0, 0, 0)


def test_a_new_account_asks_few_hosts(ask, make_listing, settings, thread):
    settings.QUESTIONS_OF_A_NEW_GUEST = 2
    assert ask(listing=make_listing()).status_code == 201
    assert code(ask(listing=make_listing())) == (429, "TOO_MANY_QUESTIONS")
    assert ask("And a chair?").status_code == 201
    assert threads.count({}) == 2


def test_so_many_messages_a_minute(guest, write, settings):
    settings.RATE_LIMIT_MESSAGES = "2/minute"
    assert [write(guest).status_code for _ in range(3)] == [201, 201, 429]


def test_strangers_and_staff_do_not_see_it(make_person, make_listing, thread):
    before = stored()
    for person in (
        make_person("traveler"),
        make_person("owner"),
        make_person("traveler", is_staff=True, is_superuser=True),
    ):
        assert person.get(thread).status_code == 404
        text = {"text": "x", "client_id": "a-stranger"}
        assert person.post(f"{thread}/messages", text).status_code == 404
        assert person.post(f"{thread}/read", {"number": 1}).status_code == 404
        assert person.put(f"{thread}/archived", {"is_archived": True}).status_code == 404
        assert person.put(f"{thread}/blocked", {"is_blocked": True}).status_code == 404
        assert person.get("/api/messages/threads").json()["results"] == []
        assert person.get("/api/messages/search", q="desk").json()["results"] == []
    assert stored() == before


def test_blocked_people_do_not_write(guest, host, ask, thread, write, make_listing):
    before = stored()
    blocked = host.put(f"{thread}/blocked", {"is_blocked": True})
    assert blocked.json()["is_blocked_by_you"] is True
    assert code(write(guest)) == (409, "CANNOT_RECEIVE")
    assert code(write(host)) == (409, "BLOCKED_BY_YOU")
    assert code(ask(listing=make_listing())) == (409, "CANNOT_RECEIVE")
    assert stored() == before
    assert host.get(thread).json()["is_blocked_by_you"] is True
    assert guest.get(thread).json()["is_blocked_by_you"] is False
    assert [one.get(thread).json()["can_write"] for one in (guest, host)] == [False, False]
    host.put(f"{thread}/blocked", {"is_blocked": False})
    assert write(guest).status_code == 201


def test_nobody_writes_to_a_closed_account(guest, host, write, thread):
    host.user.is_active = False
    host.user.save()
    assert code(write(guest)) == (409, "CANNOT_RECEIVE")
    assert guest.get(thread).json()["can_write"] is False


def sent_after(now, *, minutes) -> int:
    return emails_send_due(clock=lambda: now + dt.timedelta(minutes=minutes))


def test_an_e_mail_follows_where_it_is_not_read(guest, host, thread, write, deliver_all, now):
    deliver_all()
    emails.delete_many({})
    write(host, "First.")
    write(host, "Second.")
    deliver_all()
    assert sent_after(now, minutes=1) == 0
    guest.post(f"{thread}/read", {"number": 2})
    assert guest.get("/api/notifications").json()["unread"] == 0
    write(host, "Third.")
    deliver_all()
    assert sent_after(now, minutes=3) == 1
    found = {email["values"]["text"]: email["status"] for email in emails.find({})}
    assert found == {"First.": "skipped", "Second.": "skipped", "Third.": "sent"}
