"""The site of the admin: who staff are is settled by a password and, where it is required or they
have one, by a second factor."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from airbnb.admin_pages import StrictSite

PASSED = "second_factor_passed"


class StaffSite(StrictSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """A session of before the factor was required is none."""
        is_proven = request.session.get(PASSED) or not settings.REQUIRE_STAFF_SECOND_FACTOR
        return bool(super().has_permission(request) and is_proven)

    def extra_urls(self) -> list[URLPattern]:
        factor = path("login/second-factor/", self.second_factor, name="second_factor")
        return [*super().extra_urls(), factor]

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from airbnb.admin_login import StaffLoginView

        index = reverse("admin:index", current_app=self.name)
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(index)
        context = {
            **self.each_context(request),
            "title": "Log in",
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        if REDIRECT_FIELD_NAME not in request.GET | request.POST:
            context[REDIRECT_FIELD_NAME] = index
        view = StaffLoginView.as_view(
            extra_context=context,
            authentication_form=self.login_form,
            template_name="admin/login.html",
        )
        return cast("HttpResponse", view(request))

    def second_factor(self, request: HttpRequest) -> HttpResponse:
        from airbnb.admin_second_factor import second_factor

        return second_factor(request, self.each_context(request))
