"""Who e-mails what an account asks for. `settings.ACCOUNT_MAIL` names it, so that accounts import
nothing above them. The intent is stored in the transaction of the change, so it survives a crash;
a worker sends it. Nothing of it passes through Kafka."""

import datetime as dt
from collections.abc import Mapping
from typing import Protocol

from bson import ObjectId
from django.conf import settings
from django.utils.module_loading import import_string


class AccountMail(Protocol):
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
        """Stores the e-mail of `kind` to `address`, with the link of `nonce` if it has one."""
        ...


def account_mail() -> AccountMail:
    named: AccountMail = import_string(settings.ACCOUNT_MAIL)
    return named
