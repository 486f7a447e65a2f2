from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from pymongo import MongoClient


@register
def check_write_concern(app_configs: Sequence[AppConfig] | None, **_: Any) -> Iterable[Error]:
    """A write that a majority has not stored can be rolled back after it was acknowledged."""
    configured: dict[str, Any] = settings.DATABASES["default"]
    client: MongoClient = MongoClient(
        configured["HOST"], connect=False, **configured.get("OPTIONS", {})
    )
    concern = client.write_concern.document
    client.close()
    if concern.get("w") != "majority" or concern.get("j") is False:
        return [
            Error(
                f"MongoDB's write concern is {concern}, which can lose acknowledged bookings.",
                hint="Remove w and journal from MONGODB_URI: w=majority is set by the settings.",
                id="airbnb.E001",
            )
        ]
    return []
