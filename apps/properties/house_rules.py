"""Which stays a listing takes, from its terms alone: dates are those at the listing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from apps.common.errors import AppError, ConflictError, InvalidInputError
from apps.properties.pricing import season_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def stay_refusal(
    terms: Mapping[str, Any],
    *,
    check_in: dt.date,
    check_out: dt.date,
    guest_count: int,
    now: dt.datetime,
    is_agreed: bool = False,
) -> AppError | None:
    """The first rule that the stay breaks, as the error that tells of it. One that `is_agreed`, in
    that its check-in was agreed on before, is not too early or late."""
    if not terms["is_active"]:
        return ConflictError("This listing takes no bookings at present.", code="LISTING_INACTIVE")
    return (
        (None if is_agreed else _ahead(terms, check_in, today_at(terms, now)))
        or _length(terms, check_in, (check_out - check_in).days)
        or _weekdays(terms, check_in, check_out)
        or guests_refusal(terms, guest_count)
    )


def stay_check(
    terms: Mapping[str, Any],
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


def guests_refusal(terms: Mapping[str, Any], guest_count: int) -> InvalidInputError | None:
    most = terms["capacity"]["max_guests"]
    if guest_count <= most:
        return None
    sentence = f"There is room for {most} at most."
    return _refused("guest_count", "TOO_MANY_GUESTS", sentence, max_guests=most)


def guests_check(terms: Mapping[str, Any], guest_count: int) -> None:
    if refusal := guests_refusal(terms, guest_count):
        raise refusal


def today_at(terms: Mapping[str, Any], now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(terms["time_zone"])).date()


def nights_allowed(terms: Mapping[str, Any], check_in: dt.date) -> tuple[int, int]:
    """The least and the most nights of a stay that begins then: the season's, else the year's."""
    season = season_of(terms, check_in) or {}
    least, most = (
        terms[name] if season.get(name) is None else season[name]
        for name in ("min_nights", "max_nights")
    )
    return least, max(least, most)


def _ahead(terms: Mapping[str, Any], check_in: dt.date, today: dt.date) -> AppError | None:
    if check_in < today:
        sentence = f"Must be {today} at the listing, or later."
        return _refused("check_in", "PAST_DATE", sentence, earliest=today)
    if check_in < (earliest := today + dt.timedelta(days=terms["lead_days"])):
        sentence = f"The host needs {_days(terms['lead_days'])} notice: from {earliest} on."
        return _refused("check_in", "LEAD_TIME", sentence, earliest=earliest)
    if check_in > (latest := today + dt.timedelta(days=terms["window_days"])):
        sentence = f"Stays can be booked {_days(terms['window_days'])} ahead: until {latest}."
        return _refused("check_in", "TOO_FAR_AHEAD", sentence, latest=latest)
    return None


def _length(terms: Mapping[str, Any], check_in: dt.date, nights: int) -> AppError | None:
    least, most = nights_allowed(terms, check_in)
    then = "then " if season_of(terms, check_in) else ""
    if nights < least:
        sentence = f"Stays here {then}have {least} or more nights."
        return _refused("check_out", "MIN_STAY", sentence, min_nights=least)
    if nights > most:
        sentence = f"Stays here {then}have at most {most} nights."
        return _refused("check_out", "MAX_STAY", sentence, max_nights=most)
    return None


def _weekdays(terms: Mapping[str, Any], check_in: dt.date, check_out: dt.date) -> AppError | None:
    for field, code, day, begins in (
        ("check_in", "CHECK_IN_DAY", check_in, "begin"),
        ("check_out", "CHECK_OUT_DAY", check_out, "end"),
    ):
        allowed = terms[f"{field}_days"]
        if allowed and day.weekday() not in allowed:
            sentence = (
                f"Stays here {begins} on {_names(allowed)}; {day} is a {DAYS[day.weekday()]}."
            )
            return _refused(field, code, sentence, days=sorted(allowed))
    return None


def _names(days: Sequence[int]) -> str:
    names = [DAYS[day] for day in sorted(days)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _refused(field: str, code: str, sentence: str, **rule: Any) -> InvalidInputError:
    return InvalidInputError(
        f"{field}: {sentence}", fields={field: [sentence]}, code=code, rule=rule
    )
