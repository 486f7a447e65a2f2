"""Serializers of queries share their fields, and nothing of a call."""

import pytest
from django.http import QueryDict
from rest_framework import serializers

from apps.common.fields import LineField
from apps.common.serializers import PageSerializer, QuerySerializer

pytestmark = pytest.mark.unit


class Asked(PageSerializer):
    word = LineField(max_length=5, required=False)
    flag = serializers.BooleanField(required=False)


class Needed(QuerySerializer):
    day = serializers.DateField()


def read(kind, query):
    serializer = kind(data=QueryDict(query))
    return serializer.is_valid(), dict(serializer.validated_data), serializer.errors


def test_calls_share_the_fields_and_not_what_they_say():
    first, second = Asked(data=QueryDict("word=one&page=3")), Asked(data=QueryDict("flag=true"))
    assert first.fields is second.fields
    assert (first.is_valid(), second.is_valid()) == (True, True)
    assert first.validated_data == {"page": 3, "per_page": 20, "word": "one", "flag": False}
    assert second.validated_data == {"page": 1, "per_page": 20, "flag": True}
    assert Asked().fields.keys() != PageSerializer().fields.keys()


def test_what_is_wrong_is_still_named():
    assert read(Asked, "word=eleven")[2].keys() == {"word"}
    assert read(Asked, "page=x&wrod=a")[2].keys() == {"wrod"}
    assert read(Asked, "page=0")[2].keys() == {"page"}
    assert read(Needed, "")[2].keys() == {"day"}
    assert read(Needed, "day=2030-01-01")[0]
