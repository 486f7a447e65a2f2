from typing import Any

from rest_framework import serializers

from apps.common.pagination import Page

MAX_PER_PAGE = 100
MAX_PAGE = 1000


class PageSerializer(serializers.Serializer):
    page = serializers.IntegerField(min_value=1, max_value=MAX_PAGE, default=1)
    per_page = serializers.IntegerField(min_value=1, max_value=MAX_PER_PAGE, default=20)


def page_of(validated: dict[str, Any]) -> Page:
    return Page(number=validated["page"], per_page=validated["per_page"])
