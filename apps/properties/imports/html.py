import html
import re

from apps.common.characters import cleaned

BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "hr"}
INLINE = {"a", "b", "i", "u", "em", "strong", "span", "small", "font", "sup", "sub"}
INLINE |= {"table", "td", "th", "img"}
_names = "|".join(sorted(BREAKS | INLINE, key=len, reverse=True))
# A tag may be cut off by the end of a clipped text.
_TAG = re.compile(rf"</?({_names})(?=[\s/>]|$)[^<>]*(?:>|$)", re.IGNORECASE)
_GAPS = re.compile(r"\n{3,}")
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|\w+);", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(r"&amp;(?:#\d+|#x[\da-f]+|\w+);", re.IGNORECASE)
_OF_MARKUP = frozenset({"&lt;", "&gt;", "&quot;", "&apos;", "&#39;", "&amp;"})
MOST_TIMES = 3


def plain_text(markup: str) -> str:
    """Text of HTML that nobody balanced. Only known tags go, so `<3`, `a < b` and `<me@home.org>`
    stay; `html.parser` takes the last for a tag and swallows what follows an open `<`."""
    for _ in range(MOST_TIMES):
        if "&" not in markup or not _is_escaped_again(markup):
            break
        markup = unescaped(markup)
    text = _TAG.sub(_replacement, markup) if "<" in markup else markup
    text = unescaped(text) if "&" in text else text
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return _GAPS.sub("\n\n", cleaned("\n".join(lines), multiline=True))


def plain_line(markup: str) -> str:
    return cleaned(plain_text(markup))


def unescaped(markup: str) -> str:
    """Only what ends with a semicolon: `?page=1&copy=2` is no sign of copyright."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), markup)


def _is_escaped_again(markup: str) -> bool:
    """Whether the HTML was escaped once more than its text: an entity of an entity, or known tags
    that are all escaped, in a text in which nothing else is."""
    if _ESCAPED_TWICE.search(markup):
        return True
    if "&lt;" not in markup or _TAG.search(markup):
        return False
    inner = unescaped(markup)
    others = {entity.lower() for entity in _ENTITY.findall(markup)} - _OF_MARKUP
    return not others and _TAG.search(inner) is not None


def _replacement(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in BREAKS else ""
