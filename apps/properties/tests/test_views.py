import datetime as dt

from apps.properties.rows import listings, reviews


def test_detail(anonymous, listing_id, host):
    listing = anonymous.get(f"/api/properties/{listing_id}").json()
    assert listing["id"] == str(listing_id)
    assert listing["price_per_night"] == 120.0
    assert listing["cleaning_fee"] == 30.0
    assert listing["location"]["coordinates"] == {"type": "Point", "coordinates": [103.85, 1.29]}
    assert listing["capacity"] == {"max_guests": 4, "bedrooms": 2, "bathrooms": 1.5, "beds": 3}
    assert listing["host"]["first_name"] == "Hal"
    assert "email" not in str(listing)


def test_unknown_listings_are_404(anonymous, listing_id):
    listings.update_one({"_id": listing_id}, {"$set": {"is_active": False}})
    for wanted in (listing_id, "0" * 24, "nonsense", "$ne"):
        response = anonymous.get(f"/api/properties/{wanted}")
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "NOT_FOUND"


def test_newest_first_by_pages(anonymous, make_listing):
    ids = [str(make_listing()) for _ in range(5)][::-1]
    first = anonymous.get("/api/properties", {"per_page": 3}).json()
    second = anonymous.get("/api/properties", {"per_page": 3, "page": 2}).json()
    assert [card["id"] for card in first["results"] + second["results"]] == ids
    assert (first["pagination"]["has_next"], second["pagination"]["has_next"]) == (True, False)
    assert second["pagination"]["total"] == 5


def test_calendar_shows_taken_nights(anonymous, guest, stay, listing_id):
    guest.post("/api/bookings", stay())
    start = dt.date.fromisoformat(stay()["check_in"])
    query = {"from": str(start - dt.timedelta(days=5)), "to": str(start + dt.timedelta(days=5))}
    calendar = anonymous.get(f"/api/properties/{listing_id}/calendar", query).json()
    assert calendar["taken"] == [str(start), str(start + dt.timedelta(days=1))]


def test_calendar_bounds(anonymous, listing_id):
    for query in ({}, {"from": "2030-01-01"}, {"from": "2030-01-02", "to": "2030-01-01"}):
        response = anonymous.get(f"/api/properties/{listing_id}/calendar", query)
        assert response.status_code == 400


def test_places_count_active_listings(anonymous, make_listing):
    make_listing(city="Albany", lng=-73.7, lat=42.6)
    make_listing()
    make_listing()
    places = anonymous.get("/api/properties/places").json()["places"]
    assert [(place["city"], place["count"]) for place in places] == [
        ("Singapore", 2),
        ("Albany", 1),
    ]


def test_reviews_are_pages_newest_first(anonymous, listing_id):
    reviews.insert_many(
        {
            "listing_id": listing_id,
            "author": f"G{day}",
            "date": dt.datetime(2026, 1, day),
            "text": "Good",
        }
        for day in range(1, 6)
    )
    page = anonymous.get(f"/api/properties/{listing_id}/reviews", {"per_page": 2}).json()
    assert [(review["author"], review["date"]) for review in page["results"]] == [
        ("G5", "2026-01-05"),
        ("G4", "2026-01-04"),
    ]
    assert page["pagination"]["total"] == 5
