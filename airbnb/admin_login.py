"""The first step of the admin's log-in: e-mail and password."""

import datetime as dt
from typing import Any

from bson import ObjectId
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from unfold.forms import AuthenticationForm

from airbnb.admin_site import PASSED
from apps.accounts.selectors import second_factor_state
from apps.audit.enums import Kind
from apps.audit.services import security_event
from apps.common.addresses import address_key
from apps.common.clock import utc_now
from apps.common.errors import UnavailableError
from apps.common.guessing import GuessingUnavailableError, TooManyAttemptsError, guesses
from apps.common.throttling import LoginThrottle

PENDING = "second_factor_pending"
PENDING_SECONDS = 600


class AdminLoginForm(AuthenticationForm):
    """Attempts count towards the same limits as those at the API."""

    def clean(self) -> dict[str, Any]:
        throttle = LoginThrottle()
        try:
            if throttle.allow_request(self.request, None):
                return self._checked()
        except UnavailableError as error:
            raise ValidationError(error.message) from error
        wait = int(throttle.wait() or 60)
        raise ValidationError(f"Too many attempts. Try again in {wait} seconds.")

    def _checked(self) -> dict[str, Any]:
        account = address_key(str(self.data.get("username", "")))
        try:
            with guesses("login", account=account, request=self.request):
                return super().clean()
        except (TooManyAttemptsError, GuessingUnavailableError) as error:
            raise ValidationError(error.message) from error
        except ValidationError:
            self._note_failure()
            raise

    def _note_failure(self) -> None:
        """Of an unknown account nothing is kept: people type passwords into the wrong field."""
        users: Any = get_user_model()
        try:
            known = users.objects.get_by_natural_key(self.cleaned_data.get("username"))
        except users.DoesNotExist:
            known = None
        user_id = ObjectId(str(known.pk)) if known else None
        details = {"door": "admin"}
        security_event(Kind.LOGIN_FAILED, user_id=user_id, now=utc_now(), details=details)


class StaffLoginView(LoginView):
    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if settings.REQUIRE_STAFF_SECOND_FACTOR or second_factor_state(ObjectId(user.pk)).is_on:
            pending_begin(self.request, user, self.get_success_url())
            return HttpResponseRedirect(reverse("admin:second_factor"))
        log_in(self.request, user, passed=False)
        return HttpResponseRedirect(self.get_success_url())


def pending_begin(request: HttpRequest, user: Any, next_url: str) -> None:
    """The session of somebody whose password was right: it opens nothing but the second step."""
    request.session.flush()
    until = utc_now() + dt.timedelta(seconds=PENDING_SECONDS)
    request.session[PENDING] = {
        "user": str(user.pk),
        "password": user.get_session_auth_hash(),
        "until": until.isoformat(),
        "next": next_url,
    }


def pending_user(request: HttpRequest) -> tuple[Any, str] | None:
    """Who waits for the second step, and where they go then; None where it took too long."""
    pending = request.session.get(PENDING)
    if not pending or dt.datetime.fromisoformat(pending["until"]) < utc_now():
        return None
    users: Any = get_user_model()
    user = users.objects.filter(pk=pending["user"], is_active=True, is_staff=True).first()
    if user is None or user.get_session_auth_hash() != pending["password"]:
        return None
    return user, pending["next"]


def log_in(request: HttpRequest, user: Any, *, passed: bool) -> None:
    request.session.pop(PENDING, None)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[PASSED] = passed
    details = {"door": "admin", "second_factor": "yes" if passed else "no"}
    security_event(Kind.LOGGED_IN, user_id=ObjectId(user.pk), now=utc_now(), details=details)
