from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.errors import PayloadTooLargeError, UnsupportedMediaTypeError
from apps.common.fields import object_id
from apps.common.permissions import IsTraveler, caller
from apps.common.throttling import AddressThrottle
from apps.payments import selectors
from apps.payments.clients import provider
from apps.payments.replies import (
    PaymentMethodReply,
    PaymentMethodsReply,
    PaymentReply,
    ReceivedReply,
)
from apps.payments.serializers import PaymentConfirmSerializer
from apps.payments.services import payment_confirm, payment_notice
from apps.payments.services.errors import (
    PaymentTimeoutError,
    PaymentUnavailableError,
    PaymentUsedError,
)
from apps.payments.services.webhooks import PaymentNoticeInvalidError

JSON = "application/json"
MOST_BYTES = 64_000
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


class PaymentMethodsView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Ways to pay",
        responses=PaymentMethodsReply,
    )
    def get(self, request: Request) -> Response:
        bank = provider()
        methods = [PaymentMethodReply(**vars(method)) for method in bank.methods()]
        return Response(PaymentMethodsReply(provider=bank.name, methods=methods))


class PaymentView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(summary="One of your payments", responses=PaymentReply)
    def get(self, request: Request, payment_id: str) -> Response:
        payment = selectors.payment_owned(object_id(payment_id), guest_id=caller(request).id)
        return Response(PaymentReply.of(payment))


class PaymentConfirmView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Confirm a payment that the card asks its holder for",
        request=PaymentConfirmSerializer,
        responses={
            200: PaymentReply,
            **refusals(PaymentUsedError, PaymentUnavailableError, PaymentTimeoutError),
        },
    )
    def post(self, request: Request, payment_id: str) -> Response:
        serializer = PaymentConfirmSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        payment = payment_confirm(
            object_id(payment_id),
            guest_id=caller(request).id,
            approve=serializer.validated_data["approve"],
            now=utc_now(),
        )
        return Response(PaymentReply.of(payment))


class PaymentWebhookView(APIView):
    """Notices of the provider. Their signature is over the body as it came."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)

    @extend_schema(
        summary="Messages of the payment provider",
        request={"application/json": {"type": "object"}},
        responses={
            200: ReceivedReply,
            **refusals(PaymentNoticeInvalidError, PayloadTooLargeError, UnsupportedMediaTypeError),
        },
        examples=[NOTICE],
    )
    def post(self, request: Request) -> Response:
        signature = request.headers.get("Stripe-Signature", "")
        payment_notice(_body(request), signature, now=utc_now())
        return Response(ReceivedReply(received=True))


def _body(request: Request) -> bytes:
    """Past the parser, whose work would change the bytes that are signed."""
    sent: Any = request._request  # noqa: SLF001
    if sent.content_type not in {JSON, ""}:
        raise UnsupportedMediaType(sent.content_type)
    if int(sent.headers.get("Content-Length") or 0) > MOST_BYTES or len(sent.body) > MOST_BYTES:
        raise PayloadTooLargeError(limit=MOST_BYTES)
    return bytes(sent.body)
