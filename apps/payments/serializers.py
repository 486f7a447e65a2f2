from rest_framework import serializers

from apps.common.serializers import StrictSerializer, example


@example({"approve": True})
class PaymentConfirmSerializer(StrictSerializer):
    approve = serializers.BooleanField()
