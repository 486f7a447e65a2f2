"""A feed's lines, cut into its events, so that one broken event does not take the others along and
each problem has its line."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from apps.calendars.ics.events import FeedError

MOST_EVENTS = 3000
DEEPEST = 8
SHOWN = 60
READ, SKIPPED = "VEVENT", "VTIMEZONE"
BUSY = "VFREEBUSY"
OFFSET = re.compile(r"TZOFFSETTO:([+-])(\d{2})(\d{2})")


class Block(NamedTuple):
    """One component; `line` is its first in the feed."""

    name: str
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "\r\n".join(self.lines) + "\r\n"


class _Line(NamedTuple):
    number: int
    text: str


def blocks(content: bytes) -> list[Block]:
    """Lists events, time zones and busy times. Raises `FeedError` for what is no whole calendar."""
    lines = [line for line in _unfolded(_text(content)) if line.text.strip()]
    if not lines:
        raise FeedError("The feed is empty: it does not even have a calendar in it.")
    if lines[0].text.strip().upper() != "BEGIN:VCALENDAR":
        begins = lines[0].text.strip()[:SHOWN]
        raise FeedError(
            f'This is no calendar: it begins with "{begins}" instead of BEGIN:VCALENDAR.'
        )
    found = list(_cut(lines))
    if sum(block.name == READ for block in found) > MOST_EVENTS:
        raise FeedError(f"The feed has more than {MOST_EVENTS:,} events.")
    return found


def zone_offset(block: Block) -> int | None:
    """Returns the seconds that a time zone of the feed is ahead of UTC in winter."""
    text = block.text.upper()
    standard = text.partition("BEGIN:STANDARD")[2].partition("END:STANDARD")[0]
    match = OFFSET.search(standard or text)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    seconds = int(hours) * 3600 + int(minutes) * 60
    return -seconds if sign == "-" else seconds


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _unfolded(text: str) -> Iterator[_Line]:
    number, held = 0, ""
    for at, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if line[:1] in {" ", "\t"} and number:
            held += line[1:]
            continue
        if number:
            yield _Line(number, held)
        number, held = at, line
    yield _Line(number, held)


def _cut(lines: list[_Line]) -> Iterator[Block]:
    """Cuts where components begin and end. They stand in a calendar, which must end."""
    open_: list[str] = []
    block: Block | None = None
    for line in lines:
        word, _, name = line.text.strip().upper().partition(":")
        if word == "BEGIN":
            open_.append(name)
            if len(open_) > DEEPEST:
                raise FeedError(f"Line {line.number}: components are nested too deep.")
            if block is None and name in {READ, SKIPPED, BUSY}:
                block = Block(name, line.number, [])
        if block is not None:
            block.lines.append(line.text.strip("\r\n"))
        if word == "END":
            if not open_ or open_.pop() != name:
                raise FeedError(f"Line {line.number}: END:{name[:SHOWN]} ends nothing that began.")
            if block is not None and name == block.name:
                yield block
                block = None
    if open_:
        last = lines[-1].number
        raise FeedError(f"The feed breaks off after line {last}: END:{open_[-1]} is missing.")
