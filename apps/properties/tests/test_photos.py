"""Photos of listings, from the upload to the file that browsers get."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apps.common import image_runner
from apps.common.slow_work import Places
from apps.properties.rows import listings
from apps.properties.services import photos

FOREIGN = "https://pictures.example.com/1.jpg"


def photo(colour="red", size=(2000, 1000), kind="JPEG") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return SimpleUploadedFile("holiday.jpg", written.getvalue(), "image/jpeg")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def path(listing_id) -> str:
    return f"/api/properties/{listing_id}/images"


def files(folder: Path) -> set[str]:
    return {found.name for found in folder.rglob("*") if found.is_file()}


def named(url: str) -> set[str]:
    return {Path(url.replace("-1600.", f"-{width}.")).name for width in (1600, 800, 320)}


def stored(listing_id):
    return listings.find_one({"_id": listing_id})


def test_a_photo_is_stored_in_three_widths_and_served(host, anonymous, listing_id, path, folder):
    reply = host.http.post(path, {"image": photo()})

    assert reply.status_code == 201
    body = reply.json()
    [url] = body["images"]
    assert body["version"] == 2
    assert re.fullmatch(rf"/media/listings/{listing_id}/[0-9a-f]{{32}}-1600\.webp", url)
    assert files(folder) == named(url)
    for width in (1600, 800, 320):
        served = anonymous.get(url.replace("-1600.", f"-{width}."))
        assert served["Cache-Control"] == "public, max-age=31536000, immutable"
        assert served["Content-Type"] == "image/webp"
        image = Image.open(io.BytesIO(b"".join(served.streaming_content)))
        assert (image.format, image.size) == ("WEBP", (width, width // 2))
    detail = anonymous.get(f"/api/properties/{listing_id}").json()
    assert (detail["image"], detail["images"], detail["version"]) == (url, [url], 2)


def test_other_media_are_kept_for_an_hour_only(anonymous, folder):
    (folder / "demo").mkdir()
    (folder / "demo" / "a.svg").write_text("<svg/>")
    assert anonymous.get("/media/demo/a.svg")["Cache-Control"] == "max-age=3600"
    missing = anonymous.get("/media/listings/x/y-1600.webp")
    assert missing.status_code == 404
    assert "Cache-Control" not in missing
    assert anonymous.get("/media/../conftest.py").status_code == 400


def test_photos_are_ordered_and_removed(host, anonymous, listing_id, path, folder):
    listings.update_one({"_id": listing_id}, {"$set": {"images": [FOREIGN]}})
    for colour in ("red", "blue"):
        made = host.http.post(path, {"image": photo(colour, (40, 30))}).json()
    foreign, red, blue = made["images"]
    assert (foreign, made["version"]) == (FOREIGN, 3)

    order = [blue, foreign, red]
    reply = host.put(path, {"images": order, "version": 3})
    assert reply.json() == {"images": order, "version": 4}
    [card] = anonymous.get("/api/properties").json()["results"]
    assert card["image"] == blue

    removed = host.http.delete(path, {"image": red}, content_type="application/json")
    assert removed.json() == {"images": [blue, foreign], "version": 5}
    assert files(folder) == named(blue)
    by_query = host.http.delete(f"{path}?image={foreign}")
    assert by_query.json() == {"images": [blue], "version": 6}
    again = host.http.delete(f"{path}?image={foreign}")
    assert (again.status_code, stored(listing_id)["version"]) == (404, 6)
    assert files(folder) == named(blue)


A, B = "/media/a.webp", "/media/b.webp"
BAD_ORDERS = {
    "one left out": [A],
    "one twice": [A, A],
    "a strange one": [A, B, FOREIGN],
    "none": [],
    "objects": [{"$ne": A}, B],
    "no list": A,
}


@pytest.mark.parametrize("order", BAD_ORDERS.values(), ids=BAD_ORDERS.keys())
def test_an_order_names_every_photo_once(host, make_listing, order):
    listing_id = make_listing(images=[A, B])
    before = stored(listing_id)
    reply = host.put(f"/api/properties/{listing_id}/images", {"images": order, "version": 1})
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
    assert stored(listing_id) == before


def test_a_stale_order_is_refused(host, make_listing):
    listing_id = make_listing(images=[A, B], version=4)
    before = stored(listing_id)
    body = {"images": [B, A], "version": 3}
    reply = host.put(f"/api/properties/{listing_id}/images", body)
    assert (reply.status_code, reply.json()["error"]["details"]) == (412, {"version": 4})
    assert stored(listing_id) == before


BAD_UPLOADS = {
    "a text": ({"image": SimpleUploadedFile("a.jpg", b"no photo", "image/jpeg")}, "IMAGE_TYPE"),
    "a gif": ({"image": photo(kind="GIF")}, "IMAGE_TYPE"),
    "half a photo": (
        {"image": SimpleUploadedFile("a.jpg", photo().read()[:2000], "image/jpeg")},
        "IMAGE_INVALID",
    ),
    "nothing": ({"image": SimpleUploadedFile("a.jpg", b"", "image/jpeg")}, "IMAGE_INVALID"),
    "another field": ({"file": photo()}, "IMAGE_INVALID"),
    "a field of text": ({"image": "photo.jpg"}, "IMAGE_INVALID"),
    "a heavy one": (
        {"image": SimpleUploadedFile("a.jpg", photo().read() + b"\0" * 15_000_000, "image/jpeg")},
        "IMAGE_TOO_LARGE",
    ),
    "a very heavy one": (
        {"image": SimpleUploadedFile("a.jpg", b"\0" * 16_000_000, "image/jpeg")},
        "IMAGE_TOO_LARGE",
    ),
}


@pytest.mark.parametrize(("body", "code"), BAD_UPLOADS.values(), ids=BAD_UPLOADS.keys())
def test_bad_uploads_store_nothing(host, listing_id, path, folder, body, code):
    before = stored(listing_id)
    for file in body.values():
        if not isinstance(file, str):
            file.seek(0)
    reply = host.http.post(path, body)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, code)
    assert stored(listing_id) == before
    assert files(folder) == set()


def test_a_body_that_is_no_form_is_explained(host, path):
    assert host.post(path, {"image": "x"}).json()["error"]["code"] == "IMAGE_INVALID"
    reply = host.http.post(path, b"\xff\xd8\xff", content_type="image/jpeg")
    assert reply.status_code == 415


def test_photos_are_their_owners(guest, make_person, anonymous, listing_id, path, folder):
    before = stored(listing_id)
    other = make_person("owner").http
    for client, status in ((other, 404), (guest.http, 403), (anonymous, 401)):
        assert client.post(path, {"image": photo()}).status_code == status
        order = {"images": [], "version": 1}
        assert client.put(path, order, content_type="application/json").status_code == status
        assert client.delete(f"{path}?image=x").status_code == status
    assert stored(listing_id) == before
    assert files(folder) == set()


def test_a_url_of_another_listing_removes_no_file_there(host, make_listing, folder):
    one, other = make_listing(), make_listing()
    [url] = host.http.post(f"/api/properties/{one}/images", {"image": photo()}).json()["images"]
    listings.update_one({"_id": other}, {"$set": {"images": [url]}})
    assert host.http.delete(f"/api/properties/{other}/images?image={url}").status_code == 200
    assert files(folder) == named(url)


def test_thirty_photos_and_no_more(host, make_listing, folder):
    listing_id = make_listing(images=[f"/media/{n}.webp" for n in range(30)])
    before = stored(listing_id)
    reply = host.http.post(f"/api/properties/{listing_id}/images", {"image": photo()})
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "TOO_MANY_IMAGES")
    assert stored(listing_id) == before
    assert files(folder) == set()


def test_uploads_at_once_do_not_pass_the_bound(host, make_listing, folder, monkeypatch):
    """Both see 29 photos; the stored list decides, and the loser's files are removed."""
    listing_id = make_listing(images=[f"/media/{n}.webp" for n in range(29)])
    monkeypatch.setattr(image_runner, "_places", Places(4))
    barrier = Barrier(4)
    bodies = [photo(size=(40, 30)) for _ in range(4)]

    def send(body):
        barrier.wait()
        return host.http.post(f"/api/properties/{listing_id}/images", {"image": body})

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(reply.status_code for reply in pool.map(send, bodies))
    assert statuses == [201, 409, 409, 409]
    images = stored(listing_id)["images"]
    assert len(images) == 30
    assert files(folder) == named(images[-1])


def test_files_are_there_before_the_listing_names_them(host, path, folder, monkeypatch):
    seen = []
    change = photos._changed

    def watch(*arguments, **named_ones):
        seen.append(len(files(folder)))
        return change(*arguments, **named_ones)

    monkeypatch.setattr(photos, "_changed", watch)
    [url] = host.http.post(path, {"image": photo()}).json()["images"]
    host.http.delete(f"{path}?image={url}")
    assert seen == [3, 3]
    assert files(folder) == set()


def test_a_storage_that_fails_to_delete_fails_nobody(host, listing_id, path, monkeypatch):
    [url] = host.http.post(path, {"image": photo()}).json()["images"]

    def fail(_name):
        raise OSError("disk")

    monkeypatch.setattr(default_storage, "delete", fail)
    assert host.http.delete(f"{path}?image={url}").json() == {"images": [], "version": 3}
