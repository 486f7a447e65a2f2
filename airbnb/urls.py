"""The routes of the role that this process plays; health checks belong to all of them."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from airbnb import api_docs, health, media, metrics, spa
from apps.common import exception_handler
from apps.payments.views import PaymentWebhookView

Route = URLPattern | URLResolver

ROUTES: Mapping[str, list[Route]] = {
    "account": [path("api/account/", include("apps.accounts.urls"))],
    "traveler": [path("api/traveler/", include("apps.travelers.urls"))],
    "owner": [path("api/owner/", include("apps.owners.urls"))],
    "properties": [path("api/properties", include("apps.properties.urls"))],
    "bookings": [path("api/bookings", include("apps.bookings.urls"))],
    "payments": [path("api/payments/webhook", PaymentWebhookView.as_view())],
    "ai": [path("api/ai/", include("apps.ai.urls"))],
    "notifications": [path("api/notifications", include("apps.notifications.urls"))],
    "admin": [path("admin", RedirectView.as_view(url="/admin/")), path("admin/", admin.site.urls)],
    "docs": [*api_docs.urlpatterns],
    "spa": [
        path("media/<path:path>", media.file),
        re_path(r"^(?!api/|admin/|static/|media/|assets/)", spa.index),
    ],
}

urlpatterns: list[Route] = [
    path("health", health.health),
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("metrics", metrics.exposition),
]
for _name in settings.ROLE.routes:
    urlpatterns += ROUTES[_name]

handler400 = exception_handler.plain("BAD_REQUEST", "The request cannot be understood.", 400)
handler403 = exception_handler.plain("FORBIDDEN", "This is not allowed.", 403)
handler404 = exception_handler.plain("NOT_FOUND", "There is nothing at this address.", 404)
handler500 = exception_handler.plain(
    "INTERNAL_ERROR", "Something went wrong on our side. Please try again.", 500
)
