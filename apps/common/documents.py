"""MongoEngine on the process's one MongoClient. It has no sessions: never in a transaction."""

from typing import Any

import mongoengine
from django.db import connection


def register() -> None:
    """Names the default connection; nothing is opened before the first query."""
    mongoengine.register_connection(
        alias="default",
        db=connection.settings_dict["NAME"],
        host=connection.settings_dict["HOST"],
        mongo_client_class=_shared_client,
        uuidRepresentation="standard",
    )


def _shared_client(**_: Any) -> Any:
    connection.ensure_connection()
    return connection.connection
