"""The figures come out of the facts alone, and are compared with a plain count of the bookings."""

import datetime as dt
import random
from collections import Counter, defaultdict

import pytest

from apps.bookings.enums import Action, Actor, Status
from apps.bookings.rows import bookings
from apps.bookings.selectors import booking_stored
from apps.bookings.services import (
    booking_alter,
    booking_change,
    booking_request,
)
from apps.common.errors import AppError
from apps.events.rows import dead_letters, inbox_messages, outbox_messages
from apps.events.schemas import BookingCreated, BookingStatusUpdated
from apps.events.tests.consuming import consuming
from apps.events.tests.waiting import wait_for
from apps.owners.handlers import HANDLERS
from apps.owners.rows import booking_facts
from apps.owners.services import fact_of, facts_write
from apps.owners.statistics import month_after, months_between, share
from apps.properties import rows

BOOKINGS = 150
TOPICS = list(HANDLERS)
STATES = [status.value for status in Status]


@pytest.fixture
def listings(make_listing, make_person):
    """Four of the host in SGD, two in USD, one without bookings; two of somebody else."""
    other = make_person("owner")
    prices = [12_000, 9_999, 7_333, 20_001]
    mine = [make_listing(price_per_night=price, title=f"Flat {price}") for price in prices]
    dollars = [make_listing(currency="USD", title=f"Loft {n}") for n in range(2)]
    theirs = [make_listing(host_id=other.id, cleaning_fee=0) for _ in range(2)]
    return {"booked": [*mine, *dollars, *theirs], "empty": make_listing(title="Empty")}


def _random_bookings(listings, guest, now, count):
    pick = random.Random(20261122)
    made = 0
    while made < count:
        check_in = now.date() + dt.timedelta(days=pick.randint(-250, 200))
        asked = min(now, _noon(check_in) - dt.timedelta(days=pick.randint(2, 30)))
        stay = {
            "guest_id": guest.id,
            "listing_id": pick.choice(listings),
            "check_in": check_in,
            "check_out": check_in + dt.timedelta(days=pick.choice([1, 2, 3, 5, 8, 13, 40])),
            "guest_count": pick.randint(1, 4),
        }
        try:
            booking = booking_stored(booking_request(**stay, now=asked).reply.id)
        except AppError:
            continue
        made += 1
        _live(booking, pick, asked)


def _noon(day):
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def _live(booking, pick, at):
    """A random course of a booking; what its state does not allow is left out."""
    for step in range(pick.choice([0, 1, 2, 3, 5])):
        moment = at + dt.timedelta(minutes=step + 1)
        try:
            pick.choice([_answer, _answer, _move, _alter])(booking, pick, moment)
        except AppError:
            continue


def _answer(booking, pick, at):
    action, actor = pick.choice(
        [
            (Action.ACCEPT, Actor.OWNER),
            (Action.ACCEPT, Actor.OWNER),
            (Action.DECLINE, Actor.OWNER),
            (Action.CANCEL, Actor.GUEST),
            (Action.EXPIRE, Actor.SYSTEM),
            (Action.COMPLETE, Actor.SYSTEM),
        ]
    )
    booking_change(booking_id=booking["_id"], action=action, actor=actor, now=at)


def _move(booking, pick, at):
    first = booking["check_in"].date() + dt.timedelta(days=pick.randint(-1, 5))
    days = {"check_in": first, "check_out": first + dt.timedelta(days=pick.randint(1, 6))}
    changes = pick.choice([days, {"guest_count": pick.randint(1, 4)}])
    call = {"booking_id": booking["_id"], "action": Action.UPDATE, "now": at}
    booking_alter(**call, actor=Actor.GUEST, changes=changes)


def _alter(booking, pick, at):
    """At once while the request is pending, else by a proposal; the host agrees to most."""
    first = booking["check_in"].date() + dt.timedelta(days=pick.randint(-1, 5))
    days = {"check_in": first, "check_out": first + dt.timedelta(days=pick.randint(1, 9))}
    call = {"booking_id": booking["_id"], "now": at}
    altered = booking_alter(**call, actor=Actor.GUEST, changes=days).reply
    if altered.alteration:
        answer = pick.choice([Action.AGREE, Action.AGREE, Action.REFUSE])
        booking_change(**call, actor=Actor.OWNER, action=answer)


def _publish(relay):
    while relay.publish_batch():
        pass


def _booking_rows():
    return list(outbox_messages.find({"aggregate_id": {"$regex": "^booking:"}}))


def _consume():
    """Until every event of the bookings is in the inbox, for every topic it stands on."""
    rows = _booking_rows()
    wanted = {
        f"owners:{topic}:{row['_id']}" for row in rows for topic in row["topics"] if topic in TOPICS
    }

    def done():
        return inbox_messages.count({"_id": {"$in": list(wanted)}}) == len(wanted)

    with consuming(HANDLERS, group="owners"):
        wait_for(done, "all events")
    assert dead_letters.count({}) == 0


