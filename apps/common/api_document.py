"""The OpenAPI document of all roles, and the two files in docs/ that are made from it."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import spectacular_settings

from apps.common import postman

_making = Lock()


def document() -> dict[str, Any]:
    """In plain JSON types; made once a process, which takes about a second, and by one thread:
    drf-spectacular's first run cannot have another beside it."""
    with _making:
        return _made()


@cache
def _made() -> dict[str, Any]:
    generator = SchemaGenerator(urlconf=spectacular_settings.SERVE_URLCONF)
    made: dict[str, Any] = json.loads(json.dumps(generator.get_schema(public=True)))
    return made


def operations(of: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) in the document's order."""
    for path, methods in of["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def files() -> dict[Path, str]:
    """What stands in docs/, by its path."""
    docs, made = Path(settings.BASE_DIR) / "docs", document()
    return {
        docs / "openapi.json": _text(made),
        docs / "postman_collection.json": _text(postman.collection(made)),
    }


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
