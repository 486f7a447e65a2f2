import unicodedata


def folded(text: str) -> str:
    """For comparing names: without case, accents and surplus spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def letters(text: str) -> str:
    """As `folded`, but letter by letter, so that positions stay those of `text`."""
    return "".join(_letter(character) for character in text)


def _letter(character: str) -> str:
    bare = unicodedata.normalize("NFKD", character)[0].lower()
    return bare if len(bare) == 1 else character


# What normalisation does not take apart.
_STROKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i"}
)


def name_key(text: str) -> str:
    """As `folded`, also without punctuation: "Saint-Ouen" and "saint ouen" are one name."""
    bare = folded(text).translate(_STROKED).replace("'", "").replace("\u2019", "")
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
