from rest_framework import serializers

from apps.common.serializers import InputSerializer, example


@example({"approve": True})
class PaymentConfirmSerializer(InputSerializer):
    approve = serializers.BooleanField()
