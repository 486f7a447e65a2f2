import datetime as dt
import json

from apps.accounts.models import User
from apps.common.rows import Rows
from apps.properties.models import Capacity, Listing, Location, Point, Rating, Review
from apps.properties.nights import midnight
from apps.properties.rows import listings, night_claims, reviews
from apps.properties.tests.dumps import LISTING, dump_write, listing, night, review, run_import

users = Rows(User)
HANDLES = (users, listings, night_claims, reviews)


def everything():
    return {handle.name: list(handle.find({}).sort("_id")) for handle in HANDLES}


def test_one_of_each_kind(tmp_path):
    said = run_import(dump_write(tmp_path / "d", [listing()], [night()], [review()]))
    [found], [claim] = Listing.objects.all(), everything()["night_claims"]
    assert (found.source, found.source_id) == ("inside-airbnb:singapore", LISTING["id"])
    assert (found.version, found.is_active, found.currency) == (1, True, "SGD")
    assert found.host.user_type == "owner"
    assert found.host.first_name == "Belinda"
    assert found.host.email == "inside-airbnb-singapore-900000000000000017@import.invalid"
    assert not found.host.has_usable_password()
    assert found.host.created_at == dt.datetime(2013, 1, 7, tzinfo=dt.UTC)
    assert (claim["kind"], claim["owner_id"]) == ("external", "import:inside-airbnb:singapore")
    [words] = Review.objects.all()
    assert (words.text, words.author, words.date) == (
        "Lovely.\nI <3 it",
        "Gil",
        dt.date(2011, 12, 19),
    )
    created = "hosts: 1 created; listings: 1 created; nights: 1 created; reviews: 1 created"
    assert created in said


def test_documents_have_the_shape_of_the_models(tmp_path):
    run_import(dump_write(tmp_path / "d", [listing()], [], [review()]))
    user = User.objects.create(username="u", email="u@example.com", password="x")
    point = Point(coordinates=[1.0, 2.0])
    made = Listing.objects.create(
        title="t",
        price_per_night=1,
        property_type="room",
        host=user,
        location=Location(city="c", country="d", coordinates=point),
        capacity=Capacity(),
        rating=Rating(),
    )
    Review.objects.create(listing=made, author="a", date=dt.date(2020, 1, 1), text="t")
    for handle in (users, listings, reviews):
        one, other = handle.find({})
        assert set(one) == set(other)
    one, other = listings.find({})
    for part in ("location", "capacity", "rating"):
        assert set(one[part]) == set(other[part])


def test_importing_again_changes_nothing(tmp_path):
    folder = dump_write(tmp_path / "d", [listing()], [night()], [review()])
    run_import(folder)
    before = everything()
    said = run_import(folder)
    assert everything() == before
    assert "listings: 1 unchanged; nights: 1 unchanged; reviews: 1 unchanged" in said


def test_what_the_dump_changed_is_updated(tmp_path):
    run_import(dump_write(tmp_path / "d", [listing()], [], [review()]))
    listings.update_one({}, {"$set": {"is_active": False}})
    changed = [listing(price="$99.00", name="Garden flat")]
    said = run_import(dump_write(tmp_path / "d", changed, [], [review(comments="Fine.")]))
    [found] = Listing.objects.all()
    assert (found.title, found.price_per_night, found.version) == ("Garden flat", 9_900, 2)
    assert not found.is_active
    assert Review.objects.get().text == "Fine."
    assert "listings: 1 updated; reviews: 1 updated" in said


