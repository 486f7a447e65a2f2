"""Rate limits of the API's views: DRF's own let 400 of 400 calls through."""

import ipaddress
import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from apps.common import rate_limits
from apps.common.errors import UnavailableError
from apps.common.permissions import caller

logger = logging.getLogger(__name__)
# Who has one IPv6 address has all of its network.
IPV6_NETWORK = 64


def client_address(request: Request | HttpRequest) -> str:
    """The caller's address: the entry of X-Forwarded-For that the outermost own proxy wrote."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def client_network(request: Request | HttpRequest) -> str:
    """What counts as one caller: an IPv4 address, or the /64 of an IPv6 one."""
    return network_of(client_address(request))


def network_of(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), IPV6_NETWORK), strict=False))


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
