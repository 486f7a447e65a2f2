from typing import Any, ClassVar

import mongoengine


class Lease(mongoengine.Document):
    """The right of `owner` to act alone until `expires_at`, on the server's clock."""

    id = mongoengine.StringField(primary_key=True)
    owner = mongoengine.StringField()
    expires_at = mongoengine.DateTimeField()

    meta: ClassVar[dict[str, Any]] = {
        "collection": "leases",
        "auto_create_index": False,
        "index_cls": False,
    }
