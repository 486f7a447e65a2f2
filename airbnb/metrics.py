"""/metrics of the web roles, for Prometheus inside the cluster; no ingress leads here."""

from django.http import HttpRequest, HttpResponse

from apps.common import metrics


def exposition(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(metrics.text(), content_type=metrics.CONTENT_TYPE)
