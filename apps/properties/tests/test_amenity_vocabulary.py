import pytest

from apps.properties.vocabulary import amenities_known, amenity_ids, amenity_repaired

pytestmark = pytest.mark.unit
GROUPS = {
    "accessibility", "arrival", "bathroom", "bedroom", "children", "climate", "entertainment",
    "essentials", "kitchen", "laundry", "location", "outdoors", "parking", "safety", "services",
    "views",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Private hot tub - available all year", ["hot_tub"]),
        ("JACUZZI", ["hot_tub"]),
        ("\uff28\uff4f\uff54\u3000\uff54\uff55\uff42\uff53", ["hot_tub"]),
        ("no hot tub", []),
        ("Hot tub: not available", []),
        ("Whirlpool", ["hot_tub"]),
        ("Whirlpool stainless steel double oven", ["oven"]),
        ("Pool table", ["pool_table"]),
        ("Shared outdoor pool - available all year, heated", ["pool"]),
        ("Pool - not heated", ["pool"]),
        ("Smoking not allowed", []),
        ("Smoking allowed", ["smoking_allowed"]),
        ("Shared backyard \u2013 Not fully fenced", ["backyard"]),
        ("Free parking: no", []),
        ("Free dryer \u2013 In unit", ["dryer"]),
        ("Hair dryer", ["hair_dryer"]),
        ("Hot water kettle", ["kettle"]),
        ("Hot water", ["hot_water"]),
        ("Washer and dryer", ["dryer", "washer"]),
        ("Pack \u2019n play/Travel crib - always at the listing", ["crib"]),
        ("Children\u2019s books and toys", ["childrens_toys"]),
        ("Childrens books", ["childrens_toys"]),
        ("Paid parking lot off premises", ["paid_parking"]),
        ("Piscine chauffée", ["pool"]),
        ("游泳池", ["pool"]),
        ("Fixed grab bars for shower", ["grab_rails"]),
        ("No stairs or steps to enter", ["step_free_access"]),
        ("Hockey rink", []),
        ("", []),
    ],
)
def test_a_text_is_mapped_by_its_words(text: str, ids: list[str]) -> None:
    assert amenity_ids([text]) == ids


def test_the_ids_of_several_texts_are_each_there_once() -> None:
    assert amenity_ids(["Wifi", "Pool", "Pocket wifi", "Shared pool"]) == ["pool", "wifi"]


def test_the_vocabulary_is_whole() -> None:
    known = amenities_known()
    assert len(known) >= 120
    assert {amenity.group for amenity in known.values()} == GROUPS
    assert len({amenity.name for amenity in known.values()}) == len(known)
    for amenity in known.values():
        assert amenity_ids([amenity.name]) == [amenity.id]
        for words in amenity.words:
            assert amenity_ids([words]) == [amenity.id], words


def test_a_missing_translation_is_named_or_none() -> None:
    assert amenity_repaired("translation missing: en.hosting_amenity_25") == "Hot tub"
    assert amenity_repaired("translation missing: en.hosting_amenity_49") is None
    assert amenity_repaired("Sauna") == "Sauna"
    assert amenity_ids(["translation missing: en.hosting_amenity_7"]) == ["pool"]
    assert amenity_ids(["translation missing: en.hosting_amenity_50"]) == []
