import pytest

from apps.ai.demo.activities import demo_activities
from apps.ai.rows import activities

URL = "/api/ai/activities"


@pytest.fixture
def town(make_activity):
    make_activity("Far zoo", "wildlife", lng=103.95)
    make_activity("Near museum", "museum", lng=103.8505)
    make_activity("Middle park", "nature", lng=103.87)
    make_activity("Louvre", "museum", lng=2.33, lat=48.86, city="Paris", city_key="paris")


def test_what_is_made_up_says_so():
    described = [activity["description"] for activity in demo_activities()]
    assert all(text.startswith("Made up for the demo. ") for text in described)


def names(reply):
    return [row["name"] for row in reply.json()["results"]]


def test_nearest_first_with_the_distance(anonymous, town):
    reply = anonymous.get(URL, {"lat": 1.29, "lng": 103.85, "radius_km": 12})
    assert names(reply) == ["Near museum", "Middle park", "Far zoo"]
    first = reply.json()["results"][0]
    assert first["distance_km"] == 0.06
    assert first["coordinates"] == {"type": "Point", "coordinates": [103.8505, 1.29]}
    assert first["attribution"] == "Test"
    assert reply.json()["pagination"]["total"] == 3


def test_by_city_category_and_page(anonymous, town):
    assert names(anonymous.get(URL, {"city": "SINGAPORE"})) == [
        "Far zoo",
        "Middle park",
        "Near museum",
    ]
    assert names(anonymous.get(URL, {"category": "museum"})) == ["Louvre", "Near museum"]
    assert names(anonymous.get(URL, {"city": "Paris", "category": "museum"})) == ["Louvre"]
    page = anonymous.get(URL, {"per_page": 3, "page": 2})
    assert names(page) == ["Near museum"]
    assert page.json()["pagination"]["has_next"] is False
    assert "distance_km" not in page.json()["results"][0]


def test_an_unknown_city_is_an_empty_page(anonymous, town):
    reply = anonymous.get(URL, {"city": "Atlantis"})
    assert reply.json()["results"] == []
    assert reply.json()["pagination"]["total"] == 0


@pytest.mark.parametrize(
    "query",
    [
        {"lat": "1"},
        {"lat": "1", "lng": "181"},
        {"lat": "1", "lng": "1", "city": "x"},
        {"lat": "1", "lng": "1", "radius_km": "101"},
        {"category": "casino"},
        {"page": "0"},
        {"per_page": "101"},
        {"city": "x" * 101},
    ],
)
def test_bad_input_is_explained(anonymous, query):
    reply = anonymous.get(URL, query)
    assert reply.status_code == 400
    assert reply.json()["error"]["fields"]


def test_reads_use_indexes(town):
    indexes = activities.collection.index_information()
    assert indexes["coordinates"]["key"] == [("coordinates", "2dsphere")]
    for query in ({"city_key": "paris"}, {"city_key": "paris", "category": "museum"}, {}):
        plan = activities.find(query).sort([("name", 1), ("_id", 1)]).explain()
        stages = str(plan["queryPlanner"]["winningPlan"])
        assert "IXSCAN" in stages
        assert "COLLSCAN" not in stages
