"""ETag and If-None-Match on what everybody reads, and `no-store` on all else."""

import os

import pytest

from apps.properties.rows import listings


@pytest.fixture
def paths(listing_id):
    one = f"/api/properties/{listing_id}"
    return {
        "search": "/api/properties/search?lat=1.29&lng=103.85",
        "newest": "/api/properties",
        "detail": one,
        "calendar": f"{one}/calendar?from=2030-01-01&to=2030-01-04",
        "reviews": f"{one}/reviews",
        "places": "/api/properties/places",
    }


# How long it may be used without asking; all else is asked for each time.
KEPT = {"places": "max-age=300"}


@pytest.fixture
def ask(anonymous):
    def get(path, etag, client=anonymous):
        return client.get(path, headers={"If-None-Match": etag})

    return get


def test_who_has_the_reply_gets_304_and_no_body(paths, anonymous, ask):
    for name, path in paths.items():
        first = anonymous.get(path)
        etag, keep = first["ETag"], KEPT.get(name, "no-cache")
        assert (first.status_code, first["Cache-Control"]) == (200, keep), name
        assert etag.startswith('"'), name
        for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = ask(path, sent)
            assert (again.status_code, again.content) == (304, b""), (name, sent)
            assert (again["ETag"], again["Cache-Control"]) == (etag, keep), name
            assert "Content-Type" not in again
        for sent in ('"other"', etag.strip('"'), "", '"'):
            other = ask(path, sent)
            assert (other.status_code, other.content) == (200, first.content), (name, sent)
        head = anonymous.head(path)
        assert (head.status_code, head["ETag"]) == (200, etag), name


def test_a_change_gives_another_tag(paths, anonymous, guest, stay, listing_id, ask):
    before = {name: anonymous.get(path)["ETag"] for name, path in paths.items()}
    listings.update_one({"_id": listing_id}, {"$set": {"title": "A loud flat"}})
    for name in ("search", "newest", "detail"):
        assert ask(paths[name], before[name]).status_code == 200, name
    assert ask(paths["calendar"], before["calendar"]).status_code == 304
    days = stay()
    path = f"/api/properties/{listing_id}/calendar?from={days['check_in']}&to={days['check_out']}"
    free = anonymous.get(path)["ETag"]
    assert ask(path, free).status_code == 304
    guest.post("/api/bookings", days)
    assert ask(path, free).json()["taken"][0] == days["check_in"]


def test_replies_are_the_same_for_everybody_who_asks(paths, anonymous, guest, host, ask):
    for name, path in paths.items():
        etag = anonymous.get(path)["ETag"]
        for person in (guest, host):
            assert person.http.get(path)["ETag"] == etag, name
            assert ask(path, etag, person.http).status_code == 304, name


def test_what_depends_on_who_asks_is_kept_by_nobody(guest, host, stay, listing_id):
    quoted = stay()
    replies = {
        "quote": guest.http.get("/api/bookings/quote", quoted),
        "own listings": host.http.get("/api/owner/listings"),
        "bookings": guest.http.get(f"/api/bookings/user/{guest.id}"),
        "unknown": guest.http.get(f"/api/properties/{'0' * 24}"),
    }
    for name, reply in replies.items():
        assert reply["Cache-Control"] == "no-store", name
        assert "ETag" not in reply, name


def test_an_owner_changes_a_listing_past_no_tag(host, listing_id):
    reply = host.put(f"/api/properties/{listing_id}", {"version": 1, "title": "A loud flat"})
    assert (reply.status_code, reply["Cache-Control"]) == (200, "no-store")


def test_media_have_tags_of_their_time_and_size(anonymous, settings, tmp_path, ask):
    settings.MEDIA_ROOT = str(tmp_path)
    file = tmp_path / "demo" / "a.svg"
    file.parent.mkdir(exist_ok=True)
    file.write_text("<svg/>")
    first = anonymous.get("/media/demo/a.svg")
    etag, day = first["ETag"], first["Last-Modified"]
    again = ask("/media/demo/a.svg", etag)
    assert (again.status_code, again["ETag"]) == (304, etag)
    assert again["Cache-Control"] == "max-age=3600"
    old = file.stat().st_mtime
    file.write_text("<svg>.</svg>")
    os.utime(file, (old, old))
    # In the same second: the tag decides, and not the time.
    both = {"If-None-Match": etag, "If-Modified-Since": day}
    reply = anonymous.get("/media/demo/a.svg", headers=both)
    assert (reply.status_code, reply["ETag"] != etag) == (200, True)
    assert ask("/media/demo", "*").status_code == 404
