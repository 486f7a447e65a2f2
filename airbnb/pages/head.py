"""The head of a page: title, description, Open Graph and JSON-LD, escaped for where each stands."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import orjson
from django.conf import settings

from airbnb.pages.shell import Route

SITE = "Staywell"
LONGEST = 160
# Inside a script element, JSON must end neither it nor, with a comment, the page.
INSIDE_SCRIPT = ((b"&", b"\\u0026"), (b"<", b"\\u003c"), (b">", b"\\u003e"))


class Photo(NamedTuple):
    """A photo that the page shows first. `sizes` must be what its component says."""

    url: str
    srcset: str
    sizes: str


class Page(NamedTuple):
    """`path` is the one address of what it shows, None for a page that search engines leave out.
    `data` has payloads of the API by address; `lines` and `links` are read without scripts."""

    title: str
    description: str
    path: str | None = None
    kind: str = "website"
    photo: Photo | None = None
    schema: Sequence[Mapping[str, Any]] = ()
    data: Mapping[str, bytes] = {}
    lines: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    status: int = 200
    retry_after: str | None = None


def absolute(url: str) -> str:
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def shortened(text: str) -> str:
    """One line, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rsplit(' ', 1)[0]}…"


def head_of(page: Page, route: Route | None) -> str:
    lines = [f"<title>{escape(page.title)}</title>", *_metas(page), *_preloads(page, route)]
    lines += [_script("application/ld+json", orjson.dumps(each)) for each in page.schema]
    return "\n    ".join(lines)


def body_of(page: Page) -> str:
    shown = [f"<h1>{escape(page.title)}</h1>", *(f"<p>{escape(line)}</p>" for line in page.lines)]
    shown += [f'<p><a href="{escape(url)}">{escape(text)}</a></p>' for url, text in page.links]
    needed = f"<p>{SITE} needs JavaScript to run.</p>"
    block = _script("application/json", _by_address(page.data), name="first-data")
    return f"{block if page.data else ''}<noscript>{''.join(shown)}{needed}</noscript>"


def _metas(page: Page) -> Iterable[str]:
    yield _meta("name", "description", page.description)
    if page.path is None:
        yield _meta("name", "robots", "noindex")
        return
    url = absolute(page.path)
    yield f'<link rel="canonical" href="{escape(url)}">'
    graph = {"title": page.title, "description": page.description, "type": page.kind, "url": url}
    for name, value in {**graph, "site_name": SITE}.items():
        yield _meta("property", f"og:{name}", value)
    if page.photo:
        yield _meta("property", "og:image", absolute(page.photo.url))
    yield _meta("name", "twitter:card", "summary_large_image" if page.photo else "summary")


def _meta(kind: str, name: str, value: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(value)}">'


def _preloads(page: Page, route: Route | None) -> Iterable[str]:
    for file in route.styles if route else ():
        yield f'<link rel="stylesheet" crossorigin href="/{escape(file)}">'
    for file in route.scripts if route else ():
        yield f'<link rel="modulepreload" crossorigin href="/{escape(file)}">'
    if page.photo:
        widths = f' imagesrcset="{escape(page.photo.srcset)}"' if page.photo.srcset else ""
        yield (
            f'<link rel="preload" as="image" href="{escape(page.photo.url)}"{widths} '
            f'imagesizes="{escape(page.photo.sizes)}" fetchpriority="high" '
            'referrerpolicy="no-referrer">'
        )


def _by_address(data: Mapping[str, bytes]) -> bytes:
    return orjson.dumps({each: orjson.Fragment(payload) for each, payload in data.items()})


def _script(kind: str, payload: bytes, *, name: str = "") -> str:
    """Data, which no browser runs: the policy of the page allows no script in it."""
    for letter, written in INSIDE_SCRIPT:
        payload = payload.replace(letter, written)
    named = f' id="{name}"' if name else ""
    return f'<script type="{kind}"{named}>{payload.decode()}</script>'
