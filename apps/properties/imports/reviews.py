from bson import ObjectId

from apps.properties.imports import values
from apps.properties.imports.errors import RowError
from apps.properties.imports.html import plain_line, plain_text
from apps.properties.imports.ids import id_of, stable_id
from apps.properties.imports.values import Row
from apps.properties.nights import midnight
from apps.properties.rows import ReviewRow


def review_row(row: Row, *, listing_id: ObjectId, source: str) -> ReviewRow:
    """Raises `RowError`. The date stays as published: reviews are of the past anyway."""
    review_id = id_of(row["id"], "id")
    written = plain_text(values.prose(row, "comments"))
    if not written:
        raise RowError("comments is blank")
    return {
        "_id": stable_id(source, "review", review_id),
        "listing_id": listing_id,
        "author": plain_line(values.prose(row, "reviewer_name"))[:150] or "Guest",
        "date": midnight(values.date(row, "date")),
        "text": written,
        "source_id": review_id,
    }
