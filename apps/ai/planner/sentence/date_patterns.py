"""Patterns of dates, stays and lengths in an English sentence."""

from apps.ai.planner.sentence.text import NUMBER, compiled

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
REST = (
    "uary", "ruary", "ch", "il", "", "e", "y", "ust", "t(?:ember)?", "ober", "ember", "ember",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = "|".join(f"{name}(?:{rest})?" for name, rest in zip(MONTHS, REST, strict=True))
NTH = r"(?:st|nd|rd|th)?"


def _day(key: str) -> str:
    """A pattern of one day; its groups end in `key`."""
    return (
        rf"(?:(?P<iso{key}>20\d\d-\d\d-\d\d)"
        rf"|(?:the )?(?P<d{key}>\d{{1,2}}){NTH}(?: of)? (?P<m{key}>{MONTH})"
        rf"(?:,? (?P<y{key}>20\d\d))?"
        rf"|(?P<M{key}>{MONTH}) (?:the )?(?P<D{key}>\d{{1,2}}){NTH}(?:,? (?P<Y{key}>20\d\d))?"
        rf"|(?P<near{key}>today|tonight|tomorrow)"
        rf"|(?P<which{key}>next |this |coming )?(?P<weekday{key}>{'|'.join(WEEKDAYS)}))"
    )


TO = r"(?: ?- ?| to | until | till | through )"
SAME_MONTH = [
    compiled(
        rf"(?:from |between )?(?:the )?(?P<a>\d{{1,2}}){NTH}(?:{TO}| and )(?:the )?(?P<b>\d{{1,2}})"
        rf"{NTH}(?: of)? (?P<m>{MONTH})(?:,? (?P<y>20\d\d))?"
    ),
    compiled(
        rf"(?:from |between )?(?P<m>{MONTH}) (?:the )?(?P<a>\d{{1,2}}){NTH}(?:{TO}| and )(?:the )?"
        rf"(?P<b>\d{{1,2}}){NTH}(?:,? (?P<y>20\d\d))?"
    ),
]
RANGE = compiled(rf"(?:from |between )?{_day('a')}(?:{TO}| and ){_day('b')}")
WEEKEND = compiled(r"(?:on |for |over )?(?P<which>next|this|the coming) weekend")
START = compiled(rf"(?:(?P<open>from|starting|beginning|arriving)(?: on)? |on )?{_day('a')}")
RELATIVE = compiled(rf"in (?P<n>{NUMBER}) (?P<unit>days?|weeks?)(?: time)?")
NEXT_WEEK = compiled(r"next week")
# "150 a night" is a price.
LENGTH = compiled(rf"(?:for |(?!an? night))(?P<n>{NUMBER})[ -](?P<unit>nights?|days?|weeks?)")
VAGUE = compiled(
    rf"(?:in |next |this |for |on )?(?:(?:early|mid|late)[ -])?(?:{MONTH}|month|summer|winter|"
    r"spring|autumn|easter|christmas)(?: 20\d\d)?|\d{1,2}/\d{1,2}(?:/\d{2,4})?|(?:a )?weekend"
)
