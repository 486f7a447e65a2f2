import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from bson import ObjectId

from apps.accounts.rows import PreferenceRow, preferences
from apps.accounts.selectors import preference_defaults


def preferences_save(*, user_id: ObjectId, values: Mapping[str, Any], now: dt.datetime) -> None:
    """Replaces all of them; what `values` does not name falls back to its default."""
    row = {"_id": user_id, **preference_defaults(), **values, "updated_at": now}
    preferences.replace_one({"_id": user_id}, cast("PreferenceRow", row), upsert=True)
