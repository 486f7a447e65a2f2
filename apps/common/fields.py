"""Input fields: a scalar is a scalar, so an operator or a list is a 400 and reaches no query."""

from typing import Any

from bson import ObjectId
from rest_framework import serializers

from apps.common.errors import InvalidIdError


class ObjectIdField(serializers.CharField):
    def to_internal_value(self, data: Any) -> ObjectId:  # type: ignore[override]
        text = super().to_internal_value(data)
        if not ObjectId.is_valid(text):
            raise serializers.ValidationError("Not an id: 24 hexadecimal digits are expected.")
        return ObjectId(text)


class MoneyField(serializers.DecimalField):
    """Decimal on the wire, integer minor units in `validated_data`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=11, decimal_places=2, min_value=0, **kwargs)

    def to_internal_value(self, data: Any) -> int:  # type: ignore[override]
        return int(super().to_internal_value(data) * 100)


def object_id(text: str) -> ObjectId:
    """An id out of a path; raises `InvalidIdError`, since there is nothing at such an address."""
    if not ObjectId.is_valid(text):
        raise InvalidIdError
    return ObjectId(text)
