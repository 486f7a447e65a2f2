"""What was stored as hundredths in every currency, converted by batches, also after a stop."""

import random
from collections import Counter

import pytest

from apps.bookings.enums import Action, Actor
from apps.bookings.rows import bookings, holds
from apps.bookings.services.charges import payment_missing
from apps.bookings.services.minor_units import bookings_batch, holds_batch, lines_whole
from apps.bookings.tests.paid_bookings import booking_insert, money, sound, sums
from apps.common import minor_units
from apps.common.minor_units import SumsDifferError, conversions, convert, whole
from apps.common.money import from_wire
from apps.payments.rows import (
    ledger_entries,
    payment_commands,
    payments,
    sandbox_charges,
)
from apps.payments.services import ledger
from apps.payments.services.minor_units import booking_batch, unbound_batch
from apps.payments.tests.payment_data import authorise, bind, line, rows, stored

STORED = (bookings, holds, payments, payment_commands, ledger_entries, sandbox_charges)
WITH_CURRENCY = (bookings, holds, payments, ledger_entries, sandbox_charges)


def drawn(chosen):
    return [
        line("NIGHTS", chosen.randrange(1_000, 60_000)),
        line("LENGTH_DISCOUNT", -chosen.randrange(900)),
        line("CLEANING_FEE", chosen.choice([0, 3_050])),
        line("SERVICE_FEE", chosen.randrange(9_000)),
        line("OCCUPANCY_TAX", chosen.choice([0, 333, 400])),
    ]


def total_of(lines):
    return sum(each["amount"] for each in lines)


@pytest.fixture
def make_stay(guest, host, listing_id, change, now):
    """A booking in hundredths that was altered up and down, and what of it waits."""

    def make(seed):
        chosen = random.Random(seed)
        lines = drawn(chosen)
        made = booking_insert(guest, host, listing_id, now, lines=lines)
        bind(authorise(guest, now, amount=total_of(lines)), made, now)
        if seed % 4 == 0:
            return made
        change(made, Action.ACCEPT, status="confirmed")
        for _ in range(seed % 5):
            lines = drawn(chosen)
            missing = payment_missing(stored(bookings, made["_id"]), total=total_of(lines))
            if missing:
                bind(authorise(guest, now, amount=missing), made, now)
            values = {"lines": lines, "total_price": total_of(lines)}
            change(made, Action.ALTER, actor=Actor.GUEST, **values)
        if seed % 3 == 0:
            lines = drawn(chosen)
            missing = payment_missing(stored(bookings, made["_id"]), total=total_of(lines))
            if missing:
                bind(authorise(guest, now, amount=missing), made, now)
            proposal = {
                **{name: made[name] for name in ("check_in", "check_out", "guest_count")},
                "lines": lines,
                "total_price": total_of(lines),
                "prep_nights": 0,
                "proposed_at": now,
                "expires_at": now,
            }
            bookings.update_one({"_id": made["_id"]}, {"$set": {"alteration": proposal}})
        return made

    return make


def renamed(currency):
    """As if all that is in SGD had always been in this currency."""
    for handle in WITH_CURRENCY:
        handle.update_many({"currency": "SGD"}, {"$set": {"currency": currency}})


def everything():
    return {handle.name: rows(handle) for handle in STORED}


def converted():
    return (
        convert("payments", booking_batch),
        convert("unbound payments", unbound_batch),
        convert("bookings", bookings_batch()),
        convert("holds", holds_batch()),
    )


@pytest.mark.parametrize("currency", ["JPY", "KWD"])
def test_what_is_stored_stays_what_it_is_worth(make_stay, change, guest, now, currency):
    made = [make_stay(seed) for seed in range(10)]
    unbound = authorise(guest, now, amount=12_345)
    assert sound(now)
    renamed(currency)
    before = everything()
    told = "".join(converted())
    assert sound(now)
    after = everything()
    factor = {"JPY": 1, "KWD": 1_000}[currency]
    for old, new in zip(before["bookings"], after["bookings"], strict=True):
        assert new["total_price"] == whole(old["total_price"], currency)
        assert new["total_price"] == total_of(new["lines"])
        # Events of then say the total in units: what is made of them is the same.
        assert from_wire(old["total_price"] / 100, currency) == new["total_price"]
        if proposal := new["alteration"]:
            assert proposal["total_price"] == total_of(proposal["lines"])
        if new["status"] == "confirmed":
            assert new["paid"] - new["refunded"] == new["total_price"]
            owed = ledger.allocation_of(new["lines"], host_id=new["host_id"])
            found = sums(new)
            assert found == {"cash": new["total_price"]} | {
                name: -owed.get(name, 0) for name in found if name != "cash"
            }
        assert abs(new["paid"] / factor - old["paid"] / 100) <= 1 * len(after["payments"])
    charges = {row["_id"]: row for row in after["sandbox_charges"]}
    for payment in after["payments"]:
        charge = charges[str(payment["_id"])]
        amounts = ("amount", "captured", "refunded")
        assert [payment[name] for name in amounts] == [charge[name] for name in amounts]
    assert stored(payments, unbound["_id"])["amount"] == whole(12_345, currency)
    cash = sum(row["total_price"] for row in before["bookings"] if row["status"] == "confirmed")
    assert f"ledger of cash: {cash / 100:,.2f} {currency} -> " in told
    _goes_on(made, change, guest, now, currency)


