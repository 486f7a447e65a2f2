"""Conditional replies: an ETag is the hash of what is sent, so it is right whatever was changed."""

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

ANYTHING = "*"


def etag_of(payload: bytes) -> str:
    return f'"{blake2b(payload, digest_size=12).hexdigest()}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the caller has what `etag` names. A gateway that compressed it made the tag weak."""
    sent = request.META.get("HTTP_IF_NONE_MATCH")
    if not sent:
        return False
    known = [tag.removeprefix("W/") for tag in parse_etags(sent)]
    return known == [ANYTHING] or etag.removeprefix("W/") in known


def json_reply(request: HttpRequest, payload: bytes, *, headers: dict[str, str]) -> HttpResponse:
    """The payload, or a 304 for who has it."""
    etag = etag_of(payload)
    headers = {**headers, "ETag": etag}
    if is_known(request, etag):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(payload, content_type="application/json", headers=headers)
