"""The admin's pages without styles in the page itself, which the content policy refuses: the
colours are a stylesheet of their own (docs/decisions/0036)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from unfold.sites import UnfoldAdminSite


class StrictSite(UnfoldAdminSite):
    def extra_urls(self) -> list[URLPattern]:
        return [path("theme.css", self.theme, name="theme")]

    def extra_context(self, context: dict[str, Any], _request: HttpRequest) -> dict[str, Any]:
        return {
            **context,
            "colors": None,
            "styles": [*context["styles"], reverse("admin:theme")],
            "scripts": [*context["scripts"], static("common/strict_styles.js")],
        }

    def theme(self, request: HttpRequest) -> HttpResponse:
        colors = self._get_colors("COLORS", request)
        lines = [f"--border-radius: {self._get_config('BORDER_RADIUS', request)};"]
        lines += [
            f"--color-{name}-{weight}: {value};"
            for name, weights in colors.items()
            for weight, value in weights.items()
        ]
        css = ":root {\n" + "\n".join(lines) + "\n}\n"
        return HttpResponse(
            css, content_type="text/css", headers={"Cache-Control": "public, max-age=3600"}
        )
