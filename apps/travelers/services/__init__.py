from apps.travelers.services.favorites import (
    NotAFavoriteError,
    favorite_add,
    favorite_remove,
)
from apps.travelers.services.notices import guest_notify_change, guest_notify_confirmation

__all__ = [
    "NotAFavoriteError",
    "favorite_add",
    "favorite_remove",
    "guest_notify_change",
    "guest_notify_confirmation",
]
