import datetime as dt

from apps.accounts.services import NewUser
from apps.properties.imports import values
from apps.properties.imports.errors import RowError
from apps.properties.imports.html import plain_line
from apps.properties.imports.ids import id_of, stable_id
from apps.properties.imports.values import Row
from apps.properties.nights import midnight


def host_of(row: Row, *, source: str, now: dt.datetime) -> NewUser:
    """Makes an owner who cannot log in, at a domain that can never exist. Raises `RowError`."""
    host_id = id_of(row["host_id"], "host_id")
    name = f"{source.replace(':', '-')}-{host_id}"
    return NewUser(
        id=stable_id(source, "host", host_id),
        username=name,
        email=f"{name}@import.invalid",
        first_name=plain_line(values.prose(row, "host_name"))[:150],
        source_id=f"{source}:{host_id}",
        created_at=_since(row) or now,
    )


def _since(row: Row) -> dt.datetime | None:
    try:
        return midnight(values.date(row, "host_since"))
    except RowError:
        return None
