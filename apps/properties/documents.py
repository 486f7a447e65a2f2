"""What is written beside search entries and read by nobody but the replies that are kept."""

from typing import Any, ClassVar

import mongoengine


class SearchChange(mongoengine.Document):
    """Says that what searches of a cell find has changed; written in the transaction of the change,
    with the time of the database. It outlives every reply that is kept."""

    id = mongoengine.ObjectIdField(primary_key=True)
    cell = mongoengine.IntField(required=True)
    at = mongoengine.DateTimeField(required=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "search_changes",
        "auto_create_index": False,
        "index_cls": False,
        "indexes": [
            {"fields": ["cell", "id"], "name": "cell"},
            {"fields": ["at"], "name": "at_ttl", "expireAfterSeconds": 90},
        ],
    }
