import re
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


# Each of them is written for an apostrophe, those of Hebrew and Hawaiian too.
APOSTROPHES = (
    "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u05f3\u05f4\u07f4\u2018\u2019\u201a"
    "\u201b\u2032\u2035\ua78b\ua78c\uff07"
)
# Accents, vowel points, the Arabic stretch and joiners. The vowels of India and Thailand are marks
# too, but no accents: without them other words would be left.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u200d\u20d0-\u20ff\ufe20-\ufe2f]"
)
# What normalisation does not take apart, and letters that Arabic, Persian and Urdu write apart.
_SAME = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ɨ": "i", "ƶ": "z", "ɖ": "d", "ə": "a", "ĸ": "k", "ƀ": "b",
    "ǥ": "g",
    "\u0671": "\u0627", "\u0629": "\u0647", "\u0649": "\u064a", "\u06cc": "\u064a",
    "\u06a9": "\u0643", "\u06c1": "\u0647", "\u06be": "\u0647", "\u06d5": "\u0647",
}  # fmt: skip
# The zeros of the scripts that have digits of their own.
_ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
          0x0ED0, 0x0F20, 0x1040, 0x17E0)  # fmt: skip
_DIGITS = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_LETTERS = str.maketrans(_SAME) | _DIGITS
_WITHOUT_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
# Marks that are left after `_ACCENTS` belong to the letter before them.
_MARKS = "\u0900-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")


def plain_letters(text: str) -> str:
    """One spelling of each letter: without case, accents and forms of the same letter (full width,
    Arabic shapes, ø, ß, dotless i), whatever the script."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", bare)


def name_words(text: str) -> list[str]:
    """The words of a name, each in plain letters: "L'Hôpital-Sud" is lhopital, sud."""
    bare = text.translate(_WITHOUT_APOSTROPHES)
    if bare.isascii():
        return _PLAIN_WORD.findall(bare.lower())
    return _WORD.findall(plain_letters(bare))


def name_key(text: str) -> str:
    """As `folded`, also without punctuation: "Saint-Ouen" and "saint ouen" are one name."""
    return " ".join(name_words(text))


def name_keys(text: str) -> list[str]:
    """The keys of the names that a text has between commas."""
    return [key for part in text.split(",") if (key := name_key(part))]
