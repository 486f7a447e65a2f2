"""A newer dump of a source that has been imported: what vanished, what moved, what came back."""

import datetime as dt
import threading

import pytest
from django.core.management import CommandError
from django.db import connection

from apps.accounts.models import User
from apps.accounts.services import user_restore, user_suspend
from apps.common import mongo
from apps.common.rows import Rows
from apps.properties.enums import ClaimKind
from apps.properties.imports import stages, upserts
from apps.properties.imports.stays import stays_ahead
from apps.properties.rows import listings, night_claims
from apps.properties.services import (
    PriceMissingError,
    listing_keep_open,
    listing_restore,
    listing_suspend,
    listing_update,
    nights_claim,
)
from apps.properties.tests.dumps import dump_write, listing, night, run_import

users = Rows(User)
OTHER_HOST = {"host_id": "77", "host_name": "Cho"}


def write(folder, *rows, nights=(), **options) -> str:
    return run_import(dump_write(folder / "d", list(rows), list(nights)), **options)


def stored(source_id: str = "1"):
    return listings.find_one({"source_id": source_id})


def shown() -> list[str]:
    found = listings.find({"is_active": True}, {"source_id": 1})
    return sorted((row["source_id"] for row in found), key=int)


def book(row, first, now, *, kind=ClaimKind.BOOKING, keeps_open=True, **more) -> None:
    def transaction() -> None:
        if keeps_open:
            listing_keep_open(row["_id"])
        nights_claim(
            listing_id=row["_id"],
            check_in=first,
            check_out=first + dt.timedelta(days=2),
            kind=kind,
            owner_id="booking-1",
            now=now,
            **more,
        )

    mongo.run_in_transaction(transaction)


@pytest.fixture
def ahead(today):
    return today + dt.timedelta(days=20)


def test_a_listing_that_vanished_is_withdrawn_until_it_comes_back(tmp_path):
    write(tmp_path, listing(id="1"), listing(id="2"))
    said = write(tmp_path, listing(id="2"))
    assert (shown(), stored()["withdrawn_for"], stored()["version"]) == (["2"], "vanished", 2)
    assert "1 unchanged, 1 withdrawn" in said
    assert "withdrawn" not in write(tmp_path, listing(id="2"))
    assert stored()["version"] == 2
    write(tmp_path, listing(id="1"), listing(id="2"))
    assert (shown(), stored()["withdrawn_for"]) == (["1", "2"], None)


def test_stays_of_a_listing_that_vanished_stay(tmp_path, now, ahead):
    write(tmp_path, listing(id="1"), listing(id="2"))
    book(stored(), ahead, now)
    said = write(tmp_path, listing(id="2"))
    last = ahead + dt.timedelta(days=1)
    assert f"listing 1 is withdrawn; its stays up to the night of {last} stay booked" in said
    assert night_claims.count({"listing_id": stored()["_id"], "kind": "booking"}) == 2


def test_what_does_not_vanish(tmp_path, make_listing):
    """Another source's, what somebody made here, what its host withdrew, what is deleted."""
    make_listing(source="elsewhere", source_id="50")
    make_listing()
    rows = [listing(id=str(number)) for number in (1, 2, 3)]
    write(tmp_path, *rows)
    listings.update_one({"source_id": "1"}, {"$set": {"is_active": False}})
    gone = {"is_active": False, "deleted_at": dt.datetime(2024, 1, 1, tzinfo=dt.UTC)}
    listings.update_one({"source_id": "2"}, {"$set": gone})
    assert "withdrawn" not in write(tmp_path, rows[2])
    assert listings.count({"is_active": True}) == 3
    said = write(tmp_path, *rows)
    assert shown_of(["1", "2"]) == [False, False]
    assert "1 deleted here" in said


def shown_of(source_ids: list[str]) -> list[bool]:
    return [stored(source_id)["is_active"] for source_id in source_ids]


def test_rows_whose_id_is_lost_may_be_those_that_seem_to_vanish(tmp_path):
    write(tmp_path, listing(id="1"), listing(id="2"))
    said = write(tmp_path, listing(id="6.1E+17"), listing(id="2"))
    assert shown() == ["1", "2"]
    assert "note: 1 listing is not in this dump and stay: it has rows whose id cannot" in said


def test_a_row_that_is_refused_has_not_vanished(tmp_path):
    write(tmp_path, listing(id="1"), listing(id="2"))
    write(tmp_path, listing(id="1", price="free"), listing(id="2"))
    assert shown() == ["1", "2"]


def test_a_part_of_a_dump_withdraws_only_on_demand(tmp_path):
    rows = [listing(id=str(number)) for number in range(1, 31)]
    write(tmp_path, *rows)
    said = write(tmp_path, *rows[:3])
    assert (len(shown()), "27 listings are not in this dump and stay" in said) == (30, True)
    write(tmp_path, *rows[:9], vanished="keep")
    assert len(shown()) == 30
    write(tmp_path, *rows[:3], vanished="withdraw")
    assert shown() == ["1", "2", "3"]


