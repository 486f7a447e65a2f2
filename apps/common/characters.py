"""Which characters a text may have. What nobody sees, and what turns the text around it, can hide
one text in another: a name that reads as another's, or an order to a language model."""

import re
import unicodedata
from collections.abc import Callable

MOST_MARKS = 6
LONGEST_SHOWN = 40
LINE_ENDS = "\n\t"
ZWNJ, ZWJ, BLACK_FLAG, TAG_END = "\u200c", "\u200d", "\U0001f3f4", "\U000e007f"
LONGEST_FLAG = 8
MARKS = {"Mn", "Me"}
FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Arabic, Syriac and Kaithi signs that are seen, although Unicode counts them as formats.
SEEN_FORMATS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd")
# Letters, marks and signs that show nothing, or stand for what a text has lost.
UNSEEN = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")
DIRECTION_MARKS = set("\u061c\u200e\u200f")
Ranges = tuple[tuple[int, int], ...]
# Here a phone may know characters that this Python's Unicode does not.
PICTURES: Ranges = ((0x1F000, 0x1FAFF),)
HAN: Ranges = ((0x20000, 0x2FFFD), (0x30000, 0x3FFFD))
TAGS: Ranges = ((0xE0020, 0xE007F),)
SELECTORS: Ranges = ((0xFE00, 0xFE0F),)
HAN_SELECTORS: Ranges = ((0xE0100, 0xE01EF),)
MONGOLIAN_SELECTORS: Ranges = ((0x180B, 0x180D), (0x180F, 0x180F))
MONGOLIAN: Ranges = ((0x1820, 0x18AA),)
# Scripts in which a joiner changes how letters connect: Arabic, those of India, Khmer, ...
JOINED: Ranges = (
    (0x0600, 0x0DFF),
    (0x0F00, 0x109F),
    (0x1780, 0x18AF),
    (0x1A20, 0x1BFF),
    (0xA840, 0xABFF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),
    (0x10A00, 0x11FFF),
    (0x1E900, 0x1E95F),
)
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_WITHOUT_LINE_ENDS = str.maketrans("", "", LINE_ENDS)
_SUSPECT = re.compile(f"[{''.join(UNSEEN)}\ufe00-\ufe0f\u180b-\u180f\U000e0100-\U000e01ef]")
_EVERY_MARK = "".join(c for c in map(chr, range(0x20000)) if unicodedata.category(c) in MARKS)
_MARKS = frozenset(_EVERY_MARK)
_FLOOD = re.compile(f"[{_EVERY_MARK}]{{{MOST_MARKS + 1}}}")


def visible(text: str) -> str:
    """For quoting what was sent: short, and with nothing in it that a reader cannot see."""
    shown = text[:LONGEST_SHOWN] + ("..." if len(text) > LONGEST_SHOWN else "")
    return "".join(c if " " <= c <= "~" else _named(c) for c in shown)


def problem(text: str, *, multiline: bool) -> str:
    """The first character that cannot stand where it stands; empty where all can."""
    if _is_plain(text, multiline=multiline):
        return ""
    reader = _Reader(_CARRIAGE_RETURN.sub("\n", text), multiline=multiline)
    return next((found for index in reader.indexes if (found := reader.problem(index))), "")


def normalised(text: str) -> str:
    """One spelling of each text: composed, with the line ends of Unix. Only for a text without a
    `problem`: to sort a flood of marks takes minutes."""
    return unicodedata.normalize("NFC", _CARRIAGE_RETURN.sub("\n", text))


def cleaned(text: str, *, multiline: bool = False) -> str:
    """The text without what cannot stand in it, where nobody can be asked to mend it: it comes
    from a dump or a language model."""
    if _is_plain(text, multiline=multiline):
        return unicodedata.normalize("NFC", text).strip()
    reader = _Reader(_CARRIAGE_RETURN.sub("\n", text), multiline=multiline)
    kept = "".join(reader.kept(index) for index in reader.indexes)
    return unicodedata.normalize("NFC", kept).strip()


def _is_plain(text: str, *, multiline: bool) -> bool:
    """Whether no character needs a look: nearly every text, and a hundred times faster."""
    line = text.translate(_WITHOUT_LINE_ENDS) if multiline else text
    if text.isascii():
        return line.isprintable()
    if not line.isprintable() or _SUSPECT.search(text):
        return False
    return _MARKS.isdisjoint(text) or not _FLOOD.search(text)


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}"


