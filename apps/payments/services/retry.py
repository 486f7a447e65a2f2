"""Staff retry a failed command, once they have mended the cause."""

import datetime as dt

from bson import ObjectId

from apps.common import mongo
from apps.common.errors import ConflictError
from apps.payments.enums import CommandStatus
from apps.payments.rows import payment_commands
from apps.payments.selectors import payment_stored
from apps.payments.services.execute import execute_after_commit


class NotFailedError(ConflictError):
    sentence = "Only a failed command can be tried again."


def command_retry(command_id: ObjectId, *, now: dt.datetime) -> None:
    """Makes a failed command due again, with the key that it had: what the provider did the first
    time is not done twice. Raises `NotFailedError`."""

    def transaction() -> None:
        command = payment_commands.find_one_and_update(
            {"_id": command_id, "status": CommandStatus.FAILED.value},
            {"$set": {"status": CommandStatus.DUE.value, "attempts": 0, "next_at": now}},
        )
        if command is None:
            raise NotFailedError
        execute_after_commit([payment_stored(command["payment_id"])], now=now)

    mongo.run_in_transaction(transaction)