def test_bad_rows_are_reported_with_line_and_reason(tmp_path):
    rows = [
        listing(id="1"),
        listing(id="2", price="free"),
        listing(id="3", latitude="north"),
        listing(id="1"),
        listing(id="5", host_id=""),
    ]
    nights = [night(listing_id="1"), night(listing_id="2"), night(listing_id="2")]
    odd = [night(listing_id="1", date="soon"), night(listing_id="1", available="maybe")]
    reviews = [review(listing_id="1", comments=" <br/> "), review(listing_id="9")]
    said = run_import(dump_write(tmp_path / "d", rows, nights + odd, reviews))
    reports = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert [(entry["file"][:8], entry["line"], entry["reason"]) for entry in reports] == [
        ("calendar", 5, "date is 'soon', not a date as YYYY-MM-DD"),
        ("calendar", 6, "available is 'maybe', neither t nor f"),
        ("listings", 3, "price is 'free', not an amount"),
        ("listings", 4, "latitude is 'north', not a number"),
        ("listings", 5, "listing 1 stands in line 2 already"),
        ("listings", 6, "host_id is blank"),
        ("calendar", 3, "listing 2 was not imported"),
        ("reviews.", 2, "comments is blank"),
        ("reviews.", 3, "listing 9 was not imported"),
    ]
    assert [entry["rows"] for entry in reports] == [1, 1, 1, 1, 1, 1, 2, 1, 1]
    assert "not used: listings.csv.gz, line 3: price is 'free', not an amount" in said
    assert "10 rows could not be used" in said
    assert Listing.objects.count() == 1


def test_only_the_first_twenty_are_shown(tmp_path):
    rows = [listing(id=str(n), price="x") for n in range(30)] + [listing()]
    said = run_import(dump_write(tmp_path / "d", rows))
    assert said.count("not used: ") == 20
    assert len((tmp_path / "report.jsonl").read_text().splitlines()) == 30


def test_a_blank_price_is_the_median_of_the_calendar(tmp_path):
    prices = ("$100.00", "$120.00", "$500.00", "", "call us")
    nights = [night(date=f"2023-09-2{n}", price=price) for n, price in enumerate(prices)]
    run_import(dump_write(tmp_path / "d", [listing(price="")], nights))
    assert Listing.objects.get().price_per_night == 12_000


def test_a_listing_without_any_price_cannot_be_booked_until_a_dump_names_one(tmp_path):
    folder = dump_write(tmp_path / "d", [listing(price="")], [night(price="")])
    run_import(folder)
    found = Listing.objects.get()
    assert (found.price_per_night, found.is_active, found.withdrawn_for) == (0, False, "no_price")
    assert "listings: 1 unchanged" in run_import(folder)
    run_import(dump_write(tmp_path / "d", [listing(price="$80.00")], [night(price="")]))
    found = Listing.objects.get()
    assert (found.price_per_night, found.is_active, found.withdrawn_for) == (8_000, True, None)


def test_a_blank_price_leaves_the_stored_one_and_the_rest_is_updated(tmp_path):
    run_import(dump_write(tmp_path / "d", [listing()]))
    run_import(dump_write(tmp_path / "d", [listing(price="", name="Garden flat")]))
    found = Listing.objects.get()
    assert (found.title, found.price_per_night, found.is_active) == ("Garden flat", 123_400, True)


def test_nights_move_by_whole_weeks(tmp_path, today):
    nights = [night(date="2023-09-23"), night(date="2023-09-30", available="t")]
    nights.append(night(date="2024-02-29"))
    folder = dump_write(tmp_path / "d", [listing()], nights)
    run_import(folder)
    first, last = (claim["night"].date() for claim in everything()["night_claims"])
    assert 0 <= (today - first).days < 7
    assert first.weekday() == dt.date(2023, 9, 23).weekday()
    assert last - first == dt.date(2024, 2, 29) - dt.date(2023, 9, 23)


def test_keep_dates(tmp_path):
    run_import(dump_write(tmp_path / "d", [listing()], [night()]), keep_dates=True)
    [claim] = everything()["night_claims"]
    assert claim["night"] == midnight(dt.date(2023, 9, 23))
    assert claim["_id"] == f"{claim['listing_id']}:2023-09-23"


def test_a_future_calendar_stays(tmp_path, today):
    ahead = (today + dt.timedelta(days=40)).isoformat()
    run_import(dump_write(tmp_path / "d", [listing()], [night(date=ahead)]))
    [claim] = everything()["night_claims"]
    assert claim["night"].date().isoformat() == ahead
