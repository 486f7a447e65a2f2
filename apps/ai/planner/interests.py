"""Reads what a traveler's words about interests mean: categories, else words to look for."""

from collections.abc import Iterable, Mapping

from apps.ai.enums import Category
from apps.ai.planner.port import ActivityOption
from apps.common.text import folded

C = Category
WORDS: Mapping[Category, str] = {
    C.FOOD: "food eat eating hawker restaurant restaurants cuisine cooking gastronomy",
    C.MARKET: "market markets shopping shop shops souvenirs",
    C.MUSEUM: "museum museums gallery galleries science indoor indoors",
    C.ARTS: "art arts music theatre theater concert concerts dance design culture",
    C.HERITAGE: "heritage history historic culture tradition traditions",
    C.WORSHIP: "temple temples mosque mosques church churches religion worship",
    C.ARCHITECTURE: "architecture buildings skyline design",
    C.MEMORIAL: "memorial memorials monument monuments history war",
    C.NATURE: "nature park parks garden gardens hiking walking beach beaches outdoors",
    C.WILDLIFE: "animals wildlife zoo birds kids children family",
    C.VIEWPOINT: "view views viewpoint viewpoints photography sunset skyline",
    C.FUN: "fun rides family kids children amusement theme adventure",
    C.NEIGHBOURHOOD: "neighbourhood neighborhood walking streets nightlife shopping",
    C.WORKSHOP: "workshop workshops craft crafts class classes cooking pottery",
}
MEANT = {category: frozenset(words.split()) for category, words in WORDS.items()}


def liking(option: ActivityOption, interests: Iterable[str]) -> float:
    """Returns 1 where an interest means the category, 0.7 where the text has its words, else 0."""
    words = {word for interest in interests for word in folded(interest).split()}
    if not words:
        return 0.0
    if words & (MEANT[option.category] | {option.category.value}):
        return 1.0
    text = set(folded(f"{option.name} {option.description}").split())
    return 0.7 if words & text else 0.0
