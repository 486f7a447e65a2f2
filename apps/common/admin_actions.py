"""Admin actions that ask for confirmation, call a service and leave an entry in the audit log."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bson import ObjectId
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextareaWidget

from apps.common import mongo
from apps.common.clock import utc_now
from apps.common.errors import AppError
from apps.common.forms import text_validate

MAX_AT_ONCE = 100
MAX_TEXT = 1_000_000


@dataclass(frozen=True, kw_only=True)
class ActionContext:
    """Who does what to which record, and when: all that an action hands to its service."""

    id: Any
    staff_id: ObjectId
    staff_email: str
    reason: str
    text: str
    now: dt.datetime


@dataclass(frozen=True, kw_only=True)
class ServiceAction:
    """A button that asks for confirmation, then calls `run` for each chosen record.

    Only staff with `right` see it and may do it. `warning` says what will happen. `offered` hides
    it on the page of a record that it does not fit; the service rejects it there anyway. `text`
    makes it an action on one record: staff edit this text of it, and `run` gets what they wrote.
    """

    name: str
    label: str
    right: str
    run: Callable[[ActionContext], object]
    warning: str
    needs_reason: bool = False
    text: Callable[[Any], str] | None = None
    offered: Callable[[Any], bool] = lambda _record: True


class ActionForm(forms.Form):
    text = forms.CharField(
        label="Content",
        max_length=MAX_TEXT,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 24, "spellcheck": "false"}),
    )
    reason = forms.CharField(
        max_length=500, widget=UnfoldAdminTextareaWidget, validators=[text_validate]
    )

    def __init__(self, data: Any, *, action: ServiceAction, records: Sequence[Any]) -> None:
        super().__init__(data)
        if not action.needs_reason:
            del self.fields["reason"]
        if action.text is None:
            del self.fields["text"]
        elif records:
            self.fields["text"].initial = action.text(records[0])


class ServiceActionsMixin(ModelAdmin):
    service_actions: Sequence[ServiceAction] = ()

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        for action in self.service_actions:
            setattr(self, action.name, self._detail_action(action))
            setattr(self, f"has_{action.name}_permission", partial(self._may, action))
        self.actions = [self._list_action(action) for action in self.service_actions]
        self.actions_detail = [action.name for action in self.service_actions]
        super().__init__(model, admin_site)

    def _may(self, action: ServiceAction, request: HttpRequest, _record: object = None) -> bool:
        user: Any = request.user
        return self.has_view_permission(request) and user.has_perm(action.right)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django only says "No action selected" to somebody who sends what they may not do."""
        sent = request.POST.get("action")
        for action in self.service_actions:
            if action.name == sent and not self._may(action, request):
                raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only the buttons that fit the record as it is now."""
        record = self.get_object(request, unquote(str(object_id))) if self.service_actions else None
        if record is None:
            return []
        fitting = {action.name for action in self.service_actions if action.offered(record)}
        found = super().get_actions_detail(request, object_id)
        return [button for button in found if button.path in fitting]

    def _detail_action(self, action: ServiceAction) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            if not self._may(action, request):
                raise PermissionDenied
            return self._ask(request, action, [unquote(object_id)], None)

        variant = ActionVariant.DANGER if action.needs_reason else ActionVariant.PRIMARY
        return _described(view, action, attrs={}, variant=variant)

    def _list_action(self, action: ServiceAction) -> Callable[..., Any]:
        def act(_self: ModelAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
            chosen = list(queryset[: MAX_AT_ONCE + 1])
            limit = 1 if action.text else MAX_AT_ONCE
            if len(chosen) > limit:
                message = f"Choose at most {limit} at once. Nothing was changed."
                self.message_user(request, message, messages.ERROR)
                return None
            data = request.POST if "confirmed" in request.POST else None
            form = ActionForm(data, action=action, records=chosen)
            if not form.is_valid():
                return self._ask(request, action, [record.pk for record in chosen], data)
            done = self._run(request, action, chosen, form.cleaned_data)
            if action.text and not done:
                return self._ask(request, action, [record.pk for record in chosen], data)
            return self._back(request, chosen)

        return _described(act, action)

    def _ask(
        self, request: HttpRequest, action: ServiceAction, ids: Iterable[Any], data: Any
    ) -> HttpResponse:
        records = list(self.get_queryset(request).filter(pk__in=list(ids)))
        context = {
            **self.admin_site.each_context(request),
            "title": action.label,
            "opts": self.opts,
            "records": records,
            "action": action,
            "form": ActionForm(data, action=action, records=records),
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "list_url": self._url("changelist"),
            "is_detail": request.method == "GET" or "is_detail" in request.POST,
        }
        return TemplateResponse(request, "admin/confirm_action.html", context)

    def _run(
        self,
        request: HttpRequest,
        action: ServiceAction,
        records: list[Any],
        answers: dict[str, str],
    ) -> int:
        """Returns how many succeeded. `answers` are those to the form."""
        done = 0
        for record in records:
            try:
                mongo.run_in_transaction(partial(self._one, request, action, record, answers))
            except AppError as error:
                self.message_user(request, f"{record}: {error.message}", messages.ERROR)
                continue
            done += 1
        if done:
            name = self.opts.verbose_name if done == 1 else self.opts.verbose_name_plural
            self.message_user(request, f"{action.label}: {done} {name}.", messages.SUCCESS)
        return done

    def _one(
        self, request: HttpRequest, action: ServiceAction, record: Any, answers: dict[str, str]
    ) -> None:
        """Runs the action and writes its audit entry, in one transaction."""
        user: Any = request.user
        staff_id = ObjectId(str(user.pk))
        reason = answers.get("reason", "")
        context = ActionContext(
            id=record.pk,
            staff_id=staff_id,
            staff_email=user.email,
            reason=reason,
            text=answers.get("text", ""),
            now=utc_now(),
        )
        action.run(context)
        LogEntry.objects.log_actions(
            user_id=str(staff_id),
            queryset=[record],
            action_flag=CHANGE,
            change_message=f"{action.label}. {reason}".strip(),
            single_object=True,
        )

    def _back(self, request: HttpRequest, records: list[Any]) -> HttpResponse | None:
        if "is_detail" not in request.POST or len(records) != 1:
            return None
        return HttpResponseRedirect(self._url("change", quote(records[0].pk)))

    def _url(self, page: str, *arguments: Any) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(f"{self.admin_site.name}:{name}", args=arguments)


def _described(function: Any, action: ServiceAction, **attributes: Any) -> Any:
    function.__name__ = action.name
    function.short_description = action.label
    function.allowed_permissions = (action.name,)
    for name, value in attributes.items():
        setattr(function, name, value)
    return function
