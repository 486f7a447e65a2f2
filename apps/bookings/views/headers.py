from drf_spectacular.utils import OpenApiParameter

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,100}$"},
    OpenApiParameter.HEADER,
    description="The same key with the same request gets the first reply and does nothing.",
)
