import datetime as dt
from collections.abc import Callable
from typing import Any

from bson import ObjectId
from rest_framework.request import Request
from rest_framework.response import Response

from apps.bookings import selectors
from apps.bookings.enums import Actor
from apps.bookings.idempotency import Answer, once, perform
from apps.bookings.serializers import IdempotencyKeySerializer
from apps.common.fields import object_id
from apps.common.json import dumps
from apps.common.permissions import Principal, caller


def once_for(
    request: Request,
    values: Any,
    act: Callable[..., Any],
    now: dt.datetime,
    *,
    prepare: Callable[[], Any] | None = None,
    undo: Callable[[Any], None] | None = None,
    status: int = 200,
) -> Response:
    """Replies with what `act` returns, as `perform` has it; with an Idempotency-Key with the reply
    to its first call."""
    key = _idempotency_key(request)
    if key is None:
        answer = Answer(status, dumps(perform(act, prepare=prepare, undo=undo)))
    else:
        answer = once(
            user_id=caller(request).id,
            key=key,
            request=[request.method, request.path, values],
            act=act,
            now=now,
            prepare=prepare,
            undo=undo,
            status=status,
        )
    return Response(answer.body, status=answer.status)


def _idempotency_key(request: Request) -> str | None:
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    serializer = IdempotencyKeySerializer(data={"key": sent})
    serializer.is_valid(raise_exception=True)
    return str(serializer.validated_data["key"])


def reached(request: Request, booking_id: str) -> tuple[Principal, ObjectId, Actor]:
    """The caller, the id, and as what they act; raises `NotFoundError` for another's booking."""
    viewer, wanted = caller(request), object_id(booking_id)
    booking = selectors.booking_stored(wanted)
    return viewer, wanted, selectors.actor_of(booking, viewer.id, is_staff=viewer.is_staff)


def detail(booking: Any, viewer: Principal) -> dict[str, Any]:
    return selectors.booking_detail(booking, viewer_id=viewer.id, is_staff=viewer.is_staff)
