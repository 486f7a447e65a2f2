from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.clock import utc_now
from apps.common.errors import AppError
from apps.common.fields import object_id
from apps.common.openapi import problem, problems
from apps.common.permissions import IsTraveler, caller
from apps.common.throttling import AddressThrottle
from apps.payments import selectors
from apps.payments.clients import provider
from apps.payments.openapi import (
    NOTICE,
    PAYMENTS_FAILED,
    PAYMENTS_USED,
    RECEIVED,
    PaymentMethodsSerializer,
    PaymentSerializer,
    ReceivedSerializer,
)
from apps.payments.serializers import PaymentConfirmSerializer
from apps.payments.services import payment_confirm, payment_notice

JSON = "application/json"
MOST_BYTES = 64_000


class NoticeTooLargeError(AppError):
    code = "PAYLOAD_TOO_LARGE"
    status = 413


class PaymentMethodsView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="How one can pay here",
        responses={200: PaymentMethodsSerializer},
    )
    def get(self, request: Request) -> Response:
        bank = provider()
        methods = [vars(method) for method in bank.methods()]
        return Response({"provider": bank.name, "methods": methods})


class PaymentView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(summary="One of one's payments", responses={200: PaymentSerializer})
    def get(self, request: Request, payment_id: str) -> Response:
        payment = selectors.payment_owned(object_id(payment_id), guest_id=caller(request).id)
        return Response(selectors.payment_view(payment))


class PaymentConfirmView(APIView):
    permission_classes = (IsTraveler,)

    @extend_schema(
        summary="Confirm a payment that the card asks its holder for",
        request=PaymentConfirmSerializer,
        responses={
            200: PaymentSerializer,
            **problem(409, PAYMENT_USED=PAYMENTS_USED["PAYMENT_USED"]),
            **PAYMENTS_FAILED,
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
        return Response(selectors.payment_view(payment))


class PaymentWebhookView(APIView):
    """Notices of the provider. Their signature is over the body as it came."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)

    @extend_schema(
        summary="Messages of the payment provider",
        request={"application/json": {"type": "object"}},
        responses={
            200: ReceivedSerializer,
            **problem(
                400,
                PAYMENT_NOTICE_INVALID="The signature of this message is not Stripe's.",
            ),
            **problems(413, 415),
        },
        examples=[NOTICE, RECEIVED],
    )
    def post(self, request: Request) -> Response:
        signature = request.headers.get("Stripe-Signature", "")
        payment_notice(_body(request), signature, now=utc_now())
        return Response({"received": True})


def _body(request: Request) -> bytes:
    """Past the parser, whose work would change the bytes that are signed."""
    sent: Any = request._request  # noqa: SLF001
    if sent.content_type not in {JSON, ""}:
        raise UnsupportedMediaType(sent.content_type)
    if int(sent.headers.get("Content-Length") or 0) > MOST_BYTES or len(sent.body) > MOST_BYTES:
        raise NoticeTooLargeError(f"At most {MOST_BYTES:,} bytes are taken.")
    return bytes(sent.body)
