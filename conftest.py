"""Fixtures of all tests: the real MongoDB, Kafka and Redis of the `test` instance."""

import datetime as dt
import io
import os
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from bson import ObjectId
from django.contrib.auth.hashers import make_password
from django.test import override_settings
from hypothesis import settings as hypothesis_settings
from pymongo.synchronous.topology import Topology

from apps.accounts.models import User
from apps.accounts.rows import users
from apps.accounts.tokens import token_issue
from apps.bookings.rows import bookings, idempotency_keys
from apps.bookings.selectors import booking_stored
from apps.bookings.services import booking_request
from apps.common.clock import utc_now
from apps.events.clients import kafka_clients
from apps.events.relay.loop import Relay
from apps.events.rows import outbox_messages
from apps.events.topics import TOPICS, wire_name
from apps.notifications.streams import threads
from apps.properties.models import Capacity, Listing, Location, Point
from apps.properties.rows import night_claims
from apps.properties.services.entries import ClaimsFollower
from apps.properties.services.search_rebuild import entries_rebuild
from tests import seed_table
from tests.cleaning import Cleaner
from tests.contract import CheckedClient
from tests.distribution import ByUnit, longest_first
from tests.production import PRODUCTION

PASSWORD = "a long enough password"


def pytest_configure() -> None:
    hypothesis_settings.register_profile("tests", deadline=None)
    hypothesis_settings.load_profile("tests")
    if os.environ.get("DJANGO_ENV") != "test":
        pytest.exit("Run the tests by `make test`: they empty the database that they use.", 2)


def pytest_xdist_make_scheduler(config, log) -> ByUnit:
    return ByUnit(config, log)


def pytest_testnodedown(node, error) -> None:
    """Says which signal or exit code ended a worker that crashed."""
    if error:
        code = node.gateway._io.wait()  # noqa: SLF001 execnet shows it nowhere else
        node.config.get_terminal_writer().line(f"[{node.gateway.id}] ended with {code}")


def pytest_collection_modifyitems(items) -> None:
    items[:] = longest_first(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return seed_table.insist((yield))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Without the suffix of pytest-django: a worker's environment names its database already."""


@pytest.fixture(scope="session", autouse=True)
def services(request) -> None:
    """A run of unit tests alone needs none."""
    if any("unit" not in item.keywords for item in request.session.items):
        request.getfixturevalue("database")


@pytest.fixture(scope="session", autouse=True)
def broadcasters() -> Iterator[None]:
    """A broadcaster that dies, as when its collection is dropped, ends its process by SIGTERM. Here
    other tests run in that process: the next stream starts another broadcaster instead."""

    def start_anew(_task: object) -> None:
        threads._stream_loop.cache_clear()  # noqa: SLF001 nothing else has to start one anew

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("apps.notifications.streams.broadcaster._end_process", start_anew)
        yield


@pytest.fixture(scope="session")
def database(django_db_setup, django_db_blocker):
    from apps.common import indexes

    with django_db_blocker.unblock():
        indexes.ensure()
        yield


@pytest.fixture(scope="session")
def cleaner(database) -> Iterator[Cleaner]:
    made = Cleaner()
    yield made
    made.clean()


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory):
    """Where photos go: never the folder of an instance."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        yield


@pytest.fixture(autouse=True)
def clean(request) -> None:
    """Every test starts with empty collections and no rate limit used up; a unit test with nothing
    to empty, and without MongoDB."""
    if "unit" in request.keywords:
        request.getfixturevalue("monkeypatch").setattr(Topology, "select_servers", _no_database)
    elif "keeps_data" not in request.keywords:
        request.getfixturevalue("cleaner").clean(request.node.nodeid)


def _no_database(*_arguments, **_options) -> None:
    pytest.fail("This test is marked `unit` and uses MongoDB.")


@pytest.fixture
def kafka_prefix(settings) -> Iterator[str]:
    """Topics and consumer groups of this test alone. Topics that stay fill the broker's heap: after
    some thousand partitions it only collects garbage."""
    from django.core.management import call_command

    settings.KAFKA_PREFIX = f"t{uuid.uuid4().hex[:8]}-"
    call_command("create_topics", stdout=io.StringIO())
    yield settings.KAFKA_PREFIX
    with closing(kafka_clients.admin()) as admin:
        admin.delete_topics([wire_name(name) for name in TOPICS])


@pytest.fixture(scope="session")
def password_hash() -> str:
    return make_password(PASSWORD)


@pytest.fixture(scope="session")
def production() -> dict[str, str]:
    """The environment with which production starts."""
    return {**os.environ, **PRODUCTION}


@pytest.fixture
def now() -> dt.datetime:
    return utc_now()


@pytest.fixture
def today(now) -> dt.date:
    return now.date()


class Person:
    """A stored user and an HTTP client that is logged in as them."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.id = ObjectId(str(user.pk))
        self.token, _ = token_issue(user)
        self.http = CheckedClient(headers={"authorization": f"Bearer {self.token}"})

    def get(self, path, **params):
        return self.http.get(path, params)

    def post(self, path, body=None, **headers):
        return self.http.post(path, body or {}, content_type="application/json", headers=headers)

    def put(self, path, body):
        return self.http.put(path, body, content_type="application/json")

    def delete(self, path, body=None):
        if body is None:
            return self.http.delete(path)
        return self.http.delete(path, body, content_type="application/json")


