"""What search engines may look at: robots.txt, and sitemaps of listings and destinations. Each is
made of one page of listings, however many there are."""

import datetime as dt
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from airbnb.pages import destinations as cities
from airbnb.pages.head import absolute
from apps.properties.selectors import listings_shown, listings_shown_count, places
from apps.texts.enums import Kind
from apps.texts.selectors import text_stored

PER_PAGE = 5000
KEPT_SECONDS = 3600
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
START = '<?xml version="1.0" encoding="UTF-8"?>'
# Pages are rendered with what the API tells everybody; all else of it is nobody's to look at.
ROBOTS = """\
User-agent: *
Allow: /api/properties
Disallow: /api/
Disallow: /admin/
Sitemap: {site}/sitemap.xml
"""


class Entry(NamedTuple):
    path: str
    changed: dt.datetime | None = None


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    return _sent(ROBOTS.format(site=settings.SITE_URL), kind="text/plain; charset=utf-8")


@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    pages = -(-listings_shown_count() // PER_PAGE)
    paths = ["/sitemap-pages.xml"]
    paths += [f"/sitemap-listings-{page}.xml" for page in range(1, pages + 1)]
    return _xml("sitemapindex", "sitemap", [Entry(path) for path in paths])


@require_safe
def listings(_request: HttpRequest, page: int) -> HttpResponse:
    """404 behind the last page, as for page 0."""
    skip = (page - 1) * PER_PAGE
    if skip < 0 or skip >= listings_shown_count():
        raise Http404
    found = listings_shown(skip=skip, limit=PER_PAGE)
    return _xml("urlset", "url", (Entry(f"/listings/{one.id}", one.updated_at) for one in found))


@require_safe
def pages(_request: HttpRequest) -> HttpResponse:
    """The start page, the pages of staff, and a page for each city with listings."""
    texts = (Entry(f"/{kind}", text_stored(kind)["created_at"]) for kind in Kind)
    found = (Entry(cities.path_of(place.city, place.country)) for place in places())
    return _xml("urlset", "url", [Entry("/"), *texts, *found])


def _xml(root: str, element: str, entries: Iterable[Entry]) -> HttpResponse:
    lines = (
        f"<{element}><loc>{escape(absolute(entry.path))}</loc>{_changed(entry)}</{element}>"
        for entry in entries
    )
    text = "\n".join([START, f"<{root} {NAMESPACE}>", *lines, f"</{root}>"])
    return _sent(text, kind="application/xml; charset=utf-8")


def _changed(entry: Entry) -> str:
    return f"<lastmod>{entry.changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if entry.changed else ""


def _sent(text: str, *, kind: str) -> HttpResponse:
    headers = {"Cache-Control": f"public, max-age={KEPT_SECONDS}"}
    return HttpResponse(text, content_type=kind, headers=headers)
