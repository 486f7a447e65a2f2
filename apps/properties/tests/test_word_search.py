import pytest

from apps.properties.rows import listings, search_entries, search_words
from apps.properties.selectors import words_match
from apps.properties.services import words_renew


@pytest.fixture
def homes(make_listing):
    known = {
        "loft": {"title": "Bright loft near the beaches", "amenities": ["Wifi", "Private hot tub"]},
        "cabin": {"title": "Chalet in Grünwald", "description": "Log cabin. No hot tub."},
        "villa": {"title": "Villa", "description": "With a swimming pool", "amenities": ["Sauna"]},
        "ryokan": {"title": "京都駅近くの旅館"},
    }
    made = {make_listing(**fields): name for name, fields in known.items()}
    words_renew()
    return made


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("loft", {"loft"}),
        ("LOFT beach", {"loft"}),
        ("grunwald", {"cabin"}),
        ("Gruenwald", {"cabin"}),
        ("chalet villa", set()),
        ("chalt", {"cabin"}),
        ("swiming pool", {"villa"}),
        ("brigth loft", {"loft"}),
        ("swim", {"villa"}),
        ("swi vill", set()),
        ("hot tub", {"loft"}),
        ("jacuzzi", {"loft"}),
        ("loft with jacuzzi", {"loft"}),
        ("villa jacuzzi", set()),
        ("hot tubs", {"loft"}),
        ("京都", {"ryokan"}),
        ("旅館", {"ryokan"}),
        ("大阪", set()),
        ("xyzzyx", set()),
        ("...", set()),
    ],
)
def test_listings_are_found_by_words(homes, text, names):
    found = search_entries.find({"$and": words_match(text)}, {"_id": 1})
    assert {homes[row["_id"]] for row in found} == names


def test_a_word_that_nobody_listed_yet_is_found_as_it_is_written(homes, make_listing):
    listing_id = make_listing(title="Houseboat")
    query = {"$and": words_match("houseboat")}
    assert [row["_id"] for row in search_entries.find(query)] == [listing_id]


def test_words_that_are_gone_are_forgotten(homes):
    assert search_words.exists({"_id": "chalet"})
    listings.delete_many({"title": {"$regex": "^Chalet"}})
    assert words_renew() == search_words.count({})
    assert not search_words.exists({"_id": "chalet"})
    assert words_match("chalet") == [{"words": {"$in": ["chalet"]}}]


def test_a_long_text_asks_for_few_words(homes):
    text = " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert len(words_match(text)) == 8
