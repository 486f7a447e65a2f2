"""The second step of the admin's log-in: a code or a passkey, or the enrolment of whoever has none
yet."""

import json
from typing import Any

from bson import ObjectId
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from rest_framework.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextInputWidget

from airbnb.admin_login import log_in, pending_user
from apps.accounts.codes import qr_path
from apps.accounts.enums import PasskeyUse
from apps.accounts.passkeys import Assertion, encoded
from apps.accounts.selectors import has_passkeys, second_factor_state
from apps.accounts.serializers import PasskeyUseSerializer
from apps.accounts.services import (
    ChallengesUnavailableError,
    challenge_new,
    enrolment_begin,
    second_factor_check,
    second_factor_confirm,
)
from apps.common.clock import utc_now
from apps.common.errors import AppError

TEMPLATE = "admin/second_factor.html"


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=40,
        widget=UnfoldAdminTextInputWidget(
            attrs={"autocomplete": "one-time-code", "autofocus": "", "inputmode": "text"}
        ),
    )


@never_cache
@csrf_protect
def second_factor(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    waiting = pending_user(request)
    if waiting is None:
        return HttpResponseRedirect(reverse("admin:login"))
    user, next_url = waiting
    error = ""
    if "passkey" in request.POST:
        error = _passkey_error(request, user)
        if not error:
            log_in(request, user, passed=True)
            return HttpResponseRedirect(next_url)
    form = CodeForm(request.POST if "code" in request.POST else None)
    shown = {"form": form, "next_url": next_url, "passkey_error": error, "passkey": _offer(user)}
    context = {**context, **shown}
    step = _ask if second_factor_state(ObjectId(user.pk)).is_on else _enrol
    return step(request, user, form, context)


def _offer(user: Any) -> dict[str, str] | None:
    """What the page needs to ask for a passkey; None where there is none, or none can be used."""
    if not has_passkeys(ObjectId(user.pk)):
        return None
    try:
        challenge = challenge_new(PasskeyUse.PROVE)
    except ChallengesUnavailableError:
        return None
    return {"challenge": encoded(challenge), "domain": settings.PASSKEY_DOMAIN}


def _passkey_error(request: HttpRequest, user: Any) -> str:
    """Says why the passkey was refused; empty where it was not."""
    try:
        passkey = _passkey(request.POST["passkey"])
        second_factor_check(user_id=ObjectId(user.pk), code="", passkey=passkey, now=utc_now())
    except (ValueError, ValidationError):
        return "The browser did not send a passkey. Try again."
    except AppError as error:
        return error.message
    return ""


def _passkey(sent: str) -> Assertion:
    serializer = PasskeyUseSerializer(data=json.loads(sent))
    serializer.is_valid(raise_exception=True)
    found: Assertion = serializer.validated_data
    return found


def _ask(request: HttpRequest, user: Any, form: CodeForm, context: dict[str, Any]) -> HttpResponse:
    if form.is_valid():
        try:
            code = form.cleaned_data["code"]
            second_factor_check(user_id=ObjectId(user.pk), code=code, now=utc_now())
        except AppError as error:
            form.add_error("code", error.message)
        else:
            log_in(request, user, passed=True)
            return HttpResponseRedirect(context["next_url"])
    return TemplateResponse(request, TEMPLATE, {**context, "title": "Second factor"})


def _enrol(
    request: HttpRequest, user: Any, form: CodeForm, context: dict[str, Any]
) -> HttpResponse:
    user_id, shown = ObjectId(user.pk), {**context, "title": "Set up your second factor"}
    enrolment = enrolment_begin(user_id=user_id, now=utc_now())
    if form.is_valid():
        try:
            code = form.cleaned_data["code"]
            recovery = second_factor_confirm(user_id=user_id, code=code, now=utc_now())
        except AppError as error:
            form.add_error("code", getattr(error, "sentence", error.message))
        else:
            log_in(request, user, passed=True)
            return TemplateResponse(request, TEMPLATE, {**shown, "recovery_codes": recovery})
    size, path = qr_path(enrolment.uri)
    qr = {"size": size, "path": path, "secret": enrolment.secret}
    return TemplateResponse(request, TEMPLATE, {**shown, "qr": qr})