def test_an_older_dump_is_refused_unless_it_is_wanted(tmp_path):
    write(tmp_path, listing(id="1", last_scraped="2024-03-01"), listing(id="2"))
    older = [listing(id="1", price="$5.00", last_scraped="2024-02-29")]
    with pytest.raises(CommandError, match=r"of 2024-02-29, and one of .* of 2024-03-01 has been"):
        write(tmp_path, *older)
    assert stored()["price_per_night"] == 123_400
    said = write(tmp_path, *older, older=True)
    assert (stored()["price_per_night"], shown()) == (500, ["1", "2"])
    assert "1 listing is not in this dump and stay: a newer dump" in said
    assert stored()["seen_on"].date() == dt.date(2024, 3, 1)


def test_a_new_listing_of_a_suspended_host_waits_for_the_host(tmp_path, now):
    write(tmp_path, listing(id="1"))
    host_id = stored()["host_id"]
    user_suspend(user_id=host_id, now=now)
    write(tmp_path, listing(id="1"), listing(id="2"))
    assert shown() == []
    assert "2 unchanged" in write(tmp_path, listing(id="1"), listing(id="2"))
    user_restore(user_id=host_id, now=now)
    assert shown() == ["1", "2"]


def test_a_suspension_during_the_import_finds_the_new_listing(tmp_path, now, monkeypatch):
    """The host is suspended after the import has looked and before it commits."""
    write(tmp_path, listing(id="1"))
    host_id = stored()["host_id"]
    during(monkeypatch, lambda: user_suspend(user_id=host_id, now=now))
    write(tmp_path, listing(id="1"), listing(id="2"))
    assert shown() == []


def test_negative_control_a_suspension_is_missed_without_the_hosts_row(tmp_path, now, monkeypatch):
    write(tmp_path, listing(id="1"))
    host_id = stored()["host_id"]
    during(monkeypatch, lambda: user_suspend(user_id=host_id, now=now))
    monkeypatch.setattr(upserts, "users_keep_active", lambda _ids: set())
    write(tmp_path, listing(id="1"), listing(id="2"))
    assert shown() == ["2"]


def during(monkeypatch, action) -> None:
    """Runs `action` elsewhere once the import has read who is there."""
    done: list[int] = []

    def meanwhile(listing_ids, *, now):
        if not done:
            done.append(1)
            thread = threading.Thread(target=_elsewhere, args=(action,))
            thread.start()
            thread.join()
        return stays_ahead(listing_ids, now=now)

    monkeypatch.setattr(upserts, "stays_ahead", meanwhile)


def _elsewhere(action) -> None:
    try:
        action()
    finally:
        connection.close()


def test_another_host_takes_over_when_no_guest_is_awaited(tmp_path, now, today):
    write(tmp_path, listing(id="1"))
    book(stored(), today - dt.timedelta(days=9), now)
    said = write(tmp_path, listing(id="1", **OTHER_HOST))
    assert users.find_one({"_id": stored()["host_id"]})["first_name"] == "Cho"
    assert "1 with another host" in said


@pytest.mark.parametrize("kind", [ClaimKind.BOOKING, ClaimKind.HOLD])
def test_a_listing_with_stays_ahead_keeps_its_host_until_they_are_over(tmp_path, now, ahead, kind):
    write(tmp_path, listing(id="1"))
    before = stored()
    expires_at = None if kind is ClaimKind.BOOKING else now + dt.timedelta(minutes=5)
    book(before, ahead, now, kind=kind, expires_at=expires_at)
    said = write(tmp_path, listing(id="1", price="$99.00", **OTHER_HOST))
    assert (stored()["host_id"], stored()["price_per_night"]) == (before["host_id"], 9_900)
    last = ahead + dt.timedelta(days=1)
    assert f"it keeps its own until the stays up to the night of {last} are over" in said
    night_claims.delete_many({})
    write(tmp_path, listing(id="1", **OTHER_HOST))
    assert stored()["host_id"] != before["host_id"]


def imported_while_a_guest_books(folder, first, now, monkeypatch, *, keeps_open: bool) -> bool:
    """Returns whether the listing kept its host. It is not shown, so that it has no entry."""
    write(folder, listing(id="1"))
    before = stored()
    listings.update_one({"_id": before["_id"]}, {"$set": {"is_active": False}})
    during(monkeypatch, lambda: book(before, first, now, keeps_open=keeps_open))
    write(folder, listing(id="1", **OTHER_HOST))
    return stored()["host_id"] == before["host_id"]


def test_a_booking_during_the_import_keeps_the_host(tmp_path, now, ahead, monkeypatch):
    """It writes the listing, so the import starts anew and sees it."""
    assert imported_while_a_guest_books(tmp_path, ahead, now, monkeypatch, keeps_open=True)


