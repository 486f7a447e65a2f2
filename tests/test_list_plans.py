"""Lists of what grows are read by an index, also those of apps that no test of listings may import:
see `test_list_plans_are_index_scans` of apps/properties for the others."""

import pytest
from bson import ObjectId

from apps.bookings.models import Booking
from apps.common.rows import Rows
from apps.notifications.documents import Notification
from apps.properties.tests.plans import plan_stages

LISTS = {
    "guest": (Rows(Booking), {"guest_id": ObjectId()}, [("_id", -1)]),
    "host": (Rows(Booking), {"host_id": ObjectId()}, [("_id", -1)]),
    "feed": (Rows(Notification), {"user_id": ObjectId()}, [("created_at", -1), ("_id", -1)]),
}


@pytest.mark.parametrize(("handle", "query", "order"), LISTS.values(), ids=LISTS.keys())
def test_list_plans_are_index_scans(handle, query, order):
    stages = plan_stages(handle.find(query).sort(order).explain())
    assert "COLLSCAN" not in stages
    assert stages & {"IXSCAN", "IDHACK"}
