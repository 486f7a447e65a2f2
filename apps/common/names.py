"""What is said of a name that a call does not know: the nearest known one, and all of them."""

import re
from collections.abc import Collection
from difflib import get_close_matches

# Longer names are nobody's typing error, and comparing them costs time.
LONGEST = 40
LIKE = 0.72
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BREAK = re.compile(r"[^a-z0-9]+")


def unknown_name(name: str, accepted: Collection[str]) -> str:
    known = ", ".join(accepted) or "nothing"
    nearest = nearest_name(name, accepted)
    hint = f"Did you mean {nearest}? " if nearest else ""
    return f"This is not accepted here. {hint}Accepted: {known}."


def nearest_name(name: str, accepted: Collection[str]) -> str | None:
    """The name that is most like it, whatever the order of its words (`priceMax`, `max_price`);
    None where none is."""
    if len(name) > LONGEST:
        return None
    known = {_words(one): one for one in accepted}
    found = get_close_matches(_words(name), known, n=1, cutoff=LIKE)
    return known[found[0]] if found else None


def _words(name: str) -> str:
    return "_".join(sorted(filter(None, _BREAK.split(_HUMP.sub("_", name).lower()))))
