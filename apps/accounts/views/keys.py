from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema

from apps.accounts.tokens import public_keys
from apps.common.views import PublicReadView


@extend_schema(exclude=True)
class PublicKeysView(PublicReadView):
    """The JSON Web Key Set (RFC 7517) of the tokens, for whoever verifies them elsewhere."""

    cache_seconds = 300

    def read(self, query: QueryDict, **path: str) -> Any:
        return {"keys": public_keys()}
