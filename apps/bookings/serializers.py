from decimal import Decimal
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from apps.bookings.enums import Status
from apps.bookings.idempotency import Key
from apps.bookings.selectors import Filters
from apps.common.fields import MoneyField, ObjectIdField, TextField, TokenField
from apps.common.permissions import caller
from apps.common.serializers import InputSerializer, PageSerializer, example
from apps.properties.serializers import check_stay

BESIDE = frozenset({"version", "payment_method", "payment_id"})


class QuotedSerializer(InputSerializer):
    quote_token = TokenField(max_length=4000, required=False)


class PaidSerializer(InputSerializer):
    """How it is paid: a method of the provider's, or a payment that the guest has confirmed."""

    payment_method = TokenField(max_length=100, required=False)
    payment_id = ObjectIdField(required=False)


class StaySerializer(InputSerializer):
    listing_id = ObjectIdField()
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    guest_count = serializers.IntegerField(min_value=1, max_value=50, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_stay(attrs["check_in"], attrs["check_out"])
        return attrs


@example(
    {
        "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
        "check_in": "2026-12-16",
        "check_out": "2026-12-18",
        "guest_count": 2,
        "special_requests": "A cot, please.",
    }
)
class BookingRequestSerializer(QuotedSerializer, PaidSerializer, StaySerializer):
    guest_count = serializers.IntegerField(min_value=1, max_value=50)
    special_requests = TextField(max_length=1000, required=False, allow_blank=True, default="")
    terms_version = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        help_text="Of the terms that the guest agreed to: another one than now is an error.",
    )


@example(
    {
        "listing_id": "66f1c2a4b8e0d3f5a7c91e01",
        "check_in": "2026-12-16",
        "check_out": "2026-12-18",
        "guest_count": 2,
    }
)
class HoldRequestSerializer(QuotedSerializer, StaySerializer):
    pass


class VersionedSerializer(InputSerializer):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


@example({"reason": "The bathroom is being repaired then.", "version": 1})
class ActionSerializer(VersionedSerializer):
    reason = TextField(max_length=500, required=False, allow_blank=True, default="")


@example({"reason": "Our plans have changed.", "expected_refund": 302.4, "version": 2})
class CancelSerializer(ActionSerializer):
    expected_refund = MoneyField(
        required=False, help_text="The amount of the preview: another one is an error."
    )


class AlterationPreviewQuerySerializer(InputSerializer):
    check_in = serializers.DateField()
    check_out = serializers.DateField()
    guest_count = serializers.IntegerField(min_value=1, max_value=50, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_stay(attrs["check_in"], attrs["check_out"])
        return attrs


@example(
    {
        "check_in": "2026-12-17",
        "check_out": "2026-12-20",
        "guest_count": 2,
        "expected_total": 453.6,
        "version": 2,
    }
)
class AlterationSerializer(AlterationPreviewQuerySerializer, PaidSerializer, VersionedSerializer):
    expected_total = MoneyField(
        required=False, help_text="The amount of the preview: another one is an error."
    )


@example({"guest_count": 3, "special_requests": "A cot, please.", "version": 1})
class BookingUpdateSerializer(PaidSerializer, VersionedSerializer):
    guest_count = serializers.IntegerField(min_value=1, max_value=50, required=False)
    special_requests = TextField(max_length=1000, required=False, allow_blank=True)
    check_in = serializers.DateField(required=False)
    check_out = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("check_in" in attrs) != ("check_out" in attrs):
            raise serializers.ValidationError({"check_in": "Send both dates or none."})
        if "check_in" in attrs:
            check_stay(attrs["check_in"], attrs["check_out"])
        if not attrs.keys() - BESIDE:
            names = ", ".join(name for name in self.get_fields() if name not in BESIDE)
            raise serializers.ValidationError(f"Nothing to change. What can be changed: {names}.")
        return attrs


class BookingListSerializer(PageSerializer):
    """`from` and `to` bound the stays; both are Python's words, so the fields are added by name."""

    status = serializers.ChoiceField(Status.choices, required=False)
    changes = serializers.BooleanField(
        default=False, help_text="Only those with a change that waits for the host."
    )
    listing_id = ObjectIdField(required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        dates = {
            "from": serializers.DateField(required=False, source="start"),
            "to": serializers.DateField(required=False, source="end"),
        }
        return {**super().get_fields(), **dates}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if {"start", "end"} <= attrs.keys() and attrs["end"] <= attrs["start"]:
            raise serializers.ValidationError({"to": "Must be after from."})
        return attrs

    def filters(self) -> Filters:
        names = ("status", "changes", "listing_id", "start", "end")
        return Filters(**{name: self.validated_data.get(name) for name in names})


class IdempotencyKeySerializer(InputSerializer):
    key = serializers.RegexField(
        r"^[A-Za-z0-9_-]{8,100}$",
        error_messages={"invalid": "Idempotency-Key: 8 to 100 letters, digits, - or _."},
    )


def key_of(request: Request, values: Any) -> Key | None:
    """The Idempotency-Key of a call with these `values`, if it has one."""
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    serializer = IdempotencyKeySerializer(data={"key": sent})
    serializer.is_valid(raise_exception=True)
    value = str(serializer.validated_data["key"])
    plain = {
        name: str(one) if isinstance(one, Decimal) else one for name, one in dict(values).items()
    }
    return Key(caller(request).id, value, [request.method, request.path, plain])
