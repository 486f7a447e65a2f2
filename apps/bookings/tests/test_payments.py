"""Payments from the reservation to the refund, by the sandbox bank and the real database."""

import datetime as dt
import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from bson import ObjectId

from apps.bookings.clients.payments.port import (
    ProviderDownError,
    ProviderTimeoutError,
    RefusedError,
)
from apps.bookings.clients.payments.sandbox import Sandbox
from apps.bookings.enums import Action, Actor, Status
from apps.bookings.invariants import breaches
from apps.bookings.services import ledger
from apps.bookings.services.payments import (
    drop,
    effects,
    payment_bind,
    payment_confirm,
    payment_drop,
    payments_follow,
    payments_missing,
    payments_settle,
    payments_sweep,
    settle,
)
from apps.bookings.services.payments.errors import (
    PaymentActionRequiredError,
    PaymentDeclinedError,
    PaymentTimeoutError,
    PaymentUnavailableError,
)
from apps.bookings.services.rules import change_row
from apps.bookings.tests.payment_data import (
    HOSTS,
    HOUR,
    LINES,
    TOTAL,
    authorise,
    bind,
    booking_insert,
    change_booking,
    line,
    rows,
    stored,
)
from apps.common import mongo
from apps.common.errors import ConflictError, InvalidInputError, NotFoundError

MONEY = (
    "bookings whose paid and refunded are not those of their payments",
    "bookings whose cash in the ledger is not theirs",
    "payments of which more was taken or given back than there was",
    "ledger entries that do not sum to zero",
    "currencies whose ledger does not sum to zero",
)


@pytest.fixture
def bank():
    return lambda: rows("sandbox_charges")


@pytest.fixture
def booking(guest, host, listing_id, now):
    """A pending one with an authorised payment of its price."""
    made = booking_insert(guest, host, listing_id, now)
    bind(authorise(guest, now), made, now)
    return made


@pytest.fixture
def change(now):
    def do(booking, action, *, at=now, **how):
        return change_booking(booking, action, now=at, **how)

    return do


@pytest.fixture
def accepted(booking, change):
    return change(booking, Action.ACCEPT, status="confirmed")


def sums(booking):
    """account -> sum in the ledger."""
    found = {}
    for entry in rows("ledger_entries", booking_id=booking["_id"]):
        assert sum(posting["amount"] for posting in entry["postings"]) == 0
        for posting in entry["postings"]:
            found[posting["account"]] = found.get(posting["account"], 0) + posting["amount"]
    return found


def money(booking):
    now = stored("bookings", booking["_id"])
    return now["paid"], now["refunded"], now["payment_status"]


def commands(booking=None):
    found = rows("payment_commands", **({"booking_id": booking["_id"]} if booking else {}))
    return [(row["kind"], row["amount"], row["status"]) for row in found]


def sound(now):
    found = breaches(now=now)
    return [name for name in MONEY if found[name]] == []


def test_an_authorised_payment(guest, now, bank):
    payment = authorise(guest, now)
    assert payment == stored("payments", payment["_id"])
    assert payment["provider_ref"] == f"sandbox_{payment['_id']}"
    assert (payment["status"], payment["method"]) == ("authorised", "pm_card_visa")
    assert (payment["amount"], payment["booking_id"]) == (TOTAL, None)
    assert payment["created_at"] == now.replace(tzinfo=None)
    assert [(row["_id"], row["amount"], row["status"]) for row in bank()] == [
        (str(payment["_id"]), TOTAL, "authorised")
    ]


@pytest.mark.parametrize(
    ("method", "code", "sentence"),
    [
        ("pm_card_declined", "card_declined", "The card was declined."),
        ("pm_card_insufficient_funds", "insufficient_funds", "The card has insufficient funds."),
    ],
)
def test_a_declined_card(guest, now, method, code, sentence):
    with pytest.raises(PaymentDeclinedError, match=sentence) as raised:
        authorise(guest, now, method=method)
    assert raised.value.details == {"decline_code": code}
    (payment,) = rows("payments")
    assert (payment["status"], payment["problem"]) == ("declined", sentence)


