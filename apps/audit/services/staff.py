from typing import Any

from bson import ObjectId
from django.contrib.admin.models import LogEntry

from apps.audit.enums import Kind
from apps.audit.services.events import security_event


def log_entry_noted(instance: LogEntry, *, created: bool, **_: Any) -> None:
    """What staff do in the admin stands in the record's history and, in the same transaction, here.

    The reason that they gave stays in the history: people write names into it.
    """
    if created:
        security_event(
            Kind.STAFF_ACTION,
            now=instance.action_time,
            user_id=None,
            actor_id=ObjectId(str(instance.user_id)),
            details=_details(instance),
        )


def _details(entry: LogEntry) -> dict[str, str]:
    model = entry.content_type.model_class() if entry.content_type else None
    return {
        "model": model._meta.label_lower if model else "",
        "record": entry.object_id or "",
        "action": entry.get_change_message().partition(". ")[0],
    }
