"""The security log: events join the act, the chain does not fork, tampering is named."""

import io
import threading

import pytest
from bson import ObjectId
from django.core.management import call_command
from django.http import HttpResponse

from apps.audit.enums import Kind
from apps.audit.policies import FIRST, entry_hash
from apps.audit.rows import security_events, security_log
from apps.audit.selectors import events_waiting, log_verify
from apps.audit.services import chain, events_chain, security_event
from apps.common import mongo
from apps.common.middleware import RequestIdMiddleware

USER = ObjectId("66f1c2a4b8e0d3f5a7c91e24")


class _FailsError(Exception):
    pass


def note(now, number: int = 1) -> None:
    for place in range(number):
        security_event(Kind.LOGGED_IN, user_id=USER, now=now, details={"door": str(place)})


@pytest.fixture
def log(now):
    """Seven chained entries."""
    note(now, 7)
    assert events_chain(owner="me") == 7


def verify(*arguments: str) -> tuple[int, str]:
    """The exit code of `manage.py verify_audit`, and what it wrote."""
    written = io.StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=written, stderr=written)
    except SystemExit as end:
        return int(str(end.code)), written.getvalue()
    return 0, written.getvalue()


def test_an_event_stays_exactly_if_its_act_does(now):
    def act(fails: bool) -> None:
        note(now)
        if fails:
            raise _FailsError

    with pytest.raises(_FailsError):
        mongo.run_in_transaction(lambda: act(fails=True))
    assert events_waiting() == 0
    mongo.run_in_transaction(lambda: act(fails=False))
    assert events_waiting() == 1


def test_an_event_knows_who_from_where_in_which_request(now, rf):
    actor = ObjectId()

    def view(_request) -> HttpResponse:
        security_event(Kind.STAFF_ACTION, user_id=USER, actor_id=actor, now=now)
        return HttpResponse()

    sent = rf.get("/", REMOTE_ADDR="198.51.100.7", headers={"X-Request-ID": "a-request-1"})
    RequestIdMiddleware(view)(sent)
    assert security_events.find_one({}, {"_id": 0}) == {
        "at": now.replace(tzinfo=None),
        "kind": "staff_action",
        "user_id": USER,
        "actor_id": actor,
        "address": "198.51.100.7",
        "request_id": "a-request-1",
        "details": {},
    }


def test_entries_follow_each_other(log):
    entries = list(security_log.find({}).sort("_id", 1))
    assert [entry["_id"] for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    assert [entry["details"]["door"] for entry in entries] == list("0123456")
    assert [entry["previous"] for entry in entries] == [FIRST, *(e["hash"] for e in entries[:-1])]
    assert all(entry["hash"] == entry_hash(entry) for entry in entries)
    assert events_waiting() == 0
    assert verify()[0] == 0


def test_more_than_a_batch_and_later_ones(now, log, monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 3)
    note(now, 8)
    assert events_chain(owner="me") == 8
    assert log_verify().sequence == 15


def test_only_the_holder_of_the_lease_chains(now):
    note(now)
    assert events_chain(owner="me") == 1
    note(now)
    assert events_chain(owner="another") == 0
    assert events_waiting() == 1


def race(step) -> None:
    threads = [threading.Thread(target=step) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_writers_at_once_do_not_fork_the_chain(now, monkeypatch):
    """Without the lease: as if it had lapsed in the middle of a batch."""
    monkeypatch.setattr(chain, "BATCH", 5)
    note(now, 60)

    def step() -> None:
        while mongo.run_in_transaction(chain.batch_append, seconds=30) is not None:
            pass

    race(step)
    found = log_verify()
    assert (found.sequence, found.problem) == (60, "")
    assert len(security_log.distinct("event_id", {})) == 60


def test_negative_control_without_a_transaction_events_come_twice(now, monkeypatch):
    """The same writers without the guard: what one appends, another appends too or loses."""
    note(now, 5)
    both_have_read = threading.Barrier(4, timeout=10)
    real = chain._entry_after
    seen = threading.local()

    def entry_after(head, event):
        if not getattr(seen, "once", False):
            seen.once = True
            both_have_read.wait()
        return real(head, event)

    monkeypatch.setattr(chain, "_entry_after", entry_after)
    failures = []

    def step() -> None:
        try:
            chain.batch_append()
        except Exception as error:
            failures.append(error)

    race(step)
    assert len(failures) == 3


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (lambda: security_log.update_one({"_id": 3}, {"$set": {"details.door": "9"}}), "entry 3: "),
        (lambda: security_log.delete_one({"_id": 4}), "entry 4: it is missing"),
        (lambda: security_log.delete_one({"_id": 1}), "entry 1: it is missing"),
        (lambda: rehash(5, kind="registered"), "entry 6: it does not follow"),
        (lambda: security_log.update_one({"_id": 2}, {"$set": {"hash": "f" * 64}}), "entry 2: "),
    ],
)
def test_tampering_is_named(log, tamper, broken):
    tamper()
    code, text = verify()
    assert code == 1
    assert f"BROKEN: {broken}" in text


def rehash(place: int, **changes: str) -> None:
    """What somebody does who knows how an entry is hashed."""
    entry = {**security_log.find_one({"_id": place}), **changes}
    security_log.replace_one({"_id": place}, {**entry, "hash": entry_hash(entry)})


def test_a_noted_head_finds_what_the_chain_alone_cannot(log):
    head = verify()[1].split("Head: ")[1].split()[0]
    security_log.delete_many({"_id": {"$gte": 6}})
    assert verify()[0] == 0
    code, text = verify("--head", head)
    assert (code, "entry 6: it is missing: the end was cut off" in text) == (1, True)


def test_a_chain_made_anew_does_not_have_the_noted_head(log, now):
    head = verify()[1].split("Head: ")[1].split()[0]
    assert verify("--head", head)[0] == 0
    security_log.delete_many({})
    note(now, 7)
    events_chain(owner="me")
    assert verify()[0] == 0
    code, text = verify("--head", head)
    assert (code, "entry 7: it is another one than the noted head" in text) == (1, True)
