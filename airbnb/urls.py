"""The routes of the role that this process plays; health checks belong to all of them."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string
from django.views.generic import RedirectView

from airbnb import health, media, metrics
from apps.common import exception_handler

Route = URLPattern | URLResolver


def _view(address: str, name: str) -> Route:
    return path(address, import_string(name).as_view())


# Functions: a process imports the views of its own role only.
ROUTES: Mapping[str, Callable[[], list[Route]]] = {
    "account": lambda: [
        _view("api/account", "apps.accounts.views.AccountView"),
        path("api/account/", include("apps.accounts.urls")),
    ],
    "keys": lambda: [_view(".well-known/jwks.json", "apps.accounts.views.PublicKeysView")],
    "traveler": lambda: [path("api/traveler/", include("apps.travelers.urls"))],
    "owner": lambda: [path("api/owner/", include("apps.owners.urls"))],
    "properties": lambda: [
        _view(
            "api/properties/calendars/<str:calendar_token>",
            "apps.calendars.views.CalendarExportView",
        ),
        path("api/properties", include("apps.properties.urls")),
    ],
    "texts": lambda: [path("api/texts", include("apps.texts.urls"))],
    "bookings": lambda: [
        _view("api/bookings/<str:booking_id>/contact", "apps.messaging.views.ContactView"),
        path("api/bookings", include("apps.bookings.urls")),
    ],
    "payments": lambda: [_view("api/payments/webhook", "apps.payments.views.PaymentWebhookView")],
    "ai": lambda: [path("api/ai/", include("apps.ai.urls"))],
    "notifications": lambda: [path("api/notifications", include("apps.notifications.urls"))],
    "messages": lambda: [path("api/messages/", include("apps.messaging.urls"))],
    "admin": lambda: [
        path("admin", RedirectView.as_view(url="/admin/")),
        path("admin/", admin.site.urls),
    ],
    "docs": lambda: [path("", include("airbnb.api_docs"))],
    "files": lambda: [path("media/<path:path>", media.file)],
    "pages": lambda: [path("", include("airbnb.pages.urls"))],
}

urlpatterns: list[Route] = [
    path("health", health.health),
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("metrics", metrics.exposition),
]
for _name in settings.ROLE.routes:
    urlpatterns += ROUTES[_name]()

handler400 = exception_handler.plain("BAD_REQUEST", "The request cannot be understood.", 400)
handler403 = exception_handler.plain("FORBIDDEN", "This is not allowed.", 403)
handler404 = exception_handler.plain("NOT_FOUND", "There is nothing at this address.", 404)
handler500 = exception_handler.plain(
    "INTERNAL_ERROR", "Something went wrong on our side. Please try again.", 500
)
