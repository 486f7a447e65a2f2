import pytest

from apps.messaging.rows import saved_replies
from apps.messaging.services import saved_replies as service

PATH = "/api/messages/saved-replies"
PARKING = {"title": "Parking", "text": "In the street\nbehind the house."}


@pytest.fixture
def saved(host):
    return host.post(PATH, PARKING).json()


def test_they_are_kept_changed_and_deleted(host, saved):
    assert host.get(PATH).json()["results"] == [saved]
    changed = host.put(f"{PATH}/{saved['id']}", {"title": "Cars", "text": "In the yard."}).json()
    assert (changed["title"], changed["text"]) == ("Cars", "In the yard.")
    assert host.delete(f"{PATH}/{saved['id']}").status_code == 204
    assert host.get(PATH).json()["results"] == []
    assert host.delete(f"{PATH}/{saved['id']}").status_code == 404


def test_they_are_of_one_host(guest, make_person, saved):
    other = make_person("owner")
    assert other.get(PATH).json()["results"] == []
    assert other.put(f"{PATH}/{saved['id']}", PARKING).status_code == 404
    assert other.delete(f"{PATH}/{saved['id']}").status_code == 404
    assert guest.get(PATH).status_code == 403
    assert saved_replies.count({}) == 1


def test_there_are_at_most_some(host, saved, monkeypatch):
    monkeypatch.setattr(service, "MOST", 1)
    refused = host.post(PATH, PARKING)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "TOO_MANY_SAVED_REPLIES")
    assert saved_replies.count({}) == 1
