"""Commands of bookings are executed, whatever crashes, races or is down."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from apps.bookings.enums import Action, Actor
from apps.bookings.services import charges
from apps.bookings.tests.paid_bookings import (
    booking_insert,
    money,
    sound,
)
from apps.payments.clients.port import ProviderDownError, ProviderTimeoutError
from apps.payments.clients.sandbox import Sandbox
from apps.payments.rows import ledger_entries, payment_commands, payments, sandbox_charges
from apps.payments.services import (
    commands_execute,
    execute,
    results,
)
from apps.payments.tests.payment_data import (
    HOUR,
    TOTAL,
    authorise,
    bind,
    commands,
    rows,
)


def broken(*_args, **_kwargs):
    return 1 // 0


@pytest.fixture
def later(monkeypatch):
    """Nothing is executed right after a commit."""
    monkeypatch.setattr(Sandbox, "is_local", False)


def test_a_refund_waits_for_its_capture(later, booking, change, now, bank, monkeypatch):
    change(booking, Action.ACCEPT, status="confirmed")
    change(booking, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    payment_commands.update_one({"kind": "capture"}, {"$set": {"next_at": now + HOUR}})
    assert commands_execute(now=now) == 0
    assert [status for *_, status in commands(booking)] == ["due", "due"]
    assert commands_execute(now=now + HOUR) >= 1
    commands_execute(now=now + 2 * HOUR)
    assert money(booking) == (TOTAL, TOTAL, "refunded")
    assert sound(now)


def test_a_crash_after_the_banks_answer_has_one_effect(
    later, booking, change, now, bank, monkeypatch
):
    change(booking, Action.ACCEPT, status="confirmed")
    with monkeypatch.context() as crash:
        crash.setattr(execute, "command_done", broken)
        with pytest.raises(ZeroDivisionError):
            commands_execute(now=now)
    assert bank()[0]["captured"] == TOTAL
    assert money(booking) == (0, 0, "unpaid")
    assert commands_execute(now=now) == 0
    assert commands_execute(now=now + execute.LEASE) == 1
    assert commands_execute(now=now + HOUR) == 0
    assert bank()[0]["keys"] == [str(rows(payment_commands)[0]["_id"])]
    assert money(booking) == (TOTAL, 0, "paid")
    assert len(rows(ledger_entries)) == 1
    assert sound(now)


def test_a_crash_in_our_transaction_leaves_no_half(later, booking, change, now, monkeypatch):
    change(booking, Action.ACCEPT, status="confirmed")
    with monkeypatch.context() as crash:
        crash.setattr(charges.PaidBooking, "paid_set", broken)
        with pytest.raises(ZeroDivisionError):
            commands_execute(now=now)
    assert commands(booking) == [("capture", TOTAL, "due")]
    assert rows(payments)[0]["captured"] == 0
    assert rows(ledger_entries) == []
    assert commands_execute(now=now + execute.LEASE) == 1
    assert money(booking) == (TOTAL, 0, "paid")
    assert sound(now)


def test_two_executions_have_one_effect(later, guest, host, listing_id, change, now, bank):
    made = [booking_insert(guest, host, listing_id, now) for _ in range(8)]
    for booking in made:
        bind(authorise(guest, now), booking, now)
        change(booking, Action.ACCEPT, status="confirmed")
    start = Barrier(4)

    def executor():
        start.wait()
        return commands_execute(now=now)

    with ThreadPoolExecutor(4) as pool:
        done = [future.result() for future in [pool.submit(executor) for _ in range(4)]]
    assert sum(done) == 8
    assert {money(booking) for booking in made} == {(TOTAL, 0, "paid")}
    assert [len(row["keys"]) for row in bank()] == [1] * 8
    assert len(rows(ledger_entries)) == 8
    assert sound(now)


def test_one_command_ended_twice_at_once_has_one_effect(later, booking, change, now):
    """Past the lease: two processes that both have the bank's answer."""
    change(booking, Action.ACCEPT, status="confirmed")
    (command,) = rows(payment_commands)
    start = Barrier(6)

    def end():
        start.wait()
        return results.command_done(command, ref=None, now=now)

    with ThreadPoolExecutor(6) as pool:
        ended = [future.result() for future in [pool.submit(end) for _ in range(6)]]
    assert sorted(ended) == [False] * 5 + [True]
    assert money(booking) == (TOTAL, 0, "paid")
    assert rows(payments)[0]["captured"] == TOTAL
    assert len(rows(ledger_entries)) == 1


