"""What is known of a traveler: their preferences and their stays."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bson import ObjectId

from apps.accounts.selectors import preference_defaults, preferences_of
from apps.bookings.enums import Status
from apps.bookings.selectors import guest_stays
from apps.common.text import name_key
from apps.properties.selectors.chosen import listing_cards


@dataclass(frozen=True, kw_only=True)
class Taste:
    """Cities are name keys, those of past and of coming stays."""

    likes: Mapping[str, Any]
    is_personal: bool
    past_cities: frozenset[str]
    coming_cities: frozenset[str]

    @property
    def cities(self) -> frozenset[str]:
        return self.past_cities | self.coming_cities

    @property
    def is_known(self) -> bool:
        return self.is_personal or bool(self.cities)


def taste_of(user_id: ObjectId, today: dt.date) -> Taste:
    likes, stays = preferences_of(user_id), guest_stays(user_id)
    cards = listing_cards(stay["listing_id"] for stay in stays)
    past, coming = set(), set()
    for stay in stays:
        card = cards.get(stay["listing_id"])
        if card is None:
            continue
        city = name_key(card.location.city)
        if stay["check_out"] > today:
            coming.add(city)
        elif stay["status"] != Status.PENDING:
            past.add(city)
    return Taste(
        likes=likes,
        is_personal=likes != preference_defaults(),
        past_cities=frozenset(past),
        coming_cities=frozenset(coming),
    )
