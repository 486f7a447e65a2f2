"""The weather endpoint: the real httpx client against a local Open-Meteo, and what is usual."""

import datetime as dt

import pytest

from apps.ai.clients import open_meteo
from apps.ai.rows import weather_reports
from apps.ai.tests.servers import NOWHERE, Reply, daily, elapsed


@pytest.fixture
def ask(anonymous, today):
    def get(days=2, ahead=3, **params):
        start = today + dt.timedelta(days=ahead)
        query = {"start": start, "end": start + dt.timedelta(days=days), **params}
        return anonymous.get("/api/ai/weather", {"city": "Singapore", **query})

    return get


def test_the_forecast(meteo, ask, listing_id, today):
    meteo.reply = Reply(daily(today, rain=7.25, code=63))
    reply = ask().json()
    assert reply == {
        "place": "Singapore",
        "source": "forecast",
        "attribution": "Weather data by Open-Meteo.com (CC BY 4.0)",
        "days": [
            {
                "date": (today + dt.timedelta(days=ahead)).isoformat(),
                "high_c": 31.2,
                "low_c": 25.0,
                "rain_mm": 7.2,
                "rain_days_share": None,
                "summary": "Rain, 25 to 31 °C, 7 mm of rain.",
            }
            for ahead in (3, 4)
        ],
    }
    path, *_ = meteo.calls[0]
    assert path.startswith("/v1/forecast?latitude=1.29&longitude=103.85&daily=temperature_2m_max")


def test_a_forecast_is_kept_for_three_hours(meteo, ask, listing_id, today, now):
    meteo.reply = Reply(daily(today))
    first = ask().json()
    assert ask().json() == first
    assert len(meteo.calls) == 1
    stored = weather_reports.find_one({})
    assert stored["_id"] == "1.29,103.85"
    kept = stored["expires_at"] - stored["fetched_at"]
    assert kept == dt.timedelta(hours=3)
    indexes = weather_reports.collection.index_information()
    assert indexes["expires_ttl"]["expireAfterSeconds"] == 0
    weather_reports.update_one({}, {"$set": {"expires_at": now - dt.timedelta(seconds=1)}})
    ask()
    assert len(meteo.calls) == 2
    assert weather_reports.count({}) == 1


def test_beyond_sixteen_days_what_is_usual(meteo, ask, listing_id, normals, today):
    meteo.reply = Reply(daily(today))
    reply = ask(days=1, ahead=200).json()
    day = today + dt.timedelta(days=200)
    assert reply["source"] == "climate-normals"
    assert reply["attribution"] == "Test normals"
    month = normals["months"][day.month - 1]
    assert reply["days"][0]["high_c"] == month["high_c"]
    assert reply["days"][0]["rain_mm"] is None
    assert 0 < reply["days"][0]["rain_days_share"] < 1
    assert reply["days"][0]["summary"].startswith(f"Usual for {day:%B}: ")
    assert meteo.calls == []


def test_a_range_that_the_forecast_covers_in_part_has_one_source(
    meteo, ask, listing_id, normals, today
):
    meteo.reply = Reply(daily(today))
    assert ask(days=5, ahead=13).json()["source"] == "climate-normals"
    assert ask(days=3, ahead=13).json()["source"] == "forecast"


def broken(today):
    hot = [[200.0] * 16, [float("nan")] * 16]
    return {
        "a wrong request": Reply({"error": True, "reason": "no"}, status=400),
        "a rate limit": Reply({"error": True}, status=429),
        "an error": Reply(b"oops", status=500),
        "late": Reply(daily(today), wait=10),
        "dripping": Reply(daily(today), drip=0.01),
        "no JSON": Reply(b"<html>"),
        "a list": Reply([]),
        "no days": Reply({"daily": {}}),
        "uneven lists": Reply(daily(today, weather_code=[1])),
        "too hot": Reply(daily(today, temperature_2m_max=hot[0])),
        "not a number": Reply(daily(today, temperature_2m_max=hot[1])),
        "no dates": Reply(daily(today, time=["soon"] * 16)),
        "nothing but nulls": Reply(daily(today, precipitation_sum=[None] * 16)),
        "cut": Reply(daily(today), cut=True),
        "a redirect": Reply(b"", status=302, headers={"Location": "http://127.0.0.1:9/"}),
        "endless": Reply(b"[" * 200_000),
    }


