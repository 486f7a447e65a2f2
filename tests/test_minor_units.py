"""Stored listings, facts, e-mails and preferences in hundredths, converted once."""

import datetime as dt

import pytest
from bson import ObjectId

from apps.accounts.rows import preferences
from apps.accounts.selectors import preference_defaults
from apps.accounts.services.minor_units import preferences_batch
from apps.common.minor_units import convert
from apps.notifications.rows import emails
from apps.notifications.services.emails import email_row
from apps.notifications.services.minor_units import emails_batch
from apps.owners.rows import booking_facts
from apps.owners.services.minor_units import facts_batch
from apps.properties.models import Season
from apps.properties.rows import listings, search_entries
from apps.properties.services.minor_units import listings_batch
from apps.properties.services.search_rebuild import entries_differing

FIRST = dt.date(2027, 4, 29)
LAST = dt.date(2027, 5, 6)


@pytest.fixture
def make_old(make_listing):
    """A listing whose amounts are hundredths."""

    def make(currency):
        seasons = [
            Season(name="Golden Week", start=FIRST, end=LAST, price_per_night=1_500_000),
            Season(name="Rain", start=LAST, end=LAST + dt.timedelta(days=9)),
        ]
        listing_id = make_listing(
            currency=currency,
            price_per_night=999_900,
            cleaning_fee=300_000,
            weekend_price=1_199_950,
            tax_per_person_night=20_000,
            seasons=seasons,
        )
        key = {"_id": listing_id}
        search_entries.update_one(key, {"$set": {"ranking.usual_price": 1_250_050}})
        # The rank follows.
        listings.update_one(key, {"$set": {"weekend_price": 1_199_950}})
        return listing_id

    return make


def amounts(listing_id):
    row = listings.find_one({"_id": listing_id})
    names = ("price_per_night", "cleaning_fee", "weekend_price", "tax_per_person_night")
    return [row[name] for name in names], [one["price_per_night"] for one in row["seasons"]]


def test_listings_take_their_search_entries_along(make_old):
    yen, dinar, euro = (make_old(currency) for currency in ("JPY", "KWD", "EUR"))
    before = listings.find_one({"_id": euro}), search_entries.find_one({"_id": euro})
    ranks = [search_entries.find_one({"_id": one})["rank"] for one in (yen, dinar)]
    told = convert("listings", listings_batch())
    assert "price_per_night: 9,999.00 JPY -> 9,999 minor units" in told
    assert "price_per_night: 9,999.00 KWD -> 9,999,000 minor units" in told
    assert "EUR" not in told
    # Half a yen is rounded up.
    assert amounts(yen) == ([9_999, 3_000, 12_000, 200], [15_000, None])
    assert amounts(dinar) == ([9_999_000, 3_000_000, 11_999_500, 200_000], [15_000_000, None])
    assert (listings.find_one({"_id": euro}), search_entries.find_one({"_id": euro})) == before
    assert entries_differing() == {}
    usual = [
        search_entries.find_one({"_id": one})["ranking"]["usual_price"] for one in (yen, dinar)
    ]
    assert usual == [12_501, 12_500_500]
    after = [search_entries.find_one({"_id": one})["rank"] for one in (yen, dinar)]
    assert after == pytest.approx(ranks, abs=0.01)
    once = amounts(yen), amounts(dinar)
    convert("listings", listings_batch())
    assert (amounts(yen), amounts(dinar)) == once


def test_facts_e_mails_and_preferences(guest, now):
    def stay(currency):
        return {
            "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
            "version": 1,
            "previous_status": "",
            "status": "pending",
            "check_in": dt.datetime(2027, 4, 29),
            "check_out": dt.datetime(2027, 5, 6),
            "guest_count": 2,
            "total_price": 3_359_664,
            "currency": currency,
        }

    codes = ("JPY", "KWD", "EUR")
    for code in codes:
        booking_facts.insert_one({"_id": f"fact {code}", "currency": code, "total": 3_359_664})
        asked = {"user_id": guest.id, "kind": "booking_confirmed", "title": "", "locale": "en"}
        row = email_row(event_id=f"mail {code}", stay=stay(code), now=now, **asked)
        emails.insert_one(row)
        liked = {**preference_defaults(), "currency": code, "max_price_per_night": 1_000_050}
        preferences.insert_one({"_id": ObjectId(), "updated_at": now, **liked})
    booking_facts.insert_one({"_id": "without a price", "currency": None})
    emails.insert_one(email_row(event_id="about no stay", stay=None, now=now, **asked))
    preferences.insert_one({"_id": ObjectId(), "updated_at": now, **preference_defaults()})

    for _ in range(2):
        convert("booking_facts", facts_batch())
        convert("emails", emails_batch())
        convert("preferences", preferences_batch())
        totals = {row["_id"]: row.get("total") for row in booking_facts.find({})}
        assert [totals[f"fact {code}"] for code in codes] == [33_597, 33_596_640, 3_359_664]
        mails = {row["_id"]: row["stay"] for row in emails.find({})}
        found = [mails[f"mail {code}"]["total_price"] for code in codes]
        assert found == [33_597, 33_596_640, 3_359_664]
        assert mails["mail JPY"] == {**stay("JPY"), "total_price": 33_597}
        most = {row["currency"]: row["max_price_per_night"] for row in preferences.find({})}
        assert [most[code] for code in codes] == [10_001, 10_000_500, 1_000_050]
