from typing import Any

from bson import ObjectId

from apps.common import mongo
from apps.common.pagination import Page, paginated
from apps.properties.selectors import CARD, listing_card
from apps.travelers.rows import FavoriteRow, favorites

NEWEST = [("created_at", -1), ("_id", -1)]


def favorite_page(*, user_id: ObjectId, page: Page) -> dict[str, Any]:
    """Cards of favorites, newest first; withdrawn listings are among them, marked as such."""
    query = {"user_id": user_id}
    found = list(favorites.find(query).sort(NEWEST).skip(page.skip).limit(page.per_page))
    total = favorites.count(query, hint="user_newest")
    return paginated(_cards(found), page=page, total=total)


def favorite_card(favorite: FavoriteRow) -> dict[str, Any]:
    return _cards([favorite])[0]


def _cards(of: list[FavoriteRow]) -> list[dict[str, Any]]:
    wanted = {"_id": {"$in": [favorite["listing_id"] for favorite in of]}}
    found = mongo.collection("listings").find(wanted, {**CARD, "is_active": 1})
    rows = {row["_id"]: row for row in found}
    return [
        {
            **listing_card(rows[favorite["listing_id"]]),
            "favorited_at": favorite["created_at"],
            "is_active": rows[favorite["listing_id"]]["is_active"],
        }
        for favorite in of
        if favorite["listing_id"] in rows
    ]
