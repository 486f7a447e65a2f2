"""Rate limits of the API's views: DRF's own let 400 of 400 calls through."""

import logging
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from apps.common import rate_limits
from apps.common.errors import RateLimitedError, UnavailableError
from apps.common.network import client_network
from apps.common.permissions import caller

logger = logging.getLogger(__name__)
READS = "reads"


class _Throttle(BaseThrottle):
    rate = ""
    scope = ""

    def key(self, request: Request) -> str | None:
        """Who is counted; None leaves the call uncounted."""
        raise NotImplementedError

    def on_outage(self) -> bool:
        return True

    def allow_request(self, request: Request, view: Any) -> bool:
        key = self.key(request)
        if key is None or not self.rate:
            return True
        self._key = key
        try:
            return rate_limits.hit(self.rate, self.scope, key)
        except RedisError:
            logger.warning("throttling.unavailable", extra={"scope": self.scope})
            return self.on_outage()

    def wait(self) -> float | None:
        try:
            return rate_limits.seconds_left(self.rate, self.scope, self._key)
        except RedisError:
            return None


class UserThrottle(_Throttle):
    scope = "user"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_USER

    def key(self, request: Request) -> str | None:
        return str(caller(request).id) if request.user.is_authenticated else None


class AddressThrottle(_Throttle):
    """Counts the calls to what is open to everybody, by address."""

    scope = "anonymous"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_ANONYMOUS

    def key(self, request: Request) -> str | None:
        return client_network(request)


class RenewalThrottle(AddressThrottle):
    """Counts renewals of browsers' sessions by address: everybody in an office has one."""

    scope = "renewals"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_READS


class ChallengeThrottle(AddressThrottle):
    """Counts what is made for passkeys to sign, by address: a log-in page asks for one."""

    scope = "challenges"


class HoldThrottle(AddressThrottle):
    """Counts holds by address: many accounts of one person are one address."""

    scope = "holds"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_HOLDS


def reads_charge(request: HttpRequest, cost: int) -> None:
    """Counts a call that anybody may make, by address, as so many units. Raises
    `RateLimitedError`; open where Redis is away."""
    rate, who = settings.RATE_LIMIT_READS, client_network(request)
    if not rate:
        return
    try:
        if rate_limits.hit_ahead(rate, READS, who, cost=cost):
            return
        seconds = rate_limits.seconds_left(rate, READS, who)
    except RedisError:
        logger.warning("throttling.unavailable", extra={"scope": READS})
        return
    error = RateLimitedError(seconds=seconds)
    error.retry_after = seconds
    raise error


class ExportThrottle(UserThrottle):
    """Putting a person's data together reads all of it."""

    scope = "export"
    rate = "3/day"


class LoginUnavailableError(UnavailableError):
    sentence = "Logging in is not possible right now. Try again in a minute."


class LoginThrottle(_Throttle):
    """Counts attempts by address; without Redis nobody can guess passwords unseen."""

    scope = "login"

    @property
    def rate(self) -> str:  # type: ignore[override]
        return settings.RATE_LIMIT_LOGIN

    def key(self, request: Request) -> str | None:
        return client_network(request)

    def on_outage(self) -> bool:
        raise LoginUnavailableError


class MailThrottle:
    """Counts the e-mails that somebody has sent to one account, whoever asks for them."""

    @staticmethod
    def check(account: str) -> None:
        """Raises `MailLimitError`, and `LoginUnavailableError` where nobody can count."""
        if not settings.RATE_LIMIT_MAIL:
            return
        try:
            if rate_limits.hit(settings.RATE_LIMIT_MAIL, "mail", account):
                return
            seconds = rate_limits.seconds_left(settings.RATE_LIMIT_MAIL, "mail", account)
        except RedisError as error:
            raise LoginUnavailableError from error
        raise MailLimitError(seconds)


class MailLimitError(RateLimitedError):
    sentence = (
        "We have sent you several e-mails already. Look at them, or try again in {seconds} s."
    )
    sample: ClassVar = {"seconds": 600}

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)
        self.retry_after = seconds
