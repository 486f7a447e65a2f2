import pytest

from apps.accounts.models import User
from apps.accounts.rows import users
from apps.accounts.services import user_restore, user_suspend
from apps.common import mongo
from apps.notifications.enums import KINDS
from apps.notifications.rows import emails
from apps.notifications.tokens import token_issue
from conftest import Person

URL = "/api/notifications/preferences"


def counted(name):
    return mongo.collection(name).count_documents({})


def test_the_defaults(guest, host):
    mine = guest.get(URL).json()
    assert (mine["email"], mine["locale"]) == (True, "en")
    assert mine["matrix"]["booking_confirmed"] == {"feed": True, "email": True}
    kinds = {row["kind"]: row for row in mine["kinds"]}
    assert kinds["booking_confirmed"]["fixed"] == ["feed"]
    assert kinds["booking_completed"]["fixed"] == []
    assert "booking_requested" not in kinds
    theirs = host.get(URL).json()
    assert "booking_requested" in theirs["matrix"]
    assert "booking_confirmed" not in theirs["matrix"]
    assert set(mine["matrix"]) | set(theirs["matrix"]) == set(KINDS)
    assert counted("notification_preferences") == 0


def test_put_replaces_everything(guest, make_person):
    completed = {"booking_completed": {"feed": False, "email": False}}
    saved = guest.put(URL, {"email": False, "locale": "fr", "matrix": completed}).json()
    assert (saved["email"], saved["locale"]) == (False, "fr")
    assert saved["matrix"]["booking_completed"] == {"feed": False, "email": False}
    assert guest.get(URL).json() == saved
    assert make_person().get(URL).json()["email"] is True
    again = guest.put(URL, {"matrix": {"stay_begins": {"email": False}}}).json()
    assert (again["email"], again["locale"]) == (True, "en")
    assert again["matrix"]["booking_completed"] == {"feed": True, "email": True}
    assert again["matrix"]["stay_begins"] == {"feed": True, "email": False}


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        (
            {"matrix": {"moon_landing": {"email": True}}},
            "matrix",
            "moon_landing: This is not accepted here",
        ),
        ({"matrix": {"$set": {"email": True}}}, "matrix", "$set: This is not accepted here"),
        (
            {"matrix": {"booking_requested": {"email": False}}},
            "matrix.booking_requested",
            "Travelers are not notified of this.",
        ),
        (
            {"matrix": {"booking_confirmed": {"feed": False}}},
            "matrix.booking_confirmed",
            "always shown in the feed",
        ),
        ({"matrix": {"stay_begins": {"sms": True}}}, "matrix", "is not accepted here"),
        (
            {"matrix": {"stay_begins": {"email": "no"}}},
            "matrix",
            "true or false",
        ),
        ({"locale": "xx"}, "locale", "not a valid choice"),
        ({"email": 1}, "email", "true or false"),
        ({"emails": True}, "emails", "is not accepted here"),
    ],
)
def test_refused_ones_change_nothing(guest, body, field, sentence):
    refused = guest.put(URL, body)
    assert refused.status_code == 400
    (name, sentences), *more = refused.json()["error"]["fields"].items()
    assert (name, more) == (field, [])
    assert sentence in sentences[0]
    assert counted("notification_preferences") == 0


def test_they_need_a_login(anonymous):
    assert anonymous.get(URL).status_code == 401
    assert anonymous.put(URL, {}, content_type="application/json").status_code == 401


@pytest.mark.parametrize(
    ("chosen", "feed", "emails"),
    [
        ({}, 1, 1),
        ({"email": False}, 1, 0),
        ({"matrix": {"booking_completed": {"email": False}}}, 1, 0),
        ({"matrix": {"booking_completed": {"feed": False}}}, 0, 1),
        ({"matrix": {"booking_completed": {"feed": False, "email": False}}}, 0, 0),
        ({"matrix": {"stay_begins": {"feed": False, "email": False}}}, 1, 1),
    ],
)
def test_what_is_chosen_is_obeyed(guest, notify, chosen, feed, emails):
    guest.put(URL, chosen)
    notify(kind="booking_completed", new_status="completed")
    assert (counted("notifications"), counted("emails")) == (feed, emails)


def test_a_kind_of_newer_code_goes_into_the_feed_alone(notify):
    notify(kind="moon_landing")
    assert (counted("notifications"), counted("emails")) == (1, 0)


def test_whoever_is_suspended_or_unknown_gets_no_email(guest, notify, now):
    user_suspend(user_id=guest.id, now=now)
    notify()
    notify(user_id="0" * 24)
    assert (counted("notifications"), counted("emails")) == (2, 0)


def test_what_changed_before_the_sweep_counts(smtp, guest, notify, send_due, email, now):
    suspended = notify()
    user_suspend(user_id=guest.id, now=now)
    assert send_due() == 0
    assert email(suspended)["problem"] == "The account is suspended."
    user_restore(user_id=guest.id, now=now)
    guest = Person(User.objects.get(pk=guest.id))
    unwanted = notify()
    guest.put(URL, {"email": False})
    assert send_due() == 0
    assert email(unwanted)["problem"] == "The person wants no e-mails."
    guest.put(URL, {})
    orphan = notify()
    users.delete_one({"_id": guest.id})
    assert send_due() == 0
    assert email(orphan)["problem"] == "The account is gone."
    assert [row["status"] for row in emails.find({})] == ["skipped"] * 3
    assert smtp.messages == []


def link(user_id, kind="booking_confirmed"):
    return f"/api/notifications/unsubscribe/{token_issue(user_id, kind)}"


def test_one_click_stops_a_kind_without_a_login(smtp, guest, notify, send_due, anonymous, settings):
    notify()
    send_due()
    (message,) = smtp.read()
    url = message["List-Unsubscribe"].strip(" <>").removeprefix(settings.SITE_URL)
    reply = anonymous.post(
        url,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert reply.json() == {"kind": "booking_confirmed", "label": "Your stay is confirmed"}
    assert anonymous.post(url).status_code == 200
    matrix = guest.get(URL).json()["matrix"]
    assert matrix["booking_confirmed"] == {"feed": True, "email": False}
    assert matrix["booking_cancelled"] == {"feed": True, "email": True}
    notify()
    assert (counted("notifications"), counted("emails")) == (2, 1)


def test_it_keeps_what_was_chosen(guest, anonymous):
    chosen = {"email": True, "locale": "de", "matrix": {"stay_begins": {"feed": False}}}
    before = guest.put(URL, chosen).json()
    assert anonymous.post(link(guest.id, "stay_begins")).status_code == 200
    after = guest.get(URL).json()
    assert after["matrix"].pop("stay_begins") == {"feed": False, "email": False}
    before["matrix"].pop("stay_begins")
    assert after == before


def test_opening_the_link_changes_nothing(guest, anonymous, settings):
    opened = anonymous.get(link(guest.id))
    assert opened.status_code == 302
    assert opened["Location"].startswith(f"{settings.SITE_URL}/preferences/notifications?stop=")
    assert counted("notification_preferences") == 0


def test_a_tampered_link_is_refused(guest, make_person, anonymous):
    good, other = link(guest.id), make_person()
    for bad in (
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good.replace(str(guest.id), str(other.id)),
        good.replace("booking_confirmed", "booking_cancelled"),
        "/api/notifications/unsubscribe/x",
        link(guest.id, "moon_landing"),
        link("nobody"),
    ):
        assert anonymous.post(bad).status_code == 404
        assert anonymous.get(bad).status_code == 404
    assert counted("notification_preferences") == 0
