"""Decides which stays a listing takes, from its terms alone: dates are those at the listing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from apps.common.errors import AppError, ConflictError, InvalidInputError
from apps.properties.pricing import Terms, season_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EARLIEST, LATEST = dt.date(2026, 11, 24), dt.date(2027, 2, 20)


class ListingInactiveError(ConflictError):
    code = "LISTING_INACTIVE"
    sentence = "This listing takes no bookings at present."


class StayRuleError(InvalidInputError):
    """A rule of the listing that a stay breaks; programs read the rule in `details`."""

    @classmethod
    def of(cls, rule: dict[str, Any], **values: Any) -> Self:
        return cls(**values, details={"rule": rule})


class PastDateError(StayRuleError):
    code = "PAST_DATE"
    field = "check_in"
    sentence = "Choose {earliest}, which is today at the listing, or a later date."
    sample: ClassVar = {"earliest": EARLIEST}


class LeadTimeError(StayRuleError):
    code = "LEAD_TIME"
    field = "check_in"
    sentence = "The host needs {notice} notice: choose {earliest} or a later date."
    sample: ClassVar = {"notice": "2 days'", "earliest": EARLIEST}


class TooFarAheadError(StayRuleError):
    code = "TOO_FAR_AHEAD"
    field = "check_in"
    sentence = "Stays can be booked {days} ahead: choose {latest} or an earlier date."
    sample: ClassVar = {"days": "90 days", "latest": LATEST}


class MinStayError(StayRuleError):
    code = "MIN_STAY"
    field = "check_out"
    sentence = "Minimum stay {where} is {nights}."
    sample: ClassVar = {"where": "on these dates", "nights": "3 nights"}


class MaxStayError(StayRuleError):
    code = "MAX_STAY"
    field = "check_out"
    sentence = "Maximum stay {where} is {nights}."
    sample: ClassVar = {"where": "here", "nights": "30 nights"}


class CheckInDayError(StayRuleError):
    code = "CHECK_IN_DAY"
    field = "check_in"
    sentence = "Check-in is on {days}; {day} is a {weekday}."
    sample: ClassVar = {"days": "Saturday", "day": "2026-11-25", "weekday": "Wednesday"}


class CheckOutDayError(StayRuleError):
    code = "CHECK_OUT_DAY"
    field = "check_out"
    sentence = "Check-out is on {days}; {day} is a {weekday}."
    sample: ClassVar = CheckInDayError.sample


class TooManyGuestsError(StayRuleError):
    code = "TOO_MANY_GUESTS"
    field = "guest_count"
    sentence = "There is room for {guests} at most."
    sample: ClassVar = {"guests": "4 guests"}


# What `stay_check` raises, for the views that call it.
STAY_REFUSALS: tuple[type[AppError], ...] = (
    ListingInactiveError,
    PastDateError,
    LeadTimeError,
    TooFarAheadError,
    MinStayError,
    MaxStayError,
    CheckInDayError,
    CheckOutDayError,
    TooManyGuestsError,
)


def stay_refusal(
    terms: Terms,
    *,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    is_agreed: bool = False,
) -> AppError | None:
    """Returns the first rule that the stay breaks, as the error that reports it. A stay whose
    check-in was agreed before (`is_agreed`) is not too early or late."""
    if not terms["is_active"]:
        return ListingInactiveError()
    return (
        (None if is_agreed else _ahead(terms, check_in, today_at(terms, now)))
        or _length(terms, check_in, (check_out - check_in).days)
        or _weekdays(terms, check_in, check_out)
        or guests_refusal(terms, guest_count)
    )


def stay_check(
    terms: Terms,
    *,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    is_agreed: bool = False,
) -> None:
    """Raises what `stay_refusal` finds."""
    refusal = stay_refusal(
        terms,
        check_in=check_in,
        check_out=check_out,
        guest_count=guest_count,
        now=now,
        is_agreed=is_agreed,
    )
    if refusal:
        raise refusal


def guests_refusal(terms: Terms, guest_count: int) -> TooManyGuestsError | None:
    most = terms["capacity"]["max_guests"]
    if guest_count <= most:
        return None
    return TooManyGuestsError.of({"max_guests": most}, guests=_count(most, "guest"))


def guests_check(terms: Terms, guest_count: int) -> None:
    if refusal := guests_refusal(terms, guest_count):
        raise refusal


def today_at(terms: Terms, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(terms["time_zone"])).date()


def nights_allowed(terms: Terms, check_in: dt.date) -> tuple[int, int]:
    """Returns the least and the most nights of a stay that begins then: the season's, else the
    year's."""
    least, most = terms["min_nights"], terms["max_nights"]
    if season := season_of(terms, check_in):
        least = least if season["min_nights"] is None else season["min_nights"]
        most = most if season["max_nights"] is None else season["max_nights"]
    return least, max(least, most)


def may_begin(terms: Terms, day: dt.date, today: dt.date) -> bool:
    """Whether a stay of some length may begin on `day`, as far as rules go."""
    earliest, latest = _window(terms, today)
    return earliest <= day <= latest and _is_among(terms["check_in_days"], day)


def may_end(terms: Terms, day: dt.date) -> bool:
    return _is_among(terms["check_out_days"], day)


def _ahead(terms: Terms, check_in: dt.date, today: dt.date) -> StayRuleError | None:
    if check_in < today:
        return PastDateError.of({"earliest": today}, earliest=today)
    notice, window = terms["lead_days"], terms["window_days"]
    earliest, latest = _window(terms, today)
    if check_in < earliest:
        possessive = "1 day's" if notice == 1 else f"{notice} days'"
        return LeadTimeError.of({"earliest": earliest}, notice=possessive, earliest=earliest)
    if check_in > latest:
        return TooFarAheadError.of({"latest": latest}, days=_count(window, "day"), latest=latest)
    return None


def _window(terms: Terms, today: dt.date) -> tuple[dt.date, dt.date]:
    """Returns the first and the last day on which a stay may begin."""
    return (
        today + dt.timedelta(days=terms["lead_days"]),
        today + dt.timedelta(days=terms["window_days"]),
    )


def _length(terms: Terms, check_in: dt.date, nights: int) -> StayRuleError | None:
    least, most = nights_allowed(terms, check_in)
    where = "on these dates" if season_of(terms, check_in) else "here"
    if nights < least:
        return MinStayError.of({"min_nights": least}, where=where, nights=_count(least, "night"))
    if nights > most:
        return MaxStayError.of({"max_nights": most}, where=where, nights=_count(most, "night"))
    return None


def _weekdays(terms: Terms, check_in: dt.date, check_out: dt.date) -> StayRuleError | None:
    return _weekday(CheckInDayError, terms["check_in_days"], check_in) or _weekday(
        CheckOutDayError, terms["check_out_days"], check_out
    )


def _weekday(error: type[StayRuleError], days: list[int], day: dt.date) -> StayRuleError | None:
    if _is_among(days, day):
        return None
    weekday = DAYS[day.weekday()]
    return error.of({"days": sorted(days)}, days=_names(days), day=day, weekday=weekday)


def _is_among(days: list[int], day: dt.date) -> bool:
    return not days or day.weekday() in days


def _names(days: Sequence[int]) -> str:
    names = [DAYS[day] for day in sorted(days)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
