"""Refusals from before Django: what gunicorn, uvicorn and nginx say, in the API's shape below /api
and as a plain page elsewhere. `docker/` sends them; nginx's configuration is made of them."""

import base64
import hashlib
import json
from dataclasses import dataclass

API = "/api/"
STYLE = (
    "body{font:1.0625rem/1.6 system-ui,sans-serif;margin:18vh auto;max-width:32rem;"
    "padding:0 1.5rem;color:#1f2a27;background:#f7f5f0}a{color:#0f6b5b}"
)
STYLE_SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"


@dataclass(frozen=True)
class HttpError:
    code: str
    title: str
    message: str


ERRORS = {
    400: HttpError("BAD_REQUEST", "Bad request", "The request cannot be understood."),
    403: HttpError("FORBIDDEN", "Not allowed", "This is not allowed."),
    404: HttpError("NOT_FOUND", "Not found", "There is nothing at this address."),
    405: HttpError(
        "METHOD_NOT_ALLOWED", "Method not allowed", "This address does not take this method."
    ),
    413: HttpError(
        "PAYLOAD_TOO_LARGE", "Too large", "The request is too large: a photo may have 15 MB."
    ),
    414: HttpError("URI_TOO_LONG", "Address too long", "The address is too long: shorten it."),
    431: HttpError(
        "HEADERS_TOO_LARGE",
        "Headers too large",
        "The headers are too large. Delete the cookies of this site, or send fewer headers.",
    ),
    500: HttpError(
        "INTERNAL_ERROR", "Error", "Something went wrong on our side. Please try again."
    ),
    501: HttpError("NOT_IMPLEMENTED", "Not supported", "This way of sending is not supported."),
    503: HttpError(
        "SERVICE_UNAVAILABLE",
        "Not answering",
        "This part is not answering. Try again in a few seconds.",
    ),
    505: HttpError(
        "HTTP_VERSION_NOT_SUPPORTED", "HTTP version", "Send the request with HTTP/1.1 or HTTP/2."
    ),
}
RETRY_SECONDS = 5


def as_json(code: str, message: str, request_id: str) -> str:
    error = {"code": code, "message": message, "request_id": request_id}
    return json.dumps({"error": error}, separators=(",", ":"))


def as_page(title: str, message: str, request_id: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style><h1>{title}</h1><p>{message}</p>"
        f'<p><a href="/">Go to the start page</a></p><p><small>Request {request_id}</small></p>'
    )
