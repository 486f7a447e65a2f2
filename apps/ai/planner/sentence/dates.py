"""Reads dates. Without a year they are the next ones to come; a part that cannot be a stay
(past, backwards, longer than a year, no length) is ignored."""

import datetime as dt
import re
from collections.abc import Iterator

from apps.ai.planner.sentence.date_patterns import (
    LENGTH,
    MONTHS,
    NEXT_WEEK,
    RANGE,
    RELATIVE,
    SAME_MONTH,
    START,
    VAGUE,
    WEEKDAYS,
    WEEKEND,
)
from apps.ai.planner.sentence.text import Sentence, number

FRIDAY, WEEK = 4, 7
LONGEST, AHEAD = 365, 730
Span = tuple[dt.date, dt.date]


def read_dates(sentence: Sentence, today: dt.date) -> Span | None:
    span = _whole(sentence, today) or _start_and_length(sentence, today)
    if span:
        _agreeing_length(sentence, span)
    for pattern in (RANGE, START, RELATIVE, NEXT_WEEK, WEEKEND, LENGTH, VAGUE):
        for match in list(sentence.matches(pattern)):
            sentence.ignore(match)
    return span


def _whole(sentence: Sentence, today: dt.date) -> Span | None:
    for match, span in _spans(sentence, today):
        if span and _possible(span, today):
            sentence.understand(match, check_in=span[0], check_out=span[1])
            return span
        sentence.ignore(match)
    return None


def _spans(sentence: Sentence, today: dt.date) -> Iterator[tuple[re.Match[str], Span | None]]:
    for pattern in SAME_MONTH:
        if match := sentence.first(pattern):
            yield match, _same_month(match, today)
    if match := sentence.first(RANGE):
        yield match, _range(match, today)
    if match := sentence.first(WEEKEND):
        yield match, _weekend(match["which"], today)


def _start_and_length(sentence: Sentence, today: dt.date) -> Span | None:
    relative = sentence.first(RELATIVE)
    begins = relative or sentence.first(START) or sentence.first(NEXT_WEEK)
    if begins is None:
        return None
    if relative:
        start: dt.date | None = today + dt.timedelta(days=_days(relative))
        sentence_end = relative.end()
    elif begins.re is NEXT_WEEK:
        start, sentence_end = _monday(today) + dt.timedelta(days=WEEK), begins.end()
    else:
        start, sentence_end = _date(begins, "a", today), begins.end()
    lengths = [match for match in sentence.matches(LENGTH) if not _overlap(match, begins)]
    length = next((match for match in lengths if match.start() >= sentence_end), None)
    length = length or next(iter(lengths), None)
    nights = _days(length) if length else _nights_unsaid(begins)
    if start is None or not nights:
        return None
    span = (start, start + dt.timedelta(days=min(nights, LONGEST + 1)))
    if not _possible(span, today):
        return None
    sentence.understand(begins, check_in=span[0], **({} if length else {"check_out": span[1]}))
    if length:
        sentence.understand(length, check_out=span[1])
    return span


def _nights_unsaid(begins: re.Match[str]) -> int:
    """Counts a day by itself as its night; "from Monday" and "in two weeks" leave the end open."""
    if begins.re is NEXT_WEEK:
        return WEEK
    return 1 if begins.re is START and not begins["open"] else 0


def _agreeing_length(sentence: Sentence, span: Span) -> None:
    for match in list(sentence.matches(LENGTH)):
        if _days(match) == (span[1] - span[0]).days:
            sentence.understand(match)


def _overlap(a: re.Match[str], b: re.Match[str]) -> bool:
    return a.start() < b.end() and b.start() < a.end()


def _days(match: re.Match[str]) -> int:
    return number(match["n"]) * (WEEK if match["unit"].startswith("week") else 1)


def _possible(span: Span, today: dt.date) -> bool:
    nights = (span[1] - span[0]).days
    return today <= span[0] <= today + dt.timedelta(days=AHEAD) and 0 < nights <= LONGEST


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _weekend(which: str, today: dt.date) -> Span:
    """Returns Friday to Sunday; of one that has begun, what is left."""
    friday = _monday(today) + dt.timedelta(days=FRIDAY + (WEEK if which == "next" else 0))
    sunday = friday + dt.timedelta(days=2)
    if today >= sunday:
        return friday + dt.timedelta(days=WEEK), sunday + dt.timedelta(days=WEEK)
    return max(friday, today), sunday


def _same_month(match: re.Match[str], today: dt.date) -> Span | None:
    month = _month(match["m"])
    for year in [int(match["y"])] if match["y"] else [today.year, today.year + 1]:
        start, end = _made(year, month, match["a"]), _made(year, month, match["b"])
        if start and end and start < end and (match["y"] or start >= today):
            return start, end
    return None


def _range(match: re.Match[str], today: dt.date) -> Span | None:
    start = _date(match, "a", today)
    end = _date(match, "b", start or today)
    if start is None or end is None:
        return None
    if _year(match, "b") and (match["ma"] or match["Ma"]) and not _year(match, "a"):
        made = (_made(end.year - less, start.month, str(start.day)) for less in (0, 1))
        start = next((found for found in made if found and found < end), start)
    return start, end


def _year(match: re.Match[str], key: str) -> str | None:
    return match[f"y{key}"] or match[f"Y{key}"] or match[f"iso{key}"]


def _date(match: re.Match[str], key: str, after: dt.date) -> dt.date | None:
    if match[f"iso{key}"]:
        try:
            return dt.date.fromisoformat(match[f"iso{key}"])
        except ValueError:
            return None
    if near := match[f"near{key}"]:
        return after + dt.timedelta(days=near == "tomorrow")
    if weekday := match[f"weekday{key}"]:
        return _weekday(weekday, after, is_next=(match[f"which{key}"] or "") == "next ")
    month = _month(match[f"m{key}"] or match[f"M{key}"])
    day = match[f"d{key}"] or match[f"D{key}"]
    if year := match[f"y{key}"] or match[f"Y{key}"]:
        return _made(int(year), month, day)
    made = (_made(after.year + more, month, day) for more in (0, 1))
    return next((found for found in made if found and found >= after), None)


def _weekday(name: str, after: dt.date, *, is_next: bool) -> dt.date:
    at = WEEKDAYS.index(name)
    if is_next:
        return _monday(after) + dt.timedelta(days=WEEK + at)
    return after + dt.timedelta(days=(at - after.weekday() - 1) % WEEK + 1)


def _month(name: str) -> int:
    return MONTHS.index(name[:3]) + 1


def _made(year: int, month: int, day: str) -> dt.date | None:
    try:
        return dt.date(year, month, int(day))
    except ValueError:
        return None
