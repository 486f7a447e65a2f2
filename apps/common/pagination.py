"""`page` and `per_page` in, `results` and `pagination` out. Nothing of HTTP is in it."""

from dataclasses import dataclass

# Counting stops here: a person does not page through more, and an exact count scans everything.
TOTAL_CAP = 500


@dataclass(frozen=True)
class Page:
    number: int = 1
    per_page: int = 20

    @property
    def skip(self) -> int:
        return (self.number - 1) * self.per_page
