"""What the words of people mean: amenities, words to search for, names of places. Nothing here
reads or writes the database."""

from apps.properties.vocabulary.amenities import (
    Amenity,
    amenities_known,
    amenity_called,
    amenity_ids,
    amenity_repaired,
)
from apps.properties.vocabulary.places import (
    city_of,
    far_from_city_km,
    place_key,
    place_keys,
    place_names,
    places_meant,
)
from apps.properties.vocabulary.words import listing_words, query_words, spellings, words_of

__all__ = [
    "Amenity",
    "amenities_known",
    "amenity_called",
    "amenity_ids",
    "amenity_repaired",
    "city_of",
    "far_from_city_km",
    "listing_words",
    "place_key",
    "place_keys",
    "place_names",
    "places_meant",
    "query_words",
    "spellings",
    "words_of",
]
