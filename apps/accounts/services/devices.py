"""Where a log-in comes from, as a person would say it, and which devices a person has."""

import datetime as dt
import re
from typing import NamedTuple

from bson import ObjectId

from apps.accounts.rows import users
from apps.accounts.services.mail import account_mail

LONGEST = 80
MOST_KNOWN = 20
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


def device_learn(*, user_id: ObjectId, name: str, now: dt.datetime) -> None:
    """Remembers a device; of one that is new beside others the person is told by e-mail. A program
    is the same in all its versions. Belongs in the transaction of the log-in."""
    name = name.partition("/")[0]
    user = users.find_one(
        {"_id": user_id}, {"known_devices": 1, "email": 1, "email_verified_at": 1}
    )
    if user is None:
        return
    known = user.get("known_devices")
    if known is not None and name in known:
        return
    latest = [*(known or []), name][-MOST_KNOWN:]
    users.update_one({"_id": user_id}, {"$set": {"known_devices": latest}})
    if known is not None and user.get("email_verified_at"):
        values = {"device": name, "time": f"{now:%Y-%m-%d %H:%M} UTC"}
        account_mail().request(
            kind="new_device", user_id=user_id, address=user["email"], values=values, now=now
        )
