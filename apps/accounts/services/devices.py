"""Where a log-in comes from, as a person would say it."""

import re
from typing import NamedTuple

LONGEST = 80
UNKNOWN = "Unknown device"
# The first that is found names it: Edge and Opera also say Chrome, Chrome also says Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
PRODUCT = re.compile(r"[\w.-]+(/[\w.-]+)?", re.ASCII)


class Device(NamedTuple):
    name: str
    address: str


def device_name(user_agent: str) -> str:
    """ "Firefox on Windows"; of what is no browser its first word, such as curl/8.5.0."""
    browser = _named(user_agent, BROWSERS)
    system = _named(user_agent, SYSTEMS)
    if browser and system:
        return f"{browser} on {system}"
    product = PRODUCT.match(user_agent)
    return browser or system or (product.group()[:LONGEST] if product else UNKNOWN)


def _named(user_agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in user_agent), "")
