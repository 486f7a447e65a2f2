"""docs/seed.md is complete and true: every line of the seed has its place and a test that runs."""

import re

import pytest

from stack.commands.testing import datasets
from stack.common.paths import ROOT
from tests.seed_table import TABLE, insist, named_tests, rows

pytestmark = pytest.mark.unit

ENDPOINTS = """
POST /api/traveler/auth/register
POST /api/traveler/auth/login
GET /api/traveler/bookings
GET /api/traveler/favorites
POST /api/traveler/favorites
DELETE /api/traveler/favorites/{id}
GET /api/traveler/preferences
PUT /api/traveler/preferences
POST /api/owner/auth/register
POST /api/owner/auth/login
GET /api/owner/bookings
POST /api/owner/bookings/{id}/accept
POST /api/owner/bookings/{id}/cancel
GET /api/owner/analytics
PUT /api/owner/availability/{listing_id}
GET /api/properties
GET /api/properties/{id}
POST /api/properties
PUT /api/properties/{id}
DELETE /api/properties/{id}
GET /api/properties/search
POST /api/bookings
GET /api/bookings/{id}
PUT /api/bookings/{id}
GET /api/bookings/user/{user_id}
POST /api/ai/itinerary
GET /api/ai/recommendations
GET /api/ai/activities
GET /api/ai/weather
"""
TOPICS = """
booking-requests booking-updates booking-confirmations booking-cancellations notifications
booking-dlq
"""
INDEXES = """
users.username users.email users.user_type
listings.host_id listings.location.coordinates listings.property_type listings.price_per_night
listings.location.city_state
bookings.listing_id bookings.guest_id bookings.status bookings.listing_id_check_in_check_out
sessions.expires_at sessions.user_id
"""
VARIABLES = "MONGODB_URI KAFKA_BOOTSTRAP_SERVERS JWT_SECRET_KEY"
SERVICES = "traveler-service owner-service property-service booking-service ai-service"
ALERTS = """
High error rate (> 5%)
Slow response times (> 2s avg)
Pod crashes/restarts
High resource utilization (> 90%)
Kafka consumer lag
MongoDB connection issues
"""


def said():
    return [row.says for row in rows()]


@pytest.mark.parametrize("endpoint", ENDPOINTS.strip().splitlines())
def test_every_endpoint_has_a_row(endpoint):
    method, path = endpoint.split()
    assert any(says.startswith(f"{method} `{path}`") for says in said())


@pytest.mark.parametrize("topic", TOPICS.split())
def test_every_topic_has_a_row(topic):
    assert any(says.startswith(f"Topic `{topic}`") for says in said())


@pytest.mark.parametrize("index", INDEXES.split())
def test_every_index_has_a_row(index):
    assert any(says.startswith(f"Index `{index}`") for says in said())


@pytest.mark.parametrize("variable", VARIABLES.split())
def test_every_environment_variable_has_a_row(variable):
    assert f"Environment variable `{variable}`" in said()


@pytest.mark.parametrize("service", SERVICES.split())
def test_every_manifest_has_a_row(service):
    wanted = {f"Deployment `{service}`", f"Service `{service}`"}
    assert wanted | {f"HorizontalPodAutoscaler `{service}-hpa`"} <= set(said())


@pytest.mark.parametrize("alert", ALERTS.strip().splitlines())
def test_every_alert_has_a_row(alert):
    assert f"Alert: {alert}" in said()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.says[:40])
def test_a_row_leads_somewhere(row):
    assert row.places, "where does it live?"
    assert row.tests, "which test shows it?"
    missing = [place for place in row.places if not (ROOT / place).exists()]
    assert missing == []
    assert [test for test in row.tests if not exists(test)] == []


def exists(test: str) -> bool:
    path, _, name = test.partition("::")
    if not (ROOT / path).is_file():
        return False
    return (
        not name
        or re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.MULTILINE) is not None
    )


def test_no_named_test_is_marked_to_be_skipped():
    for path in {test.partition("::")[0] for test in named_tests()}:
        text = (ROOT / path).read_text()
        assert not re.search(r"mark\.(skip|xfail)|\b(it|test|describe)\.skip", text), path


@pytest.mark.parametrize("named", [True, False])
def test_a_named_test_that_is_skipped_fails(named):
    name = min(named_tests()) + "[some case]" if named else "apps/nowhere.py::test_unnamed"
    report = pytest.TestReport(name, ("", 0, ""), {}, "skipped", "no time", "call")
    assert insist(report).failed is named


def test_the_lists_above_are_the_seeds():
    seed = datasets().parent / "seed.md"
    if not seed.is_file():
        return
    text = seed.read_text()
    assert set(re.findall(r"^- ((?:GET|POST|PUT|DELETE)) `(/api\S+)`", text, re.MULTILINE)) == {
        tuple(line.split()) for line in ENDPOINTS.strip().splitlines()
    }
    assert set(re.findall(r"^\| `([a-z-]+)` \| \d", text, re.MULTILINE)) == set(TOPICS.split())
    assert set(re.findall(r"^        - name: ([A-Z_]+)$", text, re.MULTILINE)) == set(
        VARIABLES.split()
    )


def test_no_row_names_a_test_twice():
    assert TABLE.read_text().count("\n## ") == 16
    for row in rows():
        assert len(set(row.tests)) == len(row.tests), row.says