def test_an_unknown_card_is_refused_before_anything_is_stored(guest, now):
    with pytest.raises(InvalidInputError) as raised:
        authorise(guest, now, method="pm_card_gold")
    assert raised.value.code == "PAYMENT_METHOD_UNKNOWN"
    assert list(raised.value.fields) == ["payment_method"]
    assert rows("payments") == rows("sandbox_charges") == []


def test_a_provider_is_never_asked_inside_a_transaction(guest, now):
    with pytest.raises(RuntimeError, match="transaction"):
        mongo.run_in_transaction(lambda: authorise(guest, now))
    assert rows("payments") == []


def test_a_payment_that_its_guest_confirms(guest, now):
    with pytest.raises(PaymentActionRequiredError) as raised:
        authorise(guest, now, method="pm_card_authentication_required")
    (payment,) = rows("payments")
    assert payment["status"] == "action_required"
    name = str(payment["_id"])
    assert raised.value.details == {
        "payment_id": name,
        "confirm_url": f"/api/bookings/payments/{name}/confirm",
    }
    with pytest.raises(PaymentActionRequiredError):
        authorise(guest, now, payment_id=payment["_id"])
    for _ in range(2):
        confirmed = payment_confirm(payment["_id"], guest_id=guest.id, approve=True, now=now)
        assert confirmed["status"] == "authorised"
    assert authorise(guest, now, payment_id=payment["_id"])["_id"] == payment["_id"]
    late = payment_confirm(payment["_id"], guest_id=guest.id, approve=False, now=now)
    assert late["status"] == "authorised"


def test_a_payment_that_its_guest_does_not_confirm(guest, now):
    with pytest.raises(PaymentActionRequiredError):
        authorise(guest, now, method="pm_card_authentication_required")
    (payment,) = rows("payments")
    refused = payment_confirm(payment["_id"], guest_id=guest.id, approve=False, now=now)
    assert refused["status"] == "declined"
    with pytest.raises(PaymentDeclinedError, match="did not approve"):
        authorise(guest, now, payment_id=payment["_id"])


def test_anothers_payment_does_not_exist(guest, make_person, now):
    payment, other = authorise(guest, now), make_person("traveler")
    with pytest.raises(NotFoundError):
        authorise(other, now, payment_id=payment["_id"])
    with pytest.raises(NotFoundError):
        payment_confirm(payment["_id"], guest_id=other.id, approve=True, now=now)
    with pytest.raises(NotFoundError):
        authorise(guest, now, payment_id=ObjectId())


@pytest.mark.parametrize("other", [{"amount": TOTAL + 1}, {"currency": "EUR"}])
def test_an_earlier_payment_has_to_fit(guest, now, other):
    payment = authorise(guest, now)
    with pytest.raises(ConflictError) as raised:
        authorise(guest, now, payment_id=payment["_id"], **other)
    assert raised.value.code == "PAYMENT_MISMATCH"
    assert stored("payments", payment["_id"]) == payment


def test_a_payment_is_bound_once(guest, host, listing_id, booking, now):
    (payment,) = rows("payments")
    assert payment["booking_id"] == booking["_id"]
    second = booking_insert(guest, host, listing_id, now)
    with pytest.raises(ConflictError) as raised:
        bind(payment, second, now)
    assert raised.value.code == "PAYMENT_USED"
    with pytest.raises(ConflictError) as raised:
        authorise(guest, now, payment_id=payment["_id"])
    assert raised.value.code == "PAYMENT_USED"
    assert stored("payments", payment["_id"]) == payment


def test_a_bound_payment_is_not_dropped(booking, now, bank):
    (payment,) = rows("payments")
    payment_drop(payment["_id"], now=now)
    assert payments_sweep(now=now + dt.timedelta(days=1)) == 0
    assert rows("payments") == [payment]
    assert commands() == []
    assert bank()[0]["status"] == "authorised"


def test_a_dropped_payment_is_void_and_never_bound(guest, host, listing_id, now, bank):
    payment = authorise(guest, now)
    payment_drop(payment["_id"], now=now)
    payment_drop(payment["_id"], now=now)
    assert commands() == [("void", TOTAL, "done")]
    assert stored("payments", payment["_id"])["status"] == "voided"
    assert bank()[0]["status"] == "voided"
    with pytest.raises(ConflictError) as raised:
        bind(payment, booking_insert(guest, host, listing_id, now), now)
    assert raised.value.code == "PAYMENT_USED"


