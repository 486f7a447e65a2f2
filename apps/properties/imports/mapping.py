"""One row of listings.csv and its calendar -> one row of `listings`."""

from typing import Any, cast

from bson import ObjectId

from apps.common.geo import distance_km
from apps.properties.imports.calendar import Night
from apps.properties.imports.context import Context
from apps.properties.imports.errors import RowError
from apps.properties.imports.ids import is_rounded, stable_id
from apps.properties.imports.listings import listing_fields
from apps.properties.imports.scan import FEWEST_POINTS, REACH_KM
from apps.properties.imports.seasons import Year, median_price, rates_of
from apps.properties.imports.values import Row
from apps.properties.public_points import places_of
from apps.properties.rows import ListingRow


class ListingMapper:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._styles = context.scan.styles()
        has_enough = len(context.scan.points) >= FEWEST_POINTS
        self._middle = context.scan.middle() if has_enough else None

    def __call__(self, row: Row, *, source_id: str, host_id: ObjectId) -> ListingRow:
        """Raises `RowError`."""
        context = self._context
        if context.scan.are_ids_rounded and is_rounded(source_id):
            raise RowError(f"id is {source_id!r}: a spreadsheet has rounded the long ids")
        nights = context.calendar.nights(source_id)
        fields = listing_fields(
            row,
            place=context.place,
            median_price=None if row["price"].strip() else median_price(nights),
            styles=self._styles,
            note=context.report.note,
        )
        self._check_place(fields["location"]["coordinates"]["coordinates"])
        listing_id = stable_id(context.source, "listing", source_id)
        listing = {
            **fields,
            **self._rates(nights, fields),
            **places_of(fields["location"], listing_id=listing_id, host_id=host_id)._asdict(),
            "_id": listing_id,
            "source": context.source,
            "source_id": source_id,
            "host_id": host_id,
        }
        return cast("ListingRow", listing)

    def _check_place(self, point: list[float]) -> None:
        if self._middle is None:
            return
        longitude, latitude = point
        km = distance_km((longitude, latitude), (self._middle[1], self._middle[0]))
        if km > REACH_KM:
            raise RowError(
                f"latitude is {latitude} and longitude is {longitude}, {km:,.0f} km from the other "
                "listings: are the two exchanged?"
            )

    def _rates(self, nights: list[Night], fields: dict[str, Any]) -> dict[str, Any]:
        """Without a price or rules in its calendar, those of a listing stay as they are here."""
        if "price_per_night" not in fields or not any(any(night.said) for night in nights):
            return {}
        year = Year(fields["price_per_night"], fields["min_nights"], fields["max_nights"])
        rates = rates_of(nights, year=year, shift=self._context.shift)
        if rates.left:
            self._context.report.note(
                "prices and minimum stays of a calendar change too often: those of the later "
                "nights are the listing's own"
            )
        has_prices = any(night.said.price for night in nights)
        weekend = {"weekend_price": rates.weekend_price} if has_prices else {}
        return {**weekend, "seasons": rates.seasons}
