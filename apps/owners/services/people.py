"""What this app keeps of a person: figures made of bookings."""

from types import MappingProxyType

from apps.common.parts import Part


class OwnersPart(Part):
    keeps = MappingProxyType(
        {"booking_facts.host_id": "stays: figures of bookings, without a name"}
    )


PART = OwnersPart()
