"""`manage.py check_indexes` and readiness see what the database has; the seed's are there."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from airbnb import health
from apps.common import indexes, mongo

# seed.md, "Database Architecture", word for word: collection -> keys -> options.
SEED = {
    "users": [
        ({"username": 1}, {"unique": True}),
        ({"email": 1}, {"unique": True}),
        ({"user_type": 1}, {}),
    ],
    "listings": [
        ({"host_id": 1}, {}),
        ({"location.coordinates": "2dsphere"}, {}),
        ({"property_type": 1}, {}),
        ({"price_per_night": 1}, {}),
        ({"location.city": 1, "location.state": 1}, {}),
    ],
    "bookings": [
        ({"listing_id": 1}, {}),
        ({"guest_id": 1}, {}),
        ({"status": 1}, {}),
        ({"listing_id": 1, "check_in": 1, "check_out": 1}, {}),
    ],
    "sessions": [
        ({"expires_at": 1}, {"expireAfterSeconds": 0}),
        ({"user_id": 1}, {}),
    ],
}
OPTIONS = ("unique", "expireAfterSeconds", "partialFilterExpression", "sparse")


@pytest.fixture
def changed():
    """Whatever a test does to the indexes is undone."""
    yield mongo.collection
    for name in ("users", "sessions", "outbox", "notifications", "preferences"):
        mongo.collection(name).drop_indexes()
    indexes.ensure()
    assert indexes.drift() == []


def check() -> str:
    out = io.StringIO()
    call_command("check_indexes", stdout=out)
    return out.getvalue()


def lines_of_drift() -> list[list[str]]:
    out = io.StringIO()
    with pytest.raises(CommandError, match="indexes differ") as error:
        call_command("check_indexes", stdout=out)
    assert error.value.returncode == 1
    return [line.split()[:3] for line in out.getvalue().splitlines()[1:]]


@pytest.mark.parametrize("collection", sorted(SEED))
def test_the_seeds_indexes_are_in_the_database(collection):
    there = [
        (dict(row["key"]), {name: row[name] for name in OPTIONS if row.get(name) is not None})
        for row in mongo.collection(collection).list_indexes()
    ]
    for wanted in SEED[collection]:
        assert wanted in there


def test_what_is_declared_is_there():
    assert check() == "Every declared index is there, and no other.\n"


def test_a_missing_one(changed):
    changed("users").drop_index("email")
    assert lines_of_drift() == [["users", "email", "missing"]]


def test_one_of_a_document_is_missed_too(changed):
    changed("notifications").drop_index("created_ttl")
    assert lines_of_drift() == [["notifications", "created_ttl", "missing"]]


@pytest.mark.parametrize(
    ("collection", "name", "keys", "options"),
    [
        ("users", "email", "email", {}),
        ("users", "email", [("email", 1), ("username", 1)], {"unique": True}),
        (
            "users",
            "email",
            "email",
            {"unique": True, "partialFilterExpression": {"email": {"$type": "string"}}},
        ),
        ("outbox", "published_ttl", [("published_at", -1)], {"expireAfterSeconds": 604800}),
        ("sessions", "expires_ttl", "expires_at", {}),
        ("sessions", "expires_ttl", "expires_at", {"expireAfterSeconds": 60}),
    ],
    ids=["not unique", "keys", "partial", "direction", "no TTL", "another TTL"],
)
def test_a_different_one(changed, collection, name, keys, options):
    changed(collection).drop_index(name)
    changed(collection).create_index(keys, name=name, **options)
    assert lines_of_drift() == [[collection, name, "different"]]


def test_an_extra_one(changed):
    changed("preferences").create_index("home_city", name="by_hand")
    assert lines_of_drift() == [["preferences", "by_hand", "extra"]]


def test_readiness_in_development_asks_for_the_indexes(anonymous, changed, settings, monkeypatch):
    settings.ENVIRONMENT = "development"
    monkeypatch.setattr(health, "_indexes_good_until", 0.0)
    changed("sessions").drop_index("user_id")
    changed("preferences").create_index("home_city", name="by_hand")
    unready = anonymous.get("/readyz")
    assert unready.status_code == 503
    assert json.loads(unready.content)["checks"]["indexes"] == (
        "Run manage.py ensure_indexes. Missing or different: sessions.user_id"
    )
    call_command("ensure_indexes", stdout=io.StringIO())
    assert anonymous.get("/readyz").json()["checks"]["indexes"] == "ok"
    settings.ENVIRONMENT = "production"
    assert "indexes" not in anonymous.get("/readyz").json()["checks"]
