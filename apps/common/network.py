"""The caller's network address, also for code below the request: what a security event notes."""

import ipaddress
from contextvars import ContextVar
from typing import Any, Protocol

from django.conf import settings

# Who has one IPv6 address has all of its network.
IPV6_NETWORK = 64
_current: ContextVar[str] = ContextVar("client_address", default="")


class HasMeta(Protocol):
    META: dict[str, Any]


def client_address(request: HasMeta) -> str:
    """The caller's address: the entry of X-Forwarded-For that the outermost own proxy wrote."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def address_bind(request: HasMeta) -> None:
    _current.set(client_address(request))


def address_current() -> str:
    """Empty outside of a request: in a worker, in a command."""
    return _current.get()


def client_network(request: HasMeta) -> str:
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
