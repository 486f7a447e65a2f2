from typing import Any, ClassVar

import mongoengine


class Notification(mongoengine.Document):
    """`_id` is the id of the event, so writing it twice changes nothing."""

    id = mongoengine.StringField(primary_key=True)
    user_id = mongoengine.ObjectIdField(required=True)
    kind = mongoengine.StringField(required=True)
    title = mongoengine.StringField(required=True)
    body = mongoengine.StringField(required=True)
    # What `kind` and `variant` say it with; the text above is for rows from before these.
    variant = mongoengine.StringField()
    values = mongoengine.DictField()
    booking_id = mongoengine.StringField()
    created_at = mongoengine.DateTimeField(required=True)
    read_at = mongoengine.DateTimeField()
    request_id = mongoengine.StringField()
    traceparent = mongoengine.StringField()

    meta: ClassVar[dict[str, Any]] = {
        "collection": "notifications",
        "auto_create_index": False,
        "index_cls": False,
        "indexes": [
            {"fields": ["user_id", "-created_at", "-id"], "name": "user_newest"},
            {"fields": ["user_id", "read_at"], "name": "user_unread"},
            {
                "fields": ["created_at"],
                "name": "created_ttl",
                "expireAfterSeconds": 180 * 24 * 3600,
            },
        ],
    }