@pytest.mark.parametrize("name", broken(dt.date(2026, 1, 1)))
def test_a_broken_forecast_gives_what_is_usual(meteo, ask, listing_id, normals, today, name):
    meteo.reply = broken(today)[name]
    reply, seconds = elapsed(ask)
    assert reply.status_code == 200
    assert reply.json()["source"] == "climate-normals"
    assert seconds < 4
    assert weather_reports.count({"days.high_c": {"$gt": 100}}) == 0


def test_a_moment_of_trouble_is_tried_again(meteo, ask, listing_id, today):
    replies = [Reply(b"", status=503), Reply(daily(today))]
    meteo.reply = lambda *_: replies.pop(0)
    assert ask().json()["source"] == "forecast"
    assert len(meteo.calls) == 2


def test_there_is_no_call_for_a_minute_after_a_failure(
    meteo, ask, listing_id, normals, today, monkeypatch
):
    meteo.reply = Reply(b"", status=400)
    ask()
    reply, seconds = elapsed(ask)
    assert reply.json()["source"] == "climate-normals"
    assert len(meteo.calls) == 1
    assert seconds < 0.5
    meteo.reply = Reply(daily(today))
    monkeypatch.setattr(open_meteo.BREAKER, "_until", 0.0)
    assert ask().json()["source"] == "forecast"


@pytest.mark.parametrize("url", [NOWHERE, "http://no-such-host.invalid", "not a url", ""])
def test_an_unreachable_host_costs_little(ask, listing_id, normals, settings, url):
    settings.OPEN_METEO_URL = url
    reply, seconds = elapsed(ask)
    assert reply.json()["source"] == "climate-normals"
    assert seconds < 4


def test_without_normals_the_answer_is_404(ask, listing_id):
    reply = ask()
    assert reply.status_code == 404
    assert reply.json()["error"]["code"] == "NO_WEATHER"


def test_an_unknown_city_names_the_known(ask, listing_id):
    reply = ask(city="Atlantis")
    assert reply.status_code == 404
    error = reply.json()["error"]
    assert error["code"] == "UNKNOWN_DESTINATION"
    assert error["details"] == {"known": ["Singapore"]}


def test_a_city_without_listings_has_its_normals(ask, normals):
    assert ask(city="sINGAPORE").json()["source"] == "climate-normals"


def test_a_point_is_named_after_the_city_near_it(meteo, anonymous, listing_id, today):
    meteo.reply = Reply(daily(today))
    query = {"start": today, "end": today + dt.timedelta(days=1)}
    near = anonymous.get("/api/ai/weather", {"lat": 1.4, "lng": 103.9, **query}).json()
    assert near["place"] == "Singapore"
    far = anonymous.get("/api/ai/weather", {"lat": 48.2, "lng": 16.37, **query}).json()
    assert far["place"] == "48.20, 16.37"
    assert far["source"] == "forecast"


BAD = {
    "nothing": {},
    "no dates": {"city": "Singapore"},
    "half a point": {"lat": "1", "start": "2027-01-01", "end": "2027-01-02"},
    "both": {"city": "x", "lat": "1", "lng": "1", "start": "2027-01-01", "end": "2027-01-02"},
    "seventeen days": {"city": "x", "start": "2027-01-01", "end": "2027-01-18"},
    "backwards": {"city": "x", "start": "2027-01-02", "end": "2027-01-01"},
    "no date": {"city": "x", "start": "soon", "end": "2027-01-01"},
    "off the earth": {"lat": "91", "lng": "1", "start": "2027-01-01", "end": "2027-01-02"},
    "nan": {"lat": "nan", "lng": "1", "start": "2027-01-01", "end": "2027-01-02"},
    "long ago": {"city": "Singapore", "start": "2020-01-01", "end": "2020-01-02"},
    "far ahead": {"city": "Singapore", "start": "2040-01-01", "end": "2040-01-02"},
}


@pytest.mark.parametrize("query", BAD.values(), ids=BAD.keys())
def test_bad_input_is_explained(anonymous, query):
    reply = anonymous.get("/api/ai/weather", query)
    assert reply.status_code == 400
    assert reply.json()["error"]["fields"]
