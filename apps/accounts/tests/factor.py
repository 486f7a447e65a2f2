"""What a person with an authenticator app does."""

import datetime as dt

from apps.accounts import codes
from apps.accounts.services import enrolment_begin, second_factor_confirm


class Phone:
    """The app, enrolled for `user_id` a minute before `now`, so that no code of now is used."""

    def __init__(self, user_id, now: dt.datetime) -> None:
        before = now - dt.timedelta(minutes=2)
        self.secret = enrolment_begin(user_id=user_id, now=before).secret
        self.recovery = second_factor_confirm(user_id=user_id, code=self.code(before), now=before)

    def code(self, now: dt.datetime, steps: int = 0) -> str:
        step = int(now.timestamp()) // codes.STEP_SECONDS + steps
        return codes.code_at(self.secret, step).decode()
