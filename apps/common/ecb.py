"""The European Central Bank's daily reference rates: asks for the XML and reads it."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any, NamedTuple
from xml.parsers import expat

import httpx

from apps.common.money import CURRENCIES

URL = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
BASE = "EUR"
SECONDS = 10.0
MOST_BYTES = 100_000
# Thirty or so are published; with far fewer it is something else.
FEWEST = 20
RATE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)


class RatesUnreadableError(ValueError):
    pass


class Published(NamedTuple):
    day: dt.date
    per_euro: dict[str, Decimal]


def fetch(url: str = URL) -> bytes:
    """Raises `RatesUnreadableError` where there is no answer."""
    body = b""
    try:
        with httpx.Client(timeout=SECONDS) as client, client.stream("GET", url) as response:
            response.raise_for_status()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MOST_BYTES:
                    raise RatesUnreadableError(f"more than {MOST_BYTES:,} bytes came")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RatesUnreadableError(f"{url} did not answer: {error or type(error)}") from error
    return body


def read(xml: bytes) -> Published:
    """Raises `RatesUnreadableError` for what is not the rates of one day."""
    cubes = _cubes(xml)
    days = [cube["time"] for cube in cubes if "time" in cube]
    if len(days) != 1:
        raise RatesUnreadableError(f"it has the rates of {len(days)} days instead of one")
    per_euro: dict[str, Decimal] = {}
    for cube in cubes:
        if "currency" in cube:
            _add(per_euro, cube["currency"], cube.get("rate", ""))
    if len(per_euro) < FEWEST or "USD" not in per_euro:
        raise RatesUnreadableError(f"it has {len(per_euro)} rates; {FEWEST} and USD are expected")
    return Published(_day(days[0]), per_euro)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise RatesUnreadableError(f"{text!r} is not a date") from error


def _add(per_euro: dict[str, Decimal], currency: str, rate: str) -> None:
    if currency not in CURRENCIES or currency == BASE or currency in per_euro:
        raise RatesUnreadableError(f"the currency {currency!r} is unknown or named twice")
    if not RATE.fullmatch(rate) or not Decimal(rate):
        raise RatesUnreadableError(f"the rate {rate!r} of {currency} is not a number above 0")
    per_euro[currency] = Decimal(rate)


def _cubes(xml: bytes) -> list[dict[str, str]]:
    """The attributes of each `Cube`. A document that declares entities is not the bank's."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Cube":
            found.append(attributes)

    def declared(*_: Any) -> None:
        raise RatesUnreadableError("it declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise RatesUnreadableError(f"it is not XML: {error}") from error
    return found
