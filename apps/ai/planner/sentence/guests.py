"""Reads numbers of guests."""

import re
from collections.abc import Callable

from apps.ai.planner.sentence.text import NUMBER, Sentence, compiled, number

MOST_GUESTS = 50
SEVERAL = NUMBER.replace("an?|", "")
PEOPLE = r"(?:people|persons?|guests?|travell?ers?|of us|pax)"
KIDS = r"(?:children|child|kids?)"
GUESTS = [
    (
        compiled(
            rf"(?:for )?(?P<n>{NUMBER}) adults?(?:(?: ?, ?(?:and )?| and | & | ?\+ ?| with | plus )"
            rf"(?P<more>{NUMBER}) {KIDS})?"
        ),
        0,
    ),
    (compiled(rf"(?:for |sleeps |up to |max |at least |room for )?(?P<n>{NUMBER}) {PEOPLE}"), 0),
    (compiled(rf"(?:for )?(?:a |an |our |my )?(?:family|group|party|team) of (?P<n>{NUMBER})"), 0),
    (compiled(rf"(?:with|me and|for me and) (?P<n>{NUMBER}) friends?"), 1),
    (compiled(rf"(?:for )?(?P<n>{NUMBER}) friends"), 0),
    (compiled(rf"sleeps (?P<n>{NUMBER})"), 0),
    (
        compiled(
            rf"for (?P<n>{SEVERAL})"
            rf"(?! ?-? ?(?:nights?|days?|weeks?|months?|{KIDS}|bed|bath|room|stars?|hours?|[:/\d]))"
        ),
        0,
    ),
]
COUPLE = compiled(r"(?:for )?(?:a |the |my )?(?:couple(?! of)|partner and i)")
ALONE = compiled(r"(?:for )?(?:myself|just me|only me|me alone|solo(?: traveller| traveler)?)")
OTHERS = compiled(
    rf"(?:and |with )?{NUMBER} (?:{KIDS}|babies|baby|infants?|toddlers?|pets?|dogs?|cats?)"
)
ROOMS = compiled(
    rf"(?:with |at least )?{SEVERAL}[ -](?:bed(?:room)?s?|bath(?:room)?s?|rooms?|stars?)"
    rf"|(?:within |less than |under |up to )?{NUMBER} ?"
    r"(?:km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|min(?:utes?)?)(?: (?:from|of|to))?"
)


def read_guests(sentence: Sentence) -> int | None:
    guests: int | None = None
    for pattern, count in _counts():
        for match in list(sentence.matches(pattern)):
            found = count(match)
            if guests is None and 0 < found <= MOST_GUESTS:
                guests = found
                sentence.understand(match, guests=found)
            else:
                sentence.ignore(match)
    for match in list(sentence.matches(OTHERS)):
        sentence.ignore(match)
    return guests


def _counts() -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], int]]]:
    counted = [(pattern, _adding(extra)) for pattern, extra in GUESTS]
    return [*counted, (COUPLE, lambda _: 2), (ALONE, lambda _: 1)]


def _adding(extra: int) -> Callable[[re.Match[str]], int]:
    def count(match: re.Match[str]) -> int:
        more = match.groupdict().get("more")
        return number(match["n"]) + extra + (number(more) if more else 0)

    return count


def ignore_rooms(sentence: Sentence) -> None:
    """Ignores numbers of rooms and kilometres: the search has no such filter."""
    for match in list(sentence.matches(ROOMS)):
        sentence.ignore(match)
