"""Whether an imported listing is shown: what the dump, its host and staff say of it, together."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from bson import ObjectId

from apps.properties.enums import ImportWithdrawal
from apps.properties.rows import ListingRow

# Of a listing that its host or staff withdrew, an import has nothing to withdraw.
MAY_BE_WITHDRAWN: Mapping[str, Any] = {
    "deleted_at": None,
    "withdrawn_for": None,
    "$or": [{"is_active": True}, {"active_before": True}],
}


def fresh_standing(*, price: int, is_host_suspended: bool, now: dt.datetime) -> dict[str, Any]:
    """Of a listing that is new: with a suspended host it waits for the host's restoration."""
    return {
        "withdrawn_for": None if price else ImportWithdrawal.NO_PRICE.value,
        **_shown(
            chosen=bool(price),
            suspended_at=None,
            host_suspended_at=now if is_host_suspended else None,
        ),
    }


def seen_standing(
    old: ListingRow,
    new: Mapping[str, Any],
    *,
    suspended: Collection[ObjectId],
    now: dt.datetime,
) -> dict[str, Any]:
    """Of a listing that is there: what an import withdrew comes back, what others withdrew does
    not. With another host it stands as that host does."""
    price = new.get("price_per_night") or old["price_per_night"]
    comes_back = bool(old.get("withdrawn_for") and price)
    has_moved = new["host_id"] != old["host_id"]
    if not comes_back and not has_moved:
        return {}
    with_host = old.get("host_suspended_at")
    if has_moved:
        with_host = now if new["host_id"] in suspended else None
    was_off = old.get("suspended_at") or old.get("host_suspended_at")
    chosen = bool(old.get("active_before") if was_off else old["is_active"])
    return {
        "withdrawn_for": None if comes_back else old.get("withdrawn_for"),
        **_shown(
            chosen=chosen or comes_back,
            suspended_at=old.get("suspended_at"),
            host_suspended_at=with_host,
        ),
    }


def _shown(
    *, chosen: bool, suspended_at: dt.datetime | None, host_suspended_at: dt.datetime | None
) -> dict[str, Any]:
    is_off = bool(suspended_at or host_suspended_at)
    return {
        "is_active": chosen and not is_off,
        "active_before": chosen if is_off else None,
        "host_suspended_at": host_suspended_at,
    }
