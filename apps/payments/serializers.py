from rest_framework import serializers

from apps.common.openapi import example
from apps.common.serializers import StrictSerializer


@example({"approve": True})
class PaymentConfirmSerializer(StrictSerializer):
    approve = serializers.BooleanField()
