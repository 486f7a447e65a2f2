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


def plain_text(markup: str) -> str:
    """Text of HTML that nobody balanced. Only known tags go, so `<3`, `a < b` and `<me@home.org>`
    stay; `html.parser` takes the last for a tag and swallows what follows an open `<`."""
    text = html.unescape(_TAG.sub(_replacement, markup))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return _GAPS.sub("\n\n", cleaned("\n".join(lines), multiline=True))


def _replacement(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in BREAKS else ""
