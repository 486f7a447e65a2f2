"""E-mails about an account itself: to confirm an address, to choose a new password, and what
happened to it. They are no notifications: nobody can switch them off, and they skip Kafka."""

import datetime as dt
import uuid
from collections.abc import Mapping

from bson import ObjectId

from apps.notifications.rows import emails
from apps.notifications.services.emails import email_row
from apps.notifications.services.messages.account import ACCOUNT_TEXTS
from apps.notifications.services.preferences import delivery_preference


class StoredAccountMail:
    """The `apps.accounts.services.mail.AccountMail` of the settings."""

    def request(
        self,
        *,
        kind: str,
        user_id: ObjectId,
        address: str,
        nonce: str = "",
        values: Mapping[str, str] | None = None,
        now: dt.datetime,
    ) -> None:
        row = email_row(
            event_id=str(uuid.uuid4()),
            user_id=user_id,
            kind=kind,
            title=ACCOUNT_TEXTS[kind].title,
            values=values,
            locale=delivery_preference(user_id, kind).locale,
            now=now,
        )
        row["recipient"], row["nonce"] = address, nonce
        emails.insert_one(row)


ACCOUNT_MAIL = StoredAccountMail()
