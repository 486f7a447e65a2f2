"""The lives of random feeds, and a plain model of what each reading must leave closed: sets of
dates, without iCalendar, claims or a database."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from apps.calendars.tests.feeds import calendar

DAY = dt.timedelta(days=1)
ZONES = {"Asia/Singapore": "", "America/New_York": "Eastern Standard Time", "Europe/Rome": ""}
FORMS = ("days", "utc", "zone", "windows", "floating", "weekly")
BROKEN = (b"", b"<html>Log in</html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")
UNREADABLE = "UID:unreadable\nDTSTART:nonsense"
Identity = tuple[str, ...]
Known = dict[Identity, frozenset[dt.date]]
Held = frozenset[Identity]


class Step(NamedTuple):
    """A reading: the bytes that the site sends, and the nights that are closed after it."""

    content: bytes
    closed: set[dt.date]


class Stay(NamedTuple):
    uid: str
    form: str
    first: dt.date
    nights: int
    weeks: int
    left_out: frozenset[int]

    def starts(self) -> list[dt.date]:
        weeks = range(self.weeks) if self.form == "weekly" else range(1)
        return [self.first + 7 * week * DAY for week in weeks if week not in self.left_out]

    def known(self) -> Known:
        found: Known = {}
        for start in self.starts():
            identity = (self.uid, str(start)) if self.form == "weekly" else (self.uid,)
            found[identity] = frozenset(start + night * DAY for night in range(self.nights))
        return found


def life(seed: int, *, today: dt.date, zone: str, steps: int) -> Iterator[Step]:
    rng = random.Random(seed)
    stays: dict[str, Stay] = {}
    known: Known = {}
    held: Held = frozenset()
    for _ in range(steps):
        if rng.random() < 0.15:
            yield Step(rng.choice(BROKEN), _nights(known))
            continue
        stays = _changed(stays, rng, today)
        is_unreadable = rng.random() < 0.1
        now: Known = {}
        for stay in stays.values():
            now |= stay.known()
        known, held = after(known, now, held=held, is_unreadable=is_unreadable)
        events = [written(stay, zone) for stay in stays.values()]
        rng.shuffle(events)
        yield Step(calendar(*events, *[UNREADABLE] * is_unreadable), _nights(known))


def after(
    known: Known, now: Known, *, held: Held, is_unreadable: bool = False
) -> tuple[Known, Held]:
    """What counts after a reading that says `now`, and what waits for another. Between two there
    is more than the time of a second look."""
    gone = known.keys() - now.keys()
    if is_unreadable or not gone:
        return {**known, **now}, frozenset()
    if not now:
        return {**known, **now}, frozenset(gone)
    fresh = gone - held
    if len(fresh) >= 3 and 2 * len(fresh) > len(known):
        return {**{key: known[key] for key in fresh}, **now}, frozenset(fresh)
    return now, frozenset()


def _nights(known: Known) -> set[dt.date]:
    return {night for nights in known.values() for night in nights}


def _changed(stays: dict[str, Stay], rng: random.Random, today: dt.date) -> dict[str, Stay]:
    """Some come, some move, some vanish; now and then all of them."""
    if rng.random() < 0.1:
        return {}
    kept = {uid: stay for uid, stay in stays.items() if rng.random() > 0.2}
    moved = {
        uid: stay._replace(first=stay.first + rng.randint(-1, 3) * DAY)
        if rng.random() < 0.2
        else stay
        for uid, stay in kept.items()
    }
    for _ in range(rng.randint(0, 3)):
        uid = f"{rng.getrandbits(40):x}@site.example"
        first = today + rng.randint(15, 600) * DAY
        form, weeks = rng.choice(FORMS), rng.randint(1, 4)
        left_out = frozenset({week for week in range(1, weeks) if rng.random() < 0.2})
        moved[uid] = Stay(uid, form, first, rng.randint(1, 9), weeks, left_out)
    return moved


def written(stay: Stay, zone: str) -> str:
    """Check-in at 15:00 and check-out at 11:00 of the listing, however it is written."""
    first, end = stay.first, stay.first + stay.nights * DAY
    if stay.form in {"days", "weekly"}:
        lines = f"DTSTART;VALUE=DATE:{first:%Y%m%d}\nDTEND;VALUE=DATE:{end:%Y%m%d}"
        if stay.form == "weekly":
            lines += f"\nRRULE:FREQ=WEEKLY;COUNT={stay.weeks}"
            out = [first + 7 * week * DAY for week in sorted(stay.left_out)]
            lines += "".join(f"\nEXDATE;VALUE=DATE:{day:%Y%m%d}" for day in out)
        return f"UID:{stay.uid}\n{lines}\nSUMMARY:Reserved"
    begins = dt.datetime.combine(first, dt.time(15), ZoneInfo(zone))
    ends = dt.datetime.combine(end, dt.time(11), ZoneInfo(zone))
    times = [_moment(when, stay.form) for when in (begins, ends)]
    return f"UID:{stay.uid}\nDTSTART{times[0]}\nDTEND{times[1]}"


def _moment(when: dt.datetime, form: str) -> str:
    if form == "floating":
        return f":{when:%Y%m%dT%H%M%S}"
    if form == "utc":
        return f":{when.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    name, there = "Asia/Tokyo", ZoneInfo("Asia/Tokyo")
    if form == "windows":
        name, there = "Pacific Standard Time", ZoneInfo("America/Los_Angeles")
    return f";TZID={name}:{when.astimezone(there):%Y%m%dT%H%M%S}"
