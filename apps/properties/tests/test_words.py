from typing import Any

import pytest

from apps.common.text import name_key
from apps.properties.vocabulary import listing_words, query_words, words_of

pytestmark = pytest.mark.unit


def listing(**changed: Any) -> dict[str, Any]:
    location = {"area": "Gràcia, Barcelona", "city": "Barcelona"}
    known = {"title": "Sunny loft", "location": location, "amenities": [], "description": ""}
    return {**known, **changed}


@pytest.mark.parametrize(
    "pair",
    [
        ("Café", "cafe"),
        ("Cafe\u0301", "CAFÉ"),
        ("Søborg", "soborg"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Đà Nẵng", "da nang"),
        ("Diyarbak\u0131r", "DIYARBAKIR"),
        ("İstanbul", "istanbul"),
        ("Þórsmörk", "thorsmork"),
        ("\uff2b\uff39\uff2f\uff34\uff2f", "kyoto"),
        ("ｷｮｳﾄ", "キョウト"),
        ("ﺍﻟﻘﺎﻫﺮﺓ", "القاهرة"),
        ("الـقـاهِرَة", "القاهره"),
        ("تهران ی", "تهران ي"),
        ("٢٣", "23"),
        ("תֵּל אָבִיב", "תל אביב"),
        ("Saint-Ouen", "saint ouen"),
        ("Ελλάς", "ΕΛΛΑΣ"),
        *((f"queen{mark}s", "queens") for mark in "'`\u00b4\u02bc\u2018\u2019\u2032\uff07\u05f3"),
    ],
)
def test_one_word_is_one_word_however_it_is_written(pair: tuple[str, str]) -> None:
    one, other = pair
    assert words_of(one) == words_of(other) != []
    assert name_key(one) == name_key(other)


def test_vowels_that_are_marks_stay_in_their_words() -> None:
    assert name_key("क्योटो") == "क्योटो"
    assert name_key("กรุงเทพ") == "กรุงเทพ"


def test_scripts_without_spaces_are_found_by_pairs_of_letters() -> None:
    assert words_of("京都駅近く") == ["京都", "都駅", "駅近", "近く"]
    assert query_words("京都") == ["京都"]
    assert words_of("泊") == ["泊"]
    assert words_of("wifi付き") == ["wifi", "付き"]
    assert words_of("서울 한옥") == ["서울", "한옥"]


def test_articles_that_are_written_together_are_found_apart() -> None:
    assert words_of("L'Eixample") == ["leixample", "eixample"]
    assert query_words("eixample") == ["eixample"]
    assert query_words("O'Neill") == ["oneill"]


def test_one_and_several_are_one_word() -> None:
    assert words_of("pool pools beaches beach cities city glass bus") == [
        "pool", "beach", "city", "glass", "bus",
    ]  # fmt: skip


def test_what_a_listing_does_not_have_is_not_found() -> None:
    found = listing_words(
        listing(description="No hot tub. Without smoking room, but a hot kitchen<br/>sin piscina")
    )
    assert {"tub", "smoking", "piscina"}.isdisjoint(found)
    assert {"hot", "kitchen", "but"} - set(found) == {"but"}


def test_a_listing_is_found_by_title_area_city_amenities_and_description() -> None:
    found = listing_words(listing(amenities=["Hot tub"], description="Quiet courtyard"))
    expected = ["sunny", "loft", "gracia", "barcelona", "hot", "tub", "quiet", "courtyard"]
    assert found == expected


def test_a_long_text_is_bounded_and_its_title_stays() -> None:
    found = listing_words(listing(description=" ".join(f"w{n}x" for n in range(5000))))
    assert len(found) == 160
    assert found[:2] == ["sunny", "loft"]
    assert len(query_words("a b c d e f g h i j k l m n o p q r")) == 8
    assert max(map(len, words_of("x" * 5000))) == 30


def test_common_words_are_asked_only_where_there_are_no_others() -> None:
    assert query_words("the house with a view") == ["house", "view"]
    assert query_words("the") == ["the"]
    assert query_words("  ... ") == []
