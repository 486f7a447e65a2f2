import hashlib
import re
from collections.abc import Iterable

from bson import ObjectId

from apps.properties.imports.errors import RowError

# Older than any id made by a person's action: "newest first" keeps the newest first.
EPOCH = bytes.fromhex("50000000")
LONGEST = 40
# Above these a spreadsheet, and a program that takes ids for numbers, loses digits.
SPREADSHEET_DIGITS = 15
EXACT = 2**53
NOTHING = {"", "nan", "none", "null", "n/a", "#n/a", "undefined"}
_AS_TEXT = re.compile(r"""="(.*)"|'(.*)""")
_POWER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_NUMBER = re.compile(r"([0-9]+)(?:[.,]0+)?")
_NAME = re.compile(r"(?=.*[^\W\d_])[\w.:-]+")


def stable_id(*parts: str) -> ObjectId:
    """The same id for the same parts for ever: importing again finds what it made."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return ObjectId(EPOCH + digest)


def id_of(written: str, column: str) -> str:
    """Returns an id as it was before a spreadsheet or a program took it for a number. Raises
    `RowError` where that cannot be known."""
    value = written.strip()
    if marked := _AS_TEXT.fullmatch(value):
        value = (marked[1] or marked[2] or "").strip()
    if value.casefold() in NOTHING:
        raise RowError(f"{column} is blank")
    if _POWER.fullmatch(value):
        raise RowError(f"{column} is {written!r}: a spreadsheet has cut its digits off")
    if number := _NUMBER.fullmatch(value):
        if number[1] != value and int(number[1]) > EXACT:
            raise RowError(f"{column} is {written!r}: a program has rounded it")
        value = number[1]
    elif not _NAME.fullmatch(value):
        raise RowError(f"{column} is {written[:60]!r}, not an id")
    if len(value) > LONGEST:
        raise RowError(f"{column} is {value[:20]!r}..., longer than {LONGEST} characters")
    return value


def is_long(value: str) -> bool:
    return value.isdecimal() and len(value) > SPREADSHEET_DIGITS


def is_rounded(value: str) -> bool:
    """Whether the digits that a spreadsheet cannot hold are zeros: of one id that is chance."""
    return is_long(value) and not value[SPREADSHEET_DIGITS:].strip("0")


def are_rounded(values: Iterable[str]) -> bool:
    """Whether a spreadsheet has rounded all ids that it could not hold."""
    found = [is_rounded(value) for value in values if is_long(value)]
    return len(found) > 1 and all(found)
