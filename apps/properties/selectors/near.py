import datetime as dt
from collections.abc import Iterable, Iterator

from apps.properties.enums import ClaimKind
from apps.properties.house_rules import nights_allowed, stay_refusal, today_at
from apps.properties.nights import nights_claimed, nights_wanted, stay_in_the_way
from apps.properties.pricing import Terms

DAYS = 14
# Between two days on which stays may end lie less than these.
WEEK = 7

Span = tuple[dt.date, dt.date]


def stays_near(
    terms: Terms,
    *,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    days: int = DAYS,
    most: int = 3,
) -> list[Span]:
    """Returns the free stays of the same length that begin up to `days` earlier or later, the
    nearest first. Where the rules allow none of that length, those of the nearest length that they
    allow."""
    begins = list(_around(check_in, days, terms, now))
    length = (check_out - check_in).days

    def allowed(spare: int) -> list[Span]:
        nearest = (_spans(terms, begin, length, spare) for begin in begins)
        found = (_first_allowed(terms, spans, guest_count, now) for spans in nearest)
        return [span for span in found if span]

    return _free(terms, allowed(0) or allowed(WEEK), now=now)[:most]


def _around(day: dt.date, days: int, terms: Terms, now: dt.datetime) -> Iterator[dt.date]:
    """Yields the days on which the listing can be booked at all, the nearest first."""
    today = today_at(terms, now).toordinal()
    for away in range(days + 1):
        for ordinal in dict.fromkeys((day.toordinal() - away, day.toordinal() + away)):
            if today <= ordinal <= today + terms["window_days"]:
                yield dt.date.fromordinal(ordinal)


def _spans(terms: Terms, begin: dt.date, length: int, spare: int) -> list[Span]:
    """Returns stays of the nearest lengths that are allowed then, up to `spare` nights off, the
    nearest first."""
    least, most = nights_allowed(terms, begin)
    near = min(max(length, least), most)
    lengths = range(max(near - spare, least), min(near + spare, most) + 1)
    return [
        (begin, begin + dt.timedelta(days=nights))
        for nights in sorted(lengths, key=lambda nights: abs(nights - near))
    ]


def _first_allowed(
    terms: Terms, spans: Iterable[Span], guest_count: int, now: dt.datetime
) -> Span | None:
    for begin, end in spans:
        refusal = stay_refusal(
            terms, check_in=begin, check_out=end, guest_count=guest_count, now=now
        )
        if refusal is None:
            return begin, end
    return None


def _free(terms: Terms, spans: list[Span], *, now: dt.datetime) -> list[Span]:
    if not spans:
        return []
    prep = terms["prep_nights"]
    claims = nights_claimed(
        terms["_id"],
        start=min(begin for begin, _ in spans),
        end=max(end for _, end in spans) + dt.timedelta(days=prep),
        now=now,
    )
    wanted = {
        span: nights_wanted(*span, prep_nights=prep, kind=ClaimKind.BOOKING) for span in spans
    }
    return [span for span in spans if not stay_in_the_way(claims, wanted[span])]