@pytest.mark.usefixtures("claims_alone")
def test_negative_control_claims_alone_do_not_keep_the_host(tmp_path, now, ahead, monkeypatch):
    assert not imported_while_a_guest_books(tmp_path, ahead, now, monkeypatch, keeps_open=False)


def test_a_listing_stands_as_its_new_host_does(tmp_path, now):
    write(tmp_path, listing(id="1"), listing(id="2", **OTHER_HOST))
    first, second = stored("1")["host_id"], stored("2")["host_id"]
    user_suspend(user_id=second, now=now)
    write(tmp_path, listing(id="1", **OTHER_HOST), listing(id="2"))
    assert shown() == ["2"]
    user_restore(user_id=second, now=now)
    assert shown() == ["1", "2"]
    assert {stored("1")["host_id"], stored("2")["host_id"]} == {first, second}


def test_what_vanished_while_it_is_suspended_stays_off_when_it_is_restored(tmp_path, now):
    write(tmp_path, listing(id="1"), listing(id="2"))
    listing_suspend(listing_id=stored()["_id"], now=now)
    write(tmp_path, listing(id="2"))
    listing_restore(listing_id=stored()["_id"], now=now)
    assert shown() == ["2"]
    listing_suspend(listing_id=stored()["_id"], now=now)
    write(tmp_path, listing(id="1"), listing(id="2"))
    assert shown() == ["2"]
    listing_restore(listing_id=stored()["_id"], now=now)
    assert shown() == ["1", "2"]


def test_a_listing_without_a_price_cannot_be_published(tmp_path, now):
    write(tmp_path, listing(id="1", price=""))
    row = stored()
    change = {"listing_id": row["_id"], "host_id": row["host_id"], "now": now}
    with pytest.raises(PriceMissingError):
        listing_update(**change, version=1, values={"is_active": True})
    listing_update(**change, version=1, values={"is_active": True, "price_per_night": 99})
    assert shown() == ["1"]
    write(tmp_path, listing(id="1", price=""))
    assert (stored()["price_per_night"], stored()["withdrawn_for"], shown()) == (9_900, None, ["1"])


def test_what_its_host_withdrew_after_the_import_did_stays_off(tmp_path, now):
    write(tmp_path, listing(id="1"), listing(id="2"))
    write(tmp_path, listing(id="2"))
    row = stored()
    listing_update(
        listing_id=row["_id"],
        host_id=row["host_id"],
        version=row["version"],
        values={"is_active": False},
        now=now,
    )
    write(tmp_path, listing(id="1"), listing(id="2"))
    assert shown() == ["2"]


def test_a_dump_of_the_future_makes_no_other_one_old(tmp_path):
    write(tmp_path, listing(id="1", last_scraped="2099-01-01"))
    assert stored()["seen_on"] is None
    assert "1 unchanged" in write(tmp_path, listing(id="1"))
    assert stored()["seen_on"].date() == dt.date(2023, 9, 23)


def test_a_newer_calendar_frees_its_own_nights_and_no_others(tmp_path, now, today):
    days = [today + dt.timedelta(days=day) for day in range(5)]
    nights = [night(listing_id="1", date=day.isoformat(), available="t") for day in days]
    taken = [{**row, "available": "f"} for row in nights]
    write(tmp_path, listing(id="1"), nights=taken[:2] + nights[2:])
    book(stored(), days[3], now)
    write(tmp_path, listing(id="1"), nights=nights)
    claims = list(night_claims.find({}).sort("night"))
    assert [claim["night"].date() for claim in claims] == days[3:5]
    write(tmp_path, listing(id="1"), nights=taken)
    assert night_claims.count({"kind": "booking"}) == 2
    assert night_claims.count({"kind": "external"}) == 3


def test_a_night_whose_row_cannot_be_read_is_not_freed(tmp_path, today):
    days = [today + dt.timedelta(days=day) for day in range(3)]
    rows = [night(listing_id="1", date=day.isoformat()) for day in days]
    write(tmp_path, listing(id="1"), nights=rows)
    said = write(tmp_path, listing(id="1"), nights=[rows[0], {**rows[1], "available": "x"}])
    assert night_claims.count({}) == 3
    assert "1 unchanged" in said


def test_a_database_that_is_too_slow_says_so_and_how_to_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(stages, "BATCH_SECONDS", 0.000_001)
    with pytest.raises(CommandError, match=r"Nothing was changed\.$"):
        write(tmp_path, listing())
    assert listings.count({}) == 0


@pytest.mark.parametrize("rows", [[listing(price="free")], [listing(id="6.1E+17")]])
def test_an_import_of_nothing_is_no_success(tmp_path, rows):
    with pytest.raises(
        CommandError, match=r"No listing of .* can be used. The first: listings.csv"
    ):
        write(tmp_path, *rows)
    assert listings.count({}) == 0