def test_a_bank_without_an_answer(guest, now, bank, settings):
    with pytest.raises(PaymentTimeoutError):
        authorise(guest, now, method="pm_card_timeout")
    (payment,) = rows("payments")
    assert (payment["status"], payment["provider_ref"]) == ("started", None)
    assert bank()[0]["status"] == "authorised"
    just_before = now + settings.PAYMENT_DROP_AFTER - dt.timedelta(milliseconds=1)
    assert payments_settle(now=just_before) == 0
    assert payments_settle(now=now + settings.PAYMENT_DROP_AFTER) == 1
    assert bank()[0]["status"] == stored("payments", payment["_id"])["status"] == "voided"
    assert stored("payments", payment["_id"])["provider_ref"] == f"sandbox_{payment['_id']}"


def test_a_bank_that_never_heard_of_it(guest, now, bank, monkeypatch, settings):
    def down(*_args, **_kwargs):
        raise ProviderDownError("The bank is closed.")

    monkeypatch.setattr(Sandbox, "authorise", down)
    with pytest.raises(PaymentUnavailableError):
        authorise(guest, now)
    assert bank() == []
    assert payments_settle(now=now + settings.PAYMENT_DROP_AFTER) == 1
    (payment,) = rows("payments")
    assert (payment["status"], payment["provider_ref"]) == ("voided", None)


def test_the_sweep_voids_what_a_crash_left(guest, now, bank, monkeypatch, settings):
    """After the bank's answer and before our next write; and after that write."""
    with monkeypatch.context() as crash:
        crash.setattr("apps.bookings.services.payments.authorise.outcome_store", broken)
        with pytest.raises(ZeroDivisionError):
            authorise(guest, now)
    authorise(guest, now)
    assert [row["status"] for row in rows("payments")] == ["started", "authorised"]
    due = now + settings.PAYMENT_ORPHAN_AFTER
    assert payments_sweep(now=due - dt.timedelta(milliseconds=1)) == 0
    assert payments_sweep(now=due) == 2
    assert payments_sweep(now=due) == 0
    payments_settle(now=due + settings.PAYMENT_DROP_AFTER)
    assert [row["status"] for row in rows("payments")] == ["voided", "voided"]
    assert [row["status"] for row in bank()] == ["voided", "voided"]


def broken(*_args, **_kwargs):
    return 1 // 0


def test_drop_against_bind(guest, host, listing_id, now):
    """Whoever comes first: never a booking whose payment is given up."""
    for _ in range(12):
        payment = authorise(guest, now)
        made = booking_insert(guest, host, listing_id, now)
        start = Barrier(2)

        def binding(payment=payment, made=made, start=start):
            start.wait()
            try:
                bind(payment, made, now)
            except ConflictError:
                return False
            return True

        def dropping(payment=payment, start=start):
            start.wait()
            payment_drop(payment["_id"], now=now)

        with ThreadPoolExecutor(2) as pool:
            was_bound, dropped = pool.submit(binding), pool.submit(dropping)
            dropped.result()
            is_bound = was_bound.result()
        after = stored("payments", payment["_id"])
        charge = stored("sandbox_charges", str(payment["_id"]))
        if is_bound:
            assert (after["booking_id"], after["dropped_at"]) == (made["_id"], None)
            assert charge["status"] == "authorised"
        else:
            assert (after["booking_id"], after["status"]) == (None, "voided")
            assert charge["status"] == "voided"


def test_accepting_captures(accepted, now, bank):
    assert commands(accepted) == [("capture", TOTAL, "done")]
    (payment,) = rows("payments")
    assert (payment["status"], payment["captured"], payment["refunded"]) == ("captured", TOTAL, 0)
    assert (bank()[0]["status"], bank()[0]["captured"]) == ("captured", TOTAL)
    assert money(accepted) == (TOTAL, 0, "paid")
    assert sums(accepted) == {
        "cash": TOTAL,
        f"host:{accepted['host_id']}": -HOSTS,
        "fees": -3_072,
        "tax": -400,
    }
    (entry,) = rows("ledger_entries")
    assert entry["_id"] == rows("payment_commands")[0]["_id"]
    assert (entry["text"], entry["currency"]) == ("Taken for the stay", "SGD")
    assert sound(now)


