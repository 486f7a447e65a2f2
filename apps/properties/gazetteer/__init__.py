"""Places where people live, by the names that people give them: GeoNames' cities, divisions and
countries (geonames.org, CC BY 4.0) in a file beside this one, which `manage.py build_gazetteer`
makes. Reading it opens no connection and keeps no table in memory."""

from apps.properties.gazetteer.places import (
    CITY,
    COUNTRY,
    REGION,
    GazetteerPlace,
    ids_around,
    place_known,
    places_beginning,
    places_in,
    places_named,
    places_resembling,
)
from apps.properties.gazetteer.typos import distance, most_typos, shortened

__all__ = [
    "CITY",
    "COUNTRY",
    "REGION",
    "GazetteerPlace",
    "distance",
    "ids_around",
    "most_typos",
    "place_known",
    "places_beginning",
    "places_in",
    "places_named",
    "places_resembling",
    "shortened",
]
