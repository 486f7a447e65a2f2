"""Places and words by what people type."""

from apps.properties.search.criteria import Criteria
from apps.properties.search.geography import Condition
from apps.properties.selectors import place_by_id, place_match, words_match


def named_of(criteria: Criteria) -> list[Condition]:
    """Makes the conditions of the place and the words that are named, with a command for each at
    most."""
    found: list[Condition] = []
    if criteria.place is not None:
        place = place_by_id(criteria.place)
        found.append(dict(place.match) if place else {"place_keys": ""})
    if criteria.location is not None:
        found.append(dict(place_match(criteria.location)))
    if criteria.words is not None:
        found += map(dict, words_match(criteria.words))
    return found
