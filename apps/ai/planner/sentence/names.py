"""Kinds of place, amenities and places: only what exists in the database is understood."""

import re
from collections.abc import Iterable, Iterator, Mapping

from apps.ai.planner.port import Vocabulary
from apps.ai.planner.sentence.text import Sentence, compiled
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
BEFORE_A_PLACE = r"(?:in|at|to|near|around|of|by|within|visit|visiting|for)(?: the)? "
# Cities that are ordinary words too: only after "in" and the like.
ORDINARY = frozenset({"nice", "bath", "reading", "mobile", "split", "orange", "most", "male"})
SHORTEST = 3
NOT_NAMED = frozenset({"hot water", "essentials", "long stays allowed", "other"})


def read_place(sentence: Sentence, vocabulary: Vocabulary) -> str | None:
    """As the search takes it: "Lisbon", "Alfama, Lisbon" or "Lisbon, Portugal" where they stand
    side by side; a city before a neighbourhood before a state or country."""
    for names in (vocabulary.cities, vocabulary.areas, vocabulary.regions):
        for name, match in _named(sentence, names):
            start, end = match.span()
            parts = [name]
            if names is vocabulary.cities:
                start = _left(sentence, match, vocabulary.areas, parts)
                end = _right(sentence, end, vocabulary.areas, parts, at=0)
            if names is not vocabulary.regions:
                end = _right(sentence, end, vocabulary.regions, parts, at=len(parts))
            location = ", ".join(parts)
            sentence.take(sentence.part(start, end), location=location)
            return location
    return None


def _named(sentence: Sentence, names: Iterable[str]) -> Iterator[tuple[str, re.Match[str]]]:
    for name in sorted(names, key=lambda name: (-len(name), name)):
        key = folded(name)
        if len(key) < SHORTEST or key not in sentence.left:
            continue
        must = "" if key in ORDINARY else "?"
        found = sentence.first(compiled(rf"(?:{BEFORE_A_PLACE}){must}(?P<name>{re.escape(key)})"))
        if found:
            yield name, found


def _left(sentence: Sentence, match: re.Match[str], areas: Iterable[str], names: list[str]) -> int:
    """Where "the Old Town of" before the city begins."""
    before = sentence.left[: match.start("name")]
    for name in sorted(areas, key=len, reverse=True):
        pattern = rf"(?:{BEFORE_A_PLACE})?{re.escape(folded(name))}(?: ?, ?| in | of | )$"
        found = re.search(rf"(?<!\w){pattern}", before, re.ASCII)
        if found:
            names.insert(0, name)
            return found.start()
    return match.start()


def _right(
    sentence: Sentence, end: int, beside: Iterable[str], names: list[str], *, at: int
) -> int:
    """Where a neighbourhood or a region after the place ends."""
    for name in sorted(beside, key=len, reverse=True):
        key = re.escape(folded(name))
        found = re.compile(rf"(?: ?, ?| in | ){key}(?!\w)", re.ASCII).match(sentence.left, end)
        if found and name not in names:
            names.insert(at, name)
            return found.end()
    return end


def ignore_refused(sentence: Sentence) -> None:
    """To ask for no pets is the opposite of asking for pets, and no filter of the search."""
    for match in list(sentence.matches(NOT)):
        sentence.ignore(match)


def read_amenities(sentence: Sentence, known: tuple[str, ...]) -> tuple[str, ...]:
    """In the order of the sentence."""
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
    sentence.take(match, **({} if name in found else {"amenities": name}))
    found.setdefault(name, match.start())


def _meant(known: tuple[str, ...], stems: tuple[str, ...]) -> str | None:
    """The amenity of exactly that name, else the most common that has the words in it."""
    for stem in stems:
        for name in known:
            if folded(name) == stem:
                return name
    patterns = [compiled(re.escape(stem)) for stem in stems]
    named = (name for name in known if any(p.search(folded(name)) for p in patterns))
    return next(named, None)


def read_type(sentence: Sentence) -> str | None:
    """The kind that stands first; the search takes one."""
    kind: str | None = None
    found = sorted(
        ((match.start(), name, match) for name, match in _types(sentence)), key=lambda item: item[0]
    )
    for _, name, match in found:
        if kind is None or name == kind:
            sentence.take(match, **({} if kind else {"property_type": name}))
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
