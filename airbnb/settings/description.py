"""The description of the API."""

SPECTACULAR_SETTINGS = {
    "TITLE": "Staywell API",
    "DESCRIPTION": "Vacation rentals: find a place, book its nights, host. Money is a number "
    "beside a currency, with at most the decimals that ISO 4217 gives it; dates are local to the "
    "listing, instants are UTC.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/", "description": "where this description was found"}],
    # The description covers every role, whichever of them serves it.
    "SERVE_URLCONF": "airbnb.every_url",
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "UserType": "apps.accounts.enums.UserType",
        "PropertyType": "apps.properties.enums.PropertyType",
        "ClaimKind": "apps.properties.enums.ClaimKind",
        "BookingStatus": "apps.bookings.enums.Status",
        "BookingAction": "apps.bookings.enums.Action",
        "BookingActor": "apps.bookings.enums.Actor",
        "PaymentStatus": "apps.bookings.enums.PaymentStatus",
        "ChargeStatus": "apps.payments.enums.PaymentState",
        "CancellationPolicy": "apps.properties.enums.CancellationPolicy",
        "ThreadSide": "apps.messaging.enums.Side",
        "MessageKind": "apps.messaging.enums.MessageKind",
        "MessageAuthor": "apps.messaging.enums.Author",
        "ReportReason": "apps.messaging.enums.ReportReason",
        "ReportStatus": "apps.messaging.enums.ReportStatus",
        "ActivityCategory": "apps.ai.enums.Category",
        "PartOfDay": "apps.ai.enums.PartOfDay",
        "PlannerName": "apps.ai.enums.PlannerName",
        "WeatherSource": "apps.ai.enums.WeatherSource",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