def _recomputed(host, currency, first, last, listing_ids):
    """Night by night from the collection of bookings; {(listing, month): figures}."""
    months = [f"{month:%Y-%m}" for month in months_between(first, last)]
    cells = defaultdict(lambda: {"revenue": 0, "sold": 0, "states": Counter()})
    for row in bookings.find({"host_id": host.id, "currency": currency}):
        cells[row["listing_id"], f"{row['check_in']:%Y-%m}"]["states"][row["status"]] += 1
        if row["status"] not in {"confirmed", "completed"}:
            continue
        nights = (row["check_out"] - row["check_in"]).days
        shares = [row["total_price"] // nights] * nights
        for place in range(row["total_price"] - sum(shares)):
            shares[place] += 1
        assert sum(shares) == row["total_price"]
        for place, amount in enumerate(shares):
            night = row["check_in"] + dt.timedelta(days=place)
            cells[row["listing_id"], f"{night:%Y-%m}"]["revenue"] += amount
            cells[row["listing_id"], f"{night:%Y-%m}"]["sold"] += 1

    def figures(keys):
        keys = list(keys)
        revenue = sum(cells[key]["revenue"] for key in keys if key in cells)
        sold = sum(cells[key]["sold"] for key in keys if key in cells)
        states = sum((cells[key]["states"] for key in keys if key in cells), Counter())
        offered = sum(
            (month_after(dt.date.fromisoformat(f"{m}-01")) - dt.date.fromisoformat(f"{m}-01")).days
            for _, m in keys
        )
        return {
            "revenue": revenue / 100,
            "nights_sold": sold,
            "nights_available": offered,
            "occupancy": round(sold / offered, 4),
            "average_daily_rate": int(revenue / sold + 0.5) / 100 if sold else 0.0,
            "bookings": {state: states[state] for state in STATES},
        }

    return {
        "totals": figures((one, m) for one in listing_ids for m in months),
        "months": {m: figures((one, m) for one in listing_ids) for m in months},
        "listings": {str(one): figures((one, m) for m in months) for one in listing_ids},
    }


def _shown(person, **query):
    response = person.get("/api/owner/analytics", **query)
    assert response.status_code == 200, response.content
    found = response.json()
    rows = {row.pop("listing_id"): {**row, "title": None} for row in found["listings"]}
    return found, {
        "totals": found["totals"],
        "months": {row.pop("month"): row for row in found["months"]},
        "listings": {
            key: {n: v for n, v in row.items() if n != "title"} for key, row in rows.items()
        },
    }


def _ids(host, currency):
    found = rows.listings.find({"host_id": host.id, "currency": currency})
    return [row["_id"] for row in found]


def _check_every_figure(host, now):
    this = now.date().replace(day=1)
    ranges = [(month_after(this, -6), month_after(this, 5)), (month_after(this, -12), this)]
    for currency in ("SGD", "USD"):
        for first, last in ranges:
            query = {"from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}", "currency": currency}
            expected = _recomputed(host, currency, first, last, _ids(host, currency))
            assert _shown(host, **query)[1] == expected
            assert expected["totals"]["nights_sold"] > 50
            one = _ids(host, currency)[0]
            alone = _recomputed(host, currency, first, last, [one])
            assert _shown(host, listing_id=str(one), **query)[1] == alone


def test_every_figure_is_that_of_the_bookings(listings, guest, host, relay, now):
    _random_bookings(listings["booked"], guest, now, BOOKINGS)
    assert set(bookings.distinct("status", {})) == set(STATES)
    assert bookings.count({"history.action": "update"}) > 30
    assert bookings.count({"history.action": "agree"}) > 5
    _publish(relay)
    _consume()
    _check_every_figure(host, now)

    inbox_messages.delete_many({})
    outbox_messages.update_many(
        {"aggregate_id": {"$regex": "^booking:"}}, {"$set": {"published_at": None}}
    )
    outbox_messages.delete_many({"aggregate_id": {"$not": {"$regex": "^booking:"}}})
    _publish(relay)
    _consume()
    _check_every_figure(host, now)
    assert booking_facts.count({}) == BOOKINGS


def _handle(payload):
    created = payload["event_type"] == "booking_created"
    event_class = BookingCreated if created else BookingStatusUpdated
    facts_write([fact_of(event_class.from_payload(payload))])


def _facts():
    return list(booking_facts.find({}).sort("_id"))


def test_any_order_and_any_number_of_deliveries_make_the_same_facts(listings, guest, host, now):
    _random_bookings(listings["booked"], guest, now, 120)
    payloads = [row["payload"] for row in _booking_rows()]
    pick = random.Random(7)
    seen = []
    for _ in range(3):
        booking_facts.delete_many({})
        order = [*payloads, *payloads]
        pick.shuffle(order)
        for payload in order:
            _handle(payload)
        seen.append(_facts())
    assert seen[0] == seen[1] == seen[2]
    _check_rows(seen[0])


def _check_rows(facts):
    for fact in facts:
        row = bookings.find_one({"_id": _object_id(fact["_id"])})
        same = ("host_id", "listing_id", "check_in", "check_out", "status", "currency", "version")
        assert {name: fact[name] for name in same} == {name: row[name] for name in same}
        assert fact["total"] == row["total_price"]


def _object_id(text):
    from bson import ObjectId

    return ObjectId(text)


def test_without_the_versions_order_would_matter(listings, guest, host, now, monkeypatch):
    """The negative control of the test above: the last delivery wins."""

    def last_wins(guard, version, values):
        return {name: {"$literal": value} for name, value in {**values, guard: version}.items()}

    monkeypatch.setattr("apps.owners.services.facts._newer", last_wins)
    _random_bookings(listings["booked"], guest, now, 60)
    for row in sorted(_booking_rows(), key=lambda row: -row["version"]):
        _handle(row["payload"])
    with pytest.raises(AssertionError):
        _check_rows(_facts())


def test_an_event_without_a_price_keeps_the_price(book, listing_id, host, guest, now):
    booking = book(days=20)
    accepted = {"booking_id": booking["_id"], "action": Action.ACCEPT, "actor": Actor.OWNER}
    booking_change(**accepted, now=now)
    created, updated = (
        row["payload"] for row in sorted(_booking_rows(), key=lambda r: r["version"])
    )
    for name in ("currency", "total_price", "guest_count"):
        del updated[name]
    for payload in (updated, created):
        _handle(payload)
    (fact,) = _facts()
    assert (fact["status"], fact["total"], fact["currency"]) == ("confirmed", 30_240, "SGD")


def test_an_event_of_no_stay_is_refused():
    from apps.events.schemas import SchemaError
    from apps.events.tests.test_schemas import CREATED

    with pytest.raises(SchemaError, match="no id"):
        fact_of(BookingCreated.from_payload(CREATED))
    assert _facts() == []


def test_an_owner_without_anything(make_person):
    found = make_person("owner").get("/api/owner/analytics").json()
    assert (found["currency"], found["currencies"], found["listings"]) == ("USD", [], [])
    assert found["as_of"] is None
    assert len(found["months"]) == 12
    assert found["totals"] == {
        "revenue": 0.0,
        "nights_sold": 0,
        "nights_available": 0,
        "occupancy": 0.0,
        "average_daily_rate": 0.0,
        "bookings": dict.fromkeys(STATES, 0),
    }


def test_the_usual_range_and_currency(listings, host, now):
    found = host.get("/api/owner/analytics").json()
    this = now.date().replace(day=1)
    assert found["from"] == f"{month_after(this, -6):%Y-%m}"
    assert found["to"] == f"{month_after(this, 5):%Y-%m}"
    assert (found["currency"], found["currencies"]) == ("SGD", ["SGD", "USD"])
    assert len(found["listings"]) == 5
    days = (month_after(this, 6) - month_after(this, -6)).days
    assert found["totals"]["nights_available"] == 5 * days
    assert {row["nights_available"] for row in found["listings"]} == {days}


def test_a_deleted_listing_offers_no_nights_after_its_end(listings, host):
    end = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
    rows.listings.update_one(
        {"_id": listings["empty"]}, {"$set": {"deleted_at": end, "is_active": False}}
    )
    query = {"from": "2026-03", "to": "2026-04"}
    found = host.get("/api/owner/analytics", **query).json()
    assert len(found["listings"]) == 4
    alone = host.get("/api/owner/analytics", **query, listing_id=str(listings["empty"])).json()
    assert alone["totals"]["nights_available"] == 0


BAD = {
    "no month": {"from": "2026-13"},
    "a day": {"from": "2026-01-01"},
    "reversed": {"from": "2026-05", "to": "2026-04"},
    "too long": {"from": "2024-01", "to": "2026-01"},
    "far away": {"to": "9999-12"},
    "no currency": {"currency": "eur"},
    "no id": {"listing_id": "x"},
}


@pytest.mark.parametrize("query", BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused(host, query):
    assert host.get("/api/owner/analytics", **query).status_code == 400


def test_only_owners_and_only_their_own(guest, host, make_person, listing_id):
    assert guest.get("/api/owner/analytics").status_code == 403
    other = make_person("owner").get("/api/owner/analytics", listing_id=str(listing_id))
    assert other.status_code == 404


def test_shares_sum_up_to_the_total():
    for total in (0, 1, 99, 10_000, 33_333):
        for nights in range(1, 12):
            shares = [share(total, nights, start=n, end=n + 1) for n in range(nights)]
            assert sum(shares) == total
            assert max(shares) - min(shares) <= 1
            for cut in range(nights + 1):
                left = share(total, nights, start=0, end=cut)
                assert left + share(total, nights, start=cut, end=nights) == total
