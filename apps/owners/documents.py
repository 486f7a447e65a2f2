from typing import Any, ClassVar

import mongoengine


class BookingFact(mongoengine.Document):
    """What the figures of an owner need of one booking, as its events told it. `_id` is the
    booking's id. `version` is that of the event which set the state, `priced_version` that of the
    event which set the price: an older one changes nothing, so redelivery and order do not matter.
    """

    id = mongoengine.StringField(primary_key=True)
    host_id = mongoengine.ObjectIdField()
    listing_id = mongoengine.ObjectIdField()
    check_in = mongoengine.DateTimeField()
    check_out = mongoengine.DateTimeField()
    status = mongoengine.StringField()
    changed_at = mongoengine.DateTimeField()
    version = mongoengine.IntField()
    currency = mongoengine.StringField()
    total = mongoengine.IntField()
    priced_version = mongoengine.IntField()

    meta: ClassVar[dict[str, Any]] = {
        "collection": "booking_facts",
        "auto_create_index": False,
        "index_cls": False,
        "indexes": [
            {"fields": ["host_id", "check_in", "check_out"], "name": "host_stay"},
            {"fields": ["host_id", "-changed_at"], "name": "host_changed"},
        ],
    }
