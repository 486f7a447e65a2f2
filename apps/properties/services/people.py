"""What this app does for a person who is suspended or restored."""

import datetime as dt

from apps.common.parts import USER, Part, Subject, Withdrawal
from apps.properties.services.moderation import listings_bring_back, listings_withdraw


class PropertiesPart(Part):
    def withdraw(self, withdrawal: Withdrawal) -> None:
        if withdrawal.subject.kind == USER:
            listings_withdraw(host_id=withdrawal.subject.id, now=withdrawal.now)

    def restore(self, subject: Subject, *, now: dt.datetime) -> None:
        if subject.kind == USER:
            listings_bring_back(host_id=subject.id, now=now)


PART = PropertiesPart()
