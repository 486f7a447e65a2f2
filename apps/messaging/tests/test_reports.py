"""Reports to support: once each, decided once, both sides told."""

from functools import partial

import pytest

from apps.audit.rows import security_events
from apps.common import mongo
from apps.messaging.enums import ReportStatus
from apps.messaging.rows import reports, threads
from apps.messaging.services import ReportDecidedError, report_decide
from apps.messaging.tests.reporting import message_report_make


@pytest.fixture
def made(guest, listing_id, now):
    return message_report_make(guest.id, listing_id, now=now)


@pytest.fixture
def decide(made, make_person, now):
    staff = make_person(is_staff=True)

    def run(status):
        work = partial(
            report_decide,
            report_id=made.report_id,
            status=status,
            decision="This asks to pay elsewhere.",
            staff_id=staff.id,
            now=now,
        )
        mongo.run_in_transaction(work)

    return run


def report(person, made, **changes):
    body = {"message_id": made.message_id, "reason": "spam", **changes}
    return person.post(f"/api/messages/threads/{made.thread_id}/reports", body)


def test_a_message_is_reported_once(guest, made):
    assert report(guest, made).status_code == 200
    assert reports.count({}) == 1
    assert reports.find_one({})["quoted"] == "Pay me by wire."


def test_what_cannot_be_reported(guest, host, make_person, made, confirm, settings):
    own = report(host, made)
    assert (own.status_code, own.json()["error"]["code"]) == (404, "NOT_FOUND")
    line = confirm()
    assert report(guest, made, message_id=line.event_id).status_code == 404
    assert report(guest, made, message_id="nothing").status_code == 404
    assert report(make_person(), made).status_code == 404
    assert report(guest, made, reason="boring").status_code == 400
    settings.REPORTS_A_DAY = 0
    thread = threads.find_one({})
    asked = {"message_id": f"{thread['_id']}", "reason": "spam"}
    assert host.post(f"/api/messages/threads/{made.thread_id}/reports", asked).status_code == 404
    assert reports.count({}) == 1


def test_so_many_reports_a_day(host, guest, made, settings):
    settings.REPORTS_A_DAY = 0
    question = guest.get(f"/api/messages/threads/{made.thread_id}").json()["messages"][0]
    refused = report(host, made, message_id=question["id"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "TOO_MANY_REPORTS")
    assert reports.count({}) == 1


def test_a_hidden_message_is_gone_for_both(guest, host, made, decide, deliver_all):
    deliver_all()
    decide(ReportStatus.HIDDEN)
    for person in (guest, host):
        page = person.get(f"/api/messages/threads/{made.thread_id}")
        last = page.json()["messages"][-1]
        assert (last["text"], last["is_hidden"]) == ("", True)
        assert "wire" not in page.content.decode()
        [card] = person.get("/api/messages/threads").json()["results"]
        assert card["preview"] == "Support has hidden this message."
        assert person.get("/api/messages/search", q="wire").json()["results"] == []
    told = {(one["kind"], one["user_id"], one["note"][:27]) for one in deliver_all()}
    assert told == {
        ("report_decided", str(guest.id), "This asks to pay elsewhere."),
        ("message_hidden", str(host.id), "This asks to pay elsewhere."),
    }
    with pytest.raises(ReportDecidedError):
        decide(ReportStatus.DISMISSED)
    assert reports.find_one({})["status"] == "hidden"


def test_a_dismissed_report_leaves_the_message(guest, made, decide, deliver_all):
    deliver_all()
    decide(ReportStatus.DISMISSED)
    page = guest.get(f"/api/messages/threads/{made.thread_id}").json()
    assert page["messages"][-1]["is_hidden"] is False
    assert [one["kind"] for one in deliver_all()] == ["report_decided"]


def test_staff_who_read_a_thread_are_noted(made, make_person):
    from django.test import Client

    staff = make_person(is_staff=True, is_superuser=True)
    browser = Client()
    browser.force_login(staff.user)
    for label, record in (("thread", made.thread_id), ("message", made.message_id)):
        page = browser.get(f"/admin/messaging/{label}/{record}/change/")
        assert (page.status_code, "Pay me by wire." in page.content.decode()) == (200, True)
    assert browser.get("/admin/messaging/thread/nothing/change/").status_code == 302
    noted = [one["details"] for one in security_events.find({"actor_id": staff.id})]
    assert noted == [
        {"model": "messaging.thread", "record": str(made.thread_id), "action": "Read."},
        {"model": "messaging.message", "record": made.message_id, "action": "Read."},
    ]
