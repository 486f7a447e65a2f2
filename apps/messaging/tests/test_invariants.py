"""`manage.py verify_messages` finds what is wrong, and nothing where all is right."""

import io

import pytest
from bson import ObjectId
from django.core.management import call_command

from apps.messaging.invariants import breaches
from apps.messaging.rows import blocks, messages, reports, threads
from apps.messaging.tests.reporting import message_report_make


@pytest.fixture(autouse=True)
def made(guest, listing_id, now):
    return message_report_make(guest.id, listing_id, now=now)


def found() -> list[str]:
    return [name for name, ids in breaches().items() if ids]


def test_where_all_is_right(confirm):
    confirm()
    out = io.StringIO()
    call_command("verify_messages", stdout=out)
    assert out.getvalue().startswith("1 threads, 3 messages\n     0  threads without")


BROKEN = {
    "nobody": (
        lambda: threads.update_one({}, {"$set": {"host_id": ObjectId()}}),
        [
            "threads without their two people or their listing",
            "messages that stand under other people than their thread",
        ],
    ),
    "unread": (
        lambda: threads.update_one({}, {"$inc": {"guest_view.unread": 1}}),
        ["threads whose unread counts differ from their messages"],
    ),
    "number": (
        lambda: messages.update_one({"number": 2}, {"$set": {"number": 3}}),
        ["threads whose length is not the number of their messages"],
    ),
    "orphan": (
        lambda: threads.delete_many({}),
        ["messages without a thread", "messages that stand under other people than their thread"],
    ),
    "answer": (
        lambda: threads.update_one({}, {"$set": {"asked_at": None}}),
        ["threads with a time of a question or an answer that nobody wrote"],
    ),
    "report": (
        lambda: reports.update_one({}, {"$set": {"message_id": "x"}}),
        ["reports of messages that do not exist"],
    ),
    "block": (
        lambda: blocks.insert_one(
            {"_id": "a:b", "blocker_id": ObjectId(), "blocked_person_id": ObjectId()}
        ),
        ["blocks whose key is not their people"],
    ),
}


@pytest.mark.parametrize(("change", "named"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_found(change, named):
    change()
    assert set(found()) <= set(named)
    assert named[0] in found()
    with pytest.raises(SystemExit):
        call_command("verify_messages", stdout=io.StringIO())
