"""How it is seen that an item has come: in the hosts' live streams."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

import httpx
import orjson

from faults.backbone.traffic import Place
from faults.fixtures import Person

KIND = "booking_requested"
PATH = "/api/notifications/stream"
QUIET_SECONDS = 60
Seen = dict[str, float]


class Said(NamedTuple):
    """One event of a stream of server-sent events."""

    id: str
    event: str
    data: str


def watch_streams(url: str, places: Sequence[Place], seen: Seen) -> None:
    """From when this returns, `seen` gets the instant of each booking's item in the live stream of
    its host, by booking. A stream that ends early lacks what came after."""

    def watch(host: Person, opened: threading.Event) -> None:
        with (
            suppress(httpx.HTTPError),
            httpx.Client(timeout=QUIET_SECONDS, trust_env=False) as http,
            http.stream("GET", f"{url}{PATH}", headers=host.headers) as reply,
        ):
            reply.raise_for_status()
            for said in events(reply.iter_lines()):
                if said.event == "ready":
                    opened.set()
                _note_item(seen, said)

    for place in places:
        opened = threading.Event()
        host = Person(place.host_id, "owner")
        threading.Thread(target=watch, args=(host, opened), daemon=True).start()
        if not opened.wait(QUIET_SECONDS):
            raise TimeoutError(f"{url}{PATH} did not open")


def _note_item(seen: Seen, said: Said) -> None:
    item = orjson.loads(said.data) if said.data else {}
    if isinstance(item, dict) and item.get("kind") == KIND:
        _note(seen, item["booking_id"])


def _note(seen: Seen, booking_id: str) -> None:
    seen.setdefault(booking_id, time.monotonic())


def events(lines: Iterable[str]) -> Iterator[Said]:
    """As the HTML standard reads them: a blank line ends an event, a colon begins a comment."""
    fields: dict[str, list[str]] = {}
    for line in lines:
        if not line:
            if "data" in fields:
                last = {name: values[-1] for name, values in fields.items()}
                data = "\n".join(fields["data"])
                yield Said(last.get("id", ""), last.get("event", "message"), data)
            fields = {}
            continue
        name, _, value = line.partition(":")
        if name:
            fields.setdefault(name, []).append(value.removeprefix(" "))
