"""`page` and `per_page` in, `results` and `pagination` out. Nothing of HTTP is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Counting stops here: a person does not page through more, and an exact count scans everything.
TOTAL_CAP = 500


@dataclass(frozen=True)
class Page:
    number: int = 1
    per_page: int = 20

    @property
    def skip(self) -> int:
        return (self.number - 1) * self.per_page


def paginated(
    results: Sequence[Any], *, page: Page, total: int, total_capped: bool = False
) -> dict[str, Any]:
    """`total` is exact unless `total_capped`, when there are more than that."""
    return {
        "results": results,
        "pagination": {
            "page": page.number,
            "per_page": page.per_page,
            "total": total,
            "total_capped": total_capped,
            "has_next": total_capped or page.skip + len(results) < total,
        },
    }
