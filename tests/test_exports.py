"""All that is stored of a person, as a file that only they get, for some days."""

import datetime as dt
import io
import json
import zipfile

import gridfs
import pytest
from bson import ObjectId
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from apps.accounts.rows import data_exports, users
from apps.accounts.services import export_request, exports, exports_make, user_suspend
from apps.accounts.services.exports import exports_delete
from apps.audit.rows import security_events
from apps.common import mongo, parts
from apps.properties.rows import listings
from apps.travelers.services import favorite_add

PATH = "/api/account/export"
DAY = dt.timedelta(days=1)


def make(now):
    return exports_make(clock=lambda: now)


def files():
    return mongo.database()["export_files.files"].count_documents({})


def code(reply):
    return reply.json()["error"]["code"]


def opened(person):
    url = person.get(PATH).json()["url"]
    reply = person.http.get(url, headers={"authorization": ""})
    assert reply.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(reply.streaming_content)))


@pytest.fixture
def now(now):
    """After what the test asks for."""
    return now + dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def no_files(database):
    yield
    for name in ("files", "chunks"):
        mongo.database()[f"export_files.{name}"].delete_many({})


def test_a_person_gets_all_of_theirs_and_nothing_of_others(guest, host, book, listing_id, now):
    booking = book()
    favorite_add(user_id=guest.id, listing_id=listing_id, now=now)
    assert code(guest.get(PATH)) == "NOT_FOUND"
    asked = guest.post(PATH)
    assert (asked.status_code, asked.json()["state"], asked.json()["url"]) == (202, "waiting", None)
    assert make(now) == 1
    ready = guest.get(PATH).json()
    assert (ready["state"], ready["done"]) == ("ready", ready["total"])

    archive = opened(guest)
    found = {name: json.loads(archive.read(name)) for name in archive.namelist() if "json" in name}
    assert found["users.json"]["email"] == guest.user.email
    assert [row["_id"] for row in found["bookings.json"]] == [str(booking["_id"])]
    assert [row["listing_id"] for row in found["favorites.json"]] == [str(listing_id)]
    assert len(found["payments.json"]) == 1
    text = str(found)
    assert users.find_one({"_id": guest.id})["password_hash"] not in text
    assert host.user.email not in text
    assert security_events.count({"kind": "data_exported"}) == 1


def test_a_host_gets_photos_and_no_words_of_guests(guest, host, book, listing_id, now):
    booking = book()
    name = f"listings/{listing_id}/{'b' * 32}-1600.webp"
    default_storage.save(name, ContentFile(b"photo"))
    listings.update_one({"_id": listing_id}, {"$set": {"images": [default_storage.url(name)]}})
    host.post(PATH)
    make(now)
    archive = opened(host)
    assert archive.read(f"files/{name}") == b"photo"
    (row,) = json.loads(archive.read("hosted_bookings.json"))
    assert row["_id"] == str(booking["_id"])
    assert not {"guest_id", "special_requests", "history"} & row.keys()


def test_one_at_a_time_and_a_new_one_replaces_the_last(guest, now):
    guest.post(PATH)
    assert code(guest.post(PATH)) == "EXPORT_RUNNING"
    make(now)
    assert guest.post(PATH).status_code == 202
    assert (data_exports.count({}), files()) == (1, 0)
    assert guest.post(PATH).status_code == 429


def test_the_link_ends_and_belongs_to_who_is_active(guest, anonymous, settings, now):
    guest.post(PATH)
    make(now)
    url = guest.get(PATH).json()["url"]
    forged = f"{PATH}/file?token={ObjectId()}:x:y"
    for bad in (forged, f"{url}x", f"{PATH}/file", f"{PATH}/file?token=%F0%9F%98%80"):
        assert (anonymous.get(bad).status_code, code(anonymous.get(bad))) == (400, "LINK_INVALID")
    settings.EXPORT_LINK = dt.timedelta(seconds=-1)
    assert code(anonymous.get(url)) == "LINK_INVALID"
    settings.EXPORT_LINK = dt.timedelta(minutes=10)
    assert anonymous.get(url).status_code == 200
    user_suspend(user_id=guest.id, now=now)
    assert code(anonymous.get(url)) == "LINK_INVALID"


def test_the_file_is_deleted_after_a_week(guest, now):
    guest.post(PATH)
    make(now)
    assert make(now + 7 * DAY - dt.timedelta(seconds=1)) == 0
    assert files() == 1
    make(now + 7 * DAY)
    assert (files(), data_exports.count({})) == (0, 0)


def test_one_that_was_cut_off_is_made_anew(guest, now, monkeypatch):
    export_request(user_id=guest.id, now=now)

    def killed(*_arguments):
        raise KeyboardInterrupt

    last = parts.parts()[-1]
    with monkeypatch.context() as patch:
        patch.setattr(last, "export", killed, raising=False)
        with pytest.raises(KeyboardInterrupt):
            make(now)
    row = data_exports.find_one({})
    assert (row["state"], row["done"]) == ("running", row["total"] - 1)
    assert make(now) == 0
    assert make(now + exports.LOCK) == 1
    assert data_exports.find_one({})["state"] == "ready"


def test_one_that_cannot_be_made_fails_after_some_tries(guest, now, monkeypatch):
    export_request(user_id=guest.id, now=now)

    def broken(*_arguments):
        raise ValueError("x")

    monkeypatch.setattr(parts.parts()[0], "export", broken, raising=False)
    for attempt in range(exports.TRIES + 1):
        assert make(now + attempt * exports.LOCK) == 0
    row = data_exports.find_one({})
    assert (row["state"], row["is_open"], row["attempts"]) == ("failed", False, exports.TRIES)
    monkeypatch.undo()
    assert guest.post(PATH).status_code == 202


def test_a_deletion_meanwhile_leaves_no_file(guest, now):
    guest.post(PATH)
    make(now)
    exports_delete(user_id=guest.id)
    assert (files(), data_exports.count({})) == (0, 0)
    with pytest.raises(gridfs.errors.NoFile):
        exports._bucket().open_download_stream(ObjectId())
