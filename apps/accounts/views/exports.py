"""A person's own data: asking for it, how far it is, and the file."""

from django.http import FileResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import services
from apps.accounts.replies import DataExportReply
from apps.accounts.services.exports import (
    ExportLinkError,
    ExportRunningError,
    ExportUnknownError,
)
from apps.common.api_schema import refusals
from apps.common.clock import utc_now
from apps.common.permissions import caller
from apps.common.throttling import AddressThrottle, ExportThrottle, UserThrottle


class DataExportView(APIView):
    def get_throttles(self) -> list:
        asks = self.request.method == "POST"
        return [UserThrottle(), *([ExportThrottle()] if asks else [])]

    @extend_schema(
        summary="Have the caller's data put together",
        description="One at a time and three a day; the file waits for 7 days.",
        request=None,
        responses={202: DataExportReply, **refusals(ExportRunningError)},
    )
    def post(self, request: Request) -> Response:
        export = services.export_request(user_id=caller(request).id, now=utc_now())
        return Response(export, status=202)

    @extend_schema(
        summary="How far the caller's data is, with a link when it is ready",
        responses={200: DataExportReply, **refusals(ExportUnknownError)},
    )
    def get(self, request: Request) -> Response:
        return Response(services.export_shown(user_id=caller(request).id, now=utc_now()))


class DataExportFileView(APIView):
    """By a link of the reply above, which a browser can follow."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)

    @extend_schema(
        summary="The file with a person's data",
        parameters=[OpenApiParameter("token", {"type": "string", "maxLength": 500}, required=True)],
        responses={
            (200, "application/zip"): OpenApiTypes.BINARY,
            **refusals(ExportLinkError),
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        file = services.export_open(request.query_params.get("token", ""), now=utc_now())
        response = FileResponse(
            file, as_attachment=True, filename="staywell-data.zip", content_type="application/zip"
        )
        response["Cache-Control"] = "no-store"
        return response