def _within(character: str, *ranges: Ranges) -> bool:
    return any(first <= ord(character) <= last for one in ranges for first, last in one)


def _is_picture(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sm"} or _within(character, PICTURES)


class _Reader:
    """Looks at each character of a text with what stands around it. `marks` counts those in a row
    up to the character that was read last, so that `indexes` must be read in their order."""

    def __init__(self, text: str, *, multiline: bool) -> None:
        self.text = text
        self.multiline = multiline
        self.marks = 0
        self.runs_left = any(
            unicodedata.bidirectional(c) in {"R", "AL"} and c not in DIRECTION_MARKS for c in text
        )
        self.indexes = range(len(text))

    def problem(self, index: int) -> str:
        character = self.text[index]
        self.marks = self.marks + 1 if unicodedata.category(character) in MARKS else 0
        if self.marks > MOST_MARKS:
            return f"Character {index + 1} is one accent too many on a letter."
        if self._is_allowed(index):
            return ""
        return f"Character {index + 1} is {_named(character)}: it cannot stand here. Remove it."

    def kept(self, index: int) -> str:
        character = self.text[index]
        if not self.problem(index):
            return character
        return " " if character.isspace() else ""

    def _is_allowed(self, index: int) -> bool:
        character = self.text[index]
        if character in LINE_ENDS:
            return self.multiline
        special = next((allows for kind, allows in _SPECIAL if kind(character)), None)
        if special is not None:
            return special(self, index)
        category = unicodedata.category(character)
        if category == "Cn":
            return _within(character, PICTURES, HAN)
        return category not in FORBIDDEN or character in SEEN_FORMATS

    def _before(self, index: int) -> str:
        """Of the first character a line end, which is nothing that anything can vary."""
        return self.text[index - 1] if index else "\n"

    def joins(self, index: int) -> bool:
        """A joiner stands behind a letter of a script that has joiners, or between pictures."""
        before, after = self._before(index), self.text[index + 1 : index + 2]
        if _within(before, JOINED):
            return True
        is_behind_picture = _is_picture(before) or _within(before, SELECTORS)
        return self.text[index] == ZWJ and is_behind_picture and after != "" and _is_picture(after)

    def turns_right(self, index: int) -> bool:
        """A single mark of direction has a use only where a script runs to the left."""
        return self.runs_left and self._before(index) not in DIRECTION_MARKS

    def varies(self, index: int) -> bool:
        before = self._before(index)
        category = unicodedata.category(before)
        return _is_picture(before) or category in {"Lo", "Po", "Pd", "Nd"} or before == "\u2139"

    def varies_han(self, index: int) -> bool:
        before = self._before(index)
        return unicodedata.category(before) == "Lo" or _within(before, HAN)

    def varies_mongolian(self, index: int) -> bool:
        return _within(self._before(index), MONGOLIAN)

    def is_in_flag(self, index: int) -> bool:
        """England's, Scotland's and Wales' are a black flag and letters that nobody sees."""
        begin = self.text.rfind(BLACK_FLAG, max(0, index - LONGEST_FLAG), index)
        end = self.text.find(TAG_END, index, index + LONGEST_FLAG)
        return begin >= 0 <= end and all(_within(c, TAGS) for c in self.text[begin + 1 : end])


def _in_ranges(ranges: Ranges) -> Callable[[str], bool]:
    return lambda character: _within(character, ranges)


_SPECIAL: tuple[tuple[Callable[[str], bool], Callable[[_Reader, int], bool]], ...] = (
    ({ZWJ, ZWNJ}.__contains__, _Reader.joins),
    (DIRECTION_MARKS.__contains__, _Reader.turns_right),
    (UNSEEN.__contains__, lambda _reader, _index: False),
    (_in_ranges(SELECTORS), _Reader.varies),
    (_in_ranges(HAN_SELECTORS), _Reader.varies_han),
    (_in_ranges(MONGOLIAN_SELECTORS), _Reader.varies_mongolian),
    (_in_ranges(TAGS), _Reader.is_in_flag),
)
