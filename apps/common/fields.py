"""Input fields: a scalar is a scalar, so an operator or a list is a 400 and reaches no query."""

from typing import Any

from bson import ObjectId
from rest_framework import serializers

from apps.common.characters import normalised, problem
from apps.common.errors import InvalidIdError

# A text may be that much longer before it is composed than after.
UNCOMPOSED = 4


class LineField(serializers.CharField):
    """A text of one line: a name, a title, what somebody searches for. It is composed and trimmed
    before its length is counted."""

    multiline = False

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if self.max_length and len(text) > UNCOMPOSED * self.max_length:
            self.fail("max_length", max_length=self.max_length)
        if sentence := problem(text, multiline=self.multiline):
            raise serializers.ValidationError(sentence, code="character")
        return normalised(text)


class TextField(LineField):
    """As a `LineField`, with line breaks and tabs."""

    multiline = True


class TokenField(serializers.RegexField):
    """What only programs read: letters, digits and signs of ASCII, without a space."""

    def __init__(self, **kwargs: Any) -> None:
        messages: dict[str, Any] = {"invalid": "Letters, digits and signs of ASCII only."}
        super().__init__(r"^[!-~]+\Z", error_messages=messages, **kwargs)


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
