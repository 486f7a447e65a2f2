"""What this app keeps of a person."""

import datetime as dt
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bson import ObjectId

from apps.common.parts import Part
from apps.messaging.enums import Side
from apps.messaging.rows import blocks, messages, reports, saved_replies, threads

OTHERS = {"guest_id": 0, "host_id": 0, "words": 0}


class MessagingPart(Part):
    keeps = MappingProxyType(
        {
            "threads.guest_id": "stays for the host: the name behind it is erased",
            "threads.host_id": "stays for the guests: the name behind it is erased",
            "messages.guest_id": "stays: the texts that the guest wrote are erased",
            "messages.host_id": "stays: the texts that the host wrote are erased",
            "message_blocks.blocker_id": "deleted",
            "message_blocks.blocked_person_id": "deleted",
            "message_reports.reporter_person_id": "stays: what the reporter wrote is erased",
            "message_reports.reported_person_id": "stays: the quoted text is erased",
            "message_reports.staff_id": "stays: who of staff decided",
            "saved_replies.host_id": "deleted",
        }
    )

    def export(self, user_id: ObjectId) -> Iterator[tuple[str, Any]]:
        """What the other person wrote is theirs: of a thread there is what this one wrote."""
        own = {"$or": [{"guest_id": user_id}, {"host_id": user_id}]}
        fields = {"listing_id": 1, "created_at": 1, "last_at": 1}
        yield "threads", list(threads.find(own, fields))
        yield "messages", list(messages.find(_written(user_id), OTHERS))
        yield "message_blocks", list(blocks.find({"blocker_id": user_id}))
        mine = {"reporter_person_id": user_id}
        made = {"message_id": 1, "reason": 1, "text": 1, "status": 1, "created_at": 1}
        yield "message_reports", list(reports.find(mine, made))
        yield "saved_replies", list(saved_replies.find({"host_id": user_id}))

    def erase(self, user_id: ObjectId, *, now: dt.datetime) -> None:
        del now
        for side in Side:
            last = {f"{side}_id": user_id, "preview_by": side.value}
            threads.update_many(last, {"$set": {"preview": ""}})
        messages.update_many(_written(user_id), {"$set": {"text": "", "words": ""}})
        either = [{"blocker_id": user_id}, {"blocked_person_id": user_id}]
        blocks.delete_many({"$or": either})
        reports.update_many({"reporter_person_id": user_id}, {"$set": {"text": ""}})
        reports.update_many({"reported_person_id": user_id}, {"$set": {"quoted": ""}})
        saved_replies.delete_many({"host_id": user_id})


def _written(user_id: ObjectId) -> dict[str, Any]:
    return {"$or": [{f"{side}_id": user_id, "by": side.value} for side in Side]}


PART = MessagingPart()
