from typing import Any, ClassVar

import mongoengine


class SandboxCharge(mongoengine.Document):
    """A charge at the sandbox's bank, which only the sandbox writes. `_id` is the key that it was
    authorised with, `keys` are those of what was done with it since."""

    id = mongoengine.StringField(primary_key=True)
    method = mongoengine.StringField(required=True)
    amount = mongoengine.IntField(required=True)
    currency = mongoengine.StringField(required=True)
    status = mongoengine.StringField(required=True)
    problem = mongoengine.ListField(mongoengine.StringField())
    captured = mongoengine.IntField(default=0)
    refunded = mongoengine.IntField(default=0)
    keys = mongoengine.ListField(mongoengine.StringField())

    meta: ClassVar[dict[str, Any]] = {
        "collection": "sandbox_charges",
        "auto_create_index": False,
        "index_cls": False,
    }
