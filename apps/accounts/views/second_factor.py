"""The second factor of the caller's own account."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.codes import qr_path
from apps.accounts.replies import (
    EnrolmentReply,
    QrCodeReply,
    RecoveryCodesReply,
    SecondFactorReply,
)
from apps.accounts.selectors import second_factor_shown
from apps.accounts.serializers import (
    CodeSerializer,
    PasswordSerializer,
    ProofSerializer,
)
from apps.accounts.services import (
    ChallengeOverError,
    ChallengesUnavailableError,
    PasskeyCopiedError,
    PasskeyUnknownError,
    PasskeyWrongError,
)
from apps.accounts.services.code_tries import CodeTriesError, CodeWrongError
from apps.accounts.services.second_factor import (
    SecondFactorOffError,
    SecondFactorOnError,
    SecondFactorRequiredError,
)
from apps.accounts.views.proofs import PROOF, proof_of
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.guessing import guesses
from apps.common.permissions import caller
from apps.common.throttling import LoginThrottle, UserThrottle

# What every log-in of an account with a second factor may answer.
SECOND_FACTOR = (
    SecondFactorRequiredError,
    CodeWrongError,
    ChallengeOverError,
    PasskeyUnknownError,
    PasskeyWrongError,
    PasskeyCopiedError,
    CodeTriesError,
    ChallengesUnavailableError,
)


class SecondFactorView(APIView):
    @extend_schema(summary="The caller's second factor", responses=SecondFactorReply)
    def get(self, request: Request) -> Response:
        return Response(second_factor_shown(caller(request).id))


class SecondFactorBeginView(APIView):
    throttle_classes = (LoginThrottle, UserThrottle)

    @extend_schema(
        summary="Make the secret of a second factor; a code of it switches it on",
        request=PasswordSerializer,
        responses={200: EnrolmentReply, **refusals(SecondFactorOnError)},
    )
    def post(self, request: Request) -> Response:
        serializer = PasswordSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = services.second_factor_begin(
            user_id=caller(request).id, now=utc_now(), **serializer.validated_data
        )
        size, path = qr_path(made.uri)
        qr = QrCodeReply(size=size, path=path)
        return Response(EnrolmentReply(secret=made.secret, uri=made.uri, qr=qr))


class SecondFactorConfirmView(APIView):
    @extend_schema(
        summary="Switch the second factor on by its first code",
        request=CodeSerializer,
        responses={
            200: RecoveryCodesReply,
            **refusals(SecondFactorOnError, SecondFactorOffError),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = CodeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        recovery = services.second_factor_confirm(
            user_id=caller(request).id, now=utc_now(), **serializer.validated_data
        )
        return Response(RecoveryCodesReply(recovery_codes=recovery))


class SecondFactorOffView(APIView):
    throttle_classes = (LoginThrottle, UserThrottle)

    @extend_schema(
        summary="Switch the second factor off",
        request=ProofSerializer,
        responses={
            200: SecondFactorReply,
            **refusals(SecondFactorOffError, *PROOF),
        },
    )
    def post(self, request: Request) -> Response:
        proof = proof_of(request)
        user_id = caller(request).id
        with guesses("password", account=str(user_id), request=request):
            services.second_factor_end(user_id=user_id, now=utc_now(), proof=proof)
        return Response(second_factor_shown(user_id))