def test_a_capture_of_what_is_void_fails_with_a_sentence(later, booking, change, now, bank):
    sandbox_charges.update_one({}, {"$set": {"status": "voided"}})
    change(booking, Action.ACCEPT, status="confirmed")
    assert commands_execute(now=now) == 0
    sentence = "The bank cannot capture 280.72 SGD of a charge that is voided (0.00 SGD captured)."
    (command,) = rows(payment_commands)
    assert (command["status"], command["attempts"], command["problem"]) == ("failed", 1, sentence)
    assert rows(payments)[0]["problem"] == sentence
    assert commands_execute(now=now + 48 * HOUR) == 0
    assert rows(payment_commands) == [command]
    assert money(booking) == (0, 0, "unpaid")
    assert rows(ledger_entries) == []


def test_more_than_was_captured_is_not_given_back(accepted, change, now, bank):
    sandbox_charges.update_one({}, {"$set": {"refunded": 1}})
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert commands(accepted)[1:] == [("refund", TOTAL, "failed")]
    assert "280.71 SGD captured" in rows(payment_commands)[1]["problem"]
    assert money(accepted) == (TOTAL, 0, "paid")
    assert sound(now)


def test_a_provider_that_is_down_is_asked_less_and_less(
    later, booking, change, now, monkeypatch, settings
):
    asked = []

    def down(_self, _ref, **call):
        asked.append(call["key"])
        raise ProviderTimeoutError("The bank does not answer.")

    monkeypatch.setattr(Sandbox, "capture", down)
    change(booking, Action.ACCEPT, status="confirmed")
    at, waits = now, []
    while rows(payment_commands)[0]["status"] == "due":
        assert commands_execute(now=at) == 0
        next_at = rows(payment_commands)[0]["next_at"].replace(tzinfo=dt.UTC)
        waits.append(int((next_at - at).total_seconds()))
        at = next_at
    assert waits[:-1] == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, *[3600] * 5]
    assert len(asked) == settings.PAYMENT_TRIES
    assert set(asked) == {str(rows(payment_commands)[0]["_id"])}
    (command,) = rows(payment_commands)
    assert (command["status"], command["problem"]) == ("failed", "The bank does not answer.")
    assert money(booking) == (0, 0, "unpaid")


def test_an_outage_is_found_out_by_three_calls(
    later, guest, host, listing_id, change, now, monkeypatch
):
    for _ in range(5):
        made = booking_insert(guest, host, listing_id, now)
        bind(authorise(guest, now), made, now)
        change(made, Action.ACCEPT, status="confirmed")
    asked = []

    def down(_self, ref, **_call):
        asked.append(ref)
        raise ProviderDownError("The bank is closed.")

    with monkeypatch.context() as outage:
        outage.setattr(Sandbox, "capture", down)
        assert commands_execute(now=now) == 0
    assert len(asked) == 3
    assert commands_execute(now=now + HOUR) == 5
    assert sound(now)


def test_a_failure_after_the_commit_is_the_timers_to_mend(
    booking, change, now, monkeypatch, caplog
):
    with monkeypatch.context() as crash:
        crash.setattr(execute, "_execute", broken)
        confirmed = change(booking, Action.ACCEPT, status="confirmed")
    assert confirmed["status"] == "confirmed"
    assert "payments.execute_failed" in caplog.text
    assert commands_execute(now=now, booking_id=booking["_id"]) == 1
    assert money(booking) == (TOTAL, 0, "paid")


def test_without_its_guard_a_command_takes_effect_twice(later, booking, change, now, monkeypatch):
    """What the compare and set of the test with six callers prevents."""
    change(booking, Action.ACCEPT, status="confirmed")
    (command,) = rows(payment_commands)
    monkeypatch.setattr(results, "_ended", lambda *_args: True)
    monkeypatch.setattr(results, "_posted", lambda *_args: None)
    for _ in range(2):
        results.command_done(command, ref=None, now=now)
    assert rows(payments)[0]["captured"] == 2 * TOTAL
