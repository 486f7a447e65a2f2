"""Reads amenities and kinds of place: only what exists in the database is understood."""

import re
from collections.abc import Iterator, Mapping

from apps.ai.planner.sentence.text import SHORTEST, Sentence, compiled
from apps.common.text import folded
from apps.properties.enums import PropertyType

Type = PropertyType
TYPES: Mapping[PropertyType, str] = {
    Type.SHARED_ROOM: r"shared rooms?|dorm(?:itory)?s?|hostels?(?: beds?)?|bunk(?: bed)?s?",
    Type.HOTEL: r"hotels?(?: rooms?)?|inns?|guest ?houses?|motels?|b&bs?",
    Type.CABIN: r"cabins?|chalets?|tiny (?:house|home)s?|huts?|log houses?",
    Type.APARTMENT: r"apartments?|flats?|condos?|condominiums?|lofts?|studios?",
    Type.HOUSE: r"(?:town)?houses?|villas?|bungalows?|cottages?",
    Type.ROOM: r"(?:private |single |double |guest )?rooms?",
}
TYPE_PATTERNS = {kind: compiled(words) for kind, words in TYPES.items()}
# What people write, and the words that an amenity's name must have to be meant.
CONCEPTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"wi-?fi|wireless|internet", ("wifi", "internet")),
    (r"hot ?tubs?|jacuzzis?|whirlpools?", ("hot tub", "jacuzzi")),
    (r"(?:swimming )?pools?", ("pool",)),
    (r"(?:free )?(?:car )?park(?:ing)?(?: space| spot)?|garage", ("parking", "garage")),
    (r"washing machines?|washers?|laundry", ("washer", "washing machine")),
    (r"dish ?washers?", ("dishwasher",)),
    (r"(?:tumble )?dryers?", ("dryer",)),
    (r"kitchens?|kitchenette", ("kitchen",)),
    (r"air[ -]?con(?:ditioning|ditioned|ditioner)?|a/c|ac", ("air conditioning", "ac")),
    (r"heating|heated", ("heating",)),
    (r"work ?spaces?|desks?", ("dedicated workspace", "workspace")),
    (r"pet[ -]friendly|pets(?: allowed| welcome)?|dog[ -]friendly", ("pets allowed",)),
    (r"televisions?|tvs?", ("tv",)),
    (r"lifts?|elevators?", ("elevator", "lift")),
    (r"gyms?|fitness(?: room| centre| center)?", ("gym",)),
    (r"balcony|balconies", ("balcony",)),
    (r"patios?|terraces?", ("patio", "terrace")),
    (r"gardens?|back ?yards?", ("garden", "backyard")),
    (r"fire ?places?", ("fireplace",)),
    (r"bath ?tubs?", ("bathtub",)),
    (r"cribs?|cots?", ("crib",)),
    (r"barbecues?|bbqs?", ("bbq", "barbecue")),
    (r"saunas?", ("sauna",)),
    (r"bikes?|bicycles?", ("bikes",)),
    (r"self[ -]check-?in", ("self check-in",)),
)
NOT = compiled(r"(?:no|without|not|except|avoid)(?: any| an?| the| in| near)? \w+")
AND = r"(?:with |and |has |having |plus )?(?:an? |the |free |own |private )?"
NOT_NAMED = frozenset({"hot water", "essentials", "long stays allowed", "other"})


def ignore_negated(sentence: Sentence) -> None:
    """Ignores "no pets": it is the opposite of "pets", and no filter of the search."""
    for match in list(sentence.matches(NOT)):
        sentence.ignore(match)


def read_amenities(sentence: Sentence, known: tuple[str, ...]) -> tuple[str, ...]:
    """Reads them in the order of the sentence."""
    found: dict[str, int] = {}
    for name, match in _amenities_named(sentence, known):
        _add(sentence, match, name, found)
    for words, stems in CONCEPTS:
        meant = _meant(known, stems)
        for match in list(sentence.matches(compiled(AND + rf"(?:{words})"))):
            if meant is None:
                sentence.ignore(match)
            else:
                _add(sentence, match, meant, found)
    return tuple(sorted(found, key=lambda name: found[name]))


def _amenities_named(
    sentence: Sentence, known: tuple[str, ...]
) -> Iterator[tuple[str, re.Match[str]]]:
    for name in sorted(known, key=lambda name: (-len(name), name)):
        key = folded(name)
        if len(key) < SHORTEST or key in NOT_NAMED or key not in sentence.left:
            continue
        if match := sentence.first(compiled(AND + re.escape(key))):
            yield name, match


def _add(sentence: Sentence, match: re.Match[str], name: str, found: dict[str, int]) -> None:
    sentence.understand(match, **({} if name in found else {"amenities": name}))
    found.setdefault(name, match.start())


def _meant(known: tuple[str, ...], stems: tuple[str, ...]) -> str | None:
    """Finds the amenity of exactly that name, else the most common that has the words in it."""
    for stem in stems:
        for name in known:
            if folded(name) == stem:
                return name
    patterns = [compiled(re.escape(stem)) for stem in stems]
    named = (name for name in known if any(p.search(folded(name)) for p in patterns))
    return next(named, None)


def read_type(sentence: Sentence) -> str | None:
    """Reads the kind that stands first: the search has one."""
    kind: str | None = None
    found = sorted(
        ((match.start(), name, match) for name, match in _types(sentence)), key=lambda item: item[0]
    )
    for _, name, match in found:
        if kind is None or name == kind:
            sentence.understand(match, **({} if kind else {"property_type": name}))
            kind = name
        else:
            sentence.ignore(match)
    return kind


def _types(sentence: Sentence) -> Iterator[tuple[str, re.Match[str]]]:
    seen: set[int] = set()
    for kind, pattern in TYPE_PATTERNS.items():
        for match in sentence.matches(pattern):
            places = set(range(*match.span()))
            if not places & seen:
                seen |= places
                yield kind.value, match