@pytest.fixture
def make_person(password_hash):
    def make(user_type="traveler", **fields) -> Person:
        name = f"{user_type}-{uuid.uuid4().hex[:10]}"
        values = {
            "username": name,
            "email": f"{name}@example.com",
            "email_verified_at": utc_now(),
            "first_name": "Kim",
            **fields,
        }
        return Person(User.objects.create(user_type=user_type, password=password_hash, **values))

    return make


@pytest.fixture
def guest(make_person) -> Person:
    return make_person("traveler", first_name="Gia")


@pytest.fixture
def host(make_person) -> Person:
    return make_person("owner", first_name="Hal")


@pytest.fixture
def make_listing(host):
    def make(*, lng=103.85, lat=1.29, city="Singapore", place=None, **fields) -> ObjectId:
        values = {
            "title": "A quiet flat",
            "price_per_night": 12_000,
            "cleaning_fee": 3_000,
            "currency": "SGD",
            "property_type": "apartment",
            "capacity": Capacity(max_guests=4, bedrooms=2, bathrooms=1.5, beds=3),
            "time_zone": "Asia/Singapore",
            "host_id": host.id,
            **fields,
        }
        point = Point(coordinates=[lng, lat])
        named = {"city": city, "country": "Singapore", **(place or {})}
        location = Location(coordinates=point, **named)
        return ObjectId(str(Listing.objects.create(location=location, **values).pk))

    return make


@pytest.fixture
def listing_id(make_listing) -> ObjectId:
    return make_listing()


@pytest.fixture
def stay(listing_id, today):
    """A valid request for two nights, thirty days ahead; keyword arguments change it."""

    def make(**changes):
        first = today + dt.timedelta(days=30)
        return {
            "listing_id": str(listing_id),
            "check_in": first.isoformat(),
            "check_out": (first + dt.timedelta(days=2)).isoformat(),
            "guest_count": 2,
            **changes,
        }

    return make


@pytest.fixture
def book(guest, listing_id, now):
    """Requests nights past the API, `days` from today on, and returns what is stored."""

    def make(*, days=30, nights=2, at=now):
        first = now.date() + dt.timedelta(days=days)
        made = booking_request(
            guest_id=guest.id,
            listing_id=listing_id,
            check_in=first,
            check_out=first + dt.timedelta(days=nights),
            guest_count=1,
            now=at,
        )
        return booking_stored(made.reply.id)

    return make


@pytest.fixture
def claims_alone(monkeypatch) -> Iterator[None]:
    """For a negative control: claims are written without the search entry of their listing, which
    puts those who claim nights of one listing in a row."""
    monkeypatch.setattr(ClaimsFollower, "follow", lambda *_: None)
    yield
    for _batch in entries_rebuild():
        pass


@pytest.fixture
def producer(kafka_prefix):
    made = kafka_clients.producer()
    yield made
    made.close(timeout=5)


@pytest.fixture
def relay(producer) -> Relay:
    return Relay(producer, owner="test", lease_seconds=10)


@pytest.fixture
def anonymous() -> CheckedClient:
    return CheckedClient()


@pytest.fixture
def counts():
    """How many documents stand in the collections that a booking touches."""

    def count() -> dict[str, int]:
        handles = (bookings, night_claims, outbox_messages, users, idempotency_keys)
        return {handle.name: handle.count({}) for handle in handles}

    return count
