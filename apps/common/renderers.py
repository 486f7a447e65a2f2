from typing import Any

from rest_framework.renderers import BaseRenderer

from apps.common.json import dumps


class OrjsonRenderer(BaseRenderer):
    """Bytes are a reply that is JSON already."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Any = None,
    ) -> bytes:
        if data is None:
            return b""
        return data if isinstance(data, bytes) else dumps(data)
