"""Input fields: a scalar is a scalar, so an operator or a list is a 400 and reaches no query."""

from decimal import Decimal
from typing import Any, ClassVar

from bson import ObjectId
from rest_framework import serializers

from apps.common.characters import normalised, problem
from apps.common.errors import InvalidIdError
from apps.common.money import MOST_DIGITS

# A text may be that much longer before it is composed than after.
UNCOMPOSED = 4
# Of an amount of money: more than any stay costs.
WHOLE_DIGITS = 13


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
    """An amount in whole units, as somebody typed it. How many decimals it may have depends on its
    currency: whoever knows that makes minor units of it, by `money.minor_of`."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "max_decimal_places": "No currency has more than {max_decimal_places} decimals."
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=WHOLE_DIGITS + MOST_DIGITS,
            decimal_places=MOST_DIGITS,
            min_value=Decimal(0),
            **kwargs,
        )


def object_id(text: str) -> ObjectId:
    """An id out of a path; raises `InvalidIdError`, since there is nothing at such an address."""
    if not ObjectId.is_valid(text):
        raise InvalidIdError
    return ObjectId(text)
