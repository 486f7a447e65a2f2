"""The passkeys of the caller, and the log-in by one."""

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.enums import LogInKind, PasskeyUse
from apps.accounts.passkeys import ALGORITHMS, Attestation, encoded
from apps.accounts.replies import (
    KnownPasskeyReply,
    PasskeyChallengeReply,
    PasskeyCreationReply,
    PasskeyListReply,
    PasskeyReply,
    SessionReply,
)
from apps.accounts.selectors import passkey_shown, passkeys_of
from apps.accounts.serializers import (
    PasskeyNameSerializer,
    PasskeySerializer,
    PasskeyUseSerializer,
    ProofSerializer,
)
from apps.accounts.services import (
    CHALLENGE_SECONDS,
    AccountSuspendedError,
    AttestationInvalidError,
    ChallengeOverError,
    ChallengesUnavailableError,
    PasskeyCopiedError,
    PasskeyGoneError,
    PasskeyKnownError,
    PasskeyUnknownError,
    PasskeyWrongError,
    TooManyPasskeysError,
)
from apps.accounts.views.browser_sessions import (
    NEEDED,
    ForeignPageError,
    check_page,
    session_response,
)
from apps.accounts.views.devices import device_of
from apps.accounts.views.proofs import PROOF, proof_of
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.fields import object_id
from apps.common.guessing import guesses
from apps.common.permissions import caller
from apps.common.throttling import ChallengeThrottle, LoginThrottle, UserThrottle


class PasskeyChallengeView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ChallengeThrottle,)

    @extend_schema(
        summary="What a passkey has to sign, to log in or to prove who somebody is",
        request=None,
        responses={200: PasskeyChallengeReply, **refusals(ChallengesUnavailableError)},
    )
    def post(self, request: Request) -> Response:
        challenge = encoded(services.challenge_new(PasskeyUse.PROVE))
        domain = settings.PASSKEY_DOMAIN
        return Response(
            PasskeyChallengeReply(challenge=challenge, domain=domain, seconds=CHALLENGE_SECONDS)
        )


class PasskeySessionView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (LoginThrottle,)

    @extend_schema(
        summary="Log a browser in by a passkey, without a password",
        description="Counts as a log-in with second factor. Sets the cookie of the session.",
        parameters=[NEEDED],
        request=PasskeyUseSerializer,
        responses={
            200: SessionReply,
            **refusals(
                ChallengeOverError,
                PasskeyUnknownError,
                PasskeyWrongError,
                PasskeyCopiedError,
                AccountSuspendedError,
                ForeignPageError,
                ChallengesUnavailableError,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = PasskeyUseSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        check_page(request)
        now = utc_now()
        user = services.user_by_passkey(sent=serializer.validated_data, now=now)
        begun = services.session_begin(
            user=user, kind=LogInKind.BROWSER, device=device_of(request), now=now, by_passkey=True
        )
        return session_response(begun, now=now)


class PasskeyBeginView(APIView):
    throttle_classes = (LoginThrottle, UserThrottle)

    @extend_schema(
        summary="Begin to add a passkey, by who proves who they are",
        request=ProofSerializer,
        responses={200: PasskeyCreationReply, **refusals(TooManyPasskeysError, *PROOF)},
    )
    def post(self, request: Request) -> Response:
        proof, user_id = proof_of(request), caller(request).id
        with guesses("password", account=str(user_id), request=request):
            begun = services.passkey_begin(user_id=user_id, proof=proof, now=utc_now())
        known = [
            KnownPasskeyReply(id=row["credential_id"], transports=row["transports"])
            for row in begun.known
        ]
        return Response(
            PasskeyCreationReply(
                challenge=encoded(begun.challenge),
                domain=settings.PASSKEY_DOMAIN,
                seconds=CHALLENGE_SECONDS,
                user_handle=encoded(begun.user_id.binary),
                user_name=begun.email,
                algorithms=list(ALGORITHMS),
                known=known,
            )
        )


class PasskeyListView(APIView):
    @extend_schema(summary="The caller's passkeys, as they were added", responses=PasskeyListReply)
    def get(self, request: Request) -> Response:
        return Response(PasskeyListReply(results=passkeys_of(caller(request).id)))

    @extend_schema(
        summary="Add the passkey that the browser made",
        request=PasskeySerializer,
        responses={
            201: PasskeyReply,
            **refusals(
                AttestationInvalidError,
                PasskeyKnownError,
                TooManyPasskeysError,
                ChallengesUnavailableError,
            ),
        },
    )
    def post(self, request: Request) -> Response:
        serializer = PasskeySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        sent = serializer.validated_data
        row = services.passkey_add(
            user_id=caller(request).id,
            sent=Attestation(sent["client_data"], sent["attestation"]),
            name=sent["name"],
            transports=sent.get("transports", ()),
            device=device_of(request).name,
            now=utc_now(),
        )
        return Response(PasskeyReply.of(row), status=201)


class PasskeyView(APIView):
    throttle_classes = (UserThrottle,)
    delete_has_body = True

    @extend_schema(
        summary="Give a passkey another name",
        request=PasskeyNameSerializer,
        responses={200: PasskeyReply, **refusals(PasskeyGoneError)},
    )
    def put(self, request: Request, passkey_id: str) -> Response:
        serializer = PasskeyNameSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user_id, which = caller(request).id, object_id(passkey_id)
        services.passkey_rename(user_id=user_id, passkey_id=which, **serializer.validated_data)
        return Response(passkey_shown(user_id, which))

    @extend_schema(
        summary="Remove a passkey, by who proves who they are",
        request=ProofSerializer,
        responses={
            204: OpenApiResponse(description="Removed: it logs nobody in any more."),
            **refusals(PasskeyGoneError, *PROOF),
        },
    )
    def delete(self, request: Request, passkey_id: str) -> Response:
        which, proof, user_id = object_id(passkey_id), proof_of(request), caller(request).id
        with guesses("password", account=str(user_id), request=request):
            services.passkey_end(
                user_id=user_id,
                passkey_id=which,
                proof=proof,
                device=device_of(request).name,
                now=utc_now(),
            )
        return Response(status=204)
