"""Words of a text, as they are stored to be found and as they are asked for. Both sides take
them apart in one way, so that what is found does not depend on how it was written."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from apps.common.text import APOSTROPHES, name_words

MOST_WORDS = 160
MOST_ASKED = 8
LONGEST_WORD = 30
LONGEST_ARTICLE = 2
_APOSTROPHE = re.compile(f"[{re.escape(APOSTROPHES)}]")
# Han, kana and the scripts of Thailand, Laos, Burma and Cambodia put no space between words: any
# two letters that stand together are a word.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003fffd]+)"
)
_NEGATIONS = "no not without non kein keine ohne sans sin senza sem"
NEGATIONS = frozenset(_NEGATIONS.split())
NEGATED_WORDS = 2
_STOPS = """
a an and are as at be but by for from has have in into is it its of on or our so that the their
there this to was we were will with you your der die das und mit le la les de du des et el los las
y con il di e
"""
STOP_WORDS = frozenset(_STOPS.split())
_STAND_INS = re.compile("ae|oe|ue|aa")
_CLAUSE = re.compile("[.,;:!?()\n\u2022\u00b7|]+|<[^>]*>|\\s[\u2012-\u2015-]\\s")


def all_words(text: str) -> list[str]:
    """Every word of a text, in its order."""
    return [word for piece in text.split() for word in _pieces(piece)]


def words_of(text: str) -> list[str]:
    """The words to find a text by, each once, in their order."""
    return list(dict.fromkeys(word for word in _findable(text) if word not in STOP_WORDS))


def listing_words(listing: Mapping[str, Any]) -> list[str]:
    """The words of a listing's title, area, city, amenities and description: what it says it does
    not have is left out."""
    location = listing["location"]
    first = (listing["title"], location.get("area") or "", location["city"])
    texts = (*first, *listing["amenities"], listing.get("description") or "")
    return list(dict.fromkeys(_said(texts)))[:MOST_WORDS]


def query_words(text: str) -> list[str]:
    """The words that are asked for: those that everything has only where there are no others."""
    words = list(dict.fromkeys(all_words(text)))
    return ([word for word in words if word not in STOP_WORDS] or words)[:MOST_ASKED]


def spellings(word: str) -> list[str]:
    """The word, and how it is spelled without the letters that stand in for umlauts and rings:
    muenchen is munchen, aarhus is arhus."""
    return list(dict.fromkeys([word, _STAND_INS.sub(lambda found: found[0][0], word)]))


def _said(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for clause in _CLAUSE.split(text):
            negated = 0
            for word in _findable(clause):
                if word in NEGATIONS:
                    negated = NEGATED_WORDS
                elif negated:
                    negated -= 1
                elif word not in STOP_WORDS:
                    yield word


def _findable(text: str) -> Iterable[str]:
    """Every word, and what stands behind an article that is written together with it."""
    for piece in text.split():
        yield from _pieces(piece)
        article, *name = _APOSTROPHE.split(piece, maxsplit=1)
        if name and 0 < len(article) <= LONGEST_ARTICLE:
            yield from _pieces(name[0])


def _pieces(text: str) -> Iterable[str]:
    for word in name_words(text):
        for part in (word,) if word.isascii() else _UNSPACED.split(word):
            if _UNSPACED.fullmatch(part):
                yield from (part[at : at + 2] for at in range(max(len(part) - 1, 1)))
            elif part:
                yield singular(part)


def singular(word: str) -> str:
    """Without the -s that English, French, Spanish and Portuguese put to several: applied to what
    is stored and to what is asked, so that it need not be right to be the same."""
    word = word[:LONGEST_WORD]
    if len(word) <= 3 or word[-1] != "s" or word[-2] in "su":  # noqa: PLR2004 "bus", "glass"
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
