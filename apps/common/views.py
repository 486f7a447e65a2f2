from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.exception_handler import describe
from apps.common.json import dumps


class PublicReadView(APIView):
    """An open GET. It answers past DRF's request, negotiation and renderer, which would take a
    fifth of a listing's time (docs/decisions/0008); everything else about it is DRF's."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()

    def read(self, query: QueryDict, **path: str) -> Any:
        """What is sent as JSON; raises what `exception_handler.describe` knows."""
        raise NotImplementedError

    def get(self, request: Request, **path: str) -> Response:
        """HEAD comes here, and the API's schema describes it."""
        return Response(self.read(request.query_params, **path))

    def dispatch(self, request: HttpRequest, *args: Any, **path: Any) -> HttpResponseBase:
        if request.method != "GET":
            return super().dispatch(request, *args, **path)
        try:
            body, status, headers = self.read(request.GET, **path), 200, {}
        except Exception as error:
            reply = describe(error)
            if reply is None:
                raise
            body, status, headers = reply.body, reply.status, reply.headers
        return HttpResponse(
            dumps(body), content_type="application/json", status=status, headers=headers
        )
