"""Prices a night and numbers of guests. Prices are compared in each listing's own currency, as in
the search; one for the whole stay, a week or a head is ignored, since it bounds no night."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from apps.ai.planner.sentence.text import NUMBER, Sentence, compiled, number
from apps.common.money import from_wire, to_wire

MOST_GUESTS = 50
MOST_PRICE = 99_999_999
SIGN = r"(?:us\$|s\$|a\$|c\$|hk\$|nz\$|[$€£¥])"
CODE = (
    r"(?: ?(?:usd|eur|gbp|sgd|aud|cad|jpy|dkk|mxn|zar|twd|brl|mad|dollars?|euros?|pounds?|[$€£¥]))"
)
OTHER_UNITS = (
    r"(?! ?(?:people|persons?|guests?|adults?|kids?|child|travell?ers?|friends|of us|pax|bed|bath|"
    r"room|nights?|days?|weeks?|months?|km|kilomet|miles?|met(?:er|re)s?|m\b|min|stars?|%|pets?|"
    r"squ|[:/\d]))"
)


def _amount(key: str) -> str:
    return (
        rf"(?:(?P<s{key}>{SIGN} ?)?(?P<n{key}>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}})"
        rf"(?:\.(?P<f{key}>\d{{1,2}}))?"
        rf"(?![\d,]*\d){OTHER_UNITS}(?P<c{key}>{CODE})?)"
    )


A_NIGHT = r"(?P<per> ?(?:/|per|a|each|every|for a|for one) ?night| nightly)?"
WHOLE = re.compile(
    r" ?(?:(?:in )?total|altogether|all in|for (?:the|our|my|a) (?:whole |entire )?"
    r"(?:stay|trip|week|month)|(?:/|per |a |each )(?:week|month|person|head|guest)|pp\b|each\b)",
    re.ASCII,
)
BETWEEN = compiled(
    rf"(?P<word>between |from )?{_amount('a')}(?: ?- ?| and | to ){_amount('b')}{A_NIGHT}"
)
MOST = compiled(
    r"(?:under|below|less than|up to|at most|max(?:imum)?(?: of)?|(?:no|not) more than|"
    rf"cheaper than|within|budget(?: of| is)?|<=?|not over) ?:? ?{_amount('a')}{A_NIGHT}"
)
MOST_AFTER = compiled(
    rf"{_amount('a')}{A_NIGHT} ?(?:max(?:imum)?|at most|or less|or under|or below|tops)"
)
LEAST = compiled(
    r"(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting at|not under|>=?) ?:? ?"
    rf"{_amount('a')}{A_NIGHT}"
)
LEAST_FROM = compiled(rf"from {_amount('a')}{A_NIGHT}")
LEAST_AFTER = compiled(rf"{_amount('a')}{A_NIGHT} ?(?:min(?:imum)?|at least|or more|and up)")
BOUNDS = (
    (MOST, "max_price"),
    (LEAST, "min_price"),
    (MOST_AFTER, "max_price"),
    (LEAST_AFTER, "min_price"),
    (LEAST_FROM, "min_price"),
)
PLAIN = compiled(rf"(?:for |around |about |circa )?{_amount('a')}{A_NIGHT}")

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


def read_prices(sentence: Sentence) -> Mapping[str, int]:
    """`min_price` and `max_price` in minor units, as far as they are said."""
    bounds = _between(sentence)
    for pattern, field in BOUNDS:
        for match in list(sentence.matches(pattern)):
            if pattern is not LEAST_FROM or _is_money(match, "a"):
                _bound(sentence, match, field, bounds)
    for match in list(sentence.matches(PLAIN)):
        if _is_money(match, "a"):
            sentence.ignore(_longer(sentence, match))
    return bounds


def _between(sentence: Sentence) -> dict[str, int]:
    for match in list(sentence.matches(BETWEEN)):
        named = (match["word"] or "").startswith("between")
        if not (named or _is_money(match, "a") or _is_money(match, "b")):
            continue
        low, high = sorted((_minor(match, "a"), _minor(match, "b")))
        if _is_whole(sentence, match) or high > MOST_PRICE:
            sentence.ignore(_longer(sentence, match))
            continue
        sentence.take(match, min_price=to_wire(low), max_price=to_wire(high))
        return {"min_price": low, "max_price": high}
    return {}


def _bound(sentence: Sentence, match: re.Match[str], field: str, bounds: dict[str, int]) -> None:
    """What is said twice, or leaves no price at all, is ignored."""
    minor = _minor(match, "a")
    both = {"min_price": 0, "max_price": MOST_PRICE, **bounds, field: minor}
    possible = both["min_price"] <= both["max_price"] <= MOST_PRICE
    if field in bounds or not possible or _is_whole(sentence, match):
        sentence.ignore(_longer(sentence, match))
        return
    bounds[field] = minor
    sentence.take(match, **{field: to_wire(minor)})


def _is_money(match: re.Match[str], key: str) -> bool:
    return bool(match[f"s{key}"] or match[f"c{key}"] or match["per"])


def _minor(match: re.Match[str], key: str) -> int:
    return from_wire(Decimal(f"{match[f'n{key}'].replace(',', '')}.{match[f'f{key}'] or '0'}"))


def _is_whole(sentence: Sentence, match: re.Match[str]) -> bool:
    return not match["per"] and WHOLE.match(sentence.left, match.end()) is not None


def _longer(sentence: Sentence, match: re.Match[str]) -> re.Match[str]:
    """The match together with its "in total"."""
    whole = WHOLE.match(sentence.left, match.end())
    end = whole.end() if whole else match.end()
    return sentence.part(match.start(), end)


def read_guests(sentence: Sentence) -> int | None:
    guests: int | None = None
    for pattern, count in _counts():
        for match in list(sentence.matches(pattern)):
            found = count(match)
            if guests is None and 0 < found <= MOST_GUESTS:
                guests = found
                sentence.take(match, guests=found)
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
    """Numbers of rooms and kilometres: the search has no such filter."""
    for match in list(sentence.matches(ROOMS)):
        sentence.ignore(match)
