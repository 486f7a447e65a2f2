"""/api/schema and /api/docs: the description of the API of all roles, and a page to read it."""

from typing import Any

from django.http import QueryDict
from django.urls import path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView

from apps.common.api_document import document
from apps.common.views import PublicReadView


@extend_schema(exclude=True)
class SchemaView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> Any:
        return document()


urlpatterns = [
    path("api/schema", SchemaView.as_view(), name="schema"),
    # With a script and a style sheet of its own: the content policy refuses what is in the page.
    path(
        "api/docs",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"),
    ),
]
