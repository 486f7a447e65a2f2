"""Reads one listing with all that is shown of it."""

from bson import ObjectId

from apps.accounts.selectors import user_person
from apps.common.replies import instant
from apps.properties.replies import HostReply, ListingDetailReply, OwnedDetailReply
from apps.properties.rows import listings
from apps.properties.selectors.listings import ListingUnknownError, owned
from apps.properties.vocabulary import far_from_city_km

NOT_SHOWN = {"place_names": 0, "amenity_keys": 0}
NOT_PUBLIC = {**NOT_SHOWN, "exact": 0, "arrival_instructions": 0}


def listing_detail(listing_id: ObjectId) -> ListingDetailReply:
    """Raises `ListingUnknownError` for an unknown or withdrawn listing."""
    row = listings.find_one({"_id": listing_id, "is_active": True}, NOT_PUBLIC)
    if row is None:
        raise ListingUnknownError
    return ListingDetailReply.of(row, host=host_shown(row["host_id"]))


def owned_detail(listing_id: ObjectId, *, host_id: ObjectId) -> OwnedDetailReply:
    """Raises `ListingUnknownError`, also for another owner's."""
    row = listings.find_one(owned(host_id, _id=listing_id), NOT_SHOWN)
    if row is None:
        raise ListingUnknownError
    far = far_from_city_km(row["location"])
    return OwnedDetailReply.of(row, host=host_shown(host_id), far_from_city_km=far)


def host_shown(host_id: ObjectId) -> HostReply | None:
    person = user_person(host_id)
    if person is None:
        return None
    return HostReply(id=person.id, first_name=person.first_name, since=instant(person.created_at))