@pytest.mark.parametrize(
    ("action", "status", "actor"),
    [
        (Action.DECLINE, "declined", Actor.OWNER),
        (Action.EXPIRE, "expired", Actor.SYSTEM),
        (Action.CANCEL, "cancelled", Actor.GUEST),
    ],
)
def test_a_request_that_ends_takes_nothing(booking, change, now, bank, action, status, actor):
    change(booking, action, status=status, actor=actor)
    assert commands(booking) == [("void", TOTAL, "done")]
    assert bank()[0]["status"] == rows("payments")[0]["status"] == "voided"
    assert money(booking) == (0, 0, "unpaid")
    assert rows("ledger_entries") == []
    assert sound(now)


@pytest.mark.parametrize("actor", [Actor.OWNER, Actor.STAFF])
def test_a_host_who_cancels_gives_everything_back(accepted, change, now, bank, actor):
    change(accepted, Action.CANCEL, status="cancelled", actor=actor)
    assert commands(accepted) == [("capture", TOTAL, "done"), ("refund", TOTAL, "done")]
    assert money(accepted) == (TOTAL, TOTAL, "refunded")
    assert set(sums(accepted).values()) == {0}
    assert bank()[0]["refunded"] == TOTAL
    assert sound(now)


def test_a_guest_who_cancels_gets_what_the_policy_says(accepted, change, now, bank):
    """Moderate, three days before: half of nights, discount and fee; cleaning and tax in full."""
    at = accepted["check_in"].replace(tzinfo=dt.UTC) - dt.timedelta(days=3)
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.GUEST, at=at)
    back = 10_800 + 3_000 + 1_536 + 400
    assert commands(accepted)[1] == ("refund", back, "done")
    assert money(accepted) == (TOTAL, back, "paid")
    assert sums(accepted) == {
        "cash": TOTAL - back,
        f"host:{accepted['host_id']}": -10_800,
        "fees": -1_536,
        "tax": 0,
    }
    assert bank()[0]["refunded"] == back
    assert sound(now)


def test_nothing_comes_back_of_a_stay_that_has_begun(accepted, change, now):
    at = accepted["check_in"].replace(tzinfo=dt.UTC) + dt.timedelta(hours=16)
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.GUEST, at=at)
    assert commands(accepted) == [("capture", TOTAL, "done")]
    assert money(accepted) == (TOTAL, 0, "paid")
    assert sound(now)


def test_a_stay_that_completes_moves_nothing(accepted, change, now):
    change(accepted, Action.COMPLETE, status="completed", actor=Actor.SYSTEM)
    change(accepted, Action.REMIND, actor=Actor.SYSTEM)
    assert commands(accepted) == [("capture", TOTAL, "done")]


def test_a_booking_without_payment_asks_nobody(guest, host, listing_id, change, now):
    made = booking_insert(guest, host, listing_id, now)
    change(made, Action.ACCEPT, status="confirmed")
    change(made, Action.CANCEL, status="cancelled")
    assert commands() == []
    assert money(made) == (0, 0, "unpaid")


LONGER = [
    line("NIGHTS", 36_000, 3),
    line("CLEANING_FEE", 3_000),
    line("SERVICE_FEE", 4_680),
    line("OCCUPANCY_TAX", 600),
]
LONGER_TOTAL = 44_280
SHORTER = [line("NIGHTS", 12_000), line("CLEANING_FEE", 3_000), line("SERVICE_FEE", 1_800)]
SHORTER_TOTAL = 16_800


def altered(lines):
    return {"lines": lines, "total_price": sum(each["amount"] for each in lines)}


