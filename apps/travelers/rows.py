import datetime as dt
from typing import TypedDict

from bson import ObjectId

from apps.common.rows import Rows
from apps.travelers.models import Favorite


class FavoriteRow(TypedDict):
    _id: str
    user_id: ObjectId
    listing_id: ObjectId
    created_at: dt.datetime


favorites: Rows[FavoriteRow] = Rows(Favorite)
