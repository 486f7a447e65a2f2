from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from apps.common.fields import MoneyField, ObjectIdField
from apps.common.openapi import example, problem
from apps.payments.enums import PaymentState

METHODS_REFUSED = {
    "PAYMENT_METHOD_UNKNOWN": "payment_method: The sandbox has no such card.",
    "PAYMENT_METHOD_REQUIRED": "payment_method: Say with which card you pay.",
}
PAYMENTS_REFUSED = {
    "PAYMENT_DECLINED": "The card was declined.",
    "PAYMENT_ACTION_REQUIRED": "Your bank wants you to confirm this payment. Confirm it, then send "
    "the request again.",
}
PAYMENTS_USED = {
    "PAYMENT_USED": "This payment is used or given up already. Start again without it.",
    "PAYMENT_MISMATCH": "This payment is for SGD 302.40, and now SGD 402.40 are due. Start again "
    "without it.",
}
PAYMENTS_FAILED = {
    **problem(503, PAYMENT_UNAVAILABLE="Payments are not possible right now."),
    **problem(504, PAYMENT_TIMEOUT="The bank did not answer in time. Nothing has been booked."),
}


@example(
    {
        "id": "66f1c2a4b8e0d3f5a7c91e88",
        "booking_id": None,
        "provider": "sandbox",
        "method": "pm_card_authentication_required",
        "currency": "SGD",
        "status": "authorised",
        "problem": "",
        "created_at": "2026-11-22T08:15:00Z",
        "amount": 302.4,
        "captured": 0.0,
        "refunded": 0.0,
    }
)
class PaymentSerializer(serializers.Serializer):
    id = ObjectIdField()
    booking_id = ObjectIdField(allow_null=True)
    provider = serializers.CharField()
    method = serializers.CharField()
    currency = serializers.CharField()
    status = serializers.ChoiceField(PaymentState.choices)
    problem = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    amount = MoneyField()
    captured = MoneyField()
    refunded = MoneyField()


class PaymentMethodSerializer(serializers.Serializer):
    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    outcome = serializers.CharField()


@example(
    {
        "provider": "sandbox",
        "methods": [
            {"id": "pm_card_visa", "label": "Visa ending in 4242", "outcome": "succeeds"},
            {"id": "pm_card_declined", "label": "Card that is declined", "outcome": "declines"},
        ],
    }
)
class PaymentMethodsSerializer(serializers.Serializer):
    provider = serializers.CharField()
    methods = PaymentMethodSerializer(many=True)


NOTICE = OpenApiExample(
    "payment_intent.canceled",
    value={
        "id": "evt_1Qw3rT",
        "object": "event",
        "type": "payment_intent.canceled",
        "data": {"object": {"id": "pi_3Qw3rT", "object": "payment_intent", "status": "canceled"}},
    },
    request_only=True,
)
RECEIVED = OpenApiExample("Received", value={"received": True}, response_only=True)


class ReceivedSerializer(serializers.Serializer):
    received = serializers.BooleanField()
