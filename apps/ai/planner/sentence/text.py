"""Holds the sentence while it is read: what is understood is blanked, so nothing is read twice.

Patterns run on folded letters (no case, no accents) of the same length as what was typed, which is
at most 300 long; none of them nests repetitions, so hostile input costs no more than a plain one.
"""

import re
from collections.abc import Iterator
from typing import Any

from apps.ai.replies.search import UnderstoodReply
from apps.common.text import letters

BLANK = "\x00"
LIKE_ASCII = str.maketrans("–—‐‑’`", "----''")  # noqa: RUF001 the dashes that people paste
MOST_IGNORED = 20
# Names of fewer letters are not looked for.
SHORTEST = 3
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
NUMBER = rf"(?:\d{{1,3}}|an?|{'|'.join(WORDS)}|twelve)"
FILLER_WORDS = """
a about accommodation also an and any are around as at be book booking but by can could find for
from get give have help hello hi i i'd i'm id im in is it just let's like listing listings look
looking me my near nearby need of on one or our place places please property rent rental search
searching show some somewhere something stay staying that the there there's this to trip us
vacation holiday want we we're which with would you
"""
FILLERS = frozenset(FILLER_WORDS.split())
_ALL = re.compile(r"[\s\S]*")


def number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return 1 if word in {"a", "an"} else (*WORDS, "twelve").index(word) + 1


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.ASCII)


class Sentence:
    def __init__(self, text: str) -> None:
        self.text = text
        self.left = letters(text).translate(LIKE_ASCII)
        self.understood: list[tuple[int, UnderstoodReply]] = []
        self._ignored: list[tuple[int, str]] = []

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return pattern.finditer(self.left)

    def first(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self.left)

    def part(self, start: int, end: int) -> re.Match[str]:
        found = _ALL.match(self.left, start, end)
        if found is None:
            raise ValueError("the part ends before it begins")
        return found

    def understand(self, match: re.Match[str], **values: Any) -> None:
        """Notes each value as understood from the text of the match."""
        text = self._blank(match)
        for field, value in values.items():
            part = UnderstoodReply(text=text, field=field, value=value)
            self.understood.append((match.start(), part))

    def ignore(self, match: re.Match[str]) -> None:
        """Notes words whose meaning no search can filter by."""
        self._ignored.append((match.start(), self._blank(match)))

    def _blank(self, match: re.Match[str]) -> str:
        start, end = match.span()
        self.left = self.left[:start] + BLANK * (end - start) + self.left[end:]
        return self.text[start:end].strip(" ,;:.!?-")

    def ignored(self) -> tuple[str, ...]:
        """Lists in the order of the sentence what meant something else or nothing known."""
        found = [*self._ignored, *self._leftovers()]
        texts = dict.fromkeys(text for _, text in sorted(found))
        return tuple(texts)[:MOST_IGNORED]

    def _leftovers(self) -> Iterator[tuple[int, str]]:
        """Yields runs of words that nothing understood, without the fillers around them."""
        for run in re.finditer(rf"[^{BLANK},.;:!?()\n]+", self.left):
            words = [
                word
                for word in re.finditer(r"[^\s\"]+", run[0])
                if any(letter.isalnum() for letter in word[0])
            ]
            while words and words[0][0].strip("'") in FILLERS:
                words.pop(0)
            while words and words[-1][0].strip("'") in FILLERS:
                words.pop()
            if words:
                start, end = (run.start() + edge for edge in (words[0].start(), words[-1].end()))
                yield start, self.text[start:end]
