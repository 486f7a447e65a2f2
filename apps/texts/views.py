from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from apps.common.views import PublicReadView
from apps.texts.enums import Kind
from apps.texts.replies import TextReply
from apps.texts.selectors import text_shown

KIND = OpenApiParameter("kind", location=OpenApiParameter.PATH, enum=Kind.values)


@extend_schema_view(
    get=extend_schema(
        summary="Help, terms, privacy or imprint, as staff wrote it",
        parameters=[KIND],
        responses=TextReply,
    )
)
class TextView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> TextReply:
        return text_shown(path["kind"])
