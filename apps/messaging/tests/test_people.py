from apps.messaging.rows import blocks, messages, reports, saved_replies, threads
from apps.messaging.services import saved_reply_add, thread_block
from apps.messaging.services.people import PART
from apps.messaging.tests.reporting import message_report_make


def test_what_a_person_wrote_is_exported_and_erased(guest, host, listing_id, now):
    made = message_report_make(guest.id, listing_id, now=now)
    saved_reply_add(host_id=host.id, title="Parking", text="In the street.", now=now)
    thread_block(thread_id=made.thread_id, person_id=guest.id, is_blocked=True, now=now)

    exported = dict(PART.export(host.id))
    assert [row["text"] for row in exported["messages"]] == ["Pay me by wire."]
    assert [len(exported[name]) for name in ("threads", "saved_replies")] == [1, 1]
    assert "desk" not in str(exported)

    for _ in range(2):
        PART.erase(host.id, now=now)
    assert [row["text"] for row in messages.find({}).sort("number")] == ["Is there a desk?", ""]
    assert threads.find_one({})["preview"] == ""
    assert (blocks.count({}), saved_replies.count({})) == (0, 0)
    assert reports.find_one({})["quoted"] == ""
    shown = guest.get(f"/api/messages/threads/{made.thread_id}").json()
    assert [one["text"] for one in shown["messages"]] == ["Is there a desk?", ""]
