from django.http import QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_view

from apps.common.views import PublicReadView
from apps.texts.replies import TextReply
from apps.texts.selectors import text_shown


@extend_schema_view(
    get=extend_schema(
        summary="Help, terms, privacy or imprint, as staff wrote it", responses=TextReply
    )
)
class TextView(PublicReadView):
    def read(self, query: QueryDict, **path: str) -> TextReply:
        return text_shown(path["kind"])