def test_a_request_that_grew_is_captured_from_both_payments(booking, change, guest, now, bank):
    assert payments_missing(booking, total=LONGER_TOTAL) == LONGER_TOTAL - TOTAL
    bind(authorise(guest, now + HOUR, amount=LONGER_TOTAL - TOTAL), booking, now)
    assert payments_missing(booking, total=LONGER_TOTAL) == 0
    change(booking, Action.ALTER, actor=Actor.GUEST, **altered(LONGER))
    assert commands(booking) == []
    change(booking, Action.ACCEPT, status="confirmed")
    assert commands(booking) == [
        ("capture", TOTAL, "done"),
        ("capture", LONGER_TOTAL - TOTAL, "done"),
    ]
    assert money(booking) == (LONGER_TOTAL, 0, "paid")
    assert sums(booking) == {
        "cash": LONGER_TOTAL,
        f"host:{booking['host_id']}": -39_000,
        "fees": -4_680,
        "tax": -600,
    }
    assert sound(now)


def test_a_request_that_shrank_is_captured_in_part_and_its_other_payment_void(
    booking, change, guest, now, bank
):
    bind(authorise(guest, now + HOUR, amount=500), booking, now)
    change(booking, Action.ALTER, actor=Actor.GUEST, **altered(SHORTER))
    change(booking, Action.ACCEPT, status="confirmed")
    assert commands(booking) == [("capture", SHORTER_TOTAL, "done"), ("void", 500, "done")]
    assert [(row["status"], row["captured"]) for row in bank()] == [
        ("captured", SHORTER_TOTAL),
        ("voided", 0),
    ]
    assert money(booking) == (SHORTER_TOTAL, 0, "paid")
    assert sound(now)


def test_a_confirmed_stay_that_grows_captures_the_difference(accepted, change, guest, now):
    assert payments_missing(accepted, total=LONGER_TOTAL) == LONGER_TOTAL - TOTAL
    bind(authorise(guest, now + HOUR, amount=LONGER_TOTAL - TOTAL), accepted, now)
    change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(LONGER))
    assert commands(accepted)[1:] == [("capture", LONGER_TOTAL - TOTAL, "done")]
    assert money(accepted) == (LONGER_TOTAL, 0, "paid")
    assert sums(accepted)["fees"] == -4_680
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert commands(accepted)[2:] == [
        ("refund", LONGER_TOTAL - TOTAL, "done"),
        ("refund", TOTAL, "done"),
    ]
    assert money(accepted) == (LONGER_TOTAL, LONGER_TOTAL, "refunded")
    assert set(sums(accepted).values()) == {0}
    assert sound(now)


def test_a_confirmed_stay_that_shrinks_refunds_the_difference(accepted, change, now):
    change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(SHORTER))
    assert commands(accepted)[1:] == [("refund", TOTAL - SHORTER_TOTAL, "done")]
    assert money(accepted) == (TOTAL, TOTAL - SHORTER_TOTAL, "paid")
    assert sums(accepted) == {
        "cash": SHORTER_TOTAL,
        f"host:{accepted['host_id']}": -15_000,
        "fees": -1_800,
        "tax": 0,
    }
    assert sound(now)


def test_the_same_price_for_other_things_moves_what_is_owed_once(accepted, change, now):
    other = [line("NIGHTS", 24_572), line("SERVICE_FEE", 3_500)]
    assert sum(each["amount"] for each in other) == TOTAL
    for _ in range(2):
        change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(other))
    assert commands(accepted) == [("capture", TOTAL, "done")]
    assert sums(accepted) == {
        "cash": TOTAL,
        f"host:{accepted['host_id']}": -24_572,
        "fees": -3_500,
        "tax": 0,
    }
    assert [entry["text"] for entry in rows("ledger_entries")] == ["Taken for the stay", "Altered"]
    assert sound(now)


@pytest.mark.parametrize(
    ("action", "actor"),
    [
        (Action.REFUSE, Actor.OWNER),
        (Action.WITHDRAW, Actor.GUEST),
        (Action.LAPSE, Actor.SYSTEM),
    ],
)
def test_a_proposal_reserves_until_it_is_answered(accepted, change, guest, now, action, actor):
    bind(authorise(guest, now, amount=16_208), accepted, now)
    change(accepted, Action.PROPOSE, actor=Actor.GUEST)
    assert commands(accepted)[1:] == []
    change(accepted, action, actor=actor)
    assert commands(accepted)[1:] == [("void", 16_208, "done")]
    assert money(accepted) == (TOTAL, 0, "paid")
    assert sound(now)


