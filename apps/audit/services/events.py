import datetime as dt
from collections.abc import Mapping

from bson import ObjectId

from apps.audit.enums import Kind
from apps.audit.rows import security_events
from apps.common.middleware import request_id_current
from apps.common.network import address_current


def security_event(
    kind: Kind,
    *,
    now: dt.datetime,
    user_id: ObjectId | None,
    actor_id: ObjectId | None = None,
    details: Mapping[str, str] | None = None,
) -> None:
    """Notes what was done, in the running transaction: it stays exactly if the act stays.

    `user_id` is whose account it is about, None where nobody knows; `actor_id` who did it, if that
    is somebody else. The request's address and id come by themselves. `details` hold no secret and
    nothing that names a person: ids, counts, states.
    """
    security_events.insert_one(
        {
            "at": now,
            "kind": kind.value,
            "user_id": user_id,
            "actor_id": actor_id or user_id,
            "address": address_current(),
            "request_id": request_id_current(),
            "details": {name: str(value) for name, value in (details or {}).items()},
        }
    )