def _goes_on(made, change, guest, now, currency):
    """Each waiting payment is captured for what waits, and everything can be given back."""
    for booking in made:
        row = stored(bookings, booking["_id"])
        if row["status"] == "pending":
            change(booking, Action.ACCEPT, status="confirmed")
            assert money(booking)[0] == row["total_price"]
        elif row["alteration"]:
            values = {name: row["alteration"][name] for name in ("lines", "total_price")}
            missing = payment_missing(row, total=values["total_price"])
            free = sum(
                one["amount"]
                for one in payments.find({"booking_id": row["_id"], "status": "authorised"})
            )
            assert missing == free
            change(booking, Action.ALTER, actor=Actor.GUEST, **values)
            paid, refunded, _ = money(booking)
            assert paid - refunded == values["total_price"]
        change(booking, Action.CANCEL, status="cancelled", actor=Actor.OWNER)
        assert money(booking)[2] == "refunded"
        assert set(sums(booking).values()) == {0}
    assert sound(now)


def test_a_stop_at_any_batch_converts_nothing_twice(make_stay, now, monkeypatch):
    for seed in range(5):
        make_stay(seed)
    renamed("JPY")
    whole_run = everything()
    monkeypatch.setattr("apps.payments.services.minor_units.BATCH", 1)
    monkeypatch.setattr(minor_units, "BATCH", 1)
    stops = 0
    for name, batch in (("payments", booking_batch), ("bookings", bookings_batch())):
        for _ in range(5):
            with pytest.raises(SystemExit):
                convert(name, _dying(batch))
            stops += 1
            assert convert_one(name, batch)
        assert convert(name, batch)
    assert stops == 10
    assert sound(now)
    for old, new in zip(whole_run["bookings"], everything()["bookings"], strict=True):
        assert new["total_price"] == whole(old["total_price"], "JPY")
    once = everything()
    converted()
    assert everything() == once
    state = conversions.find_one({"_id": "bookings"})
    assert state["done"]
    assert state["before"]["JPY total"] == sum(row["total_price"] for row in whole_run["bookings"])
    assert state["after"]["JPY total"] == sum(row["total_price"] for row in once["bookings"])


def _dying(batch):
    """Writes a batch, then its process ends before the commit."""

    def die(last):
        batch(last)
        raise SystemExit

    return die


def convert_one(name, batch):
    """Whether there may be more after one batch."""
    return minor_units.mongo.run_in_transaction(lambda: minor_units._step(name, batch))


def test_currencies_with_two_decimals_do_not_change_at_all(make_stay, now):
    for seed in range(4):
        make_stay(seed)
    before = everything()
    assert converted() == ("", "", "", "")
    assert everything() == before


def test_without_the_place_a_second_run_would_convert_twice(make_stay, now):
    """The negative control."""
    make_stay(1)
    renamed("JPY")
    converted()
    once = everything()
    conversions.delete_many({})
    converted()
    assert everything() != once


def test_sums_that_differ_stop_it_and_change_nothing(make_stay, now):
    make_stay(1)
    renamed("JPY")
    before = everything()

    def wrong(last):
        found = booking_batch(last)
        return None if found is None else minor_units.Converted(
            last=found.last,
            amounts=found.amounts,
            before=found.before,
            after=Counter({name: amount * 2 for name, amount in found.after.items()}),
        )  # fmt: skip

    with pytest.raises(SumsDifferError, match="would be"):
        convert("payments", wrong)
    assert everything() == before


@pytest.mark.unit
def test_a_line_of_nights_that_cost_a_part_of_a_yen_still_adds_up():
    nights = {**line("NIGHTS", 299_850, 3), "unit_amount": 99_950, "label": "Nights"}
    lines = [nights, line("SERVICE_FEE", 35_982)]
    assert lines_whole(lines, "JPY", host_id="h") == [
        {
            "code": "NIGHTS",
            "label": "3 x Nights",
            "quantity": 1,
            "unit_amount": 2_998,
            "amount": 2_998,
        },
        {**line("SERVICE_FEE", 360)},
    ]
    assert whole(299_850 + 35_982, "JPY") == 3_358