def test_an_agreed_proposal_is_captured(accepted, change, guest, now):
    bind(authorise(guest, now, amount=LONGER_TOTAL - TOTAL), accepted, now)
    change(accepted, Action.PROPOSE, actor=Actor.GUEST)
    change(accepted, Action.AGREE, **altered(LONGER))
    assert commands(accepted)[1:] == [("capture", LONGER_TOTAL - TOTAL, "done")]
    assert money(accepted) == (LONGER_TOTAL, 0, "paid")
    assert sound(now)


def test_a_cancelled_stay_lets_its_proposal_go(accepted, change, guest, now):
    bind(authorise(guest, now, amount=16_208), accepted, now)
    change(accepted, Action.PROPOSE, actor=Actor.GUEST)
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert commands(accepted)[1:] == [("refund", TOTAL, "done"), ("void", 16_208, "done")]
    assert sound(now)


@pytest.fixture
def later(monkeypatch):
    """Nothing is settled right after a commit."""
    monkeypatch.setattr(Sandbox, "is_local", False)


def test_a_refund_waits_for_its_capture(later, booking, change, now, bank, monkeypatch):
    change(booking, Action.ACCEPT, status="confirmed")
    change(booking, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    mongo.collection("payment_commands").update_one(
        {"kind": "capture"}, {"$set": {"next_at": now + HOUR}}
    )
    assert payments_settle(now=now) == 0
    assert [status for *_, status in commands(booking)] == ["due", "due"]
    assert payments_settle(now=now + HOUR) >= 1
    payments_settle(now=now + 2 * HOUR)
    assert money(booking) == (TOTAL, TOTAL, "refunded")
    assert sound(now)


def test_a_crash_after_the_banks_answer_has_one_effect(
    later, booking, change, now, bank, monkeypatch
):
    change(booking, Action.ACCEPT, status="confirmed")
    with monkeypatch.context() as crash:
        crash.setattr(settle, "command_done", broken)
        with pytest.raises(ZeroDivisionError):
            payments_settle(now=now)
    assert bank()[0]["captured"] == TOTAL
    assert money(booking) == (0, 0, "unpaid")
    assert payments_settle(now=now) == 0
    assert payments_settle(now=now + settle.LEASE) == 1
    assert payments_settle(now=now + HOUR) == 0
    assert bank()[0]["keys"] == [str(rows("payment_commands")[0]["_id"])]
    assert money(booking) == (TOTAL, 0, "paid")
    assert len(rows("ledger_entries")) == 1
    assert sound(now)


def test_a_crash_in_our_transaction_leaves_no_half(later, booking, change, now, monkeypatch):
    change(booking, Action.ACCEPT, status="confirmed")
    with monkeypatch.context() as crash:
        crash.setattr(effects, "booking_paid", broken)
        with pytest.raises(ZeroDivisionError):
            payments_settle(now=now)
    assert commands(booking) == [("capture", TOTAL, "due")]
    assert rows("payments")[0]["captured"] == 0
    assert rows("ledger_entries") == []
    assert payments_settle(now=now + settle.LEASE) == 1
    assert money(booking) == (TOTAL, 0, "paid")
    assert sound(now)


def test_two_settlers_have_one_effect(later, guest, host, listing_id, change, now, bank):
    made = [booking_insert(guest, host, listing_id, now) for _ in range(8)]
    for booking in made:
        bind(authorise(guest, now), booking, now)
        change(booking, Action.ACCEPT, status="confirmed")
    start = Barrier(4)

    def settler():
        start.wait()
        return payments_settle(now=now)

    with ThreadPoolExecutor(4) as pool:
        done = [future.result() for future in [pool.submit(settler) for _ in range(4)]]
    assert sum(done) == 8
    assert {money(booking) for booking in made} == {(TOTAL, 0, "paid")}
    assert [len(row["keys"]) for row in bank()] == [1] * 8
    assert len(rows("ledger_entries")) == 8
    assert sound(now)


def test_one_command_ended_twice_at_once_has_one_effect(later, booking, change, now):
    """Past the lease: two processes that both have the bank's answer."""
    change(booking, Action.ACCEPT, status="confirmed")
    (command,) = rows("payment_commands")
    start = Barrier(6)

    def end():
        start.wait()
        return effects.command_done(command, ref=None, now=now)

    with ThreadPoolExecutor(6) as pool:
        ended = [future.result() for future in [pool.submit(end) for _ in range(6)]]
    assert sorted(ended) == [False] * 5 + [True]
    assert money(booking) == (TOTAL, 0, "paid")
    assert rows("payments")[0]["captured"] == TOTAL
    assert len(rows("ledger_entries")) == 1


def test_a_capture_of_what_is_void_fails_with_a_sentence(later, booking, change, now, bank):
    mongo.collection("sandbox_charges").update_one({}, {"$set": {"status": "voided"}})
    change(booking, Action.ACCEPT, status="confirmed")
    assert payments_settle(now=now) == 0
    sentence = "The bank cannot take 280.72 SGD of a charge that is voided (0.00 SGD taken)."
    (command,) = rows("payment_commands")
    assert (command["status"], command["attempts"], command["problem"]) == ("failed", 1, sentence)
    assert rows("payments")[0]["problem"] == sentence
    assert payments_settle(now=now + 48 * HOUR) == 0
    assert rows("payment_commands") == [command]
    assert money(booking) == (0, 0, "unpaid")
    assert rows("ledger_entries") == []


def test_more_than_was_captured_is_not_given_back(accepted, change, now, bank):
    mongo.collection("sandbox_charges").update_one({}, {"$set": {"refunded": 1}})
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert commands(accepted)[1:] == [("refund", TOTAL, "failed")]
    assert "280.71 SGD taken" in rows("payment_commands")[1]["problem"]
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
    while rows("payment_commands")[0]["status"] == "due":
        assert payments_settle(now=at) == 0
        next_at = rows("payment_commands")[0]["next_at"].replace(tzinfo=dt.UTC)
        waits.append(int((next_at - at).total_seconds()))
        at = next_at
    assert waits[:-1] == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, *[3600] * 5]
    assert len(asked) == settings.PAYMENT_TRIES
    assert set(asked) == {str(rows("payment_commands")[0]["_id"])}
    (command,) = rows("payment_commands")
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
        assert payments_settle(now=now) == 0
    assert len(asked) == 3
    assert payments_settle(now=now + HOUR) == 5
    assert sound(now)


