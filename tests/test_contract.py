"""The check of replies notices what it is there for."""

import json

import pytest
from django.http import HttpResponse, JsonResponse

from tests.contract import fits, problems

pytestmark = pytest.mark.unit

PLACES = "/api/properties/places"
PLACE = {"city": "Oslo", "state": "", "country": "Norway", "count": 1, "center": [10.7, 59.9]}
GOOD = {"places": [PLACE], "suggestions": []}


def _told(reply, path=PLACES, method="GET", sent=""):
    return list(problems(method, path, sent, "application/json", reply))


def test_a_reply_as_described_passes():
    assert _told(JsonResponse(GOOD)) == []


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (JsonResponse(GOOD, status=202), "describes only the statuses 200, 400, 429, 503"),
        (JsonResponse({}), "'places' is a required property"),
        (JsonResponse({**GOOD, "more": 1}), "'more' was unexpected"),
        (JsonResponse({"places": [{**PLACE, "count": "1"}]}), "places/0/count: '1' is not of type"),
        (HttpResponse("<p>"), "describes application/json, not text/html"),
        (JsonResponse({"error": "no"}, status=503), "error: 'no' is not of type 'object'"),
    ],
    ids=["status", "missing", "extra", "type", "media", "error"],
)
def test_what_is_not_described_is_told(reply, sentence):
    assert sentence in " ".join(_told(reply))


def test_an_undescribed_call_is_told():
    assert "nothing describes this call" in _told(JsonResponse({}), path="/api/nowhere")[0]


def test_an_accepted_body_must_fit():
    login = "/api/traveler/auth/login"
    sent = json.dumps({"email": 7, "password": "x"})
    reply = HttpResponse("{}", content_type="application/json")
    assert "took a body that it describes as wrong: email: 7" in " ".join(
        _told(reply, path=login, method="POST", sent=sent)
    )


def test_cents_are_counted_exactly():
    cents = {"type": "number", "multipleOf": 0.01}
    assert [value for value in (0.07, 0.29, 120, 120.55, 1.005) if not fits(cents, value)] == [
        1.005
    ]
