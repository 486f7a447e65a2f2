import datetime as dt
from importlib import import_module

import pytest

from apps.ai.clients import chat, open_meteo
from apps.ai.demo.activities import SOURCE
from apps.ai.demo.activities import demo_activities as made_up_activities
from apps.ai.imports.activities import activities_put
from apps.ai.imports.climate import normal_row, normals_put
from apps.ai.rows import activities
from apps.ai.tests.servers import NOWHERE, LocalServer
from apps.common import mongo
from apps.common.text import name_key
from apps.properties.enums import ClaimKind
from apps.properties.services.nights import nights_claim


@pytest.fixture(scope="session", autouse=True)
def loaded_library():
    """The library loads most of itself at its first call, on a busy machine for seconds."""
    import_module("openai.resources.chat.completions")


@pytest.fixture(autouse=True)
def no_network(settings):
    """Nobody outside is asked, and no test opens the circuit of another."""
    settings.OPENAI_API_KEY = ""
    settings.OPEN_METEO_URL = NOWHERE
    chat.BREAKER.reset()
    open_meteo.BREAKER.reset()


@pytest.fixture
def meteo(settings):
    server = LocalServer()
    settings.OPEN_METEO_URL = server.url
    yield server
    server.close()


@pytest.fixture
def model(settings):
    """An OpenAI server; `completion` makes what it sends for an answer."""
    server = LocalServer()
    settings.OPENAI_API_KEY = "sk-test-secret"
    settings.OPENAI_BASE_URL = f"{server.url}/v1"
    settings.OPENAI_MODEL = "local-model"
    # Long enough for a busy machine; the tests of late answers have a shorter one.
    settings.OPENAI_TIMEOUT_SECONDS = 15.0
    yield server
    server.close()


@pytest.fixture
def make_activity():
    def make(name, category="museum", *, lng=103.85, lat=1.29, **fields):
        row = {
            "_id": f"test:{name}",
            "source": "test",
            "name": name,
            "category": category,
            "indoors": category in {"museum", "food", "arts", "market", "workshop"},
            "description": "",
            "address": "",
            "city": "Singapore",
            "city_key": name_key("Singapore"),
            "country": "Singapore",
            "coordinates": {"type": "Point", "coordinates": [lng, lat]},
            "url": "",
            "opening_hours": "",
            "attribution": "Test",
            **fields,
        }
        activities.insert_one(row)
        return row["_id"]

    return make


@pytest.fixture
def sights(make_activity):
    """Twelve things to do within a few kilometres."""
    kinds = ("museum", "nature", "food", "heritage", "viewpoint", "arts")
    return [
        make_activity(f"Sight {n}", kinds[n % 6], lng=103.84 + n / 500, lat=1.28 + n / 700)
        for n in range(12)
    ]


@pytest.fixture
def normals():
    """Singapore as it is usual: 26 dry days in a wet world make the first half of the year dry."""
    dry = {"high_c": 31.0, "low_c": 24.0, "rain_mm": 100.0, "dry_days": 26.0}
    wet = {"high_c": 30.0, "low_c": 23.0, "rain_mm": 300.0, "dry_days": 9.0}
    row = normal_row("Singapore", "Singapore", [dry] * 6 + [wet] * 6, "Test normals")
    normals_put([row])
    return row


@pytest.fixture
def demo_activities():
    activities_put(SOURCE, list(made_up_activities()))


@pytest.fixture
def trip(today):
    def make(*, ahead=30, nights=3, **changes):
        start = today + dt.timedelta(days=ahead)
        end = start + dt.timedelta(days=nights)
        dates = {"start_date": str(start), "end_date": str(end)}
        return {"destination": "Singapore", **dates, "guests": 2, **changes}

    return make


@pytest.fixture
def block(now):
    def make(listing_id, first, nights):
        first = dt.date.fromisoformat(str(first))
        mongo.run_in_transaction(
            lambda: nights_claim(
                listing_id=listing_id,
                check_in=first,
                check_out=first + dt.timedelta(days=nights),
                kind=ClaimKind.BLOCK,
                owner_id="test",
                now=now,
            )
        )

    return make
