"""Finds contact details and ways to pay elsewhere in a text, and hides them. Pure: it knows no
thread and no booking. Who sees texts as they were written is decided by `apps.messaging.replies`.

What looks like a number of a telephone and is a date, a time or a price is left alone. The corpus
in tests/corpora/messages.txt says what is found; a test counts what is missed and what is too much.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

HIDDEN = "[hidden]"
FEWEST_DIGITS, MOST_DIGITS = 7, 19

_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|yahoo|icloud|proton|protonmail|gmx|web|live|aol|mail|posteo"
)
_ENDINGS = (
    "com|net|org|info|io|co|de|fr|es|uk|eu|nl|pl|se|ch|sg|jp|kr|cn|au|br|pt|app|link|ly|ee|gg|tv"
    "|biz"
)
# These are also words: "the key is in the box.It works" has no address in it.
_WORDLIKE = "me|at|it|to|in|is|be|no|so|us|my|am|as|by"
_AT = r"(?:@|\(at\)|\[at\]|\{at\}|\bat\b|\barroba\b)"
_DOT = r"(?:\.|\(dot\)|\[dot\]|\{dot\}|\bdot\b|\bpunkt\b|\bpunto\b|\bpoint\b)"
_NAME = r"[\w.+-]{1,64}"
_APPS = (
    r"whats\s?app|wa|telegram|signal|we\s?chat|line|viber|kakao(?:\s?talk)?|insta(?:gram)?|facebook"
    r"|fb|snap(?:chat)?|skype|discord|tik\s?tok"
)
_WALLETS = (
    r"western\s?union|moneygram|venmo|zelle|cash\s?app|pay\s?pal|revolut|bizum|bitcoin|crypto"
    r"|usdt|gift\s?cards?"
)
_FILLER = r"(?:not|the|a|an|on|off|down|broken|better|best|great|good|full|very|here|also|only)\b"
_DETAILS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Addresses of e-mail, also "kim at gmail dot com" and "kim gmail com".
        rf"(?<![\w.+-]){_NAME}@[\w.-]{{1,100}}\w",
        (
            rf"(?<![\w.+-]){_NAME}\s{{0,2}}{_AT}\s{{0,2}}[\w-]{{2,40}}\s{{0,2}}{_DOT}\s{{0,2}}"
            rf"(?:{_ENDINGS}|me|at|it)\b"
        ),
        (
            rf"(?<![\w.+-]){_NAME}\s{{1,2}}(?:{_AT}\s{{0,2}})?(?:{_PROVIDERS})\s?(?:{_DOT}|\s)\s?"
            rf"(?:com|net|de|fr|me|ch|at)\b"
        ),
        # Links.
        r"\b(?:https?://|www\.)\S{2,500}",
        rf"(?<![\w.@-])(?:[\w-]{{1,60}}\.){{1,4}}(?:{_ENDINGS})\b(?:/\S{{0,300}})?",
        rf"(?<![\w.@-])(?:[\w-]{{1,60}}\.){{1,3}}(?:{_WORDLIKE})/\S{{1,300}}",
        # Names on other services.
        r"(?<![\w@])@[\w.]{3,40}",
        (
            rf"\b(?:my|our|me|add|find)\b[^\n.!?]{{0,20}}\b(?:{_APPS})\b(?:\s(?:id|name|handle|user))?"
            rf"\s?(?:is|are|:|=|@|under|as|at)\s?(?!{_FILLER})(?P<detail>[\w.@-]{{4,40}})"
        ),
        (
            rf"\b(?:{_APPS})\b(?:\s(?:id|name|handle|user|username))?\s?[:=]\s?"
            rf"(?P<detail>[\w.@-]{{4,40}})"
        ),
        # Accounts to pay to, and services that carry money past us.
        r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b",
        r"\b(?:bc1[a-z0-9]{25,59}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[0-9a-f]{40})\b",
        (
            rf"\b(?:pay|paid|paying|payment|send|sending|transfer|money|deposit|wire)\b[^\n.!?]{{0,40}}?"
            rf"\b(?P<detail>{_WALLETS})\b"
        ),
    )
)
_MONEY = r"(?:[€$£¥]|\b(?:eur|usd|sgd|gbp|chf|jpy|krw|euros?|dollars?|yen)\b)"
_AMOUNT = r"\d{1,3}(?:[.,' ]?\d{3}){0,3}(?:[.,]\d{2})?"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_HARMLESS = re.compile(
    "|".join(
        (
            r"(?<!\d)(?:19|20)\d{2}-[01]\d-[0-3]\d(?!\d)",
            (
                rf"(?<![\d./-])(?:{_DAY}[./-]{_MONTH}|{_MONTH}[./-]{_DAY})[./-](?:20)?\d{{2}}"
                r"(?![\d]|[./-]\d)"
            ),
            r"(?<![\d.:])(?:[01]?\d|2[0-4])[:.h][0-5]\d(?![\d]|[.:]\d)",
            r"(?<!\d)20\d{2}\s?[-/]\s?(?:20)?\d{2}(?!\d)",
            rf"{_MONEY}\s?{_AMOUNT}(?!\d)",
            rf"(?<!\d){_AMOUNT}\s?{_MONEY}",
        )
    ),
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w])(?:\+|00)?\(?\d(?:[\s()./\\_*~-]{0,3}\d){6,18}(?!\w)")
_WORDS = {
    "en": "zero oh one two three four five six seven eight nine",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "fr": "un deux trois quatre cinq sept huit neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
}
# How many digits a word stands for.
_NUMBER_WORDS = {
    **dict.fromkeys(" ".join(_WORDS.values()).split(), 1),
    "double": 2,
    "triple": 3,
}
_SPELLED = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(_NUMBER_WORDS)}|\d{{1,4}})(?:[\s,.\-/]{{1,3}}|(?!\w))){{5,19}}",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+")


class Masked(NamedTuple):
    """A text with `HIDDEN` for what was found in it, and whether anything was."""

    text: str
    is_changed: bool


def mask(text: str) -> Masked:
    flat = _flat(text)
    parts, end = [], 0
    for start, stop in _merged(sorted([*_details(flat), *_numbers(flat)])):
        parts += [text[end:start], HIDDEN]
        end = stop
    return Masked("".join([*parts, text[end:]]), bool(end))


def _flat(text: str) -> str:
    """As many characters, each in its plain form: full-width letters and digits of all scripts."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    bare = unicodedata.normalize("NFKC", character)
    return bare if len(bare) == 1 else character


def _details(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _DETAILS:
        name = "detail" if "detail" in pattern.groupindex else 0
        for found in pattern.finditer(text):
            yield found.span(name)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    left = _HARMLESS.sub(lambda found: "x" * len(found[0]), text)
    for found in _DIGITS.finditer(left):
        if FEWEST_DIGITS <= sum(map(str.isdigit, found[0])) <= MOST_DIGITS:
            yield found.span()
    for found in _SPELLED.finditer(left):
        tokens = [token.lower() for token in _TOKEN.findall(found[0])]
        spelled = [_NUMBER_WORDS.get(token, 0) for token in tokens]
        digits = sum(map(len, filter(str.isdigit, tokens)))
        if any(spelled) and sum(spelled) + digits >= FEWEST_DIGITS:
            yield found.start(), found.start() + len(found[0].rstrip(" ,.-/\n"))


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begin = end = -1
    for start, stop in spans:
        if start > end:
            if end > 0:
                yield begin, end
            begin, end = start, stop
        end = max(end, stop)
    if end > 0:
        yield begin, end
