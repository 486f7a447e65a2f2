"""What people type for places, in the languages that they speak."""

import datetime as dt

import pytest
from prometheus_client import REGISTRY

from apps.properties.rows import listings, named_places
from apps.properties.search.criteria import Criteria
from apps.properties.search.names import named_of
from apps.properties.selectors import place_by_id, place_by_name, places_suggested
from apps.properties.services import Sight, districts_renew, sights_put

NOW = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
BARCELONA = {"country": "Spain", "state": "Catalonia"}
SIGHTS = (
    ("Gardens by the Bay", "Singapore", "Singapore", (103.8636, 1.2816)),
    ("The Merlion", "Singapore", "Singapore", (103.8545, 1.2868)),
    ("Maxwell Food Centre", "Singapore", "Singapore", (103.8447, 1.2803)),
    ("Sagrada Família", "Barcelona", "Spain", (2.1744, 41.4036)),
    ("Park Güell", "Barcelona", "Spain", (2.1527, 41.4145)),
)
# What is typed, and the name and country of what is meant.
TYPED = (
    # English, as one writes it, in short, with where it is
    ("London", "London", "United Kingdom"),
    ("new york", "New York City", "United States"),
    ("NYC", "New York City", "United States"),
    ("Paris, Texas", "Paris", "United States"),
    ("Santa Monica CA", "Santa Monica", "United States"),
    ("UK", "United Kingdom", "United Kingdom"),
    ("Bali", "Bali", "Indonesia"),
    ("Lake Como", "Lake Como", "Italy"),
    # German
    ("München", "Munich", "Germany"),
    ("Muenchen", "Munich", "Germany"),
    ("koln", "Köln", "Germany"),
    ("Venedig", "Venice", "Italy"),
    ("Schwarzwald", "Black Forest", "Germany"),
    ("Österreich", "Austria", "Austria"),
    # French
    ("Londres", "London", "United Kingdom"),
    ("Genève", "Geneva", "Switzerland"),
    ("Bretagne", "Brittany", "France"),
    ("Saint-Malo", "Saint-Malo", "France"),
    # Spanish
    ("Nueva York", "New York City", "United States"),
    ("Sevilla", "Sevilla", "Spain"),
    ("Cataluña", "Catalonia", "Spain"),
    ("Japón", "Japan", "Japan"),
    # Italian
    ("Firenze", "Florence", "Italy"),
    ("toscana", "Tuscany", "Italy"),
    ("Parigi", "Paris", "France"),
    # Portuguese
    ("Lisboa", "Lisbon", "Portugal"),
    ("São Paulo", "São Paulo", "Brazil"),
    ("sao paulo", "São Paulo", "Brazil"),
    # Polish, Danish, Turkish, Vietnamese: letters that do not decompose
    ("Łódź", "Łódź", "Poland"),
    ("lodz", "Łódź", "Poland"),
    ("København", "Copenhagen", "Denmark"),
    ("Diyarbak\u0131r", "Diyarbak\u0131r", "Turkey"),
    ("ISTANBUL", "Istanbul", "Turkey"),
    ("Đà Nẵng", "Da Nang", "Vietnam"),
    # Russian, Greek
    ("Москва", "Moscow", "Russia"),
    ("санкт-петербург", "Saint Petersburg", "Russia"),
    ("Αθήνα", "Athens", "Greece"),
    # Arabic, Hebrew
    ("القاهرة", "Cairo", "Egypt"),
    ("القاهره", "Cairo", "Egypt"),
    ("دبي", "Dubai", "United Arab Emirates"),
    ("تل ابيب", "Tel Aviv", "Israel"),
    # Japanese, Chinese, Korean, Hindi, Thai
    ("京都", "Kyoto", "Japan"),
    ("キョウト", "Kyoto", "Japan"),
    ("东京", "Tokyo", "Japan"),
    ("新加坡", "Singapore", "Singapore"),
    ("서울", "Seoul", "South Korea"),
    ("दिल्ली", "Delhi", "India"),
    ("กรุงเทพ", "Bangkok", "Thailand"),
    # With errors
    ("barcelonna", "Barcelona", "Spain"),
    ("edinburhg", "Edinburgh", "United Kingdom"),
    ("sinagpore", "Singapore", "Singapore"),
    ("san fransisco", "San Francisco", "United States"),
    ("amsterdm", "Amsterdam", "The Netherlands"),
    # Districts of our listings
    ("Gràcia", "Gràcia", "Spain"),
    ("gracia barcelona", "Gràcia", "Spain"),
    ("Tiong Bahru", "Tiong Bahru", "Singapore"),
    ("tiong baru", "Tiong Bahru", "Singapore"),
    ("l\u2019Eixample", "L'Eixample", "Spain"),
    # Sights
    ("gardens by the bay", "Gardens by the Bay", "Singapore"),
    ("merlion", "The Merlion", "Singapore"),
    ("sagrada familia", "Sagrada Família", "Spain"),
    ("Park Guell, Barcelona", "Park Güell", "Spain"),
)


@pytest.fixture
def known(make_listing):
    areas = {"Gràcia, Barcelona": 3, "L'Eixample": 2, "Sant Martí": 1}
    for area, count in areas.items():
        for number in range(count):
            make_listing(
                city="Barcelona", lng=2.156 + number / 1000, lat=41.4,
                place={**BARCELONA, "area": area},
            )  # fmt: skip
    make_listing(place={"area": "Tiong Bahru, Central Region"}, lng=103.83, lat=1.285)
    districts_renew(now=NOW)
    sights = [Sight(name, name, city, country, point) for name, city, country, point in SIGHTS]
    sights_put("test", sights, now=NOW)


