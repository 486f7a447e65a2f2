import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.accounts.rows import users

BLANK = {
    "about_me": "",
    "city": "",
    "country": "",
    "languages": [],
    "gender": "",
    "profile_picture": "",
}


@pytest.fixture(params=["traveler", "owner"])
def person(request, make_person):
    return make_person(request.param)


@pytest.fixture
def url(person) -> str:
    return f"/api/{person.user.user_type}/profile"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def photo(width=800, height=600, kind="JPEG") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    file.name = "me.jpg"
    file.seek(0)
    return file


def files(media) -> list:
    return [file for file in media.rglob("*") if file.is_file()]


def test_the_own_user(person, url):
    user = person.get(url).json()
    assert user.pop("created_at").endswith("Z")
    assert user == {
        "id": str(person.id),
        "username": person.user.username,
        "email": person.user.email,
        "email_verified": True,
        "user_type": person.user.user_type,
        "roles": [person.user.user_type],
        "first_name": "Kim",
        "last_name": "",
        "phone": "",
        "profile": BLANK,
    }


def test_only_what_is_sent_changes(person, url):
    first = person.put(url, {"phone": "+65 6123 4567", "profile": {"languages": ["en", "ms"]}})
    assert first.status_code == 200
    second = person.put(url, {"last_name": "Lee", "profile": {"city": "Ipoh"}}).json()
    assert (second["first_name"], second["last_name"]) == ("Kim", "Lee")
    assert second["phone"] == "+65 6123 4567"
    assert second["profile"] == {**BLANK, "languages": ["en", "ms"], "city": "Ipoh"}
    assert person.get(url).json() == second
    stored = users.find_one({"_id": person.id})
    assert stored["updated_at"] > stored["created_at"]


@pytest.mark.parametrize(
    "change",
    [
        {"username": "other"},
        {"email": "other@example.com"},
        {"user_type": "owner"},
        {"is_staff": True},
        {"password": "a new long password"},
        {"phone": "call me"},
        {"first_name": {"$set": 1}},
        {"profile": "x"},
        {"profile": {"profile_picture": "https://evil.example/x"}},
        {"profile": {"languages": "en"}},
        {"profile": {"$where": "1"}},
        {"profile": {"about_me": "x" * 2001}},
    ],
)
def test_refused_ones_change_nothing(person, url, change):
    before = users.find_one({"_id": person.id})
    refused = person.put(url, {"last_name": "Lee", **change})
    assert refused.status_code == 400
    assert list(refused.json()["error"]["fields"]) == list(change)
    assert users.find_one({"_id": person.id}) == before


def test_who_may(anonymous, guest, host):
    assert anonymous.get("/api/traveler/profile").status_code == 401
    assert guest.get("/api/owner/profile").json()["error"]["code"] == "WRONG_USER_TYPE"
    assert host.put("/api/traveler/profile", {"last_name": "x"}).status_code == 403
    assert host.http.delete("/api/traveler/profile/picture").status_code == 403


def test_a_picture_is_kept_in_two_sizes_and_replaced_whole(person, url, media):
    reply = person.http.post(f"{url}/picture", {"image": photo()})
    assert reply.status_code == 200
    shown = reply.json()["profile"]["profile_picture"]
    assert shown.endswith("-256.webp")
    sizes = sorted(Image.open(file).size for file in files(media))
    assert sizes == [(64, 48), (256, 192)]
    assert default_storage.exists(shown.removeprefix("/media/"))

    again = person.http.post(f"{url}/picture", {"image": photo(kind="PNG")}).json()
    assert again["profile"]["profile_picture"] != shown
    assert len(files(media)) == 2
    assert not default_storage.exists(shown.removeprefix("/media/"))

    removed = person.http.delete(f"{url}/picture")
    assert (removed.status_code, removed.json()["profile"]["profile_picture"]) == (200, "")
    assert files(media) == []


def test_a_picture_from_elsewhere_is_forgotten_and_no_file_touched(person, url, media):
    (media / "keep.webp").write_bytes(b"x")
    users.update_one(
        {"_id": person.id}, {"$set": {"profile.profile_picture": "https://x.example/../keep.webp"}}
    )
    removed = person.http.delete(f"{url}/picture")
    assert removed.json()["profile"]["profile_picture"] == ""
    assert len(files(media)) == 1


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "IMAGE_INVALID"),
        ({"image": "text"}, "IMAGE_INVALID"),
        ({"image": b"<svg onload='alert(1)'/>"}, "IMAGE_TYPE"),
        ({"image": b"\xff\xd8\xff" + b"x" * 100}, "IMAGE_INVALID"),
    ],
    ids=["nothing", "text", "svg", "broken"],
)
def test_refused_pictures_leave_the_present_one(person, url, media, sent, code):
    before = person.http.post(f"{url}/picture", {"image": photo()}).json()
    body = {
        name: SimpleUploadedFile("me.jpg", value) if isinstance(value, bytes) else value
        for name, value in sent.items()
    }
    refused = person.http.post(f"{url}/picture", body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, code)
    assert person.get(url).json() == before
    assert len(files(media)) == 2


def test_a_picture_is_multipart(person, url):
    assert person.post(f"{url}/picture", {"image": "x"}).status_code == 415
