"""What this app keeps of a person."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.ai.rows import itineraries
from apps.common.parts import Part


class AiPart(Part):
    keeps = MappingProxyType({"itineraries.user_id": "deleted"})

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        yield "itineraries", list(itineraries.find({"user_id": user_id}))

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        del now
        itineraries.delete_many({"user_id": user_id})


PART = AiPart()
