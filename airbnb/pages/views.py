"""The SPA's page for an address, with what search engines, previews of links and the first picture
need in it. The browser's part begins with the data that stands in it (docs/decisions/0053)."""

from http import HTTPStatus
from urllib.parse import quote

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from airbnb.pages import listing, search, text
from airbnb.pages.head import SITE, Page, body_of, head_of
from airbnb.pages.shell import Route, Shell, shell
from apps.common.conditional import etag_of, is_known
from apps.texts.enums import Kind

NOT_BUILT = b"<!doctype html><title>Not built</title><p>Build the front end first: make up."
LISTING = "listings/:listingId"


@require_safe
@gzip_page
def show(request: HttpRequest) -> HttpResponse:
    built = shell()
    if built is None:
        return HttpResponse(NOT_BUILT, status=503)
    if moved := _without_slash(request, built):
        return HttpResponsePermanentRedirect(moved)
    route = built.route(request.path)
    return _sent(request, built, page_of(request, route), route)


def page_of(request: HttpRequest, route: Route | None) -> Page:
    if route is None:
        return Page(title=f"Page not found · {SITE}", description=search.SLOGAN, status=404)
    if route.path == "":
        return search.page(request)
    if route.path == LISTING:
        return listing.page(request, request.path.rsplit("/", 1)[-1])
    if route.path in Kind.values:
        return text.page(request, route.path)
    return Page(title=SITE, description=search.SLOGAN)


def _without_slash(request: HttpRequest, built: Shell) -> str | None:
    """The address without the slashes at its end, if there is a page."""
    path = request.path.rstrip("/")
    if path == request.path or not path or built.route(path) is None:
        return None
    query = request.META.get("QUERY_STRING", "")
    return f"{quote(path)}?{query}" if query else quote(path)


def _sent(request: HttpRequest, built: Shell, page: Page, route: Route | None) -> HttpResponse:
    html = built.filled(head=head_of(page, route), body=body_of(page)).encode()
    headers = {"Cache-Control": "no-cache", "ETag": etag_of(html)}
    if page.retry_after:
        headers["Retry-After"] = page.retry_after
    if page.status == HTTPStatus.OK and is_known(request, headers["ETag"]):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(html, status=page.status, headers=headers)