def test_a_failure_after_the_commit_is_the_timers_to_mend(
    booking, change, now, monkeypatch, caplog
):
    with monkeypatch.context() as crash:
        crash.setattr(settle, "_carry_out", broken)
        confirmed = change(booking, Action.ACCEPT, status="confirmed")
    assert confirmed["status"] == "confirmed"
    assert "payments.settle_failed" in caplog.text
    assert payments_settle(now=now, booking_id=booking["_id"]) == 1
    assert money(booking) == (TOTAL, 0, "paid")


def test_the_bank_answers_the_same_key_the_same_way(guest, now):
    bank, key = Sandbox(), "66f1c2a4b8e0d3f5a7c91e55"
    call = {"key": key, "amount": 500, "currency": "SGD"}
    first = bank.authorise(**call, method="pm_card_visa")
    assert bank.authorise(**call, method="pm_card_visa") == first
    for _ in range(2):
        bank.capture(first.ref, amount=500, currency="SGD", key="capture-1")
        bank.refund(first.ref, amount=300, currency="SGD", key="refund-1")
    assert stored("sandbox_charges", key)["refunded"] == 300
    assert (bank.find(key), bank.find("another")) == (first.ref, None)
    with pytest.raises(RefusedError, match=r"cannot return 3\.00 SGD"):
        bank.refund(first.ref, amount=300, currency="SGD", key="refund-2")
    with pytest.raises(RefusedError, match="cannot void"):
        bank.void(first.ref, key="void-1")


