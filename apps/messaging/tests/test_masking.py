"""Contact details are shown from the first confirmation on, wherever a text is shown."""

from apps.messaging.rows import messages

SECRET = "Call me: +65 9123 4567"
SHOWN = "Call me: [hidden]"


def texts(person, thread) -> list[tuple[str, bool]]:
    found = person.get(thread).json()["messages"]
    return [(one["text"], one["is_masked"]) for one in found if one["kind"] == "text"]


def test_before_and_after_the_confirmation(guest, host, thread, write, confirm, deliver_all):
    deliver_all()
    assert write(host, SECRET).json()["message"]["text"] == SHOWN
    [payload] = deliver_all()
    assert "9123" not in str(payload)
    for person in (guest, host):
        assert texts(person, thread)[-1] == (SHOWN, True)
        assert "9123" not in person.http.get("/api/messages/threads").content.decode()
        assert person.get("/api/messages/search", q="9123").json()["results"] == []
        assert person.get(thread).json()["contact_is_shown"] is False

    confirm(new_status="declined", action="decline")
    assert texts(guest, thread)[-1] == (SHOWN, True)
    confirm()
    for person in (guest, host):
        assert texts(person, thread)[-1] == (SECRET, False)
        assert person.get(thread).json()["contact_is_shown"] is True
    write(guest, SECRET)
    assert deliver_all()[-1]["values"]["text"] == SECRET
    confirm(previous_status="confirmed", new_status="cancelled", action="cancel")
    assert texts(guest, thread)[-1] == (SECRET, False)


def test_a_thread_that_begins_after_a_stay_is_open(guest, book, ask, host, now):
    from apps.bookings.rows import bookings

    booking = book()
    bookings.update_one({"_id": booking["_id"]}, {"$set": {"status": "completed"}})
    assert ask(SECRET).json()["message"]["text"] == SECRET
    assert messages.count({}) == 1
