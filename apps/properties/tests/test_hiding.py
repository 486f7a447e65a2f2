"""Listings that an older version stored get a public point."""

import importlib
import io

import pytest
from django.core.management import call_command

from apps.common.geo import distance_km
from apps.properties.rows import listings
from apps.properties.services import hiding, locations_hide
from apps.properties.tests.owned import stored

POINT = [103.851234, 1.298765]


def _of_before(listing_id, address, **fields):
    """As it stood before there were exact places."""
    location = {
        "address": address,
        "city": "Singapore",
        "state": "",
        "country": "Singapore",
        "coordinates": {"type": "Point", "coordinates": POINT},
    }
    change = {"$set": {"location": location, "place_names": ["x"], **fields}}
    listings.update_one(
        {"_id": listing_id}, {**change, "$unset": {"exact": 1, "arrival_instructions": 1}}
    )
    return listing_id


def _public(anonymous, listing_id):
    return anonymous.get(f"/api/properties/{listing_id}").json()["location"]


@pytest.mark.parametrize(
    ("address", "fields", "area", "street"),
    [
        ("5 Quiet Lane", {}, "", "5 Quiet Lane"),
        ("Quiet Lane", {}, "", "Quiet Lane"),
        (
            "Kallang, Central Region",
            {"source": "demo", "source_id": "1"},
            "Kallang, Central Region",
            "",
        ),
        ("5 Quiet Lane", {"source": "demo", "source_id": "1"}, "", "5 Quiet Lane"),
        ("", {}, "", ""),
    ],
)
def test_the_street_and_the_point_leave_the_public_part(
    anonymous, host, make_listing, address, fields, area, street
):
    listing_id = _of_before(make_listing(), address, **fields)
    assert locations_hide() == 1

    shown = _public(anonymous, listing_id)
    lng, lat = shown["coordinates"]["coordinates"]
    assert 0 < distance_km((lng, lat), tuple(POINT)) < 0.25
    assert (shown["area"], shown["address"]) == (area, area or "Singapore")
    own = host.get(f"/api/owner/listings/{listing_id}").json()["location"]
    assert (own["address"], own["coordinates"]["coordinates"]) == (street, POINT)
    names = stored(listing_id)["place_names"]
    assert ("quiet" in " ".join(names), "kallang" in names) == (False, area != "")


def test_it_is_done_once_and_goes_on_where_it_was_stopped(make_listing, monkeypatch):
    ids = [_of_before(make_listing(), "5 Quiet Lane") for _ in range(7)]
    monkeypatch.setattr(hiding, "BATCH", 2)

    def stop(done):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        locations_hide(stop)
    assert listings.count(hiding.OF_BEFORE) == 3
    importlib.import_module("apps.properties.migrations.0008_public_points").hide()
    after = [stored(one) for one in ids]
    assert listings.count(hiding.OF_BEFORE) == 0

    out = io.StringIO()
    call_command("hide_exact_locations", stdout=out)
    assert "0 listings got a public point." in out.getvalue()
    assert [stored(one) for one in ids] == after


def test_a_listing_that_changes_meanwhile_comes_again(make_listing, monkeypatch):
    listing_id = _of_before(make_listing(), "5 Quiet Lane")
    update, moved = hiding._update, []

    def late(row):
        if not moved:
            moved.append(_of_before(listing_id, "7 Loud Lane", version=2))
        return update(row)

    monkeypatch.setattr(hiding, "_update", late)
    locations_hide()
    assert stored(listing_id)["exact"]["address"] == "7 Loud Lane"


def test_a_row_without_a_point_stops_nothing(make_listing):
    broken, whole = (_of_before(make_listing(), "5 Quiet Lane") for _ in range(2))
    listings.update_one({"_id": broken}, {"$unset": {"location.coordinates": 1}})
    assert locations_hide() == 1
    assert stored(whole)["exact"]["address"] == "5 Quiet Lane"


def test_what_an_older_process_writes_is_found_again(anonymous, make_listing):
    listing_id = _of_before(make_listing(), "5 Quiet Lane")
    locations_hide()
    before = _public(anonymous, listing_id)
    _of_before(listing_id, "5 Quiet Lane")
    assert locations_hide() == 1
    assert _public(anonymous, listing_id) == before
