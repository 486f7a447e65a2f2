"""What a failure means for the message: try again, give it to a person, or find out."""

from collections.abc import Iterator

from bson.errors import InvalidDocument
from pymongo.errors import DocumentTooLarge

from apps.common import mongo
from apps.common.errors import UnavailableError
from apps.events.schemas import SchemaError

TRANSIENT, PERMANENT, UNKNOWN = "transient", "permanent", "unknown"
KINDS = (TRANSIENT, PERMANENT, UNKNOWN)
_TRANSIENT = (UnavailableError, ConnectionError, TimeoutError)
_PERMANENT = (SchemaError, InvalidDocument, DocumentTooLarge)


def kind(error: BaseException) -> str:
    """TRANSIENT: an outage, which says nothing about the message. PERMANENT: never with this
    message. UNKNOWN: perhaps a bug. What an error was raised from counts too."""
    for one in _chain(error):
        if isinstance(one, _PERMANENT):
            return PERMANENT
        if isinstance(one, _TRANSIENT) or mongo.is_outage(one):
            return TRANSIENT
    return UNKNOWN


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        hidden = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or hidden
