"""Markdown of staff as HTML that is safe in a page: without HTML of its own, and then sanitised."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "hr"}
TAGS |= {"br", "a", "table", "thead", "tbody", "tr", "th", "td"}
# The page has the one heading above these.
HEADING = re.compile(r"(?<=<)(/?)h([1-5])(?=>)")
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=32)
def rendered(text: str) -> str:
    html = HEADING.sub(lambda found: f"{found[1]}h{int(found[2]) + 1}", _markdown.render(text))
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
