"""Reads prices a night. Prices are compared in each listing's own currency, as in
the search; one for the whole stay, a week or a head is ignored, since it bounds no night."""

import re
from collections.abc import Mapping
from decimal import Decimal

from apps.ai.planner.sentence.text import Sentence, compiled
from apps.common.money import from_wire, to_wire

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


def read_prices(sentence: Sentence) -> Mapping[str, int]:
    """Reads `min_price` and `max_price` in hundredths, as far as the sentence has them."""
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
        sentence.understand(match, min_price=to_wire(low, None), max_price=to_wire(high, None))
        return {"min_price": low, "max_price": high}
    return {}


def _bound(sentence: Sentence, match: re.Match[str], field: str, bounds: dict[str, int]) -> None:
    """Sets a bound; ignores one that is there twice or leaves no price at all."""
    minor = _minor(match, "a")
    both = {"min_price": 0, "max_price": MOST_PRICE, **bounds, field: minor}
    possible = both["min_price"] <= both["max_price"] <= MOST_PRICE
    if field in bounds or not possible or _is_whole(sentence, match):
        sentence.ignore(_longer(sentence, match))
        return
    bounds[field] = minor
    sentence.understand(match, **{field: to_wire(minor, None)})


def _is_money(match: re.Match[str], key: str) -> bool:
    return bool(match[f"s{key}"] or match[f"c{key}"] or match["per"])


def _minor(match: re.Match[str], key: str) -> int:
    amount = Decimal(f"{match[f'n{key}'].replace(',', '')}.{match[f'f{key}'] or '0'}")
    return from_wire(amount, None)


def _is_whole(sentence: Sentence, match: re.Match[str]) -> bool:
    return not match["per"] and WHOLE.match(sentence.left, match.end()) is not None


def _longer(sentence: Sentence, match: re.Match[str]) -> re.Match[str]:
    """Extends the match by its "in total"."""
    whole = WHOLE.match(sentence.left, match.end())
    end = whole.end() if whole else match.end()
    return sentence.part(match.start(), end)
