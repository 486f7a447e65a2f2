"""What a search counts for in RATE_LIMIT_READS."""

from apps.common.pagination import Page
from apps.properties.search.criteria import Criteria
from apps.properties.search.geography import width_of

# What makes a search cost more: a name or a wide area, and each hundred homes that are skipped.
WIDE, WIDE_DEGREES, WIDE_METRES = 4, 3.0, 100_000
DEEP, DEEPEST = 100, 10
# Each so many stays that would do are one more.
STAYS = 5


def search_cost(criteria: Criteria, page: Page, *, has_facets: bool = False) -> int:
    """Returns a listing's 1, and more where a search reads more to answer."""
    return (
        1
        + (WIDE if _is_wide(criteria) else 0)
        + (1 if criteria.is_dated else 0)
        + (1 if criteria.amenities else 0)
        + (1 if has_facets else 0)
        + len(criteria.stays) // STAYS
        + min(DEEPEST, page.skip // DEEP)
    )


def _is_wide(criteria: Criteria) -> bool:
    if criteria.location is not None or criteria.place is not None or criteria.words is not None:
        return True
    if criteria.bbox is not None:
        _, south, _, north = criteria.bbox
        return width_of(criteria.bbox) > WIDE_DEGREES or north - south > WIDE_DEGREES
    if criteria.polygon is not None:
        lats = [lat for _, lat in criteria.polygon]
        return max(lats) - min(lats) > WIDE_DEGREES
    return criteria.point is None or criteria.radius_m > WIDE_METRES
