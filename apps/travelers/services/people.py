"""What this app keeps of a person."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.common.parts import Part
from apps.travelers.rows import favorites


class TravelersPart(Part):
    keeps = MappingProxyType({"favorites.user_id": "deleted", "favorites._id": "deleted"})

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        yield "favorites", list(favorites.find({"user_id": user_id}))

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        del now
        favorites.delete_many({"user_id": user_id})


PART = TravelersPart()
