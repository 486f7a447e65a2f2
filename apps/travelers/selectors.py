from collections.abc import Sequence

from bson import ObjectId

from apps.common.pagination import Page
from apps.common.replies import Paged
from apps.properties.selectors import listing_cards_any
from apps.travelers.replies import FavoriteCardReply
from apps.travelers.rows import FavoriteRow, favorites

NEWEST = [("created_at", -1), ("_id", -1)]


def favorite_page(*, user_id: ObjectId, page: Page) -> Paged[FavoriteCardReply]:
    """Returns cards of favorites, newest first; withdrawn listings are among them, marked as
    such."""
    query = {"user_id": user_id}
    found = list(favorites.find(query).sort(NEWEST).skip(page.skip).limit(page.per_page))
    total = favorites.count(query, hint="user_newest")
    return Paged.of(_cards(found), page=page, total=total)


def favorite_card(favorite: FavoriteRow) -> FavoriteCardReply:
    return _cards([favorite])[0]


def _cards(of: Sequence[FavoriteRow]) -> list[FavoriteCardReply]:
    cards = listing_cards_any(favorite["listing_id"] for favorite in of)
    return [
        FavoriteCardReply.favored(favorite, *cards[favorite["listing_id"]])
        for favorite in of
        if favorite["listing_id"] in cards
    ]
