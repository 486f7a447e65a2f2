"""Sentences against the exact filters that they mean, read on Monday, 23 November 2026."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.ai.planner.port import Filters, Vocabulary
from apps.ai.planner.sentence.interpret import interpret

pytestmark = pytest.mark.unit

TODAY = dt.date(2026, 11, 23)
KNOWN = Vocabulary(
    cities=("Lisbon", "Singapore", "New Orleans", "Mexico City", "Rio de Janeiro", "Nice",
            "Edinburgh"),
    regions=("Portugal", "Louisiana", "France", "United Kingdom"),
    areas=("Alfama", "Old Town", "Garden District", "Príncipe Real"),
    amenities=("Wifi", "Kitchen", "Washer", "Free street parking", "Pool", "Air conditioning",
               "Hot tub", "Record player", "Balcony", "Dryer", "Garden", "Pets allowed"),
)  # fmt: skip


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def stay(first: str, last: str) -> dict:
    return {"check_in": d(first), "check_out": d(last)}


# Sentence, filters, what is ignored.
SENTENCES = [
    ("a flat in Lisbon for 4 under 200",
     {"location": "Lisbon", "guests": 4, "max_price": 20000, "property_type": "apartment"}, ()),
    ("house in New Orleans for a family of five, 3-7 March",
     {"location": "New Orleans", "guests": 5, "property_type": "house",
      **stay("2027-03-03", "2027-03-07")}, ()),
    ("2 adults and 1 child, hotel, next weekend",
     {"guests": 3, "property_type": "hotel", **stay("2026-12-04", "2026-12-06")}, ()),
    ("between 100 and 150 a night in Singapore with wifi and a pool",
     {"location": "Singapore", "min_price": 10000, "max_price": 15000,
      "amenities": ("Wifi", "Pool")}, ()),
    ("max $120 cheap room", {"max_price": 12000, "property_type": "room"}, ("cheap",)),
    ("from 2027-03-03 to 2027-03-07 in Lisbon, Portugal",
     {"location": "Lisbon, Portugal", **stay("2027-03-03", "2027-03-07")}, ()),
    ("for 3 nights from 5 May", stay("2027-05-05", "2027-05-08"), ()),
    ("in two weeks for a week", stay("2026-12-07", "2026-12-14"), ()),
    ("a week in Lisbon in two weeks",
     {"location": "Lisbon", **stay("2026-12-07", "2026-12-14")}, ()),
    ("this weekend near Alfama",
     {"location": "Alfama", **stay("2026-11-27", "2026-11-29")}, ()),
    ("cabin with a hot tub and parking, no pets, for a couple",
     {"guests": 2, "property_type": "cabin", "amenities": ("Hot tub", "Free street parking")},
     ("no pets",)),
    ("Nice house in Nice for two",
     {"location": "Nice", "guests": 2, "property_type": "house"}, ("Nice",)),
    ("nice house for two", {"guests": 2, "property_type": "house"}, ("nice",)),
    ("28 December to 2 January, 6 people",
     {"guests": 6, **stay("2026-12-28", "2027-01-02")}, ()),
    ("28 December to 2 January 2028", stay("2027-12-28", "2028-01-02"), ()),
    ("March 3-7, 2027 in Mexico City up to 80 eur",
     {"location": "Mexico City", "max_price": 8000, **stay("2027-03-03", "2027-03-07")}, ()),
    ("flat for 4 nights from Friday for 2 people",
     {"guests": 2, "property_type": "apartment", **stay("2026-11-27", "2026-12-01")}, ()),
    ("tomorrow to friday in Rio de Janeiro",
     {"location": "Rio de Janeiro", **stay("2026-11-24", "2026-11-27")}, ()),
    ("from Friday to Monday", stay("2026-11-27", "2026-11-30"), ()),
    ("a house or a cabin with 3 bedrooms under 500 in total", {"property_type": "house"},
     ("cabin", "with 3 bedrooms", "under 500 in total")),
    ("from 100 to 150 per night for 2",
     {"guests": 2, "min_price": 10000, "max_price": 15000}, ()),
    ("at least 100 and at most 200, sleeps 4",
     {"guests": 4, "min_price": 10000, "max_price": 20000}, ()),
    ("with washing machine and record player in old town, edinburgh",
     {"location": "Old Town, Edinburgh", "amenities": ("Washer", "Record player")}, ()),
    ("PRINCIPE REAL", {"location": "Príncipe Real"}, ()),
    ("from 3 to 7 May 2020", {}, ("from 3 to 7 May 2020",)),
    ("7 to 3 May", {}, ("7 to 3 May",)),
    ("31 February to 3 March", {}, ("31 February to 3 March",)),
    ("5 May", stay("2027-05-05", "2027-05-06"), ()),
    ("on 5 May for two nights", stay("2027-05-05", "2027-05-07"), ()),
    ("next friday for 2 nights", stay("2026-12-04", "2026-12-06"), ()),
    ("tonight", stay("2026-11-23", "2026-11-24"), ()),
    ("from Monday", {}, ("from Monday",)),
    ("a room for me and 3 friends, 1,200 max",
     {"guests": 4, "max_price": 120000, "property_type": "room"}, ()),
    ("between 3 and 7 March for $90-$140",
     {"min_price": 9000, "max_price": 14000, **stay("2027-03-03", "2027-03-07")}, ()),
    ("Sept 3rd to the 7th", stay("2027-09-03", "2027-09-07"), ()),
    ("the 3rd to the 7th of September", stay("2027-09-03", "2027-09-07"), ()),
    ("in May", {}, ("in May",)),
    ("for 3 nights", {}, ("for 3 nights",)),
    ("$100", {}, ("$100",)),
    (("I want to find a quiet apartment near the beach in LISBON for ten people from 1 april to "
      "10 april under €300 per night with Wi-Fi"),
     {"location": "Lisbon", "guests": 10, "max_price": 30000, "property_type": "apartment",
      "amenities": ("Wifi",), **stay("2027-04-01", "2027-04-10")}, ("quiet", "beach")),
    ("next week in Singapore solo",
     {"location": "Singapore", "guests": 1, **stay("2026-11-30", "2026-12-07")}, ()),
    ("for 99 people", {}, ("for 99 people",)),
    ("wifi,pool,kitchen", {"amenities": ("Wifi", "Pool", "Kitchen")}, ()),
    ("2 adults, 2 kids and a dog", {"guests": 4}, ("and a dog",)),
    ("with a sauna", {}, ("with a sauna",)),
    ("under 150 a night, for a night from 5 may",
     {"max_price": 15000, **stay("2027-05-05", "2027-05-06")}, ()),
    ("within 5 km of the centre for 3", {"guests": 3}, ("within 5 km of", "centre")),
    ("a shared room or hostel bed with a lockable door", {"property_type": "shared_room"},
     ("lockable door",)),
    ("in Atlantis for two", {"guests": 2}, ("Atlantis",)),
    ("France", {"location": "France"}, ()),
    ("between 150 and 100", {"min_price": 10000, "max_price": 15000}, ()),
    ("pet friendly studio with a/c", {"property_type": "apartment",
     "amenities": ("Pets allowed", "Air conditioning")}, ()),
    ("4 stars", {}, ("4 stars",)),
    ("at least 200, at most 100", {"max_price": 10000}, ("at least 200",)),
    ("", {}, ()),
]  # fmt: skip


@pytest.mark.parametrize(("query", "filters", "ignored"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_reads(query, filters, ignored):
    found = interpret(query, vocabulary=KNOWN, today=TODAY)
    assert found.filters == Filters(**filters)
    assert found.ignored == ignored


def test_tells_from_which_words():
    found = interpret("A house in Lisbon for 4, 3-7 March", vocabulary=KNOWN, today=TODAY)
    assert [(part.text, part.field, part.value) for part in found.understood] == [
        ("house", "property_type", "house"),
        ("in Lisbon", "location", "Lisbon"),
        ("for 4", "guests", 4),
        ("3-7 March", "check_in", d("2027-03-03")),
        ("3-7 March", "check_out", d("2027-03-07")),
    ]


def test_a_weekend_that_has_begun_is_its_rest():
    saturday = dt.date(2026, 11, 28)
    found = interpret("this weekend", vocabulary=KNOWN, today=saturday).filters
    assert (found.check_in, found.check_out) == (saturday, d("2026-11-29"))
    sunday = interpret("this weekend", vocabulary=KNOWN, today=d("2026-11-29")).filters
    assert (sunday.check_in, sunday.check_out) == (d("2026-12-04"), d("2026-12-06"))


def test_what_is_not_there_is_not_understood():
    found = interpret("pool in Lisbon", vocabulary=Vocabulary(), today=TODAY)
    assert found.filters == Filters()
    assert found.ignored == ("pool", "Lisbon")


HOSTILE = {
    "operators": '{"$gt": ""}, $where: sleep(1000)',
    "a pattern": "(a+)+$ .*.*.* [",
    "emoji": "😀" * 300,
    "templates": "{{7*7}} ${x} %s %(a)s",
    "numbers": "1 " * 150,
    "dashes": "a-" * 150,
    "dates": "1-1-" * 75,
    "nulls": "\x00" * 300,
    "letters that grow": "İſßﬃ" * 75,
    "for for": "for 1 " * 50,
    "under under": "under " * 50,
    "to to": "3 to " * 60,
    "right to left": "\u202e\u0661\u0662 for 4",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_harmless(query):
    started = time.perf_counter()
    found = interpret(query[:300], vocabulary=KNOWN, today=TODAY)
    assert time.perf_counter() - started < 0.25
    assert len(found.ignored) <= 20
    assert found.filters.location is None


SPOKEN = """a for in with 2 3 four nights people under between and 100 150 - to from March 5 2027
next weekend Lisbon Alfama Portugal house room wifi pool no pets $ , . adults kids week may"""
WORDS = st.sampled_from(SPOKEN.split())
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(WORDS, max_size=40).map(lambda words: " ".join(words)[:300])
)


@given(TEXTS)
@settings(max_examples=150)
def test_any_text_gives_filters_that_can_be(query):
    found = interpret(query, vocabulary=KNOWN, today=TODAY)
    filters = found.filters
    assert found == interpret(query, vocabulary=KNOWN, today=TODAY)
    assert filters.guests is None or 1 <= filters.guests <= 50
    assert (filters.check_in is None) == (filters.check_out is None)
    if filters.check_in:
        assert TODAY <= filters.check_in < filters.check_out
    if filters.min_price is not None and filters.max_price is not None:
        assert 0 <= filters.min_price <= filters.max_price
    assert set(filters.amenities) <= set(KNOWN.amenities)
    flat = " ".join(query.split())
    assert all(text in flat for text in (*found.ignored, *(part.text for part in found.understood)))
