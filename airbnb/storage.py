"""Photos in a bucket. The settings use it, so nothing of Django is imported here."""

from typing import Any
from urllib.parse import urlsplit

IMMUTABLE = "public, max-age=31536000, immutable"


def s3_media(bucket: str, *, endpoint: str, url: str) -> tuple[dict[str, Any], str]:
    """The storage and the address of its files: `url` where that is a CDN's, else the bucket's."""
    if "://" not in url:
        url = f"{endpoint}/{bucket}/" if endpoint else f"https://{bucket}.s3.amazonaws.com/"
    parts = urlsplit(url)
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "url_protocol": f"{parts.scheme}:",
        "custom_domain": f"{parts.netloc}{parts.path}".rstrip("/"),
        "querystring_auth": False,
        "object_parameters": {"CacheControl": IMMUTABLE},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}, url
