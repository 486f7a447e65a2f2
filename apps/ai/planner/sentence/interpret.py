"""Reads a sentence in this order: places may hold any word, dates and prices the numbers that are
no guests."""

import datetime as dt

from apps.ai.planner.port import Filters, Interpretation, Vocabulary
from apps.ai.planner.sentence.dates import read_dates
from apps.ai.planner.sentence.features import ignore_negated, read_amenities, read_type
from apps.ai.planner.sentence.guests import ignore_rooms, read_guests
from apps.ai.planner.sentence.places import read_place
from apps.ai.planner.sentence.prices import read_prices
from apps.ai.planner.sentence.text import Sentence


def interpret(query: str, *, vocabulary: Vocabulary, today: dt.date) -> Interpretation:
    sentence = Sentence(" ".join(query.split()))
    location = read_place(sentence, vocabulary)
    dates = read_dates(sentence, today)
    prices = read_prices(sentence)
    ignore_rooms(sentence)
    guests = read_guests(sentence)
    ignore_negated(sentence)
    amenities = read_amenities(sentence, vocabulary.amenities)
    kind = read_type(sentence)
    understood = sorted(sentence.understood, key=lambda item: item[0])
    return Interpretation(
        filters=Filters(
            location=location,
            check_in=dates[0] if dates else None,
            check_out=dates[1] if dates else None,
            guests=guests,
            min_price=prices.get("min_price"),
            max_price=prices.get("max_price"),
            property_type=kind,
            amenities=amenities,
        ),
        understood=tuple(item for _, item in understood),
        ignored=sentence.ignored(),
    )
