"""Which addresses a feed may have. An address that leads inside is refused, whatever its name: the
name is resolved once, all that it resolves to is checked, and what was checked is connected to."""

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

import idna
from django.conf import settings

PORTS = {"http": 80, "https": 443}
SUBSCRIBE = "webcal"
LONGEST = 2000
# Carriers' own networks, benchmarks, and IPv6 that carries IPv4 (6to4, Teredo, NAT64): none of
# them is a site, and the last ones could lead inside.
NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            "100.64.0.0/10",
            "198.18.0.0/15",
            "2002::/16",
            "2001::/32",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
        ),
    )
)
_lookups = ThreadPoolExecutor(max_workers=8, thread_name_prefix="feed-lookup")


class AddressRefusedError(Exception):
    """Its text says why, for the person who typed the address."""


class Target(NamedTuple):
    """`path` has the query with it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Takes an address apart. Raises `AddressRefusedError` for what cannot be one of a feed; names
    are looked up later, at each fetch."""
    if len(url) > LONGEST or not url.isprintable() or any(map(str.isspace, url)):
        raise AddressRefusedError("This is no address of a calendar.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefusedError("This is no address of a calendar.") from error
    scheme = "https" if parts.scheme.lower() == SUBSCRIBE else parts.scheme.lower()
    if scheme not in PORTS:
        raise AddressRefusedError("The address must begin with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError("The address must not have a name and password in it.")
    host = _host(parts.hostname or "")
    port = port or PORTS[scheme]
    if port not in PORTS.values() and not settings.FEED_INSIDE_ALLOWED:
        raise AddressRefusedError("The address must use the usual port: 443 or 80.")
    if _is_number(host):
        _check(host)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme, host, port, _quoted(path))


def _host(name: str) -> str:
    bare = name.rstrip(".")
    if not bare:
        raise AddressRefusedError("The address names no site.")
    if _is_number(bare):
        return bare
    try:
        host = idna.encode(bare, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise AddressRefusedError("The address names no site.") from error
    if "." not in host and not settings.FEED_INSIDE_ALLOWED:
        raise AddressRefusedError("The address names no site of the internet.")
    return host


def _quoted(path: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in path)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def resolved(target: Target, *, seconds: float) -> str:
    """Returns the number to connect to. Raises `AddressRefusedError` where any number of the name
    leads inside, and `OSError` where it has none or is not found
    in time."""
    lookup = _lookups.submit(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
    found = lookup.result(timeout=max(0.0, seconds))
    numbers = [str(entry[4][0]) for entry in found]
    for number in numbers:
        _check(number)
    return numbers[0]


def _check(number: str) -> None:
    if not (settings.FEED_INSIDE_ALLOWED or is_outside(number)):
        raise AddressRefusedError("The address leads into a private network.")


def is_outside(number: str) -> bool:
    """Whether it is one of the public internet: no loopback, private, link-local, multicast or
    reserved one, nor one of these in the clothes of another kind."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address.version == net.version and address in net for net in NEVER):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
