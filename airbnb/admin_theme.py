"""How the admin looks: django-unfold in the SPA's pine green (`frontend/src/index.css`)."""

PINE = {
    "50": "#e7f3ee",
    "100": "#cde6dc",
    "200": "#a6d2c3",
    "300": "#7fbda9",
    "400": "#479480",
    "500": "#2a7f6d",
    "600": "#0f6b5b",
    "700": "#0b5a4d",
    "800": "#094a3f",
    "900": "#073a32",
    "950": "#04251f",
}
UNFOLD = {
    "SITE_TITLE": "Staywell",
    "SITE_HEADER": "Staywell",
    "SITE_SYMBOL": "home",
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {"primary": PINE},
    "LOGIN": {"form": "airbnb.admin_login.AdminLoginForm"},
    "SIDEBAR": {"show_search": True},
}