def test_drops_that_the_database_refuses_are_the_sweeps(guest, now, monkeypatch, caplog, settings):
    from pymongo.errors import AutoReconnect

    def gone(_function):
        raise AutoReconnect("gone")

    payment = authorise(guest, now)
    with monkeypatch.context() as outage:
        outage.setattr(drop.mongo, "run_in_transaction", gone)
        payment_drop(payment["_id"], now=now)
    assert "payments.drop_failed" in caplog.text
    assert payments_sweep(now=now + settings.PAYMENT_ORPHAN_AFTER) == 1
    assert stored("payments", payment["_id"])["status"] == "voided"


def test_binding_and_following_in_one_transaction(guest, host, listing_id, now):
    """As an instant booking does it."""
    payment = authorise(guest, now)
    before = booking_insert(guest, host, listing_id, now)

    def transaction():
        payment_bind(payment["_id"], booking_id=before["_id"], now=now)
        change = change_row(Action.ACCEPT, "pending", Status.CONFIRMED, Actor.SYSTEM, None, now)
        payments_follow(before, {**before, "status": "confirmed"}, change, now=now)

    mongo.run_in_transaction(transaction)
    assert commands(before) == [("capture", TOTAL, "done")]
    assert money(before) == (TOTAL, 0, "paid")


def test_lines_of_the_data_are_consistent():
    assert sum(each["amount"] for each in LINES) == TOTAL
    assert sum(each["amount"] for each in LONGER) == LONGER_TOTAL
    assert sum(each["amount"] for each in SHORTER) == SHORTER_TOTAL


def test_a_stay_without_payment_that_grows_pays_the_difference(
    guest, host, listing_id, change, now
):
    """As bookings of before there were payments."""
    made = booking_insert(guest, host, listing_id, now, status="confirmed")
    assert payments_missing(made, total=TOTAL - 1) == 0
    missing = payments_missing(made, total=LONGER_TOTAL)
    assert missing == LONGER_TOTAL - TOTAL
    bind(authorise(guest, now, amount=missing), made, now)
    change(made, Action.ALTER, actor=Actor.GUEST, **altered(LONGER))
    assert commands(made) == [("capture", missing, "done")]
    assert money(made) == (missing, 0, "paid")
    change(made, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert money(made) == (missing, missing, "refunded")
    assert set(sums(made).values()) == {0}
    assert sound(now)


@pytest.mark.parametrize("steps", range(12))
def test_any_way_through_alterations_ends_at_zero(accepted, change, guest, now, steps):
    """Prices that go up and down at random, then everything back: to the minor unit."""
    chosen, total = random.Random(steps), TOTAL
    for _ in range(6):
        lines = [
            line("NIGHTS", chosen.randrange(1_000, 60_000)),
            line("CLEANING_FEE", chosen.choice([0, 3_000])),
            line("SERVICE_FEE", chosen.randrange(9_000)),
            line("OCCUPANCY_TAX", chosen.choice([0, 333, 400])),
        ]
        wanted = sum(each["amount"] for each in lines)
        missing = payments_missing(stored("bookings", accepted["_id"]), total=wanted)
        assert missing == max(0, wanted - total)
        if missing:
            bind(authorise(guest, now, amount=missing), accepted, now)
        change(accepted, Action.ALTER, actor=Actor.GUEST, **altered(lines))
        paid, refunded, _ = money(accepted)
        assert paid - refunded == wanted
        shares = ledger.shares_of(lines, host_id=accepted["host_id"])
        assert sums(accepted) == {"cash": wanted} | {
            account: -shares.get(account, 0) for account in sums(accepted) if account != "cash"
        }
        total = wanted
    change(accepted, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
    assert money(accepted)[2] == "refunded"
    assert set(sums(accepted).values()) == {0}
    assert sound(now)


def test_without_its_guard_a_command_takes_effect_twice(later, booking, change, now, monkeypatch):
    """What the compare and set of the test with six callers prevents."""
    change(booking, Action.ACCEPT, status="confirmed")
    (command,) = rows("payment_commands")
    monkeypatch.setattr(effects, "_ended", lambda *_args: True)
    monkeypatch.setattr(effects, "_posted", lambda *_args: None)
    for _ in range(2):
        effects.command_done(command, ref=None, now=now)
    assert rows("payments")[0]["captured"] == 2 * TOTAL
