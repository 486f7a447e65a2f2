import pytest

from apps.accounts.models import Preference
from apps.accounts.selectors import preferences_of

URL = "/api/traveler/preferences"
DEFAULTS = {
    "home_city": "",
    "property_types": [],
    "amenities": [],
    "max_price_per_night": None,
    "currency": "USD",
    "guests": 2,
    "interests": [],
    "pace": "balanced",
}
CHOSEN = {
    "home_city": "Lisbon",
    "property_types": ["house", "cabin"],
    "amenities": ["Wifi"],
    "max_price_per_night": 149.5,
    "currency": "EUR",
    "guests": 4,
    "interests": ["art", "food"],
    "pace": "relaxed",
}


def test_defaults_before_the_first_put(guest):
    assert guest.get(URL).json() == DEFAULTS
    assert Preference.objects.count() == 0


def test_put_replaces_everything(guest, make_person):
    assert guest.put(URL, CHOSEN).json() == CHOSEN
    assert guest.get(URL).json() == CHOSEN
    assert preferences_of(guest.id)["max_price_per_night"] == 14_950
    other = make_person()
    assert other.get(URL).json() == DEFAULTS
    assert guest.put(URL, {"guests": 3}).json() == {**DEFAULTS, "guests": 3}
    assert Preference.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"home_city": {"$gt": ""}},
        {"property_types": ["castle"]},
        {"property_types": "house"},
        {"amenities": ["x"] * 51},
        {"max_price_per_night": -1},
        {"max_price_per_night": 1.001},
        {"currency": "euro"},
        {"guests": 0},
        {"interests": [{"$ne": 1}]},
        {"pace": "hurried"},
        {"email_notifications": True},
        {"user_id": "0" * 24},
        {"_id": "0" * 24},
    ],
)
def test_refused_ones_change_nothing(guest, change):
    guest.put(URL, CHOSEN)
    reply = guest.put(URL, {**CHOSEN, **change})
    assert reply.status_code == 400
    assert list(reply.json()["error"]["fields"]) == list(change)
    assert guest.get(URL).json() == CHOSEN


def test_only_travelers_have_them(anonymous, host):
    assert anonymous.get(URL).status_code == 401
    assert host.get(URL).status_code == 403
    assert host.put(URL, CHOSEN).status_code == 403
