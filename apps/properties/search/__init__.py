"""Searches, on `search_entries` alone.

`criteria` is what is asked; `geography`, `names`, `stays` and `filters` turn it into conditions,
`totals` and `orders` into expressions; `nearest`, `results` and `meant` read a page; `engine`
answers, `summaries` tells of all that was found.
"""

from apps.properties.search.cost import search_cost
from apps.properties.search.criteria import Criteria
from apps.properties.search.engine import listing_search, search_answered
from apps.properties.search.geography import region_of
from apps.properties.search.stays import stays_check

__all__ = [
    "Criteria",
    "listing_search",
    "region_of",
    "search_answered",
    "search_cost",
    "stays_check",
]