def commands() -> float:
    found = (sample for metric in REGISTRY.collect() for sample in metric.samples)
    return sum(s.value for s in found if s.name == "mongodb_command_seconds_count")


def test_what_people_type_finds_what_they_mean(known):
    assert len(TYPED) >= 60
    wrong = []
    for typed, name, country in TYPED:
        found = place_by_name(typed)
        if not found or (found.name, found.country) != (name, country):
            wrong.append((typed, found and (found.name, found.country)))
    assert wrong == []


def test_suggestions_come_while_one_types(known):
    def first(text):
        return next(place.label for place in places_suggested(text))

    assert first("barc") == "Barcelona, Catalonia, Spain"
    assert first("tiong") == "Tiong Bahru, Singapore"
    assert first("sagra") == "Sagrada Família, Barcelona, Spain"
    assert first("Москв") == "Moscow, Russia"
    assert first("paris, te") == "Paris, Texas, United States"
    labels = [place.label for place in places_suggested("paris")]
    assert labels[0] == "Paris, Ile-de-France, France"
    assert "Paris, Texas, United States" in labels
    assert len(labels) == len(set(labels)) == 8
    assert places_suggested("") == places_suggested("!!") == []


@pytest.mark.parametrize("text", ["gracia", "x" * 200, "new york " * 22, "San" + ",a" * 98, "^.*$"])
def test_no_text_costs_more_than_one_command(known, text):
    for ask in (places_suggested, place_by_name):
        before = commands()
        ask(text[:200])
        assert commands() - before <= 1


def asked_for(text):
    """The condition that a search makes of a typed place."""
    (condition,) = named_of(Criteria(location=text))
    return condition


def test_a_suggestion_is_a_place_to_search_in(known):
    for text in ("barcelona", "gracia", "merlion", "tuscany", "japan"):
        suggestion = places_suggested(text)[0]
        found = place_by_id(suggestion.id)
        assert found is not None
        assert (found.name, list(found.center)) == (suggestion.name, suggestion.center)
    assert place_by_id("district-none") is place_by_id("42") is None
    assert place_by_name("gracia").match == {"place_keys": {"$all": ["gracia", "barcelona"]}}
    assert place_by_name("Kyoto").match == {"place_keys": "@1857910"}
    assert asked_for("Zzyzzxville, Qo") == {"place_keys": {"$all": ["zzyzzxville", "qo"]}}
    assert asked_for(",") == {"place_keys": {"$all": [""]}}


def test_one_wrong_point_moves_no_district(make_listing):
    for number in range(4):
        make_listing(place={"area": "Kallang"}, lng=103.86 + number / 1000, lat=1.31)
    make_listing(place={"area": "Kallang"}, lng=1.31, lat=89.0)
    for lng in (179.99, -179.98, 180.0, -180.0):
        make_listing(city="Somosomo", place={"area": "Qeleni", "country": "Fiji"}, lng=lng, lat=-16)
    districts_renew(now=NOW)
    kallang, qeleni = (named_places.find_one({"keys": key}) for key in ("kallang", "qeleni"))
    assert kallang["center"] == pytest.approx([103.862, 1.31], abs=0.01)
    assert kallang["count"] == 5
    assert abs(qeleni["center"][0]) > 179.9


def test_what_is_gone_is_found_no_more(known, make_listing):
    listings.delete_many({"location.area": "Sant Martí"})
    assert districts_renew(now=LATER) == 4
    sights_put("test", [Sight("x", "New Park", "Singapore", "Singapore", (103.8, 1.3))], now=LATER)
    names = {row["name"] for row in named_places.find({})}
    assert {"Sant Martí", "The Merlion"}.isdisjoint(names)
    assert {"Gràcia", "L'Eixample", "New Park"} <= names


def test_a_search_for_a_place_is_open_and_bounded(known, anonymous):
    reply = anonymous.get("/api/properties/places", {"q": "gracia"})
    assert reply.status_code == 200
    assert "max-age" in reply["Cache-Control"]
    first = reply.json()["suggestions"][0]
    assert (first["kind"], first["label"]) == ("district", "Gràcia, Barcelona, Spain")
    assert reply.json()["places"] == []
    assert anonymous.get("/api/properties/places", {"q": "x" * 201}).status_code == 400
    assert anonymous.get("/api/properties/places", {"q": ""}).status_code == 400


def test_a_map_asks_for_the_names_on_it(anonymous):
    box = {"bbox": "103.6,1.2,104.1,1.5"}
    reply = anonymous.get("/api/properties/places", box)
    assert (reply.status_code, reply.json()["places"]) == (200, [])
    labels = [one["label"] for one in reply.json()["suggestions"]]
    assert labels[0] == "Singapore"
    assert len(labels) == len(set(labels)) <= 24
    for wrong in ({**box, "q": "singapore"}, {"bbox": "103,1"}):
        assert anonymous.get("/api/properties/places", wrong).status_code == 400


def test_a_city_is_where_people_live(make_listing, anonymous):
    make_listing()
    make_listing(lng=1.29, lat=80.0)
    for lng in (179.99, -179.98, 180.0, -180.0):
        make_listing(city="Nowhere Bay", place={"country": "Fiji"}, lng=lng, lat=-16.8)
    places = {
        place["city"]: place["center"]
        for place in anonymous.get("/api/properties/places").json()["places"]
    }
    assert places["Singapore"] == [103.85007, 1.28967]
    assert abs(places["Nowhere Bay"][0]) > 179.9
    assert places["Nowhere Bay"][1] == pytest.approx(-16.8)
