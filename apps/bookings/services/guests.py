"""Who may be the guest of a listing."""

from bson import ObjectId

from apps.common.errors import ConflictError
from apps.properties.selectors import ListingTerms


class OwnListingError(ConflictError):
    code = "OWN_LISTING"
    sentence = "This is your own listing. To keep nights for yourself, close them in its calendar."


def guest_check(terms: ListingTerms, guest_id: ObjectId) -> None:
    """Raises `OwnListingError`."""
    if terms["host_id"] == guest_id:
        raise OwnListingError
